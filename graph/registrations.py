"""Registrations as they stand: read to write a party's catalogue, or to answer a message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from graph.client import Graph
from graph.ids import mint


class NamedRow(NamedTuple):
    """One whom a registration names: the party, and what the registration says of it."""

    party_id: str
    said: dict[str, Any]


class RegisteredRow(NamedTuple):
    """A claim as a registration makes it, whatever people made of it since."""

    party_id: str
    position: int
    right: str
    kind: str
    share: int
    territories: list[str]
    excluded_territories: list[str] | None
    controlled: bool | None
    shares_change: bool | None


class RegistrationRow(NamedTuple):
    """One registration with the ISWCs of its work, whom it names, and what it claims."""

    id: str
    kind: str
    format: str
    submitter: str
    number: str
    records: list[str]
    work_id: str | None
    iswcs: list[str]
    named: list[NamedRow]
    claims: list[RegisteredRow]


class LooseRow(NamedTuple):
    """A claim on a work that no registration made, with the party's name, kind and IPI name number."""

    work_id: str
    title: str
    language: str | None
    iswc: str | None
    party_id: str
    party: str
    party_kind: str | None
    ipi_name: str | None
    right: str
    kind: str
    share: int
    territories: list[str]
    excluded_territories: list[str] | None
    role: str | None


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

STANDING: Final = """
MATCH (party:Party {id: $party})<-[:NAMES]-(registration:Registration)
WHERE registration.recordedTo IS NULL
WITH DISTINCT registration ORDER BY registration.order, registration.id
RETURN collect([registration.id, registration.kind, registration.submitter]) AS rows
"""

AGREED: Final = """
MATCH (party:Party {id: $party})-[:ASSIGNS|ACQUIRED_BY]-(:Agreement)<-[:STATES]-(found:Registration)
WHERE found.recordedTo IS NULL
WITH DISTINCT found ORDER BY found.order, found.id
RETURN collect([found.id, found.kind, found.submitter]) AS rows
"""

REGISTRATIONS_BY_ID: Final = """
UNWIND range(0, size($ids) - 1) AS at
MATCH (registration:Registration {id: $ids[at]})
OPTIONAL MATCH (registration)-[:REGISTERS]->(work:Work)
WITH at, registration, work,
  COLLECT {
    MATCH (work)-[:HAS_IDENTIFIER]->(i:Identifier {scheme: 'ISWC', valid: true})
    RETURN i.value ORDER BY i.value
  } AS iswcs,
  COLLECT {
    MATCH (registration)-[named:NAMES]->(party:Party)
    RETURN [party.id, properties(named)]
  } AS named,
  COLLECT {
    MATCH (work)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
    WHERE claim.registration = registration.id
    RETURN [party.id, claim.position, claim.right, claim.kind, claim.share, claim.territories,
      claim.excludedTerritories, claim.controlled, claim.sharesChange]
    ORDER BY claim.id
  } AS claims
ORDER BY at
RETURN collect([registration.id, registration.kind, registration.format, registration.submitter,
  registration.number, registration.records, work.id, iswcs, named, claims]) AS rows
"""

LOOSE: Final = """
MATCH (party:Party {id: $party})<-[:CLAIMED_BY]-(mine:Claim)-[:ON]->(work:Work)
WHERE mine.registration IS NULL AND mine.line IS NULL AND mine.recordedTo IS NULL
  AND mine.status IN ['ASSERTED', 'DISPUTED']
WITH DISTINCT work
MATCH (work)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(other:Party)
WHERE claim.registration IS NULL AND claim.line IS NULL AND claim.recordedTo IS NULL
  AND claim.status IN ['ASSERTED', 'DISPUTED']
WITH work, claim, other ORDER BY work.id, claim.id
RETURN collect([work.id, work.title, work.language, head(COLLECT {
    MATCH (work)-[:HAS_IDENTIFIER]->(i:Identifier {scheme: 'ISWC', valid: true})
    RETURN i.value ORDER BY i.value
  }), other.id, other.name, other.kind, head(COLLECT {
    MATCH (other)-[:HAS_IDENTIFIER]->(i:Identifier {scheme: 'IPI_NAME', valid: true})
    RETURN i.value ORDER BY i.value
  }), claim.right, claim.kind, claim.share, claim.territories, claim.excludedTerritories,
  claim.role]) AS rows
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


async def standing(graph: Graph, party: str) -> list[tuple[str, str, str]]:
    """Return id, kind and submitter of every registration that stands and names a party, in order."""
    works = await graph.read("registrations by party", STANDING, party=party)
    agreements = await graph.read("agreements by party", AGREED, party=party)
    return [(each, kind, submitter) for each, kind, submitter in (*agreements, *works)]


async def registrations_by_id(graph: Graph, ids: Sequence[str]) -> list[RegistrationRow]:
    """Return the registrations found, in the order of their ids as given."""
    rows = await graph.read("registrations by id", REGISTRATIONS_BY_ID, ids=list(ids))
    return [_registration(*row) for row in rows]


async def loose_claims(graph: Graph, party: str) -> list[LooseRow]:
    """Return the claims that stand on works where a party's own claim is of no registration."""
    return [LooseRow._make(row) for row in await graph.read("loose claims", LOOSE, party=party)]


async def registered_before(graph: Graph, ids: Sequence[str]) -> dict[str, tuple[str | None, bool]]:
    """Return each registration's work, and whether an earlier one has its number."""
    rows = await graph.read("registered before", EARLIER, ids=list(ids))
    return {each: (work, before) for each, work, before in rows}


def _registration(*values: Any) -> RegistrationRow:
    *rest, named, claims = values
    return RegistrationRow(
        *rest,
        named=[NamedRow._make(each) for each in named],
        claims=[RegisteredRow._make(each) for each in claims],
    )


def instant(day: str | None, seconds: int) -> str:
    """Return a day and time of day as messages are told apart by."""
    return f"{day or ''}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def registration_id(sender: str, created: str, group: int, transaction: int, number: str) -> str:
    """Return the id of a transaction: whose it is, and what an acknowledgement quotes of it."""
    return mint("cwr", "registration", sender, created, str(group), str(transaction), number)


def quoted(created: str, group: int, transaction: int, number: str) -> str:
    """Return what an acknowledgement quotes of a transaction; whose it was, it does not say."""
    return f"{created}/{group}/{transaction}/{number}"
