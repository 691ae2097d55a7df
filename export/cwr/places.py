"""Where a party collects, as territory records that say so when they are read again.

Records exclude out of what stands before them, so claims that overlap, or were cut by a sale, cannot
always be written one by one: then each part of the world is written once, with all that is claimed in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from graph.catalogues import RegisteredRow
from standards.cwr.records import RIGHTS, Record
from standards.cwr.scopes import scopes
from standards.cwr.values import Value
from standards.territories import TerritorySet, countries, territory, world

_WORLD: Final = 2136

Row: TypeAlias = tuple[bool, dict[str, Value]]
# What a right's share comes to: by right, whether controlled, whether shares change, and country.
Cells: TypeAlias = Counter[tuple[str, bool, bool, int]]


def place_rows(claims: Sequence[RegisteredRow], *, controlled: bool, cut: bool) -> list[Row]:
    """Return territory records; `cut` says that claims may be others than one message made.

    Each row says whether its record is of a controlled party: as the claim says, or else as the party is.
    """
    rows = list(_by_claim(claims, controlled=controlled))
    if not cut:
        return rows
    wanted = _claimed(claims, controlled=controlled)
    for whole in (True, False):
        if _told(rows) == wanted:
            break
        rows = list(_by_part(wanted, whole=whole))
    return rows


def _by_claim(claims: Sequence[RegisteredRow], *, controlled: bool) -> Iterator[Row]:
    """Yield what is included with its shares, then what that excludes."""
    groups: dict[tuple[Any, ...], dict[int, dict[str, Value]]] = {}
    for claim in claims:
        excluded = tuple(_tis(each) for each in claim.excluded_territories or ())
        key = (excluded, *_flags(claim, controlled=controlled))
        rows = groups.setdefault(key, {})
        for each in claim.territories:
            rows.setdefault(_tis(each), {})[f"{claim.right.lower()}_share"] = claim.share
    # What excludes less is broader or comes again: the world first, then what was taken out of it.
    for (excluded, mine, changes), rows in sorted(
        groups.items(), key=lambda group: (_WORLD not in group[1], -len(group[0][0]), group[0])
    ):
        for tis, shares in rows.items():
            yield mine, {**_place(tis, "I", changes=changes), **shares}
        for tis in excluded:
            yield mine, _place(tis, "E", changes=changes)


def _by_part(cells: Cells, *, whole: bool) -> Iterator[Row]:
    """Yield each part of the world with the shares in it: in few records, or country by country."""
    shares: defaultdict[tuple[bool, bool, int], list[tuple[str, int]]] = defaultdict(list)
    for (right, mine, changes, country), share in sorted(cells.items()):
        shares[mine, changes, country].append((right, share))
    parts: defaultdict[tuple[bool, bool, tuple[tuple[str, int], ...]], set[int]] = defaultdict(set)
    for (mine, changes, country), its in shares.items():
        parts[mine, changes, tuple(its)].add(country)
    for (mine, changes, its), places in sorted(
        parts.items(), key=lambda part: (-len(part[1]), part[0])
    ):
        said: dict[str, Value] = {f"{right.lower()}_share": share for right, share in its}
        included, excluded = sorted(places), list[int]()
        if whole:
            codes = TerritorySet(countries=frozenset(places), since=world().since).codes()
            included, excluded = ([_tis(each) for each in listed] for listed in codes)
        for tis in included:
            yield mine, {**_place(tis, "I", changes=changes), **said}
        for tis in excluded:
            yield mine, _place(tis, "E", changes=changes)


def _claimed(claims: Sequence[RegisteredRow], *, controlled: bool) -> Cells:
    found: Cells = Counter()
    for claim in claims:
        flags = _flags(claim, controlled=controlled)
        places = countries(tuple(claim.territories), tuple(claim.excluded_territories or ()))
        for country in places:
            found[claim.right, *flags, country] += claim.share
    return found


def _told(rows: Sequence[Row]) -> Cells:
    """Return what a reader takes records for."""
    found: Cells = Counter()
    blank = dict.fromkeys(f"{right.lower()}_share" for right in RIGHTS)
    records = [
        Record("SPT" if mine else "OPT", 0, 0, 0, {**blank, **values}) for mine, values in rows
    ]
    for scope in scopes(records):
        for right, share in scope.shares:
            for country in scope.countries:
                found[right, scope.controlled, scope.changes, country] += share
    return found


def _flags(claim: RegisteredRow, *, controlled: bool) -> tuple[bool, bool]:
    mine = controlled if claim.controlled is None else claim.controlled
    return mine, bool(claim.shares_change)


def _place(tis: int, inclusion: str, *, changes: bool) -> dict[str, Value]:
    return {
        "shares_change": "Y" if changes else "N",
        "territory": tis,
        "inclusion": inclusion,
    }


def _tis(code: str) -> int:
    return territory(code).tis
