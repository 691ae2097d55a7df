"""Connections over rows: pages in the form that Relay's specification gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from execution.arguments import Bound
from graph.cursors import encode_cursor
from graph.paging import Ordered

if TYPE_CHECKING:
    from collections.abc import Callable

    from execution.running import Path, Run


@dataclass(slots=True)
class Wanted:
    """What of a list an operation selects."""

    rows: bool = False
    more: bool = False
    keys: int | None = None
    """The position of a row's order keys, where cursors are selected."""
    total: bool = False


class Rows(NamedTuple):
    """A page as it was read."""

    bound: Bound
    rows: list[Any]
    more: bool
    total: int


def rows_of(bound: Bound, found: list[Any] | None, total: int) -> Rows:
    """Return a page in the list's order, without the row that only tells that the list goes on."""
    rows = found or []
    limit = bound.arguments.limit
    more = len(rows) > limit
    return in_page(bound, Ordered(rows[:limit] if more else rows, more), total)


def in_page(bound: Bound, ordered: Ordered, total: int) -> Rows:
    """Return rows as they were read as a page in the list's order."""
    rows, more = ordered
    return Rows(bound, rows[::-1] if bound.arguments.backward else rows, more, total)


def has_next(page: Rows, _path: Path, _run: Run) -> bool:
    """Say whether the list goes on after the page."""
    asked = page.bound.arguments
    return asked.before is not None or (page.more and not asked.backward)


def has_previous(page: Rows, _path: Path, _run: Run) -> bool:
    """Say whether something precedes the page."""
    asked = page.bound.arguments
    return asked.after is not None or (page.more and asked.backward)


def cursor_at(wanted: Wanted, index: int) -> Callable[[Rows, Path, Run], str | None]:
    """Return what tells the cursor of the page's row at an index; null on an empty page."""

    def cursor(page: Rows, _path: Path, _run: Run) -> str | None:
        return cursor_of(page.bound, page.rows[index], wanted) if page.rows else None

    return cursor


def cursor_of(bound: Bound, row: Any, wanted: Wanted) -> str:
    """Return a row's cursor."""
    return encode_cursor(bound.tag, tuple(row[wanted.keys]))
