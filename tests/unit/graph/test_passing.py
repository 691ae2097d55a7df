"""Where more than all is passed on, by every cell looked at on its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from graph.claiming.passing import EVERY_RIGHT, Passed, over
from standards.conflicts.scopes import Scope
from standards.territories import countries, territory

PLACES: Final = ("DE", "FR", "US", "JP")
SCOPES: Final = (("2136",), ("2120",), ("DE",), ("US", "DE"))
DAYS: Final = ("1999-12-31", "2000-01-01", "2010-01-01", "2020-01-01", "2031-01-01")
TURNS: Final = ("", "2000-01-01", "2010-01-01", "2020-01-01", "~")
PERIODS: Final = tuple(combinations(TURNS, 2))
SHARES: Final = (0, 2_500, 5_000, 5_003, 5_007, 10_000)


@st.composite
def passed(draw: st.DrawFn) -> Passed:
    """Return an assignment of one assignor."""
    since, until = draw(st.sampled_from(PERIODS))
    return Passed(
        id="",
        acquirer="bob",
        right=draw(st.sampled_from([None, "PR", "MR"])),
        share=draw(st.sampled_from(SHARES)),
        countries=countries(draw(st.sampled_from(SCOPES)), ()),
        valid_from=since or None,
        valid_to=None if until == "~" else until,
    )


def named(found: list[Passed], prefix: str) -> list[Passed]:
    """Return the same with ids of their own."""
    return [replace(each, id=f"{prefix}{at}") for at, each in enumerate(found)]


def total(made: list[Passed], right: str, place: int, day: str) -> int:
    """Return what is passed on in one cell."""
    return sum(
        each.share
        for each in made
        if each.right in (None, right)
        and place in each.countries
        and (each.valid_from or "") <= day < (each.valid_to or "~")
    )


@given(
    st.lists(passed(), max_size=6),
    st.sets(st.integers(0, 5)),
    st.lists(passed(), min_size=1, max_size=3),
)
def test_it_is_found_cell_by_cell(had: list[Passed], gone: set[int], begun: list[Passed]) -> None:
    """More than all and its tolerance, and more than before: just these cells, each once, with its total."""
    standing, added = named(had, "had"), named(begun, "new")
    ended = frozenset(f"had{at}" for at in gone)
    after = [each for each in standing if each.id not in ended] + added
    found = over(standing, ended, added)
    for right in EVERY_RIGHT:
        for code in PLACES:
            place = territory(code).tis
            for day in DAYS:
                now = total(after, right, place, day)
                too_much = now > 10_006 and now > total(standing, right, place, day)
                there = [
                    each for each in found if right in each.rights and each.scope.has(place, day)
                ]
                assert [each.scope.total for each in there] == [now] * too_much
                for each in there:
                    assert {other.id for other in each.others} >= {
                        other.id
                        for other in after
                        if other not in added and total([other], right, place, day)
                    }
    assert all(other.id not in ended for each in found for other in each.others)


def test_it_is_said_in_words() -> None:
    """How much of which rights, where, when, and with what."""
    had = Passed(
        id="a",
        acquirer="bob",
        right=None,
        share=6_000,
        countries=countries(("2120",), ()),
        valid_from=None,
        valid_to="2020-01-01",
    )
    new = Passed(
        id="b",
        acquirer="cat",
        right="PR",
        share=5_000,
        countries=countries(("DE", "US"), ()),
        valid_from="2000-01-01",
        valid_to=None,
    )
    [found] = over([had], frozenset(), [new])
    assert found.scope == Scope(
        countries=countries(("DE",), ()),
        valid_from="2000-01-01",
        valid_to="2020-01-01",
        total=11_000,
    )
    assert str(found) == (
        "110.00 % of PR in Germany from 2000-01-01 until 2020-01-01, with 60.00 % that bob has"
    )
