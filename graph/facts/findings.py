"""What storing facts came upon that whoever loads them is told: kept, but not as its source may think."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Met(StrEnum):
    """What was come upon."""

    SEVERAL_ANSWERED = "SEVERAL_ANSWERED"
    """An acknowledgement that may answer registrations of several senders: it is tied to none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing come upon: at which fact of the batch, by its id, and in words."""

    fact: str
    met: Met
    message: str
