"""Reads of lists: a declaration's fragments put together into one text a list, however many parents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, LiteralString, NamedTuple, TypeVar

from graph.client import Graph
from graph.engines import Dialect
from graph.listings import ListArguments, Listing, Shape, Slice, filter_values

Row = TypeVar("Row")

_ATTEMPTS = 3


async def list_rows(
    graph: Graph, listing: Listing[Row], ids: Sequence[str], arguments: ListArguments
) -> dict[str, Slice[Row]]:
    """Return a slice per parent id (the one key "" for a list of the whole graph); none is missing."""
    limit = arguments.limit + 1
    parameters = {**arguments.parameters(), "limit": limit}
    if not listing.start:

        async def page(shape: Shape, found: Sequence[str] | None) -> list[Any]:
            given = parameters if found is None else {**parameters, "found": found}
            text = list_text(listing, shape, ranged(graph))
            return await graph.read(listing.summary, text, **given)

        async def ids_of(
            summary: LiteralString, text: LiteralString, given: dict[str, Any]
        ) -> list[str]:
            return await graph.column(summary, text, **given)

        found = await in_order(graph, listing, arguments, limit, Reads(page, ids_of))
        return {"": _slice(listing, found, arguments)}
    text = list_text(listing, arguments.shape)
    pairs = await graph.read(listing.summary, text, ids=list(ids), **parameters)
    slices = {
        key: _slice(listing, Ordered(items[: arguments.limit], len(items) == limit), arguments)
        for key, items in pairs
    }
    nothing = _slice(listing, Ordered([], more=False), arguments)
    return {key: slices.get(key, nothing) for key in ids}


async def count_rows(
    graph: Graph, listing: Listing[Row], ids: Sequence[str], filters: tuple[tuple[str, Any], ...]
) -> dict[str, int]:
    """Return how many rows each parent's list has under the filters; a list without rows counts 0."""
    text = count_text(listing, tuple(name for name, _ in filters))
    parameters = filter_values(filters)
    if not listing.start:
        return {"": await graph.read(listing.summary, text, **parameters)}
    pairs = await graph.read(listing.summary, text, ids=list(ids), **parameters)
    totals: dict[str, int] = dict(pairs)
    return {key: totals.get(key, 0) for key in ids}


def _slice(listing: Listing[Row], ordered: Ordered, arguments: ListArguments) -> Slice[Row]:
    items, more = ordered
    if arguments.backward:
        items = items[::-1]
    return Slice(
        rows=tuple(listing.make(**row) for row, _ in items),
        keys=tuple(tuple(keys) for _, keys in items),
        has_next=arguments.before is not None or (more and not arguments.backward),
        has_previous=arguments.after is not None or (more and arguments.backward),
    )


def ranged(graph: Graph) -> bool:
    """Say whether the engine takes an order from an index within a read, where it is asked a range."""
    return graph.dialect is Dialect.NEO4J


Page = Callable[[Shape, Sequence[str] | None], Awaitable[list[Any]]]
"""What reads a page, of the rows with these ids where they are known."""

Ids = Callable[[LiteralString, LiteralString, dict[str, Any]], Awaitable[list[str]]]
"""What reads ids: by a summary and a text, with parameters."""


class Reads(NamedTuple):
    """How a page of a list of the whole graph, and the ids of one, are read."""

    page: Page
    ids: Ids


class Ordered(NamedTuple):
    """Rows in the order they are read, and whether the list goes on after them."""

    rows: list[Any]
    more: bool


async def in_order(
    graph: Graph, listing: Listing[Any], arguments: ListArguments, limit: int, reads: Reads
) -> Ordered:
    """Return a page of a list of the whole graph; `limit` rows are looked for, to tell of one more.

    The embedded engine takes an order from an index only in a statement that returns rows as it
    finds them. There the ids come first, which tell whether the list goes on, then the page of just
    those: one that is gone by then is missing from it.
    """
    shape = arguments.shape
    indexed = listing.by_id and listing.orders[shape.order].every
    if ranged(graph) or not indexed or _entry(listing, shape.filters):
        rows = await reads.page(shape, None)
        return Ordered(rows[: arguments.limit], len(rows) > arguments.limit)
    text = ids_text(listing, shape)
    given = {**arguments.parameters(), "limit": limit}
    ordered = Ordered([], more=False)
    for _ in range(_ATTEMPTS):
        found = await reads.ids(f"{listing.summary} in order", text, given)
        wanted = found[: arguments.limit]
        rows = await reads.page(replace(shape, found=True), wanted) if wanted else []
        ordered = Ordered(rows, len(found) > arguments.limit)
        if len(rows) == len(wanted):
            break  # Else one went in between: the page is whole, as a rule, when it is read again.
    return ordered


