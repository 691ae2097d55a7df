"""A page whose ids are read first, while rows come and go."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, LiteralString, cast

from hypothesis import given
from hypothesis import strategies as st

from graph.engines import Dialect
from graph.listings import ListArguments, Shape
from graph.paging import Ordered, Reads, in_order
from graph.recordings import RECORDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.client import Graph

EMBEDDED = cast("Graph", SimpleNamespace(dialect=Dialect.EMBEDDED))
Fates = st.lists(st.frozensets(st.integers(0, 8)), min_size=3, max_size=3)


async def ordered(rows: int, fates: Sequence[frozenset[int]], *, more: bool) -> tuple[Ordered, int]:
    """Read a page of 5 of a list; the rows of each attempt's fate go before they are read.

    Returns what was found, and how often the ids were read.
    """
    attempts = 0
    standing = list(range(rows))

    async def ids(_summary: LiteralString, text: LiteralString, given: dict[str, Any]) -> list[str]:
        nonlocal attempts
        assert "LIMIT $limit" in text
        attempts += 1
        return [str(row) for row in standing[: given["limit"]]]

    async def page(shape: Shape, found: Sequence[str] | None) -> list[Any]:
        assert shape.found
        for gone in fates[attempts - 1]:
            if gone in standing:
                standing.remove(gone)
        return [row for row in standing if str(row) in (found or ())]

    arguments = ListArguments(limit=5, order="TITLE")
    limit = arguments.limit + more
    found = await in_order(EMBEDDED, RECORDINGS, arguments, limit, Reads(page, ids))
    return found, attempts


@given(st.integers(0, 9), Fates)
async def test_a_page_that_loses_rows_does_not_end_the_list(
    rows: int, fates: list[frozenset[int]]
) -> None:
    """What the ids say stands: that the list goes on was true when they were read."""
    (found, more), attempts = await ordered(rows, fates, more=True)
    gone = frozenset[int]().union(*fates[: attempts - 1])
    standing = [row for row in range(rows) if row not in gone]
    assert more is (len(standing) > 5)
    assert found == [row for row in standing[:5] if row not in fates[attempts - 1]]


async def test_a_page_that_is_whole_is_read_once() -> None:
    """One that lost a row is read again, three times at most."""
    whole, lost = frozenset[int](), frozenset({1})
    assert await ordered(9, [whole, whole, whole], more=True) == (
        Ordered([0, 1, 2, 3, 4], more=True),
        1,
    )
    assert await ordered(9, [lost, whole, whole], more=True) == (
        Ordered([0, 2, 3, 4, 5], more=True),
        2,
    )
    fates = [lost, frozenset({0}), frozenset({2, 3, 4, 5, 6})]
    assert await ordered(9, fates, more=True) == (Ordered([], more=True), 3)


async def test_who_does_not_ask_whether_the_list_goes_on_is_not_told() -> None:
    """One row less is looked for."""
    found, _ = await ordered(9, [frozenset()], more=False)
    assert found == Ordered([0, 1, 2, 3, 4], more=False)
