"""What the detector is given and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standards.conflicts.rules import ConflictKind
    from standards.conflicts.scopes import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim that stands: a share (1/100 %) of a right, in countries, on days [from, to).

    One that a registration makes stands at a `position` of it, and a publisher's in a `chain`.
    """

    id: str
    party: str
    right: str
    kind: str
    share: int
    countries: frozenset[int]
    valid_from: str | None = None
    valid_to: str | None = None
    role: str | None = None
    disputed: bool = False
    registration: str | None = None
    position: int | None = None
    chain: str | None = None

    def holds_on(self, day: str | None) -> bool:
        """Say whether it holds on a day; None is before all days that are told."""
        if self.valid_from and (day is None or day < self.valid_from):
            return False
        return not self.valid_to or day is None or day < self.valid_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Claims on an asset that cannot all stand, and the cells in which they cannot.

    Told apart by kind, rule, right and parties: what is found again under the same four is the same
    conflict, whatever became of its cells.
    """

    kind: ConflictKind
    rule: str
    right: str
    parties: tuple[str, ...]
    claims: tuple[str, ...]
    scopes: tuple[Scope, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What it is told apart by within its asset."""
        return (self.kind, self.rule, self.right, *self.parties)
