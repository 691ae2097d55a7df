"""Availability against brute force: every cell of a small world, one by one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from standards.deals import Cell, Reason, Terms, judge
from standards.territories import countries

PLACES: Final = (("2136",), ("2120",), ("DE",), ("US", "DE"), ("2101",))
LEFT_OUT: Final = ((), ("DE",), ("2120",))
ASKED: Final = (276, 840, 392)
USES: Final = ("PERMANENT_DOWNLOAD", "ON_DEMAND_STREAM")
MODELS: Final = ("SUBSCRIPTION", "PAY_AS_YOU_GO")
DAYS: Final = tuple((date(2024, 2, 27) + timedelta(days=at)).isoformat() for at in range(6))


@st.composite
def terms(draw: st.DrawFn) -> list[Terms[int]]:
    """Draw the terms of one thing: a few offers, each replaced, ended or standing."""
    made: list[Terms[int]] = []
    for at in range(draw(st.integers(0, 6))):
        take_down = draw(st.sampled_from([False, False, True]))
        words = 0 if take_down else 1
        made.append(
            Terms(
                deal=at,
                offer=draw(st.sampled_from(["a", "b"])),
                take_down=take_down,
                countries=countries(draw(st.sampled_from(PLACES)), draw(st.sampled_from(LEFT_OUT))),
                uses=frozenset(draw(st.sets(st.sampled_from(USES), min_size=words))),
                models=frozenset(draw(st.sets(st.sampled_from(MODELS), min_size=words))),
                valid_from=draw(st.sampled_from([None, *DAYS])),
                valid_to=draw(st.sampled_from([None, *DAYS])),
                replaced=draw(st.sampled_from([None, None, *DAYS])),
            )
        )
    return made


def cells(each: Terms[int], *, until_replaced: bool) -> set[tuple[int, str, str, str]]:
    """Return every cell of the small world that terms reach, by counting days."""
    days = DAYS[
        DAYS.index(each.valid_from) if each.valid_from else 0 : DAYS.index(each.valid_to)
        if each.valid_to
        else None
    ]
    if until_replaced and each.replaced:
        days = tuple(day for day in days if DAYS.index(day) < DAYS.index(each.replaced))
    every = each.take_down
    return set(
        product(
            [country for country in ASKED if country in each.countries],
            each.uses or (USES if every else ()),
            each.models or (MODELS if every else ()),
            days,
        )
    )


@given(terms())
def test_every_cell_is_answered_as_by_counting(made: list[Terms[int]]) -> None:
    """Available is the union of the offers, each less its take-downs; the deals told are the ones."""
    left: dict[int, set[tuple[int, str, str, str]]] = {}
    for each in made:
        if not each.take_down:
            left[each.deal] = cells(each, until_replaced=True)
            for other in made:
                if other.take_down and other.offer == each.offer:
                    left[each.deal] -= cells(other, until_replaced=True)
    for asked in product(ASKED, USES, MODELS, DAYS):
        country, use, model, day = asked
        found = judge(made, Cell(country=country, use=use, model=model, day=day))
        offering = tuple(deal for deal, reached in left.items() if asked in reached)
        assert found.available == bool(offering)
        if offering:
            assert found.deals == offering
            continue
        ending = tuple(
            each.deal
            for each in made
            if each.take_down and asked in cells(each, until_replaced=True)
        )
        gone = tuple(
            each.deal
            for each in made
            if not each.take_down and asked in cells(each, until_replaced=False)
        )
        told = (Reason.TAKEN_DOWN, ending) if ending else (Reason.WITHDRAWN, gone)
        assert (found.reason, found.deals) == (told if ending or gone else (Reason.NO_DEAL, ()))


def test_no_deal_no_availability() -> None:
    """Nothing said is nothing offered."""
    cell = Cell(country=276, use=USES[0], model=MODELS[0], day=DAYS[0])
    assert judge([], cell).reason is Reason.NO_DEAL


@given(terms(), st.sampled_from(DAYS))
def test_a_take_down_of_everything_ends_its_own_offer(made: list[Terms[int]], day: str) -> None:
    """From its day on nothing of that offer is available; the other offer is as it was."""
    everything = Terms(
        deal=99,
        offer="a",
        take_down=True,
        countries=countries(("2136",), ()),
        uses=frozenset(),
        models=frozenset(),
        valid_from=day,
    )
    others = [each for each in made if each.offer != "a"]
    for country, use, model, asked in product(ASKED, USES, MODELS, DAYS):
        cell = Cell(country=country, use=use, model=model, day=asked)
        before = judge(made if asked < day else others, cell).available
        assert judge([*made, everything], cell).available == before
