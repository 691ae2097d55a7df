"""What a party's catalogue is written from: registrations that stand, and claims that people made.

A registration never changes; what became of its claims since is told by what continues them, and by claims
that no registration makes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from graph.client import Graph
from graph.revisions import Recorded, placed


class NamedRow(NamedTuple):
    """One whom a registration names: the party, and what the registration says of it."""

    party_id: str
    said: dict[str, Any]


class RegisteredRow(NamedTuple):
    """A claim that stands: a registration's, or one that people made.

    `position` is that of the record in whose line it stands; 0 where it stands in none.
    """

    party_id: str
    position: int
    right: str
    kind: str
    share: int
    territories: list[str]
    excluded_territories: list[str] | None
    controlled: bool | None
    shares_change: bool | None
    role: str | None
    status: str
    valid_from: str | None
    valid_to: str | None


class RegistrationRow(NamedTuple):
    """One registration with its work, whom it names, and the claims that stand in it or beside it.

    `standing` are the ids of the registrations of its work that stand, `made` the positions of records that
    made claims, whatever became of them; they are read of those that `changed`.
    """

    id: str
    kind: str
    format: str
    submitter: str
    number: str
    records: list[str]
    work_id: str | None
    iswcs: list[str]
    standing: list[str]
    named: list[NamedRow]
    claims: list[RegisteredRow]
    changed: bool = False
    made: frozenset[int] = frozenset()


class LooseRow(NamedTuple):
    """A claim on a work that no registration is of."""

    work_id: str
    title: str
    language: str | None
    iswc: str | None
    claim: RegisteredRow


class StandingRow(NamedTuple):
    """A registration that stands, and whether its claims changed since."""

    id: str
    kind: str
    submitter: str
    changed: bool


# What a row of a claim has after whose it is, and in which line.
_CLAIMED: Final = """claim.right, claim.kind, claim.share, claim.territories,
  claim.excludedTerritories, claim.controlled, claim.sharesChange, claim.role, claim.status,
  claim.validFrom, claim.validTo"""

STANDING: Final = """
MATCH (party:Party {id: $party})
CALL (party) {
  MATCH (party)<-[:NAMES]-(registration:Registration)
  WHERE registration.recordedTo IS NULL
  RETURN registration
  UNION
  MATCH (party)<-[:CLAIMED_BY]-(claim:Claim)-[:ON]->(:Work)<-[:REGISTERS]-(registration:Registration)
  WHERE claim.registration IS NULL AND claim.recordedTo IS NULL
    AND claim.status IN ['ASSERTED', 'DISPUTED'] AND registration.recordedTo IS NULL
  RETURN registration
}
WITH DISTINCT registration ORDER BY registration.order, registration.id
RETURN collect([registration.id, registration.kind, registration.submitter, EXISTS {
  MATCH (registration)-[:REGISTERS]->(:Work)<-[:ON]-(claim:Claim)
  WHERE (claim.registration = registration.id AND claim.recordedTo IS NOT NULL)
    OR (claim.registration IS NULL AND claim.recordedTo IS NULL)
}]) AS rows
"""

AGREED: Final = """
MATCH (party:Party {id: $party})-[:ASSIGNS|ACQUIRED_BY]-(:Agreement)<-[:STATES]-(found:Registration)
WHERE found.recordedTo IS NULL
WITH DISTINCT found ORDER BY found.order, found.id
RETURN collect([found.id, found.kind, found.submitter, false]) AS rows
"""

REGISTRATIONS_BY_ID: Final = (
    """
UNWIND range(0, size($ids) - 1) AS at
MATCH (registration:Registration {id: $ids[at]})
OPTIONAL MATCH (registration)-[:REGISTERS]->(work:Work)
WITH at, registration, work,
  COLLECT {
    MATCH (work)-[:HAS_IDENTIFIER]->(i:Identifier {scheme: 'ISWC', valid: true})
    RETURN i.value ORDER BY i.value
  } AS iswcs,
  COLLECT {
    MATCH (work)<-[:REGISTERS]-(other:Registration) WHERE other.recordedTo IS NULL
    RETURN other.id ORDER BY other.order, other.id
  } AS standing,
  COLLECT {
    MATCH (registration)-[named:NAMES]->(party:Party)
    RETURN [party.id, properties(named)]
  } AS named,
  COLLECT {
    MATCH (work)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
    WHERE claim.registration = registration.id AND claim.status IN ['ASSERTED', 'DISPUTED']
    RETURN [party.id, claim.position, """
    + _CLAIMED
    + """]
    ORDER BY claim.id
  } AS claims
