"""Finding conflicts: the cells that an asset's claims cut the world and time into, each looked at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from standards.conflicts.rules import broken
from standards.conflicts.scopes import Scope, joined, parts
from standards.conflicts.statements import Conflict

if TYPE_CHECKING:
    from standards.conflicts.rules import ConflictKind
    from standards.conflicts.statements import Statement

_Key = tuple["ConflictKind", str, str, tuple[str, ...]]


def detect(claims: Iterable[Statement]) -> tuple[Conflict, ...]:
    """Return the conflicts among the claims on one asset, in every country and at all times.

    Rights never mix. The cost grows with the claims to a right times the days on which they begin or
    end, not with countries or days.
    """
    by_right: defaultdict[str, list[Statement]] = defaultdict(list)
    for claim in sorted(claims, key=lambda each: each.id):
        by_right[claim.right].append(claim)
    scopes: defaultdict[_Key, list[Scope]] = defaultdict(list)
    evidence: defaultdict[_Key, set[str]] = defaultdict(set)
    for right, of_right in by_right.items():
        for scope, here in cells(of_right):
            for kind, rule, whose, total in broken(here):
                key = kind, rule, right, tuple(sorted({each.party for each in whose}))
                scopes[key].append(replace(scope, total=total))
                evidence[key].update(each.id for each in whose)
    return tuple(
        Conflict(
            kind=kind,
            rule=rule,
            right=right,
            parties=parties,
            claims=tuple(sorted(evidence[kind, rule, right, parties])),
            scopes=joined(found),
        )
        for (kind, rule, right, parties), found in sorted(scopes.items())
    )


def cells(claims: Sequence[Statement]) -> Iterator[tuple[Scope, list[Statement]]]:
    """Yield the cells in which the same claims hold, each once, with those claims and what they come to."""
    for since, until in _stretches(claims):
        holding = [each for each in claims if each.holds_on(since)]
        for countries, here in parts(holding):
            total = sum(each.share for each in here)
            yield Scope(countries=countries, valid_from=since, valid_to=until, total=total), here


def _stretches(claims: Iterable[Statement]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the stretches of time in which the same claims hold: [from, to), unbounded at both ends."""
    days = {day for each in claims for day in (each.valid_from, each.valid_to) if day}
    yield from pairwise((None, *sorted(days), None))
