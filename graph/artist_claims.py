"""Claims of users and organisations on artist profiles; nothing of rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.accounts.reads import today
from graph.client import Graph
from graph.columns import Columns
from graph.listings import Listing, Order
from graph.things import ById


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistClaimRow:
    """One claim, by a user, for itself or for an organisation."""

    id: str
    artist_id: str
    user_id: str | None
    organisation_id: str | None
    status: str
    evidence: list[str] | None
    decided_at: str | None
    version: int


_CLAIM: Final = Columns(
    "artistClaim",
    id="artistClaim.id",
    artist_id="artistClaim.artistId",
    user_id="artistClaim.userId",
    organisation_id="artistClaim.organisationId",
    status="artistClaim.status",
    evidence="artistClaim.evidence",
    decided_at="toString(artistClaim.decidedAt)",
    version="artistClaim.version",
)

ARTIST_CLAIMS_BY_ID: Final = ById(
    summary="artist claims by id",
    make=ArtistClaimRow,
    find="UNWIND $ids AS key\nMATCH (artistClaim:ArtistClaim {id: key})",
    row=_CLAIM,
    carry="artistClaim",
)
ARTIST_CLAIMS: Final = Listing(
    summary="artist claims",
    make=ArtistClaimRow,
    match="MATCH (artistClaim:ArtistClaim)",
    row=_CLAIM,
    carry="artistClaim",
    orders={"RECORDED": Order(("toString(artistClaim.recordedAt)", "artistClaim.id"))},
    filters={
        "artist": "artistClaim.artistId = $artist",
        "status": "artistClaim.status = $status",
        "claimant": """(artistClaim.userId = $claimant[0] OR EXISTS {
  MATCH (own:Membership {userId: $claimant[0]})
  WHERE own.organisationId = artistClaim.organisationId AND own.status = 'ACTIVE'
    AND coalesce(own.validFrom, '') <= $claimant[1] AND coalesce(own.validTo, '~') > $claimant[1]
})""",
    },
)

ARTIST_CLAIMS_SEEN: Final = """
UNWIND $ids AS id
MATCH (claim:ArtistClaim {id: id})
WHERE claim.userId = $user OR EXISTS {
  MATCH (own:Membership {userId: $user})
  WHERE own.organisationId = claim.organisationId AND own.status = 'ACTIVE'
    AND coalesce(own.validFrom, '') <= $today AND coalesce(own.validTo, '~') > $today
}
RETURN collect(id) AS rows
"""


async def artist_claims_seen(graph: Graph, user: str, ids: Sequence[str]) -> frozenset[str]:
    """Return those of the claims that are a user's, or of an organisation of its."""
    day = today().isoformat()
    found = await graph.read(
        "artist claims seen", ARTIST_CLAIMS_SEEN, user=user, ids=list(ids), today=day
    )
    return frozenset(found)
