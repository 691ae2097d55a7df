"""The shortest way to write a set of countries: which to include, which to exclude."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from standards.territories.tree import WORLD, TerritoryKind, Tree

_KEPT_ANSWERS: Final = 4096


class Lists(NamedTuple):
    """TIS numbers to include and to exclude; exclusion wins."""

    include: tuple[int, ...]
    exclude: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many codes it takes."""
        return len(self.include) + len(self.exclude)


# Whole territory lists repeat over claims by the thousand.
@lru_cache(maxsize=_KEPT_ANSWERS)
def shortest_lists(state: Tree, countries: frozenset[int]) -> Lists:
    """Return short lists for a set, always the same ones, groups before countries by name.

    They are the shortest that the world tree's nested groups allow, or shorter with one of the
    groups that overlap it (the European Union), as the base or as the exception.
    """
    best = _cover(state, WORLD, countries)
    for group in sorted(state.members):
        for lists in _around(state, group, countries, best.size):
            best = min(best, lists, key=lambda candidate: candidate.size)
    return Lists(_ordered(state, best.include), _ordered(state, best.exclude))


def _around(state: Tree, group: int, countries: frozenset[int], size: int) -> list[Lists]:
    """Return the lists that build on one group and are likely to need fewer codes than ``size``."""
    inside = state.countries[group]
    rest = state.countries[WORLD] - countries
    found: list[Lists] = []
    if inside and 1 + len(inside ^ countries) < size:
        more, less = _exactly(state, countries - inside), _exactly(state, inside - countries)
        found.append(Lists((group, *more), less))
    if inside and inside <= rest and 2 + len(rest - inside) < size:
        found.append(Lists((WORLD,), (group, *_exactly(state, rest - inside))))
    return found


def _cover(state: Tree, at: int, countries: frozenset[int]) -> Lists:
    inside = state.countries[at] & countries
    if not inside:
        return Lists(())
    if inside == state.countries[at]:
        return Lists((at,))
    parts = [_cover(state, member, countries) for member in state.members[at]]
    split = Lists(
        tuple(tis for part in parts for tis in part.include),
        tuple(tis for part in parts for tis in part.exclude),
    )
    # All of this group, less what is missing from it, told by inclusions alone: a set's groups
    # nest here, so an exclusion can reach no other inclusion.
    whole = Lists((at,), _exactly(state, state.countries[at] - countries, at))
    return min(split, whole, key=lambda lists: lists.size)


def _exactly(state: Tree, countries: frozenset[int], at: int = WORLD) -> tuple[int, ...]:
    inside = state.countries[at] & countries
    if not inside:
        return ()
    if inside == state.countries[at]:
        return (at,)
    return tuple(t for member in state.members[at] for t in _exactly(state, countries, member))


def _ordered(state: Tree, numbers: tuple[int, ...]) -> tuple[int, ...]:
    def key(tis: int) -> tuple[bool, str, int]:
        found = state.territories[tis]
        return found.kind is TerritoryKind.COUNTRY, found.name, tis

    return tuple(sorted(numbers, key=key))
