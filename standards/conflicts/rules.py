"""What the claims of one cell may not be, by published rule.

Totals are told as they are: nothing is ever scaled to fit. Tolerance belongs to totals (W1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from standards.shares import TotalState, at_least, at_most, total_state

if TYPE_CHECKING:
    from standards.conflicts.statements import Statement

WORK_RIGHTS: Final = frozenset({"PR", "MR", "SR"})
PUBLISHERS: Final = frozenset({"E", "AM", "SE", "AQ", "ES", "PA", "ORIGINAL_PUBLISHER"})
"""Roles of publishers: CWR's, and the word for an E."""
WRITERS: Final = frozenset(
    {"C", "A", "CA", "AR", "AD", "SR", "SA", "TR", "COMPOSER", "LYRICIST", "WRITER"}
)
OWNING_PUBLISHERS: Final = frozenset({"E", "AQ", "ORIGINAL_PUBLISHER"})
EXCLUSIVE: Final = frozenset({"EXCLUSIVE_LICENSEE"})
"""Roles in which a licence shuts out every other."""
HALF: Final = 5_000
ALL: Final = 10_000


class ConflictKind(StrEnum):
    """What is wrong with the claims of a cell."""

    OVERCLAIM = "OVERCLAIM"
    UNDERCLAIM = "UNDERCLAIM"
    EXCLUSIVE_GRANTS = "EXCLUSIVE_GRANTS"
    RULE_BROKEN = "RULE_BROKEN"
    STALE = "STALE"
    DISPUTED = "DISPUTED"


class Broken(NamedTuple):
    """A rule that the claims of a cell break: which of them, and what they come to."""

    kind: ConflictKind
    rule: str
    claims: Sequence[Statement]
    total: int


Rule = Callable[[Sequence["Statement"]], Iterator[Broken]]


def broken(claims: Sequence[Statement]) -> Iterator[Broken]:
    """Yield what is wrong with the claims to one right that hold in one cell."""
    for rule in _RULES:
        yield from rule(claims)


def _totals(claims: Sequence[Statement]) -> Iterator[Broken]:
    """W1: ownership is the whole, within the tolerance, wherever somebody owns at all."""
    owning = _of(claims, "OWNERSHIP")
    total = _sum(owning)
    state = total_state(total)
    if state is TotalState.OVER:
        yield Broken(ConflictKind.OVERCLAIM, "W1", owning, total)
    elif state is TotalState.UNDER:
        yield Broken(ConflictKind.UNDERCLAIM, "W1", owning, total)


def _publishers(claims: Sequence[Statement]) -> Iterator[Broken]:
    """W2: publishers own at most half of the performing right, and at most all of the others."""
    owning = _in_roles(_of(claims, "OWNERSHIP"), PUBLISHERS)
    total = _sum(owning)
    if owning and not at_most(total, HALF if owning[0].right == "PR" else ALL):
        yield Broken(ConflictKind.RULE_BROKEN, "W2", owning, total)


def _writers(claims: Sequence[Statement]) -> Iterator[Broken]:
    """W3: writers own nothing of the performing right or at least half, and at most all of any."""
    owning = _in_roles(_of(claims, "OWNERSHIP"), WRITERS)
    total = _sum(owning)
    too_few = bool(total) and owning[0].right == "PR" and not at_least(total, HALF)
    if too_few or not at_most(total, ALL):
        yield Broken(ConflictKind.RULE_BROKEN, "W3", owning, total)


def _collection(claims: Sequence[Statement]) -> Iterator[Broken]:
    """W4: not more is collected than there is."""
    collecting = _of(claims, "COLLECTION")
    total = _sum(collecting)
    if not at_most(total, ALL):
        yield Broken(ConflictKind.RULE_BROKEN, "W4", collecting, total)


def _administrators(claims: Sequence[Statement]) -> Iterator[Broken]:
    """W6: of publishers only E and AQ own."""
    owning = [
        each
        for each in _in_roles(_of(claims, "OWNERSHIP"), PUBLISHERS - OWNING_PUBLISHERS)
        if each.share
    ]
    if owning:
        yield Broken(ConflictKind.RULE_BROKEN, "W6", owning, _sum(owning))


def _exclusive(claims: Sequence[Statement]) -> Iterator[Broken]:
    """Two exclusive grants in one cell, to different parties, whatever their shares."""
    granted = _in_roles(_of(claims, "LICENCE"), EXCLUSIVE)
    if len({each.party for each in granted}) > 1:
        yield Broken(ConflictKind.EXCLUSIVE_GRANTS, "EXCLUSIVE", granted, _sum(granted))


def _orphans(claims: Sequence[Statement]) -> Iterator[Broken]:
    """No mandate, to collect or to use, outlives ownership: it is stale, or orphaned."""
    mandates = [
        each for kind in ("COLLECTION", "LICENCE") for each in _of(claims, kind) if each.share
    ]
    if mandates and not _sum(_of(claims, "OWNERSHIP")):
        yield Broken(ConflictKind.STALE, "MANDATE", mandates, _sum(mandates))


def _disputed(claims: Sequence[Statement]) -> Iterator[Broken]:
    """Claims that somebody disputes."""
    disputed = [each for each in claims if each.disputed]
    if disputed:
        yield Broken(ConflictKind.DISPUTED, "DISPUTE", disputed, _sum(disputed))


def _of(claims: Iterable[Statement], kind: str) -> list[Statement]:
    return [each for each in claims if each.kind == kind]


def _in_roles(claims: Iterable[Statement], roles: frozenset[str]) -> list[Statement]:
    return [each for each in claims if each.role in roles]


def _sum(claims: Iterable[Statement]) -> int:
    return sum(each.share for each in claims)


_OF_WORKS: Final[tuple[Rule, ...]] = (_publishers, _writers, _collection, _administrators)


def _of_works(claims: Sequence[Statement]) -> Iterator[Broken]:
    if claims[0].right in WORK_RIGHTS:
        for rule in _OF_WORKS:
            yield from rule(claims)


_RULES: Final[tuple[Rule, ...]] = (_totals, _of_works, _exclusive, _orphans, _disputed)
