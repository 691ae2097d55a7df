"""What a catalogue tells besides registrations: parties that they come to name, and agreements of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from graph.client import Graph
from graph.sources import EDITORS


class KnownRow(NamedTuple):
    """A party, and what a submitter's latest registration that names it says of it."""

    party_id: str
    name: str
    kind: str | None
    ipi_name: str | None
    ipi_base: str | None
    said: dict[str, Any] | None


class AgreedRow(NamedTuple):
    """An agreement that people recorded, from one party to another."""

    id: str
    kind: str
    right: str | None
    share: int
    territories: list[str]
    excluded_territories: list[str] | None
    valid_from: str | None
    valid_to: str | None
    collection_to: str | None
    recorded_at: str
    assignor_id: str
    acquirer_id: str


KNOWN: Final = """
UNWIND $ids AS id
MATCH (party:Party {id: id})
RETURN collect([party.id, party.name, party.kind, head(COLLECT {
    MATCH (party)-[:HAS_IDENTIFIER]->(i:Identifier {scheme: 'IPI_NAME', valid: true})
    RETURN i.value ORDER BY i.value
  }), head(COLLECT {
    MATCH (party)-[:HAS_IDENTIFIER]->(i:Identifier {scheme: 'IPI_BASE', valid: true})
    RETURN i.value ORDER BY i.value
  }), head(COLLECT {
    MATCH (party)<-[named:NAMES]-(registration:Registration)
    WHERE registration.submitter = $submitter
    RETURN properties(named) ORDER BY registration.order DESC, named.position LIMIT 1
  })]) AS rows
"""

RECORDED_AGREEMENTS: Final = """
MATCH (party:Party {id: $party})-[:ASSIGNS|ACQUIRED_BY]-(found:Agreement)
WHERE found.sourceId = $editors AND found.recordedTo IS NULL
  AND found.status IN ['ASSERTED', 'DISPUTED']
MATCH (assignor:Party)-[:ASSIGNS]->(agreement:Agreement {id: found.id})-[:ACQUIRED_BY]->(other:Party)
WITH DISTINCT agreement, assignor, other
ORDER BY agreement.recordedAt, agreement.id
RETURN collect([agreement.id, agreement.kind, agreement.right, agreement.share,
  agreement.territories, agreement.excludedTerritories, agreement.validFrom, agreement.validTo,
  agreement.collectionTo, toString(agreement.recordedAt), assignor.id, other.id]) AS rows
"""


async def known_parties(graph: Graph, ids: Sequence[str], submitter: str) -> dict[str, KnownRow]:
    """Return parties by id, each with what a submitter says of it."""
    rows = await graph.read("parties known", KNOWN, ids=list(ids), submitter=submitter)
    return {row[0]: KnownRow._make(row) for row in rows}


async def agreements_recorded(graph: Graph, party: str) -> list[AgreedRow]:
    """Return the agreements that people recorded, and that stand, of a party, in the order of recording."""
    rows = await graph.read(
        "agreements recorded", RECORDED_AGREEMENTS, party=party, editors=EDITORS
    )
    return [AgreedRow._make(row) for row in rows]
