"""A schema whose fields reach the graph, through a loader and the real driver."""

import asyncio

import strawberry

from graph.errors import GraphUnavailable
from graph.sources import SOURCES_BY_ID
from resolvers.context import Context
from schema.fields import relation

Info = strawberry.Info[Context, None]


async def _source(self: "Item", info: Info) -> str | None:
    """Read a source that does not exist."""
    row = await info.context.loaders.things.by(SOURCES_BY_ID).load(self.key)
    return row.name if row else None


async def _unavailable(self: "Item") -> str | None:
    """Fail as the graph does."""
    await asyncio.sleep(0)
    raise GraphUnavailable(f"The graph cannot be reached for {self.key}.")


async def _defect(self: "Item") -> str | None:
    """Fail in a way that nobody foresaw."""
    await asyncio.sleep(0)
    raise RuntimeError(f"{self.key} is broken.")


@strawberry.type
class Item:
    """One of many."""

    key: str
    source: str | None = relation(_source)
    unavailable: str | None = relation(_unavailable)
    defect: str | None = relation(_defect)


async def _items(count: int) -> list[Item]:
    """Return that many."""
    return [Item(key=f"item-{number}") for number in range(count)]


@strawberry.type
class Query:
    """The root."""

    items: list[Item] = relation(_items)


traced_schema = strawberry.Schema(Query)
