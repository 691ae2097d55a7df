"""A record as it is read: its place in the message, and its fields by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from standards.cwr.values import Value


class Version(StrEnum):
    """The versions that are read and written."""

    V21 = "2.1"
    V22 = "2.2"
    V30 = "3.0"


RIGHTS: Final = ("PR", "MR", "SR")
_SHARES: Final = tuple((right, f"{right.lower()}_share") for right in RIGHTS)

# Records about the file and its groups; they have no sequence numbers.
CONTROL: Final = frozenset({"HDR", "GRH", "GRT", "TRL"})
WORKS: Final = frozenset({"NWR", "REV", "WRK", "ISW", "EXC"})
HEADERS: Final = WORKS | {"AGR", "ACK", "ISR"}


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `values` has every field that its type has in any version; None says nothing."""

    type: str
    line: int
    transaction: int
    sequence: int
    values: dict[str, Value]

    def text(self, name: str) -> str | None:
        """Return a field of text; raises KeyError where the type has no such field."""
        value = self.values[name]
        return None if value is None else str(value)

    def number(self, name: str) -> int:
        """Return a number or share, 0 where nothing is said; raises KeyError as `text` does."""
        value = self.values[name]
        return value if isinstance(value, int) else 0

    def shares(self) -> dict[str, int]:
        """Return the shares that are more than nothing, by right."""
        found: dict[str, int] = {}
        for right, name in _SHARES:
            share = self.values[name]
            if share and isinstance(share, int):
                found[right] = share
        return found
