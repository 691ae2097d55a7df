"""The things that facts can be laid over, read in the order of their ids."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, LiteralString

from graph.client import Graph

_PAGE: Final = 5_000

SUBJECTS: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {
        "Artist": """
MATCH (node:Artist) WHERE node.sourceId IN $sources AND node.id > $after
WITH node ORDER BY node.id LIMIT $limit
RETURN collect([node.id, node.name]) AS rows
""",
        "Recording": """
MATCH (node:Recording) WHERE node.sourceId IN $sources AND node.id > $after
WITH node ORDER BY node.id LIMIT $limit
RETURN collect([node.id, node.title]) AS rows
""",
        "Work": """
MATCH (node:Work) WHERE node.sourceId IN $sources AND node.id > $after
WITH node ORDER BY node.id LIMIT $limit
RETURN collect([node.id, node.title]) AS rows
""",
        "Release": """
MATCH (node:Release) WHERE node.sourceId IN $sources AND node.id > $after
WITH node ORDER BY node.id LIMIT $limit
RETURN collect([node.id, node.title]) AS rows
""",
    }
)


async def subjects_of(graph: Graph, label: str, sources: list[str]) -> list[tuple[str, str]]:
    """Return id and name of every node of a label that one of the sources brought in, by id."""
    found: list[tuple[str, str]] = []
    while True:
        after = found[-1][0] if found else ""
        page = await graph.read(
            "subjects", SUBJECTS[label], sources=sources, after=after, limit=_PAGE
        )
        found.extend((each, name) for each, name in page)
        if len(page) < _PAGE:
            return found
