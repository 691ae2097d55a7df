"""What deals come to: where, when and how something may be offered (domain.md §2, "Recordings").

Available iff some deal covers the cell and no take-down does; no deal, no availability. A message
states the whole of what its sender offers of a release, from the day it was sent on: what it replaces
holds for the days before. A take-down ends what was offered with the same release by the same sender.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Deal = TypeVar("Deal")


class Reason(StrEnum):
    """Why something is available in a cell, or why not."""

    OFFERED = "OFFERED"
    TAKEN_DOWN = "TAKEN_DOWN"
    WITHDRAWN = "WITHDRAWN"
    NO_DEAL = "NO_DEAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Generic[Deal]):
    """One deal's, or one take-down's, terms; days are ISO 8601 text, `[valid_from, valid_to)`.

    `offer` is the same for what one sender offers with one release. `replaced` is the day on which a
    later message replaced it. A take-down that names no uses, or no models, is of all of them.
    """

    deal: Deal
    offer: Hashable
    take_down: bool
    countries: frozenset[int]
    uses: frozenset[str]
    models: frozenset[str]
    valid_from: str | None = None
    valid_to: str | None = None
    replaced: str | None = None

    def covers(self, cell: Cell) -> bool:
        """Say whether a cell is within the terms, whatever has replaced them since."""
        if self.valid_from and cell.day < self.valid_from:
            return False
        if self.valid_to and cell.day >= self.valid_to:
            return False
        return (
            cell.country in self.countries
            and self._names(cell.use, self.uses)
            and self._names(cell.model, self.models)
        )

    def stands(self, day: str) -> bool:
        """Say whether nothing has replaced the terms by a day."""
        return self.replaced is None or day < self.replaced

    def _names(self, word: str, words: frozenset[str]) -> bool:
        return word in words or (self.take_down and not words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is asked: one country (a TIS number), one use, one commercial model, one day."""

    country: int
    use: str
    model: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Generic[Deal]):
    """Whether something is available, and the deals or take-downs that say so."""

    reason: Reason
    deals: tuple[Deal, ...] = ()

    @property
    def available(self) -> bool:
        """Whether it may be offered."""
        return self.reason is Reason.OFFERED


def judge(terms: Iterable[Terms[Deal]], cell: Cell) -> Verdict[Deal]:
    """Return whether one thing, of which these are all the terms, is available in a cell."""
    covering = [each for each in terms if each.covers(cell)]
    standing = [each for each in covering if each.stands(cell.day)]
    ended = {each.offer for each in standing if each.take_down}
    offered = [each for each in standing if not each.take_down and each.offer not in ended]
    if offered:
        return _verdict(Reason.OFFERED, offered)
    if ended:
        return _verdict(Reason.TAKEN_DOWN, [each for each in standing if each.take_down])
    withdrawn = [each for each in covering if not each.take_down]
    return _verdict(Reason.WITHDRAWN if withdrawn else Reason.NO_DEAL, withdrawn)


def _verdict(reason: Reason, terms: Sequence[Terms[Deal]]) -> Verdict[Deal]:
    return Verdict(reason=reason, deals=tuple(each.deal for each in terms))
