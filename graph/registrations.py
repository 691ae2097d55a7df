"""Registrations by what messages call them: read to answer one, and to find whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from graph.client import Graph
from graph.ids import mint


class PartyFound(NamedTuple):
    """A party that was asked for."""

    id: str
    name: str
    ipi_name: str | None


PARTIES_CALLED: Final = """
OPTIONAL MATCH (redirect:Redirect {id: $called})
WITH coalesce(redirect.to, $called) AS id
CALL (id) {
  MATCH (party:Party {id: id}) RETURN party
  UNION
  MATCH (:Identifier {key: $key})<-[:HAS_IDENTIFIER]-(party:Party) RETURN party
}
WITH DISTINCT party ORDER BY party.id
RETURN collect([party.id, party.name, head(COLLECT {
  MATCH (party)-[:HAS_IDENTIFIER]->(i:Identifier {scheme: 'IPI_NAME', valid: true})
  RETURN i.value ORDER BY i.value
})]) AS rows
"""

EARLIER: Final = """
UNWIND $ids AS id
MATCH (registration:Registration {id: id})
OPTIONAL MATCH (registration)-[:REGISTERS]->(work:Work)
RETURN collect([id, work.id, EXISTS {
  MATCH (other:Registration {key: registration.key}) WHERE other.order < registration.order
}]) AS rows
"""


async def parties_called(graph: Graph, called: str, key: str | None) -> list[PartyFound]:
    """Return the parties that an id, or an identifier's key, names."""
    rows = await graph.read("parties called", PARTIES_CALLED, called=called, key=key)
    return [PartyFound._make(row) for row in rows]


async def registered_before(graph: Graph, ids: Sequence[str]) -> dict[str, tuple[str | None, bool]]:
    """Return each registration's work, and whether an earlier one has its number."""
    rows = await graph.read("registered before", EARLIER, ids=list(ids))
    return {each: (work, before) for each, work, before in rows}


def instant(day: str | None, seconds: int) -> str:
    """Return a day and time of day as messages are told apart by."""
    return f"{day or ''}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def registration_id(sender: str, created: str, group: int, transaction: int, number: str) -> str:
    """Return the id of a transaction: whose it is, and what an acknowledgement quotes of it."""
    return mint("cwr", "registration", sender, created, str(group), str(transaction), number)


def quoted(created: str, group: int, transaction: int, number: str) -> str:
    """Return what an acknowledgement quotes of a transaction; whose it was, it does not say."""
    return f"{created}/{group}/{transaction}/{number}"