ORDER BY at
RETURN collect([registration.id, registration.kind, registration.format, registration.submitter,
  registration.number, registration.records, work.id, iswcs, standing, named, claims]) AS rows
"""
)

RECORDED: Final = (
    """
UNWIND $ids AS id
MATCH (work:Work {id: id})<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
WITH id, claim, party ORDER BY claim.id
RETURN collect([id, claim.id, claim.continues, claim.registration, claim.position, claim.yieldsTo,
  claim.recordedTo IS NULL AND claim.status IN ['ASSERTED', 'DISPUTED'],
  [party.id, 0, """
    + _CLAIMED
    + """]]) AS rows
"""
)

LOOSE: Final = (
    """
MATCH (party:Party {id: $party})<-[:CLAIMED_BY]-(mine:Claim)-[:ON]->(work:Work)
WHERE mine.registration IS NULL AND mine.recordedTo IS NULL
  AND mine.status IN ['ASSERTED', 'DISPUTED']
WITH DISTINCT work
WHERE NOT EXISTS {
  MATCH (work)<-[:REGISTERS]-(registration:Registration) WHERE registration.recordedTo IS NULL
}
MATCH (work)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(other:Party)
WHERE claim.registration IS NULL AND claim.recordedTo IS NULL
  AND claim.status IN ['ASSERTED', 'DISPUTED']
WITH work, claim, other ORDER BY work.id, claim.id
RETURN collect([work.id, work.title, work.language, head(COLLECT {
    MATCH (work)-[:HAS_IDENTIFIER]->(i:Identifier {scheme: 'ISWC', valid: true})
    RETURN i.value ORDER BY i.value
  }), [other.id, 0, """
    + _CLAIMED
    + """]]) AS rows
"""
)


async def standing(graph: Graph, party: str) -> list[StandingRow]:
    """Return every registration that stands and names a party, or has claims of its beside it, in order."""
    works = await graph.read("registrations by party", STANDING, party=party)
    agreements = await graph.read("agreements by party", AGREED, party=party)
    return [StandingRow._make(row) for row in (*agreements, *works)]


async def registrations_by_id(
    graph: Graph, ids: Sequence[str], changed: frozenset[str] = frozenset()
) -> list[RegistrationRow]:
    """Return the registrations found, in the order of their ids as given.

    Those that changed have the claims that stand in their lines now, and those beside them.
    """
    rows = await graph.read("registrations by id", REGISTRATIONS_BY_ID, ids=list(ids))
    found = [_registration(*row) for row in rows]
    works = sorted({row.work_id for row in found if row.id in changed and row.work_id})
    if not works:
        return found
    recorded: dict[str, list[Recorded[RegisteredRow]]] = {}
    for work, id_, continues, registration, position, yields_to, stands, said in await graph.read(
        "claims recorded", RECORDED, ids=works
    ):
        claim = RegisteredRow._make(said)
        its = Recorded(
            id=id_,
            continues=continues,
            registration=registration,
            position=position,
            yields_to=yields_to or (),
            stands=stands,
            party=claim.party_id,
            said=claim,
        )
        recorded.setdefault(work, []).append(its)
    return [
        _changed(row, recorded.get(row.work_id or "", [])) if row.id in changed else row
        for row in found
    ]


async def loose_claims(graph: Graph, party: str) -> list[LooseRow]:
    """Return the claims that stand on works of which no registration stands, and a party claims some."""
    rows: list[list[Any]] = await graph.read("loose claims", LOOSE, party=party)
    return [LooseRow._make([*rest, RegisteredRow._make(claim)]) for *rest, claim in rows]


def _registration(*values: Any) -> RegistrationRow:
    *rest, named, claims = values
    return RegistrationRow(
        *rest,
        named=[NamedRow._make(each) for each in named],
        claims=[RegisteredRow._make(each) for each in claims],
    )


def _changed(row: RegistrationRow, recorded: Sequence[Recorded[RegisteredRow]]) -> RegistrationRow:
    parties = {each.said["position"]: each.party_id for each in row.named}
    claims = [
        claim._replace(position=position)
        for position, claim in placed(recorded, row.id, row.standing, parties)
    ]
    made = frozenset(each.position or 0 for each in recorded if each.registration == row.id)
    return row._replace(claims=claims, changed=True, made=made)
