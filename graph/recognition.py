"""Recordings and works that unknown content may be: by an identifier that they bear, or by a like title."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from graph.client import Graph
from graph.search import index_names, lucene_query
from standards.conflicts.rules import WRITERS

RECOGNISED: Final = ("Recording", "Work")
"""The labels that content is recognised as."""
_BEARERS_EACH: Final = 20
_ALIKE_EACH: Final = 50

# Who wrote a work is said by claims and registrations, too, whose parties are no artists.
_TOLD: Final = """
RETURN collect([
  asked, head(labels(node)), node.id, node.title, node.searchText, node.lengthMs,
  [(node)<-[:RECORDED|WROTE]-(artist:Artist) | artist.searchText],
  [(node)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
    WHERE claim.role IN $roles AND claim.recordedTo IS NULL
      AND claim.status IN ['ASSERTED', 'DISPUTED'] | party.searchText],
  [(node)<-[:REGISTERS]-(registration:Registration)-[named:NAMES]->(party:Party)
    WHERE named.role IN $roles AND registration.recordedTo IS NULL | party.searchText]
]) AS rows
"""

BY_IDENTIFIER: Final = (
    """
UNWIND $keys AS asked
CALL (asked) {
  MATCH (:Identifier {key: asked})<-[:HAS_IDENTIFIER]-(node)
  WHERE (node:Recording OR node:Work) AND node.retiredAt IS NULL
  WITH DISTINCT node ORDER BY node.id LIMIT $limit
  RETURN node
}"""
    + _TOLD
)
BY_TITLE: Final = (
    """
UNWIND $queries AS asked
UNWIND $indexes AS index
CALL (asked, index) {
  CALL db.index.fulltext.queryNodes(index, asked) YIELD node, score
  WITH node, score WHERE node.retiredAt IS NULL
  RETURN node ORDER BY score DESC, node.id LIMIT $limit
}"""
    + _TOLD
)


class RecognisedRow(NamedTuple):
    """What is compared with content: folded names, the length, and the folded names of all who made it.

    Of writers those who are parties: as claims have them, and as registrations name them.
    """

    label: str
    id: str
    title: str
    search_text: str
    length_ms: int | None
    artists: list[str]
    claiming: list[str]
    registered: list[str]

    @property
    def writers(self) -> list[str]:
        """The parties that are said to have written it, each once."""
        return list(dict.fromkeys([*self.claiming, *self.registered]))


async def by_identifier(graph: Graph, keys: Sequence[str]) -> Mapping[str, list[RecognisedRow]]:
    """Return what bears each identifier, validly; one that nothing bears has no entry."""
    return _grouped(
        await graph.read(
            "content by identifier",
            BY_IDENTIFIER,
            keys=list(keys),
            limit=_BEARERS_EACH,
            roles=sorted(WRITERS),
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
            roles=sorted(WRITERS),
        )
    )
    return {title: found[query] for title, query in queries.items() if query in found}


def _grouped(rows: Sequence[Sequence[object]]) -> dict[str, list[RecognisedRow]]:
    found: dict[str, list[RecognisedRow]] = {}
    for asked, *values in rows:
        found.setdefault(str(asked), []).append(RecognisedRow._make(values))
    return found
