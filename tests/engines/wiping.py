"""An engine emptied a page at a time: it ends a statement that takes too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graph.client import Graph

WIPE: Final = "MATCH (node) WITH node LIMIT 1000 DETACH DELETE node"
SIZE: Final = "MATCH (node) RETURN count(node) AS rows"


async def wipe(graph: Graph) -> None:
    """Delete every node, the schema's version too; constraints and indexes stay."""
    while await graph.read("size", SIZE):
        await graph.write("wipe", [(WIPE, {})])
