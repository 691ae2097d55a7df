"""Claims on artist profiles: who asks, who decides, and who sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from graph.accounts.claiming import AddEvidence, DecideArtistClaim, RequestArtistClaim
from graph.accounts.reads import today
from graph.artist_claims import artist_claims_seen
from graph.journal import Command
from resolvers.accounts import acting
from resolvers.context import Context
from resolvers.editing import checked
from resolvers.permission import ARTIST_CLAIMS, Viewer
from resolvers.things import Thing
from resolvers.writing import Asked, Outcome, carry_out


async def request_artist_claim(
    context: Context, asked: Asked, artist: str, organisation: str | None
) -> Outcome:
    """Claim a profile, for the viewer or for an organisation of theirs."""
    context.viewer.named()
    return await carry_out(
        context, asked, lambda: RequestArtistClaim(acting(context.viewer), artist, organisation)
    )


async def add_evidence(
    context: Context, asked: Asked, claim: str, evidence: Sequence[str], expected: int | None
) -> Outcome:
    """Add evidence to a claim of the viewer's."""

    def make() -> Command:
        told = checked({"evidence": evidence})["evidence"]
        return AddEvidence(acting(context.viewer), claim, told, expected=expected)

    return await carry_out(context, asked, make, Thing("ArtistClaim", claim))


async def decide(
    context: Context, asked: Asked, claim: str, status: str, expected: int | None
) -> Outcome:
    """Verify a claim, refuse it, or revoke a verified one."""
    return await carry_out(
        context,
        asked,
        lambda: DecideArtistClaim(acting(context.viewer), claim, status, expected=expected),
        Thing("ArtistClaim", claim),
    )


async def see_artist_claims(context: Context, ids: Sequence[str]) -> AbstractSet[str]:
    """Return those of the claims that the viewer may see: their own, unless they may see all."""
    if context.viewer.may(ARTIST_CLAIMS):
        return frozenset(ids)
    user = context.viewer.user
    return await artist_claims_seen(context.loaders.graph, user, ids) if user else frozenset()


def own_claims(viewer: Viewer) -> Mapping[str, Any]:
    """Return the filters of a list of claims for a viewer: none where they see all of them."""
    if viewer.may(ARTIST_CLAIMS):
        return {}
    return {"claimant": (viewer.user or "", today().isoformat())}