@cache
def ids_text(listing: Listing[Any], shape: Shape) -> LiteralString:
    """Return the Cypher of the ids of a page of a list of the whole graph: a record each, in order."""
    keys = listing.orders[shape.order].keys(descending=shape.descending)
    conditions = _bounded(listing, shape, keys)
    conditions.insert(0, listing.orders[shape.order].every)
    return (
        f"{listing.match}\n{_where(conditions)}RETURN {keys[-1]} AS id\n"
        f"ORDER BY {_ordered(shape, keys)}\nLIMIT $limit"
    )


@cache
def list_text(listing: Listing[Any], shape: Shape, ranged: bool = False) -> LiteralString:  # noqa: FBT001, FBT002
    """Return the Cypher of a list; cached, since the set of texts is finite."""
    keys = listing.orders[shape.order].keys(descending=shape.descending)
    return _around(
        listing,
        f"{page_text(listing, shape, ranged=ranged)}"
        f"RETURN collect([{listing.columns(shape.filters).literal}, [{', '.join(keys)}]])",
    )


def page_text(listing: Listing[Any], shape: Shape, *, ranged: bool) -> LiteralString:
    """Return the part of a list's text that finds a page's rows and puts them in order."""
    keys = listing.orders[shape.order].keys(descending=shape.descending)
    found = f"{listing.by_id}\n" if shape.found else _found(listing, shape, keys, ranged=ranged)
    return f"{found}WITH {listing.carry}\nORDER BY {_ordered(shape, keys)}\nLIMIT $limit\n"


def _found(
    listing: Listing[Any], shape: Shape, keys: tuple[LiteralString, ...], *, ranged: bool
) -> LiteralString:
    conditions = _bounded(listing, shape, keys)
    every = listing.orders[shape.order].every
    bounded = shape.after or shape.before or listing.start or _entry(listing, shape.filters)
    if ranged and every and not bounded:
        conditions.append(every)
    return f"{_match(listing, shape.filters)}\n{_where(conditions)}"


def _bounded(
    listing: Listing[Any], shape: Shape, keys: tuple[LiteralString, ...]
) -> list[LiteralString]:
    conditions = _conditions(listing, shape.filters)
    if shape.after:
        conditions.append(_beyond(keys, "after", "<" if shape.descending else ">"))
    if shape.before:
        conditions.append(_beyond(keys, "before", ">" if shape.descending else "<"))
    return conditions


def _ordered(shape: Shape, keys: tuple[LiteralString, ...]) -> LiteralString:
    way: LiteralString = " DESC" if shape.descending != shape.backward else ""
    return ", ".join([key + way for key in keys])


@cache
def count_text(listing: Listing[Any], filters: tuple[str, ...]) -> LiteralString:
    """Return the Cypher that counts a list; cached as `list_text` is."""
    return _around(listing, counted_text(listing, filters))


def counted_text(listing: Listing[Any], filters: tuple[str, ...]) -> LiteralString:
    """Return the part of a text that counts one parent's list."""
    if listing.hidden and not filters:
        # An engine knows how many nodes bear a label: those hidden are fewer than those that are not.
        return (
            f"{listing.match}\nWITH count(*) AS every\n"
            f"RETURN every - COUNT {{ MATCH {listing.hidden} }}"
        )
    return f"{_match(listing, filters)}\n{_where(_conditions(listing, filters))}RETURN count(*)"


def _around(listing: Listing[Any], body: LiteralString) -> LiteralString:
    if not listing.start:
        return f"{body} AS rows"
    return f"{listing.start}\nCALL (thing) {{\n{body} AS items\n}}\nRETURN collect([key, items]) AS rows"


def _conditions(listing: Listing[Any], filters: tuple[str, ...]) -> list[LiteralString]:
    entry = _entry(listing, filters)
    live: list[LiteralString] = [listing.live] if listing.live else []
    return live + [listing.filters[name] for name in filters if name != entry]


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
