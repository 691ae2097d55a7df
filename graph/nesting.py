"""Reads of things with what they reach, nested as deep as asked: one text, one record, whole subtrees.

A `Level` says what is told of each thing, in order: columns, and branches to other things, which have
levels of their own. A row comes back as a list with one value for each, so positions are its only names.
The text is put together from the literal fragments of `graph` and from numbers; values are parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString, TypeAlias, cast

from graph.columns import Columns
from graph.listings import ListArguments, Listing, Shape
from graph.paging import counted_text, page_text
from graph.things import ById

_PARAMETER = re.compile(r"\$(\w+)")
_THING = re.compile(r"\bthing\b")

Shapes: TypeAlias = "Mapping[int, Shape]"
"""The shape of each list of a read, by its number; a list without one is left out, and null."""


@dataclass(slots=True, eq=False)
class Level:
    """What is told of each thing of one kind; give the same item twice and it stands there once."""

    row: Columns
    items: list[Item] = field(default_factory=list["Item"])

    def place(self, item: Item) -> int:
        """Return the item's position in a row, put at the end where it is new."""
        if item not in self.items:
            self.items.append(item)
        return self.items.index(item)


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Keys:
    """The values that the rows of list `number` are ordered by, for cursors."""

    number: int
    listing: Listing[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page of a list: its rows, as `level` says; its parameters bear its number."""

    number: int
    listing: Listing[Any]
    level: Level


@dataclass(frozen=True, slots=True, eq=False)
class Total:
    """How many rows a list has."""

    number: int
    listing: Listing[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """The one thing that a variable of the row's own match stands for."""

    number: int
    variable: LiteralString
    level: Level


Item: TypeAlias = "Column | Keys | Page | Total | Joined"


def page_read(page: Page, shapes: Shapes, *, ranged: bool) -> LiteralString:
    """Return the text that reads a page of a list of the whole graph."""
    return f"{_page(page, shapes, ranged=ranged)} AS rows"


def things_read(things: ById[Any], level: Level, shapes: Shapes) -> LiteralString:
    """Return the text that reads things by `$ids`: pairs of the id asked for and the row."""
    calls, row = _row(level, shapes, ranged=False)
    return f"{things.find}\n{calls}RETURN collect([key, {row}]) AS rows"


def parameters(lists: Mapping[int, tuple[ListArguments, int]]) -> dict[str, Any]:
    """Return the values for a read's lists: what is asked of each, and how many rows to fetch."""
    return {
        f"{name}_{number}": value
        for number, (arguments, limit) in lists.items()
        for name, value in (*arguments.parameters().items(), ("limit", limit))
    }


def _row(
    level: Level, shapes: Shapes, *, ranged: bool, columns: Columns | None = None
) -> tuple[LiteralString, LiteralString]:
    """Return the subqueries to run for each thing, and the row that tells of it: by its columns, or these."""
    columns = columns or level.row
    calls: LiteralString = ""
    values: list[LiteralString] = []
    for item in level.items:
        call, value = _item(item, columns, shapes, ranged=ranged)
        calls += call
        values.append(value)
    lists = [each for each in level.items if isinstance(each, Page | Total)]
    if lists:
        # A subquery's lists have variables of the same names as those around it, and what it imports
        # keeps its name throughout: so it imports the thing under a name that no list uses.
        things: list[LiteralString] = [
            f"{level.row.subject} AS {_thing(number)}"
            for number in dict.fromkeys(each.number for each in lists)
        ]
        calls = f"WITH *, {', '.join(things)}\n{calls}"
    return calls, f"[{', '.join(values)}]"


def _item(
    item: Item, row: Columns, shapes: Shapes, *, ranged: bool
) -> tuple[LiteralString, LiteralString]:
    """Return the subqueries that an item of a row needs, and its value."""
    match item:
        case Column():
            return "", row[item.name]
        case Keys():
            shape = shapes[item.number]
            keys = item.listing.orders[shape.order].keys(descending=shape.descending)
            return "", _own(f"[{', '.join(keys)}]", item.number)
        case Joined():
            return _joined(item, shapes, ranged=ranged)
        case Page() | Total():
            if item.number not in shapes:
                return "", "null"
            return _of_list(item, shapes, ranged=ranged)


def _of_list(
    item: Page | Total, shapes: Shapes, *, ranged: bool
) -> tuple[LiteralString, LiteralString]:
    if isinstance(item, Page):
        name = _numbered("page", item.number)
        text = _page(item, shapes, ranged=ranged)
    else:
        name = _numbered("total", item.number)
        text = _own(counted_text(item.listing, shapes[item.number].filters), item.number)
    return f"CALL ({_thing(item.number)}) {{\n{text} AS {name}\n}}\n", name


def _joined(item: Joined, shapes: Shapes, *, ranged: bool) -> tuple[LiteralString, LiteralString]:
    calls, value = _row(item.level, shapes, ranged=ranged)
    subject = item.level.row.subject
    if subject == item.variable:
        return calls, value
    name = _numbered("joined", item.number)
    call: LiteralString = (
        f"CALL ({item.variable}) {{\nWITH {item.variable} AS {subject}\n"
        f"{calls}RETURN {value} AS {name}\n}}\n"
    )
    return call, name


def _page(page: Page, shapes: Shapes, *, ranged: bool) -> LiteralString:
    shape = shapes[page.number]
    text = _own(page_text(page.listing, shape, ranged=ranged), page.number)
    columns = page.listing.columns(shape.filters)
    calls, row = _row(page.level, shapes, ranged=ranged, columns=columns)
    return f"{text}{calls}RETURN collect({_own(row, page.number)})"


def _own(text: LiteralString, number: int) -> LiteralString:
    """Return a list's text with parameters, and a name of the thing, that no other list has."""
    # Literals by literals and a number of ours.
    text = cast("LiteralString", _PARAMETER.sub(rf"$\1_{number}", text))
    return cast("LiteralString", _THING.sub(_thing(number), text))


def _thing(number: int) -> LiteralString:
    return _numbered("thing", number)


def _numbered(name: LiteralString, number: int) -> LiteralString:
    return cast("LiteralString", f"{name}{number}")
