"""Shares: exact integers of 1/100 %, from 0 to 10000, and the field's tolerance on totals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Final, TypeAlias

# A share is a plain integer everywhere: 3333 is 33.33 %.
Share: TypeAlias = int

WHOLE: Final[Share] = 10000
# W1 of the CWR rules: totals may miss the whole by 0.06 %, because thirds do not add up. The
# tolerance belongs to totals, never to one line.
TOLERANCE: Final[Share] = 6

_PER_CENT: Final = 100
_PLACES: Final = 2
_PERCENTAGE: Final = re.compile(r"\s*([0-9]{1,3})(?:\.([0-9]{1,99}))?\s*%?\s*")


class InvalidShare(ValueError):
    """A number is no share: below 0 %, above 100 %, or finer than 1/100 %."""


class TotalState(StrEnum):
    """How the total of a cell's claims stands to the whole."""

    NONE = "NONE"
    UNDER = "UNDER"
    WHOLE = "WHOLE"
    OVER = "OVER"


def share(value: int) -> Share:
    """Return ``value`` if it is a share; raises InvalidShare."""
    if not 0 <= value <= WHOLE:
        raise InvalidShare(f"A share lies between 0 and {WHOLE}, in 1/100 %; {value} does not.")
    return value


def parse_percent(text: str) -> Share:
    """Return the share that a percentage says: "33.33", "33.33 %" or "50%"; raises InvalidShare.

    Finer percentages are refused, not rounded: which way a third goes is the claimant's to say.
    """
    match = _PERCENTAGE.fullmatch(text)
    if match is None:
        raise InvalidShare(f"{text[:40]!r} is no percentage.")
    places = (match[2] or "").rstrip("0")
    if len(places) > _PLACES:
        raise InvalidShare(f"{text[:40]!r} is finer than 1/100 %.")
    return share(int(match[1]) * _PER_CENT + int(places.ljust(_PLACES, "0")))


def format_percent(value: Share) -> str:
    """Return a share or a total as a percentage with two places: 3333 is "33.33 %"."""
    sign, rest = ("-", -value) if value < 0 else ("", value)
    return f"{sign}{rest // _PER_CENT}.{rest % _PER_CENT:02d} %"


def total_state(total: int) -> TotalState:
    """Return how a total stands to the whole, within the tolerance; no shares at all is NONE."""
    if total == 0:
        return TotalState.NONE
    if total > WHOLE + TOLERANCE:
        return TotalState.OVER
    return TotalState.UNDER if total < WHOLE - TOLERANCE else TotalState.WHOLE


def is_complete(total: int) -> bool:
    """Whether a total satisfies W1: the whole within the tolerance, or nothing."""
    return total_state(total) in (TotalState.WHOLE, TotalState.NONE)


def at_most(total: int, limit: Share) -> bool:
    """Whether a total keeps within a limit, such as 5000 for publishers' performing right (W2)."""
    return total <= limit + TOLERANCE


def at_least(total: int, limit: Share) -> bool:
    """Whether a total reaches a limit, such as 5000 for writers' performing right (W3)."""
    return total >= limit - TOLERANCE


def to_share(exact: Fraction) -> int:
    """Return an exact share, in 1/100 %, rounded half to even: for showing, not for adding."""
    return round(exact)


def round_together(exact: Mapping[str, Fraction]) -> dict[str, int]:
    """Return exact shares rounded so that their total is the rounded total.

    The largest remainders are rounded up; of equal ones, those that come first.
    """
    floors = {key: floor(value) for key, value in exact.items()}
    missing = round(sum(exact.values(), Fraction())) - sum(floors.values())
    by_remainder = sorted(exact, key=lambda key: floors[key] - exact[key])
    return floors | {key: floors[key] + 1 for key in by_remainder[:missing]}
