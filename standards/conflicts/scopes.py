"""Cells in few words: countries on days from one to another, with what the claims there come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Protocol, TypeVar


class Placed(Protocol):
    """What is made in countries."""

    @property
    def countries(self) -> frozenset[int]:
        """In which."""
        ...


Made = TypeVar("Made", bound=Placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """All cells of some countries on days [from, to), where the claims come to the same total (1/100 %)."""

    countries: frozenset[int]
    valid_from: str | None
    valid_to: str | None
    total: int

    def has(self, country: int, day: str | None) -> bool:
        """Say whether a cell is in the scope; None is a day before all that are told."""
        if country not in self.countries:
            return False
        if self.valid_from and (day is None or day < self.valid_from):
            return False
        return not self.valid_to or day is None or day < self.valid_to


def joined(scopes: Iterable[Scope]) -> tuple[Scope, ...]:
    """Return the same cells in fewer scopes, each cell in one: like totals joined, days in order.

    Given are scopes of consecutive stretches of time, those of one stretch apart from each other.
    """
    stretches: dict[tuple[str | None, str | None, int], frozenset[int]] = {}
    for scope in scopes:
        key = scope.valid_from, scope.valid_to, scope.total
        stretches[key] = stretches.get(key, frozenset()) | scope.countries
    found: list[Scope] = []
    growing: dict[tuple[frozenset[int], int, str | None], int] = {}
    ordered = sorted(stretches.items(), key=lambda each: (each[0][0] or "", each[0][2]))
    for (since, until, total), countries in ordered:
        place = growing.pop((countries, total, since), None) if since else None
        if place is None:
            place = len(found)
            found.append(Scope(countries=countries, valid_from=since, valid_to=until, total=total))
        else:
            found[place] = replace(found[place], valid_to=until)
        if until:
            growing[countries, total, until] = place
    return tuple(sorted(found, key=lambda each: (each.valid_from or "", sorted(each.countries))))


def parts(claims: Iterable[Made]) -> Iterator[tuple[frozenset[int], list[Made]]]:
    """Yield the countries in which the same claims are made, and those claims in their order.

    The cost grows with the claims, and with the square of the different sets of countries, which are few.
    """
    alike: dict[frozenset[int], list[tuple[int, Made]]] = {}
    for place, claim in enumerate(claims):
        alike.setdefault(claim.countries, []).append((place, claim))
    for countries, sets in _parts(alike):
        here = (each for countries_alike in sets for each in alike[countries_alike])
        yield countries, [claim for _, claim in sorted(here, key=itemgetter(0))]


def _parts(
    sets: Iterable[frozenset[int]],
) -> list[tuple[frozenset[int], list[frozenset[int]]]]:
    """Return the countries that are in the same sets, and those sets."""
    found: list[tuple[frozenset[int], list[frozenset[int]]]] = []
    for each in sets:
        left = each
        cut: list[tuple[frozenset[int], list[frozenset[int]]]] = []
        for countries, here in found:
            shared = countries & left
            if not shared:
                cut.append((countries, here))
                continue
            cut.append((shared, [*here, each]))
            if outside := countries - shared:
                cut.append((outside, here))
            left -= shared
        if left:
            cut.append((left, [each]))
        found = cut
    return found
