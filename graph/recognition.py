"""Recordings and works that unknown content may be: by an identifier that they bear, or by a like title."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from graph.client import Graph
from graph.search import index_names, lucene_query

RECOGNISED: Final = ("Recording", "Work")
"""The labels that content is recognised as."""
_BEARERS_EACH: Final = 20
_ALIKE_EACH: Final = 50

BY_IDENTIFIER: Final = """
UNWIND $keys AS asked
CALL (asked) {
  MATCH (:Identifier {key: asked})<-[:HAS_IDENTIFIER]-(node)
  WHERE (node:Recording OR node:Work) AND node.retiredAt IS NULL
  WITH DISTINCT node ORDER BY node.id LIMIT $limit
  RETURN node
}
RETURN collect([asked, head(labels(node)), node.id, node.title, node.searchText, node.lengthMs,
  [(node)<-[:RECORDED|WROTE]-(artist:Artist) | artist.searchText]]) AS rows
"""
BY_TITLE: Final = """
UNWIND $queries AS asked
UNWIND $indexes AS index
CALL (asked, index) {
  CALL db.index.fulltext.queryNodes(index, asked) YIELD node, score
  WITH node, score WHERE node.retiredAt IS NULL
  RETURN node ORDER BY score DESC, node.id LIMIT $limit
}
RETURN collect([asked, head(labels(node)), node.id, node.title, node.searchText, node.lengthMs,
  [(node)<-[:RECORDED|WROTE]-(artist:Artist) | artist.searchText]]) AS rows
"""


class RecognisedRow(NamedTuple):
    """What is compared with content: folded names, the length, and the folded names of all artists."""

    label: str
    id: str
    title: str
    search_text: str
    length_ms: int | None
    artists: list[str]


async def by_identifier(graph: Graph, keys: Sequence[str]) -> Mapping[str, list[RecognisedRow]]:
    """Return what bears each identifier, validly; one that nothing bears has no entry."""
    return _grouped(
        await graph.read(
            "content by identifier", BY_IDENTIFIER, keys=list(keys), limit=_BEARERS_EACH
        )
    )


async def by_title(graph: Graph, titles: Sequence[str]) -> Mapping[str, list[RecognisedRow]]:
    """Return what has a title like each, by the engine's own lights; a title without words has no entry."""
    queries = {title: query for title in titles if (query := lucene_query(title))}
    if not queries:
        return {}
    names = index_names(graph.dialect)
    found = _grouped(
        await graph.read(
            "content by title",
            BY_TITLE,
            queries=list(dict.fromkeys(queries.values())),
            indexes=[names[label] for label in RECOGNISED],
            limit=_ALIKE_EACH,
        )
    )
    return {title: found[query] for title, query in queries.items() if query in found}


def _grouped(rows: Sequence[Sequence[object]]) -> dict[str, list[RecognisedRow]]:
    found: dict[str, list[RecognisedRow]] = {}
    for asked, *values in rows:
        found.setdefault(str(asked), []).append(RecognisedRow._make(values))
    return found
