"""Where a mandate holds, as the graph compares it: a text for each country, with all codes it is under."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from standards.territories import TerritorySet
from standards.territories.tree import tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def cells_of(include: Sequence[str], exclude: Sequence[str]) -> list[str] | None:
    """Return a cell for each country of a scope, in order; None for the whole world.

    A cell is like `|2136|2130|DE|276|`: whoever claims a territory of one of its codes claims that country.
    Raises UnknownTerritory.
    """
    found = TerritorySet.parse(include=include, exclude=exclude)
    if found.is_world:
        return None
    cells = _cells()
    return [cells[country] for country in sorted(found.countries)]


@cache
def _cells() -> Mapping[int, str]:
    state = tree()
    codes: dict[int, list[str]] = {tis: [str(tis)] for tis in state.territories}
    for alphabetic, tis in state.by_alpha.items():
        codes.setdefault(tis, []).append(alphabetic)
    under: dict[int, list[str]] = {}
    for tis, countries in state.countries.items():
        for country in countries:
            under.setdefault(country, []).extend(codes[tis])
    return {country: f"|{'|'.join(sorted(set(told)))}|" for country, told in under.items()}
