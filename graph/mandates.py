"""Mandates: organisations that act for parties; and which claims are within them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.accounts.reads import today
from graph.accounts.rows import ORGANISATION_START
from graph.client import Graph
from graph.columns import Columns
from graph.listings import Listing, Order
from graph.things import ById


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRow:
    """One mandate; no rights are all rights, no territories the world; [from, to)."""

    id: str
    organisation_id: str
    party_id: str
    rights: list[str] | None
    territories: list[str] | None
    excluded_territories: list[str] | None
    valid_from: str | None
    valid_to: str | None
    status: str
    version: int


_MANDATE: Final = Columns(
    "mandate",
    id="mandate.id",
    organisation_id="mandate.organisationId",
    party_id="mandate.partyId",
    rights="mandate.rights",
    territories="mandate.territories",
    excluded_territories="mandate.excludedTerritories",
    valid_from="mandate.validFrom",
    valid_to="mandate.validTo",
    status="mandate.status",
    version="mandate.version",
)
_ORDERS: Final = {"RECORDED": Order(("toString(mandate.recordedAt)", "mandate.id"))}
_FILTERS: Final[Mapping[str, LiteralString]] = {"status": "mandate.status = $status"}

MANDATES_BY_ID: Final = ById(
    summary="mandates by id",
    make=MandateRow,
    find="UNWIND $ids AS key\nMATCH (mandate:Mandate {id: key})",
    row=_MANDATE,
    carry="mandate",
)
MANDATES_BY_ORGANISATION: Final = Listing(
    summary="mandates by organisation",
    make=MandateRow,
    start=ORGANISATION_START,
    match="MATCH (mandate:Mandate {organisationId: thing.id})",
    row=_MANDATE,
    carry="mandate",
    orders=_ORDERS,
    filters={
        **_FILTERS,
        "fellow": """EXISTS {
  MATCH (own:Membership {userId: $fellow[0]})
  WHERE own.organisationId = mandate.organisationId AND own.status = 'ACTIVE'
    AND coalesce(own.validFrom, '') <= $fellow[1] AND coalesce(own.validTo, '~') > $fellow[1]
}""",
    },
)

MANDATES_SEEN: Final = """
UNWIND $ids AS id
MATCH (mandate:Mandate {id: id})
WHERE EXISTS {
  MATCH (own:Membership {userId: $user}), (organisation:Organisation {id: own.organisationId})
  WHERE own.status = 'ACTIVE'
    AND coalesce(own.validFrom, '') <= $today AND coalesce(own.validTo, '~') > $today
    AND (organisation.id = mandate.organisationId OR organisation.partyId = mandate.partyId)
}
RETURN collect(id) AS rows
"""

# `$mandated` is the day, and then the organisations: one list, since no list has two kinds of values.
# A cell is a country of the mandate with the codes of all that it is in: `graph/accounts/cells.py`.
WITHIN: Final[LiteralString] = """(EXISTS {
  MATCH (own:Organisation)
  WHERE own.id IN $mandated AND (
    own.partyId = party.id OR EXISTS { MATCH (:Redirect {id: own.partyId, to: party.id}) }
  )
} OR EXISTS {
  MATCH (mandate:Mandate)
  WHERE mandate.organisationId IN $mandated AND mandate.status = 'ACTIVE' AND (
      mandate.partyId = party.id
      OR EXISTS { MATCH (:Redirect {id: mandate.partyId, to: party.id}) }
    )
    AND coalesce(mandate.validFrom, '') <= $mandated[0]
    AND coalesce(mandate.validTo, '~') > $mandated[0]
    AND coalesce(mandate.validFrom, '') < coalesce(claim.validTo, '~')
    AND coalesce(claim.validFrom, '') < coalesce(mandate.validTo, '~')
    AND (mandate.rights IS NULL OR claim.right IN mandate.rights)
    AND (mandate.cells IS NULL OR any(cell IN mandate.cells WHERE
      (size(coalesce(claim.territories, [])) = 0
        OR any(code IN claim.territories WHERE cell CONTAINS ('|' + code + '|')))
      AND none(code IN coalesce(claim.excludedTerritories, [])
        WHERE cell CONTAINS ('|' + code + '|'))))
})"""
"""True of a claim, of a party, that is within the mandates of `$mandated`, or of their own party's."""

CLAIMS_SEEN: Final[LiteralString] = (
    "UNWIND $ids AS id\nMATCH (claim:Claim {id: id})-[:CLAIMED_BY]->(party:Party)\nWHERE "
    + WITHIN
    + "\nRETURN collect(id) AS rows"
)


def mandated(organisations: Sequence[str]) -> tuple[str, ...]:
    """Return what `WITHIN` takes for organisations, today."""
    return (today().isoformat(), *organisations)


async def claims_seen(
    graph: Graph, organisations: Sequence[str], ids: Sequence[str]
) -> frozenset[str]:
    """Return those of the claims that are within the mandates of some organisations today."""
    given = list(mandated(organisations))
    return frozenset(await graph.read("claims seen", CLAIMS_SEEN, mandated=given, ids=list(ids)))


async def mandates_seen(graph: Graph, user: str, ids: Sequence[str]) -> frozenset[str]:
    """Return those of the mandates that an organisation of a user has, or that are its own party's."""
    day = today().isoformat()
    found = await graph.read("mandates seen", MANDATES_SEEN, user=user, ids=list(ids), today=day)
    return frozenset(found)
