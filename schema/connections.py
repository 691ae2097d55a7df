"""Relay connections, made once for every list."""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any, Generic, TypeVar

import strawberry

from resolvers.lists import Listed
from schema.fields import computed, object_type, prop

Item = TypeVar("Item")
Row = TypeVar("Row")


@strawberry.enum(description="Which way a list runs.")
class Direction(Enum):
    """Which way a list runs."""

    ASC = strawberry.enum_value("ASC", description="Smallest, earliest or A first.")
    DESC = strawberry.enum_value("DESC", description="Largest, latest or Z first.")


@object_type
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool = prop("Whether the list goes on after this page.")
    has_previous_page: bool = prop("Whether something precedes this page.")
    start_cursor: str | None = prop("The first item's cursor; null on an empty page.")
    end_cursor: str | None = prop("The last item's cursor; null on an empty page.")


@object_type
class Edge(Generic[Item]):
    """An item in its place in a list."""

    cursor: str = prop("The item's place: give it as `after` or `before`.")
    node: Item = prop("The item.")


@object_type
class Connection(Generic[Item]):
    """A page of a list, in the list's declared order."""

    page_info: PageInfo = prop("Where this page stands in its list.")
    edges: list[Edge[Item]] = prop("The items of this page, each with its cursor.")
    nodes: list[Item] = prop("The items of this page, without cursors.")
    count: strawberry.Private[Callable[[], Awaitable[int]]]

    @computed
    async def total_count(self) -> int:
        """How many items the whole list has under the filters; counted only when asked for."""
        return await self.count()


def connection(listed: Listed[Row], make: Callable[[Row], Any]) -> Any:
    """Return the connection of a page of rows, each made into its type by `make`."""
    nodes = [make(row) for row in listed.rows]
    cursors = listed.cursors
    return Connection(
        page_info=PageInfo(
            has_next_page=listed.has_next,
            has_previous_page=listed.has_previous,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        ),
        edges=[Edge(cursor=c, node=n) for c, n in zip(cursors, nodes, strict=True)],
        nodes=nodes,
        count=listed.total,
    )
