"""Lists the graph can page, declared in literal fragments; `graph.paging` reads them.

A list has a declared order that ends in the id, so a cursor (the order's values at one row) always
names one place in it. Nothing but the fragments below ever becomes query text; values are parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, LiteralString, TypeVar, cast

from graph.columns import Columns

Row = TypeVar("Row")
Keys = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The expressions a list is ordered by; where unknown values go last, both ways differ.

    `every` is true of every row: engines take an order from an index only where they are asked a range.
    """

    ascending: tuple[LiteralString, ...]
    descending: tuple[LiteralString, ...] = ()
    every: LiteralString = ""

    def keys(self, *, descending: bool) -> tuple[LiteralString, ...]:
        """Return the expressions for one way."""
        return (self.descending or self.ascending) if descending else self.ascending


@dataclass(frozen=True, slots=True)
class Shape:
    """What a list's text depends on: everything that is asked but for the values."""

    order: str
    descending: bool = False
    backward: bool = False
    after: bool = False
    before: bool = False
    filters: tuple[str, ...] = ()
    found: bool = False
    """Whether the page's ids are known, as `$found`: see `graph.paging.in_order`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListArguments:
    """What a caller asks of a list. `limit` rows from the start, or the end where `backward`."""

    limit: int
    order: str
    descending: bool = False
    backward: bool = False
    after: Keys | None = None
    before: Keys | None = None
    filters: tuple[tuple[str, Any], ...] = ()

    @property
    def shape(self) -> Shape:
        """What the text depends on."""
        return Shape(
            self.order,
            self.descending,
            self.backward,
            self.after is not None,
            self.before is not None,
            tuple(name for name, _ in self.filters),
        )

    def parameters(self) -> dict[str, Any]:
        """Return the values, by the names that texts use, but for the limit."""
        values = filter_values(self.filters)
        for bound, keys in (("after", self.after), ("before", self.before)):
            values.update({f"{bound}{index}": value for index, value in enumerate(keys or ())})
        return values


def filter_values(filters: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """Return the filters' values as a statement takes them: several words are a list."""
    return {
        name: [*cast("tuple[Any, ...]", value)] if isinstance(value, tuple) else value
        for name, value in filters
    }


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Consecutive rows of a list, each with its order keys, and whether the list goes on either way."""

    rows: tuple[Row, ...]
    keys: tuple[Keys, ...]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[Row]):
    """One list, in literal fragments.

    `start` finds the parents by `$ids` and binds `key` and `thing`; empty for a list of the whole graph.
    `match` finds the rows' variables; `row` has `make`'s fields; a filter reads parameter `$name`.
    An entry is a filter so narrow that the list is found from it: it stands in for `match`.
    `by_id` finds the rows with the ids `$found`: where a list of the whole graph has orders from an index.
    Under a filter that `told` names, rows are told as it has them: the same columns, by other expressions.
    `live` is true of rows that are told; those that are not stand in the graph as the pattern `hidden`, too.
    """

    summary: LiteralString
    make: type[Row]
    match: LiteralString
    row: Columns
    carry: LiteralString
    orders: Mapping[str, Order]
    start: LiteralString = ""
    by_id: LiteralString = ""
    live: LiteralString = ""
    hidden: LiteralString = ""
    filters: Mapping[str, LiteralString] = field(default_factory=dict[str, LiteralString])
    entries: Mapping[str, LiteralString] = field(default_factory=dict[str, LiteralString])
    told: Mapping[str, Columns] = field(default_factory=dict[str, Columns])

    def columns(self, filters: tuple[str, ...]) -> Columns:
        """Return how rows are told under some filters."""
        return next((self.told[name] for name in filters if name in self.told), self.row)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other
