"""The whole graph as counts and as one digest."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from graph.client import Graph

NODES: Final = """
MATCH (node) WHERE NOT node:Schema
RETURN collect([labels(node), properties(node)]) AS rows
"""
RELATIONSHIPS: Final = """
MATCH (start)-[found]->(end)
RETURN collect([start.id, type(found), end.id, properties(found)]) AS rows
"""
NODE_COUNTS: Final = """
MATCH (node) WHERE NOT node:Schema
WITH labels(node)[0] AS kind, count(*) AS size
RETURN collect([kind, size]) AS rows
"""
RELATIONSHIP_COUNTS: Final = """
MATCH ()-[found]->()
WITH type(found) AS kind, count(*) AS size
RETURN collect([kind, size]) AS rows
"""
# When a load ran is not what it loaded.
_TIMES: Final = frozenset(
    {
        *("recordedAt", "recordedTo", "loadedAt"),
        *("openedAt", "resolvedAt", "deadline", "openings", "closings"),
    }
)
# Who waited for their turn at the journal changed nothing by it.
_TURNS: Final = frozenset({"turn"})


async def counts(graph: Graph) -> dict[str, int]:
    """Return how many nodes and relationships of each kind there are."""
    nodes = await graph.read("node counts", NODE_COUNTS)
    relationships = await graph.read("relationship counts", RELATIONSHIP_COUNTS)
    return dict(sorted([*nodes, *relationships]))


async def contents(graph: Graph, *, times: bool) -> str:
    """Return a digest of everything in the graph but the turns taken, with or without when it was written."""
    nodes = await graph.read("all nodes", NODES)
    relationships = await graph.read("all relationships", RELATIONSHIPS)
    lines = [repr((sorted(kinds), _sorted(row, times=times))) for kinds, row in nodes]
    lines += [repr((*ends, _sorted(row, times=times))) for *ends, row in relationships]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _sorted(row: dict[str, Any], *, times: bool) -> list[tuple[str, Any]]:
    left_out = _TURNS if times else _TIMES | _TURNS
    return sorted((key, value) for key, value in row.items() if key not in left_out)
