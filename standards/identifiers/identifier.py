"""What parsing an identifier yields."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from standards.identifiers.schemes import Scheme


class InvalidCode(StrEnum):
    """Why an identifier is invalid. The codes are stable; clients may branch on them."""

    EMPTY = "EMPTY"
    LENGTH = "LENGTH"
    FORMAT = "FORMAT"
    CHECK_DIGIT = "CHECK_DIGIT"
    ALL_ZEROS = "ALL_ZEROS"


@dataclass(frozen=True, slots=True)
class InvalidReason:
    """A stable code, and a sentence for people."""

    code: InvalidCode
    sentence: str


@dataclass(frozen=True, slots=True)
class Normal:
    """A valid identifier's normal form, and the form its scheme prints."""

    value: str
    display: str


# What a scheme's rule answers: the normal form, or why there is none.
Outcome = Normal | InvalidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """One identifier as given and as understood.

    Exactly one of ``value`` and ``reason`` is set. Two identifiers of a scheme mean the same
    thing if their values are equal, whatever their raw text.
    """

    scheme: Scheme
    raw: str
    value: str | None
    display: str | None
    reason: InvalidReason | None

    @property
    def valid(self) -> bool:
        """Whether the scheme's rule accepts the identifier."""
        return self.value is not None
