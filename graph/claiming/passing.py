"""Where and when a party would pass on more of a right than all of it: worked out without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from graph.claiming.terms import RIGHTS_OF
from standards.conflicts.scopes import Scope, joined, parts
from standards.shares import WHOLE, at_most, format_percent
from standards.territories import TerritorySet, world

EVERY_RIGHT: Final = tuple(sorted(frozenset[str]().union(*RIGHTS_OF.values())))

# Before and after all days that are told.
_EVER: Final = ""
_NEVER: Final = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """One assignment: how much (1/100 %) of a right, or of every right, goes to whom; days [from, to)."""

    id: str
    acquirer: str
    right: str | None
    share: int
    countries: frozenset[int]
    valid_from: str | None
    valid_to: str | None

    def about(self, right: str) -> bool:
        """Say whether a right is passed on by it."""
        return self.right in (None, right)

    def meets(self, scope: Scope) -> bool:
        """Say whether it is in force in some cell of a scope."""
        return (
            not self.countries.isdisjoint(scope.countries)
            and (self.valid_from or _EVER) < (scope.valid_to or _NEVER)
            and (scope.valid_from or _EVER) < (self.valid_to or _NEVER)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """More than all of rights, in the cells of a scope, with what is passed on by others already."""

    rights: tuple[str, ...]
    scope: Scope
    others: tuple[Passed, ...]

    def __str__(self) -> str:
        """Say it in words."""
        where = TerritorySet(countries=self.scope.countries, since=world().since).describe()
        since, until = self.scope.valid_from, self.scope.valid_to
        when = (f" from {since}" if since else "") + (f" until {until}" if until else "")
        others = ", ".join(
            f"{format_percent(each.share)} that {each.acquirer} has" for each in self.others
        )
        total = format_percent(self.scope.total)
        return f"{total} of {', '.join(self.rights)} in {where}{when}, with {others}"


def over(
    standing: Sequence[Passed], ended: frozenset[str], begun: Sequence[Passed]
) -> tuple[Over, ...]:
    """Return where more than all would be passed on, and more than is now: of each right, in days' order.

    All is one assignor's: what stands, those of it that would end, by id, and what would begin.
    """
    others = [each for each in standing if each.id not in ended]
    found: dict[tuple[Scope, tuple[Passed, ...]], list[str]] = {}
    for right in EVERY_RIGHT:
        before = [each for each in standing if each.about(right)]
        added = [each for each in begun if each.about(right)]
        after = [each for each in (*others, *added) if each.about(right)]
        for scope in joined(_stretches(before, after)):
            there = tuple(each for each in others if each.about(right) and each.meets(scope))
            found.setdefault((scope, there), []).append(right)
    return tuple(
        Over(rights=tuple(rights), scope=scope, others=there)
        for (scope, there), rights in found.items()
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """An assignment, and whether it is counted before, or after."""

    passed: Passed
    after: bool

    @property
    def countries(self) -> frozenset[int]:
        return self.passed.countries


def _stretches(before: Iterable[Passed], after: Iterable[Passed]) -> Iterator[Scope]:
    """Yield the cells that have more than all after, and less before: of consecutive stretches of time."""
    counted = [_Counted(each, after=False) for each in before]
    counted += [_Counted(each, after=True) for each in after]
    for countries, here in parts(counted):
        turns: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for each in here:
            turns[each.passed.valid_from or _EVER][each.after] += each.passed.share
            turns[each.passed.valid_to or _NEVER][each.after] -= each.passed.share
        was = now = 0
        for since, until in pairwise([*sorted(turns), _NEVER]):
            was += turns[since][False]
            now += turns[since][True]
            if now > was and not at_most(now, WHOLE):
                yield Scope(
                    countries=countries,
                    valid_from=since or None,
                    valid_to=None if until == _NEVER else until,
                    total=now,
                )
