"""What claims come to, cell by cell, and what each change makes of that: no records, no scopes cut up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

from standards.territories import countries, territory

PLACES: Final = ("DE", "FR", "US", "JP")
TIS: Final = {code: territory(code).tis for code in PLACES}
DAYS: Final = ("1990-01-01", "2000-01-01", "2010-01-01", "2020-01-01", "2030-01-01")
SCOPES: Final = (
    (("2136",), ()),
    (("2120",), ()),
    (("DE",), ()),
    (("2136",), ("US",)),
    (("US", "DE"), ()),
)
PERIODS: Final = (
    (None, None),
    (None, "2020-01-01"),
    ("2000-01-01", None),
    ("2000-01-01", "2020-01-01"),
)
SHARES: Final = (2_500, 5_000, 10_000)
KINDS: Final = (
    *("ASSERT", "ASSERT", "REVISE", "WITHDRAW", "DISPUTE", "SELL"),
    *("AGREE", "AGREE", "CHANGE", "END", "TAKE_BACK"),
)
"""Changes of claims, and of agreements."""

Cells = Counter[tuple[str, str, str, str, str]]
"""Shares by asset, place, day, party and status."""


@dataclass(frozen=True, kw_only=True)
class Stands:
    """A claim of ownership that stands."""

    id: str
    asset: str
    party: str
    share: int
    scope: tuple[tuple[str, ...], tuple[str, ...]]
    period: tuple[str | None, str | None]
    status: str

    def where(self) -> list[str]:
        """Return the places that it is about, of those that are looked at."""
        return places(self.scope)

    def on(self, day: str) -> bool:
        """Say whether it holds on a day."""
        return held(self.period, day)


@dataclass(frozen=True, kw_only=True)
class Passes:
    """An agreement that stands: an assignment of every right, unless it only administers."""

    id: str
    assignor: str
    acquirer: str
    share: int
    scope: tuple[tuple[str, ...], tuple[str, ...]]
    period: tuple[str | None, str | None]
    passing: bool = True

    def said(self) -> tuple[Any, ...]:
        """Return all that it says."""
        return self.assignor, self.acquirer, self.share, self.scope, self.period, self.passing


def places(scope: tuple[tuple[str, ...], tuple[str, ...]]) -> list[str]:
    """Return the places of a scope, of those that are looked at."""
    found = countries(*scope)
    return [place for place in PLACES if TIS[place] in found]


def held(period: tuple[str | None, str | None], day: str) -> bool:
    """Say whether a day is in a period."""
    since, until = period
    return (since or "") <= day < (until or "~")


def given_away(agreements: Iterable[Passes], assignor: str) -> Counter[tuple[str, str]]:
    """Return what a party passes on, by place and day: of cells where it is nothing there is none."""
    found: Counter[tuple[str, str]] = Counter()
    for each in agreements:
        if each.passing and each.assignor == assignor:
            for place in places(each.scope):
                for day in DAYS:
                    found[place, day] += each.share if held(each.period, day) else 0
    return +found


def too_much(before: Sequence[Passes], after: Sequence[Passes], assignor: str) -> bool:
    """Say whether a change has a party pass on more than all, and more than before."""
    was, now = given_away(before, assignor), given_away(after, assignor)
    return any(share > 10_006 and share > was[cell] for cell, share in now.items())


@dataclass(frozen=True, kw_only=True)
class Step:
    """One change; `given` is what is said of it."""

    kind: str
    at: int = 0
    given: tuple[Any, ...] = ()


@st.composite
def steps(draw: st.DrawFn, assets: Sequence[str], parties: Sequence[str]) -> list[Step]:
    """Return changes to make; which claim one is about is told by a number."""
    found: list[Step] = []
    for _ in range(draw(st.integers(2, 8))):
        kind = draw(st.sampled_from(KINDS))
        at = draw(st.integers(0, 99))
        if kind in ("AGREE", "CHANGE"):
            given = (
                *draw(st.permutations(list(parties)))[:2],
                draw(st.sampled_from(SHARES)),
                draw(st.sampled_from(SCOPES)),
                draw(st.sampled_from(PERIODS)),
                draw(st.sampled_from([True, True, True, False])),
            )
        elif kind == "END":
            given = (draw(st.sampled_from(DAYS)),)
        elif kind in ("ASSERT", "REVISE"):
            given = (
                draw(st.sampled_from(assets)),
                draw(st.sampled_from(parties)),
                draw(st.sampled_from(SHARES)),
                draw(st.sampled_from(SCOPES)),
                draw(st.sampled_from(PERIODS)),
            )
        elif kind == "SELL":
            pair = draw(st.permutations(list(parties)))[:2]
            day = draw(st.sampled_from(DAYS))
            share = draw(st.sampled_from([None, None, *SHARES]))
            named = draw(st.sampled_from([None, None, "DE", "2120"]))
            given = (*pair, day, share, named)
            found.append(Step(kind=kind, at=at, given=given))
            if draw(st.booleans()):  # And back again.
                given = (pair[1], pair[0], day, share, named)
            else:
                continue
        else:
            given = ()
        found.append(Step(kind=kind, at=at, given=given))
    return found


def cells(claims: Iterable[Stands]) -> Cells:
    """Return what claims come to."""
    return Counter(dict(_summed(_spread(claims))))


def _summed(found: Iterator[tuple[tuple[str, ...], int]]) -> list[tuple[Any, int]]:
    totals: Counter[Any] = Counter()
    for key, share in found:
        totals[key] += share
    return list(totals.items())


def _spread(claims: Iterable[Stands]) -> Iterator[tuple[tuple[str, ...], int]]:
    for each in claims:
        for place in each.where():
            for day in DAYS:
                if each.on(day):
                    yield (each.asset, place, day, each.party, each.status), each.share


def sold(
    claims: Sequence[Stands], agreements: Sequence[Passes], given: tuple[Any, ...]
) -> Cells | None:
    """Return what claims come to after a sale; None where more is sold than held, or passed on."""
    seller, buyer, at, share, named = given
    found = cells(claims)
    mine = sorted(
        (each for each in claims if each.party == seller and each.on(at)), key=lambda each: each.id
    )
    within = {place for place in PLACES if named is None or TIS[place] in countries((named,), ())}
    passed = {place for place, day in given_away(agreements, seller) if day == at} & within
    moved = False
    for asset in {each.asset for each in mine if not within.isdisjoint(each.where())}:
        for place in within:
            here = [each for each in mine if each.asset == asset and place in each.where()]
            held = sum(each.share for each in here)
            # Of named countries that are not looked at, none is held where these are not.
            if share is not None and held < share and (held or named):
                return None
            left = held if share is None else share
            for each in here:
                part = min(left, each.share)
                left -= part
                if part and not passed.isdisjoint(each.where()):
                    return None
                moved = moved or bool(part)
                for day in DAYS:
                    if day >= at and each.on(day):
                        found[asset, place, day, seller, each.status] -= part
                        found[asset, place, day, buyer, each.status] += part
    return +found if moved else None
