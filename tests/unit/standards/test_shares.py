from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.shares import (
    WHOLE,
    InvalidShare,
    TotalState,
    at_least,
    at_most,
    format_percent,
    is_complete,
    parse_percent,
    round_together,
    share,
    to_share,
    total_state,
)


@given(st.integers(0, WHOLE))
def test_a_share_and_its_percentage_are_one(value: int) -> None:
    """Formatting and parsing are inverse over every share."""
    assert parse_percent(format_percent(value)) == share(value) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("50", 5000), (" 33.33% ", 3333), ("100.00 %", WHOLE), ("0", 0), ("033.3000", 3330)],
)
def test_percentages_as_people_write_them(text: str, value: int) -> None:
    """A percentage may carry its sign and trailing zeros."""
    assert parse_percent(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%",
        "half",
        "33.333",
        "100.01",
        "-1",
        "NaN",
        "sNaN",
        "Infinity",
        "1E1",
        "1000",
        "33.",
        "\N{ARABIC-INDIC DIGIT TWO}",
        "5,0",
    ],
)
def test_what_is_no_share_is_refused(text: str) -> None:
    """Nothing is rounded, clipped or guessed."""
    with pytest.raises(InvalidShare):
        parse_percent(text)


@pytest.mark.parametrize("value", [-1, WHOLE + 1])
def test_a_share_lies_between_nothing_and_the_whole(value: int) -> None:
    """The tolerance belongs to totals, never to one share."""
    with pytest.raises(InvalidShare):
        share(value)


@pytest.mark.parametrize(
    ("total", "state"),
    [
        (0, TotalState.NONE),
        (1, TotalState.UNDER),
        (9993, TotalState.UNDER),
        (9994, TotalState.WHOLE),
        (3333 * 3, TotalState.WHOLE),
        (10006, TotalState.WHOLE),
        (10007, TotalState.OVER),
    ],
)
def test_totals_have_a_tolerance(total: int, state: TotalState) -> None:
    """W1: a total is whole within 0.06 %, or nothing is claimed."""
    assert total_state(total) is state
    assert is_complete(total) == (state in (TotalState.WHOLE, TotalState.NONE))


def test_limits_have_the_tolerance_of_totals() -> None:
    """W2 and W3 compare with 50 % within 0.06 %."""
    assert at_most(5006, 5000)
    assert not at_most(5007, 5000)
    assert at_least(4994, 5000)
    assert not at_least(4993, 5000)


def test_totals_over_and_below_format_too() -> None:
    """An overclaim and a difference are shown as they are."""
    assert format_percent(12050) == "120.50 %"
    assert format_percent(-5) == "-0.05 %"


_FRACTIONS = st.builds(Fraction, st.integers(0, 10**6), st.integers(100, 10**4))


@given(st.dictionaries(st.text(max_size=2), _FRACTIONS, max_size=8))
def test_rounding_together_keeps_the_total(exact: dict[str, Fraction]) -> None:
    """Each share moves by less than one unit, and their total only to its own rounding."""
    rounded = round_together(exact)
    assert rounded.keys() == exact.keys()
    assert sum(rounded.values()) == to_share(sum(exact.values(), Fraction()))
    assert all(abs(rounded[key] - exact[key]) < 1 for key in exact)


def test_thirds_round_to_the_whole() -> None:
    """The first of equal shares takes the odd unit."""
    third = Fraction(WHOLE, 3)
    assert round_together({"a": third, "b": third, "c": third}) == {"a": 3334, "b": 3333, "c": 3333}
