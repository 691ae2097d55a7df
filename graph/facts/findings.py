"""What storing facts came upon that whoever loads them is told: kept, but not as its source may think."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Met(StrEnum):
    """What was come upon."""

    SEVERAL_ANSWERED = "SEVERAL_ANSWERED"
    """An acknowledgement that may answer registrations of several senders: it is tied to none."""
    WRITTEN_HERE = "WRITTEN_HERE"
    """A claim of which people made something else, or which they sold: what they wrote stands."""
    WITHDRAWN_HERE = "WITHDRAWN_HERE"
    """A claim that people withdrew, said again."""
    DISPUTED_HERE = "DISPUTED_HERE"
    """A claim that people dispute."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing come upon: at which fact of the batch, by its id, and in words."""

    fact: str
    met: Met
    message: str
