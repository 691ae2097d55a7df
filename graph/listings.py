"""Lists the graph can page: literal fragments, put together into one read a list, however many parents.

A list has a declared order that ends in the id, so a cursor (the order's values at one row) always
names one place in it. Nothing but the fragments below ever becomes query text; values are parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, LiteralString, TypeVar

from graph.client import Graph
from graph.columns import Columns
from graph.engines import Dialect

Row = TypeVar("Row")
Keys = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The expressions a list is ordered by; where unknown values go last, both ways differ.

    `every` is true of every row: Neo4j takes an order from an index only where it is asked a range.
    The embedded engine sorts either way, and sooner without it.
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
        values = dict(self.filters)
        for bound, keys in (("after", self.after), ("before", self.before)):
            values.update({f"{bound}{index}": value for index, value in enumerate(keys or ())})
        return values


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
    """

    summary: LiteralString
    make: type[Row]
    match: LiteralString
    row: Columns
    carry: LiteralString
    orders: Mapping[str, Order]
    start: LiteralString = ""
    filters: Mapping[str, LiteralString] = field(default_factory=dict[str, LiteralString])
    entries: Mapping[str, LiteralString] = field(default_factory=dict[str, LiteralString])

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


async def list_rows(
    graph: Graph, listing: Listing[Row], ids: Sequence[str], arguments: ListArguments
) -> dict[str, Slice[Row]]:
    """Return a slice per parent id (the one key "" for a list of the whole graph); none is missing."""
    text = list_text(listing, arguments.shape, ranged(graph))
    parameters = {**arguments.parameters(), "limit": arguments.limit + 1}
    if listing.start:
        parameters["ids"] = list(ids)
    found = await graph.read(listing.summary, text, **parameters)
    pairs: list[tuple[str, list[Any]]] = found if listing.start else [("", found)]
    slices = {key: _slice(listing, items, arguments) for key, items in pairs}
    nothing = _slice(listing, [], arguments)
    return {key: slices.get(key, nothing) for key in (ids if listing.start else [""])}


async def count_rows(
    graph: Graph, listing: Listing[Row], ids: Sequence[str], filters: tuple[tuple[str, Any], ...]
) -> dict[str, int]:
    """Return how many rows each parent's list has under the filters; a list without rows counts 0."""
    text = count_text(listing, tuple(name for name, _ in filters))
    parameters = dict(filters)
    if not listing.start:
        return {"": await graph.read(listing.summary, text, **parameters)}
    pairs = await graph.read(listing.summary, text, ids=list(ids), **parameters)
    totals: dict[str, int] = dict(pairs)
    return {key: totals.get(key, 0) for key in ids}


def _slice(listing: Listing[Row], items: list[Any], arguments: ListArguments) -> Slice[Row]:
    more = len(items) > arguments.limit
    items = items[: arguments.limit]
    if arguments.backward:
        items = items[::-1]
    return Slice(
        rows=tuple(listing.make(**row) for row, _ in items),
        keys=tuple(tuple(keys) for _, keys in items),
        has_next=arguments.before is not None or (more and not arguments.backward),
        has_previous=arguments.after is not None or (more and arguments.backward),
    )


def ranged(graph: Graph) -> bool:
    """Say whether the engine takes an order from an index only where it is asked a range."""
    return graph.dialect is Dialect.NEO4J


@cache
def list_text(listing: Listing[Any], shape: Shape, ranged: bool = False) -> LiteralString:  # noqa: FBT001, FBT002
    """Return the Cypher of a list; cached, since the set of texts is finite."""
    keys = listing.orders[shape.order].keys(descending=shape.descending)
    return _around(
        listing,
        f"{page_text(listing, shape, ranged=ranged)}"
        f"RETURN collect([{listing.row.literal}, [{', '.join(keys)}]])",
    )


def page_text(listing: Listing[Any], shape: Shape, *, ranged: bool) -> LiteralString:
    """Return the part of a list's text that finds a page's rows and puts them in order."""
    keys = listing.orders[shape.order].keys(descending=shape.descending)
    conditions = _conditions(listing, shape.filters)
    every = listing.orders[shape.order].every
    bounded = shape.after or shape.before or listing.start or _entry(listing, shape.filters)
    if ranged and every and not bounded:
        conditions.append(every)
    if shape.after:
        conditions.append(_beyond(keys, "after", "<" if shape.descending else ">"))
    if shape.before:
        conditions.append(_beyond(keys, "before", ">" if shape.descending else "<"))
    way: LiteralString = " DESC" if shape.descending != shape.backward else ""
    return (
        f"{_match(listing, shape.filters)}\n{_where(conditions)}"
        f"WITH {listing.carry}\nORDER BY {', '.join([key + way for key in keys])}\nLIMIT $limit\n"
    )


@cache
def count_text(listing: Listing[Any], filters: tuple[str, ...]) -> LiteralString:
    """Return the Cypher that counts a list; cached as `list_text` is."""
    return _around(listing, counted_text(listing, filters))


def counted_text(listing: Listing[Any], filters: tuple[str, ...]) -> LiteralString:
    """Return the part of a text that counts one parent's list."""
    return f"{_match(listing, filters)}\n{_where(_conditions(listing, filters))}RETURN count(*)"


def _around(listing: Listing[Any], body: LiteralString) -> LiteralString:
    if not listing.start:
        return f"{body} AS rows"
    return f"{listing.start}\nCALL (thing) {{\n{body} AS items\n}}\nRETURN collect([key, items]) AS rows"


def _conditions(listing: Listing[Any], filters: tuple[str, ...]) -> list[LiteralString]:
    entry = _entry(listing, filters)
    return [listing.filters[name] for name in filters if name != entry]


def _entry(listing: Listing[Any], filters: tuple[str, ...]) -> str | None:
    return next((name for name in filters if name in listing.entries), None)


def _match(listing: Listing[Any], filters: tuple[str, ...]) -> LiteralString:
    entry = _entry(listing, filters)
    return listing.entries[entry] if entry else listing.match


def _where(conditions: list[LiteralString]) -> LiteralString:
    if not conditions:
        return ""
    return "WHERE " + "\n  AND ".join(conditions) + "\n"


_BOUNDS: Mapping[str, tuple[LiteralString, ...]] = {
    "after": ("$after0", "$after1", "$after2", "$after3"),
    "before": ("$before0", "$before1", "$before2", "$before3"),
}


def _beyond(keys: tuple[LiteralString, ...], bound: str, operator: LiteralString) -> LiteralString:
    """Return "the row's keys, as a tuple, lie beyond the bound's", so that an index can serve the first."""
    values = _BOUNDS[bound]
    condition: LiteralString = f"{keys[-1]} {operator} {values[len(keys) - 1]}"
    for key, value in list(zip(keys, values, strict=False))[-2::-1]:
        condition = f"{key} {operator}= {value} AND ({key} {operator} {value} OR ({condition}))"
    return f"({condition})"
