"""Sets of countries: include and exclude lists resolved on the TIS tree, and their algebra."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Self

from standards.territories.lists import shortest_lists
from standards.territories.tree import WORLD, Tree, tree

_SHOWN_NAMES: Final = 6
_REMEMBERED: Final = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritorySet:
    """A set of countries of one state of the TIS tree.

    ``countries`` holds TIS numbers; ``since`` is the day that state of the tree begins. Sets of
    different states do not mix: combining them raises ValueError, so parse both at one day.
    """

    countries: frozenset[int]
    since: date

    @classmethod
    def parse(
        cls,
        include: Iterable[int | str] = (),
        exclude: Iterable[int | str] = (),
        *,
        at: date | None = None,
    ) -> Self:
        """Return all countries of ``include`` less all countries of ``exclude``.

        The order within a list does not matter, and exclusion always wins; nothing included is
        the empty set. "World less the Balkans but with Croatia" is a difference and a union.
        Raises UnknownTerritory.
        """
        found, since = _resolved(tuple(include), tuple(exclude), at)
        return cls(countries=found, since=since)

    @property
    def is_empty(self) -> bool:
        """Whether the set has no country."""
        return not self.countries

    @property
    def is_world(self) -> bool:
        """Whether the set has every country."""
        return self.countries == tree(self.since).countries[WORLD]

    def contains(self, code: int | str) -> bool:
        """Whether a country, or every country of a group, is in the set.

        Raises UnknownTerritory for a code the set's tree does not have.
        """
        state = tree(self.since)
        return state.countries[state.find(code).tis] <= self.countries

    def __or__(self, other: TerritorySet) -> TerritorySet:
        return self._like(other, self.countries | other.countries)

    def __and__(self, other: TerritorySet) -> TerritorySet:
        return self._like(other, self.countries & other.countries)

    def __sub__(self, other: TerritorySet) -> TerritorySet:
        return self._like(other, self.countries - other.countries)

    def __invert__(self) -> TerritorySet:
        return world(at=self.since) - self

    def isdisjoint(self, other: TerritorySet) -> bool:
        """Whether two sets share no country."""
        return (self & other).is_empty

    def codes(self) -> tuple[list[str], list[str]]:
        """Return short include and exclude lists that parse back to this set, in a stable order.

        Countries are ISO alpha-2, groups TIS numbers, the world ``2136``.
        """
        state = tree(self.since)
        include, exclude = shortest_lists(state, self.countries)
        return (
            [state.territories[tis].code for tis in include],
            [state.territories[tis].code for tis in exclude],
        )

    def describe(self) -> str:
        """Return the set in words: "World except United States"."""
        return _described(self.countries, self.since)

    def _like(self, other: TerritorySet, countries: frozenset[int]) -> TerritorySet:
        if self.since != other.since:
            raise ValueError(
                f"Territory sets of {self.since} and {other.since} are of different trees."
            )
        return TerritorySet(countries=countries, since=self.since)


def world(*, at: date | None = None) -> TerritorySet:
    """Return every country of a day's tree, or of its newest state."""
    state = tree(at)
    return TerritorySet(countries=state.countries[WORLD], since=state.since)


def countries(
    include: tuple[int | str, ...], exclude: tuple[int | str, ...], *, at: date | None = None
) -> frozenset[int]:
    """Return the TIS numbers of the countries of ``include`` less those of ``exclude``.

    The quick way to ask of very many scopes whether they have a country. Raises UnknownTerritory.
    """
    return _resolved(include, exclude, at)[0]


@lru_cache(maxsize=_REMEMBERED)
def _resolved(
    include: tuple[int | str, ...], exclude: tuple[int | str, ...], at: date | None
) -> tuple[frozenset[int], date]:
    """Return a set's countries and its tree's day; catalogues repeat few scopes very often."""
    state = tree(at)
    return _gather(state, include) - _gather(state, exclude), state.since


def _gather(state: Tree, codes: Iterable[int | str]) -> frozenset[int]:
    return frozenset[int]().union(*(state.countries[state.find(code).tis] for code in codes))


@lru_cache(maxsize=_REMEMBERED)
def _described(countries: frozenset[int], since: date) -> str:
    state = tree(since)
    include, exclude = shortest_lists(state, countries)
    if not include:
        return "Nowhere"
    described = _names(state, include)
    return f"{described} except {_names(state, exclude)}" if exclude else described


def _names(state: Tree, numbers: tuple[int, ...]) -> str:
    names = [state.territories[tis].name for tis in numbers]
    if len(names) > _SHOWN_NAMES:
        return f"{', '.join(names[:_SHOWN_NAMES])} and {len(names) - _SHOWN_NAMES} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
