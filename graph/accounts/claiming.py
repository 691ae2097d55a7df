"""Commands on claims of artist profiles: requested, with evidence, then decided by somebody else.

A claim says who speaks for a profile. It writes no rights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.accounts.acting import Acting, has_ties, organisation_of_admin, registered, roles_in
from graph.editing import standing
from graph.errors import NotAllowed, NotThere, RuleBroken
from graph.ids import random_id
from graph.journal import Command, Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.journal import Stage
    from graph.journal.stage import Properties

REQUESTED: Final = "REQUESTED"
VERIFIED: Final = "VERIFIED"
REFUSED: Final = "REFUSED"
REVOKED: Final = "REVOKED"
MOST_EVIDENCE: Final = 50

_DECIDED_FROM: Final = {VERIFIED: REQUESTED, REFUSED: REQUESTED, REVOKED: VERIFIED}

STANDING_CLAIMS: Final = """
OPTIONAL MATCH (claim:ArtistClaim {artistId: $artist})
WHERE claim.status IN ['REQUESTED', 'VERIFIED'] AND (
  claim.organisationId = $organisation
  OR $organisation = '' AND claim.organisationId IS NULL AND claim.userId = $user
)
RETURN count(claim) AS rows
"""


class RequestArtistClaim(Command):
    """Claim a profile, for oneself or for an organisation that one keeps.

    Refuses NotThere, NotAllowed, and RuleBroken for one that is claimed already.
    """

    def __init__(self, acting: Acting, artist: str, organisation: str | None) -> None:
        self._acting = acting
        self._artist = Ref("Artist", artist)
        self._organisation = organisation
        self._ref = Ref("ArtistClaim", random_id())
        self.reads = (self._artist,)

    async def run(self, stage: Stage) -> Ref:
        """Claim it."""
        await standing(stage, self._artist, path=("artistId",))
        if self._organisation is not None:
            path = ("organisationId",)
            await organisation_of_admin(stage, self._acting, self._organisation, path=path)
        others = await stage.read(
            "standing artist claims",
            STANDING_CLAIMS,
            artist=self._artist.id,
            organisation=self._organisation or "",
            user=self._acting.user,
        )
        if others:
            message = "That profile is claimed already by the same."
            raise RuleBroken(message, path=("artistId",), rule="CLAIMED_ONCE")
        await registered(stage, self._acting.user)
        told: Properties = {
            "artistId": self._artist.id,
            "userId": self._acting.user,
            "organisationId": self._organisation,
            "status": REQUESTED,
        }
        stage.create(self._ref, told, action=REQUESTED)
        return self._ref


class AddEvidence(Command):
    """Add evidence to a claim that is not decided; refuses NotThere, VersionConflict and RuleBroken."""

    def __init__(
        self, acting: Acting, claim: str, evidence: Sequence[str], *, expected: int | None
    ) -> None:
        self._acting = acting
        self._ref = Ref("ArtistClaim", claim)
        self.reads = (self._ref,)
        self._evidence = evidence
        self._expected = expected

    async def run(self, stage: Stage) -> Ref:
        """Add it."""
        had = await standing(stage, self._ref)
        if not await _is_claimants(stage, self._acting, had):
            raise NotThere("There is no such thing.", path=("id",))
        await standing(stage, self._ref, expected=self._expected)
        if had["status"] != REQUESTED:
            raise RuleBroken("It is decided already.", path=("id",), rule="CLAIM_DECIDED")
        evidence = list(dict.fromkeys([*(had.get("evidence") or ()), *self._evidence]))
        if len(evidence) > MOST_EVIDENCE:
            message = f"A claim has at most {MOST_EVIDENCE} pieces of evidence."
            raise RuleBroken(message, path=("evidence",), rule="MOST_EVIDENCE")
        await stage.change(self._ref, {"evidence": evidence}, action="EVIDENCE_ADDED")
        return self._ref


class DecideArtistClaim(Command):
    """Verify a claim or refuse it, or revoke a verified one: never as, or for, the claimant.

    Refuses NotThere, NotAllowed, VersionConflict, and RuleBroken for what cannot be decided so.
    """

    def __init__(self, acting: Acting, claim: str, status: str, *, expected: int | None) -> None:
        self._acting = acting
        self._ref = Ref("ArtistClaim", claim)
        self.reads = (self._ref,)
        self._status = status
        self._expected = expected

    async def run(self, stage: Stage) -> Ref:
        """Decide it."""
        had = await standing(stage, self._ref, expected=self._expected)
        if await _is_partial(stage, self._acting, had):
            raise NotAllowed("Nobody decides a claim of their own.", path=("id",))
        if had["status"] != _DECIDED_FROM[self._status]:
            message = f"It is {had['status'].lower()}: that cannot be decided of it."
            raise RuleBroken(message, path=("id",), rule="CLAIM_DECIDED")
        if self._status == VERIFIED and not had.get("evidence"):
            message = "Nothing is verified without evidence."
            raise RuleBroken(message, path=("id",), rule="EVIDENCE_MISSING")
        told: Properties = {"status": self._status, "decidedAt": stage.now}
        await stage.change(self._ref, told, action=self._status)
        return self._ref


async def _is_claimants(stage: Stage, acting: Acting, had: Properties) -> bool:
    """Say whether a claim is of who acts, or of an organisation that they are a member of."""
    if had.get("userId") == acting.user:
        return True
    organisation = had.get("organisationId")
    return organisation is not None and bool(await roles_in(stage, acting.user, organisation))


async def _is_partial(stage: Stage, acting: Acting, had: Properties) -> bool:
    """Say whether a claim is of who acts, or of an organisation that they have ties to."""
    if had.get("userId") == acting.user:
        return True
    organisation = had.get("organisationId")
    return organisation is not None and await has_ties(stage, acting.user, organisation)
