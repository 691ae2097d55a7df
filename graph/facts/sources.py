"""Where facts come from, and how far each source has been stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from graph.client import Graph, Statement
from graph.ids import mint


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFact:
    """One file, feed or generator run; the same kind and digest are the same source."""

    name: str
    kind: str
    licence: str
    uri: str
    digest: str

    @property
    def id(self) -> str:
        """The source's id."""
        return mint("source", self.kind, self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How many records of a source are stored, and whether that is all of them."""

    position: int
    complete: bool


SOURCE_STATE: Final = """
OPTIONAL MATCH (source:Source {id: $id})
RETURN [source.position, source.complete] AS rows
"""

BEGIN_SOURCE: Final = """
MERGE (source:Source {id: $id})
ON CREATE SET source.sourceId = $id, source.recordedAt = $now, source.loadedAt = $now,
  source.position = 0, source.complete = false, source.kind = $kind, source.digest = $digest
SET source.name = $name, source.licence = $licence, source.uri = $uri
"""

CHECKPOINT: Final = """
MATCH (source:Source {id: $id})
SET source.position = $position, source.complete = $complete
"""


async def source_state(graph: Graph, source_id: str) -> SourceState | None:
    """Return how far the source has been stored, or None where it is not known."""
    position, complete = await graph.read("source state", SOURCE_STATE, id=source_id)
    return None if position is None else SourceState(position=position, complete=complete)


async def begin_source(graph: Graph, source: SourceFact, now: datetime) -> None:
    """Make the source known; one that is known keeps its position."""
    parameters: dict[str, Any] = {
        "id": source.id,
        "now": now,
        "name": source.name,
        "kind": source.kind,
        "licence": source.licence,
        "uri": source.uri,
        "digest": source.digest,
    }
    await graph.write("begin source", [(BEGIN_SOURCE, parameters)])


def checkpoint(source_id: str, position: int, *, complete: bool) -> Statement:
    """Return the statement that moves a source's position, for the transaction of its facts."""
    return CHECKPOINT, {"id": source_id, "position": position, "complete": complete}
