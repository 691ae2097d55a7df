"""The TIS tree on a day: territories by code, and the countries of each group."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from standards.territories.source import Source, source

WORLD: Final = 2136

_SMALL_WORDS: Final = frozenset({"AND", "D'", "OF", "THE"})
_KEPT_IN_CAPITALS: Final = frozenset({"APEC", "ASEAN", "GSA", "NAFTA", "USSR"})
_NAME_PART: Final = re.compile(r"D'(?=[A-Z])|[A-Z]+(?:'S)?")
_LONGEST_CODE: Final = 9


class TerritoryKind(StrEnum):
    """Whether a territory is a country, or how it groups countries."""

    COUNTRY = "COUNTRY"
    GEOGRAPHICAL = "GEOGRAPHICAL"
    ECONOMICAL = "ECONOMICAL"
    POLITICAL = "POLITICAL"


class UnknownTerritory(ValueError):
    """No territory has this code on the day asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A country or a group of countries.

    ``iso`` is set for countries only, and not for one whose code is still another's: CS was two
    countries' in 1992.
    """

    tis: int
    iso: str | None
    name: str
    kind: TerritoryKind

    @property
    def code(self) -> str:
        """The code to write it by: ISO alpha-2 for a country that has its own, else the TIS number."""
        return self.iso or str(self.tis)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tree:
    """The tree as it stands from one day of change to the next."""

    since: date
    territories: Mapping[int, Territory]
    by_alpha: Mapping[str, int]
    members: Mapping[int, tuple[int, ...]]
    countries: Mapping[int, frozenset[int]]

    def find(self, code: int | str) -> Territory:
        """Return the territory with a TIS number or an alphabetic code of TIS or ISO."""
        text = str(code).strip()
        # Longer digits are no code, and int() would refuse very long ones with its own error.
        if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_CODE:
            tis = int(text)
        else:
            tis = self.by_alpha.get(text.upper() if text.isascii() else text, -1)
        found = self.territories.get(tis)
        if found is None:
            shown = text[: _LONGEST_CODE * 2]
            raise UnknownTerritory(f"No territory of the TIS tree of {self.since} is {shown!r}.")
        return found


def territory(code: int | str, *, at: date | None = None) -> Territory:
    """Return the territory with a code: a TIS number, ISO alpha-2 or alpha-3, or TIS's ``2WL``.

    The tree is dated: ``at`` asks for a day's codes (the USSR until 1991), its absence for the
    newest state. TIS counts many dependencies (Greenland, Jersey, Guam) as part of another
    country and has no number for them, so not every ISO code is known. Raises UnknownTerritory.
    """
    return tree(at).find(code)


def tree(at: date | None = None) -> Tree:
    """Return the tree of a day, or its newest state. Days without a change between share one."""
    days = _days_of_change()
    index = len(days) - 1 if at is None else bisect_right(days, at) - 1
    return _tree(days[max(index, 0)])


@cache
def _days_of_change() -> tuple[date, ...]:
    return tuple(source().days_of_change())


@cache
def _tree(since: date) -> Tree:
    lists = source()
    territories = _territories(lists, since)
    members: dict[int, list[int]] = {}
    for edge in lists.edges:
        if edge.during.holds(since) and {edge.group, edge.member} <= territories.keys():
            members.setdefault(edge.group, []).append(edge.member)
    countries: dict[int, frozenset[int]] = {}
    for tis in territories:
        _resolve(tis, territories, members, countries)
    return Tree(
        since=since,
        territories=MappingProxyType(territories),
        by_alpha=MappingProxyType(_alphabetic_codes(lists, since)),
        members=MappingProxyType({group: tuple(m) for group, m in members.items()}),
        countries=MappingProxyType(countries),
    )


def _territories(lists: Source, day: date) -> dict[int, Territory]:
    names = {name.tis: name for name in lists.names if name.during.holds(day)}
    codes = _alphabetic_codes(lists, day)
    found: dict[int, Territory] = {}
    for node in lists.nodes:
        if node.exists.holds(day) and (name := names.get(node.tis)):
            kind = TerritoryKind(node.kind.partition(" ")[0])
            own = codes[name.alpha_2] == node.tis
            iso = name.alpha_2 if kind is TerritoryKind.COUNTRY and own else None
            shown = _NAME_PART.sub(_in_lower_case, name.name)
            shown = shown[:1].upper() + shown[1:]
            found[node.tis] = Territory(tis=node.tis, iso=iso, name=shown, kind=kind)
    return found


def _in_lower_case(part: re.Match[str]) -> str:
    word = part[0]
    if word in _KEPT_IN_CAPITALS:
        return word
    return word.lower() if word in _SMALL_WORDS else word.capitalize()


def _alphabetic_codes(lists: Source, day: date) -> dict[str, int]:
    """Return whose each code is; of two countries with one code, whose it was first."""
    since = {node.tis: node.exists.first for node in lists.nodes if node.exists.holds(day)}
    there = [name for name in lists.names if name.tis in since and name.during.holds(day)]
    codes: dict[str, int] = {}
    for name in sorted(there, key=lambda name: since[name.tis]):
        codes.setdefault(name.alpha_2, name.tis)
        if name.alpha_3:
            codes.setdefault(name.alpha_3, name.tis)
    return codes


def _resolve(
    tis: int,
    territories: Mapping[int, Territory],
    members: Mapping[int, list[int]],
    countries: dict[int, frozenset[int]],
) -> frozenset[int]:
    # The tree is five levels deep, so plain recursion is safe.
    if tis not in countries:
        if territories[tis].kind is TerritoryKind.COUNTRY:
            countries[tis] = frozenset({tis})
        else:
            below = (_resolve(m, territories, members, countries) for m in members.get(tis, ()))
            countries[tis] = frozenset[int]().union(*below)
    return countries[tis]
