"""Where somebody collects: territory records, which include and exclude in order, to scopes.

A record that includes takes its countries; one that excludes takes them out of the broader ones, and
out of everything before it. So "the world, not the US, the US again" is two scopes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.records import Record
from standards.territories import UnknownTerritory, countries, territory

_INCLUDED: Final = "I"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is collected alike: shares by right in territories, less the excluded ones."""

    shares: tuple[tuple[str, int], ...]
    territories: tuple[int, ...]
    excluded: tuple[int, ...]
    changes: bool
    controlled: bool
    line: int

    @property
    def countries(self) -> frozenset[int]:
        """The TIS numbers of the countries it is about."""
        return countries(self.territories, self.excluded)


@cache
def known(tis: int) -> bool:
    """Say whether a number is in the newest state of the TIS tree."""
    try:
        territory(tis)
    except UnknownTerritory:
        return False
    return True


def scopes(records: Sequence[Record]) -> list[Scope]:
    """Return the scopes that one party's territory records describe; those of no share are left out.

    Records of unknown territories describe nothing.
    """
    rows = [each for each in records if known(each.number("territory"))]
    found: dict[tuple[object, ...], Scope] = {}
    for at, row in enumerate(rows):
        if row.text("inclusion") != _INCLUDED or not row.shares():
            continue
        excluded = tuple(_excluded(rows, at))
        shares = tuple(row.shares().items())
        changes = row.text("shares_change") == "Y" if "shares_change" in row.values else False
        controlled = row.type.startswith("S")
        key = (shares, excluded, changes, controlled)
        before = found.get(key)
        territories = (*(before.territories if before else ()), row.number("territory"))
        line = before.line if before else row.line
        found[key] = Scope(
            shares, tuple(dict.fromkeys(territories)), excluded, changes, controlled, line
        )
    return list(found.values())


def idle(records: Sequence[Record], described: Sequence[Scope]) -> Iterator[Record]:
    """Yield the territory records that their scopes do not tell of: no share, or nothing excluded."""
    told = {tis for scope in described for tis in scope.excluded}
    for each in records:
        tis = each.number("territory")
        said = each.text("inclusion") == _INCLUDED and each.shares()
        if not known(tis) or not (said or (each.text("inclusion") != _INCLUDED and tis in told)):
            yield each


def _excluded(rows: Sequence[Record], at: int) -> Iterator[int]:
    """Yield what other records take out of the one at an index."""
    here = _countries(rows[at].number("territory"))
    for place, other in enumerate(rows):
        if other.text("inclusion") == _INCLUDED:
            continue
        there = _countries(other.number("territory"))
        if not there.isdisjoint(here) and (place > at or not here <= there):
            yield other.number("territory")


@cache
def _countries(tis: int) -> frozenset[int]:
    return countries((tis,), ())


def unknown(records: Sequence[Record]) -> Iterator[Fault]:
    """Yield the territory records that name no territory."""
    for each in records:
        if "territory" in each.values and not known(each.number("territory")):
            said = f"no territory of the TIS tree is {each.number('territory')}"
            fault = Fault(CwrRule.CWR_TERRITORY, each.line, each.type, said, Done.RECORD_LEFT_OUT)
            yield fault
