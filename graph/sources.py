"""Sources: the file, feed or generator that a fact came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.client import Graph
from graph.things import rows_by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source; `loaded_at` is when its load began, in UTC."""

    id: str
    name: str
    kind: str
    licence: str | None
    uri: str | None
    loaded_at: str | None


SOURCES_BY_ID: Final = """
UNWIND $ids AS key
MATCH (source:Source {id: key})
RETURN collect([key, {
  id: source.id, name: source.name, kind: source.kind, licence: source.licence,
  uri: source.uri, loaded_at: toString(source.loadedAt)
}]) AS rows
"""


async def sources_by_id(graph: Graph, ids: Sequence[str]) -> dict[str, SourceRow]:
    """Return the sources found, keyed by id; a missing id has no entry."""
    return await rows_by_id(graph, "sources by id", SOURCES_BY_ID, SourceRow, ids)
