"""Chance that repeats itself: the same seed and key give the same numbers on every machine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")


def chance(seed: int, *key: str | int) -> random.Random:
    """Return the source of chance of one thing, independent of every other thing's."""
    # The purpose is made-up data, not secrets.
    return random.Random(":".join(map(str, (seed, *key))))  # noqa: S311


def skewed(source: random.Random, things: Sequence[_T]) -> _T:
    """Return one of the things; the first are chosen far more often, as a few artists are."""
    return things[int(len(things) * source.random() ** 3)]


def day(source: random.Random, first: int, last: int) -> str:
    """Return a date between two years, both included."""
    year, month = source.randint(first, last), source.randint(1, 12)
    return f"{year}-{month:02}-{source.randint(1, 28):02}"
