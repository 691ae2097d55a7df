"""What is personal of a user, erased but for what others rest on.

Credits and legal records stay. Who made a change is an id that tells nothing of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph.accounts.acting import ACTIVE, ENDED, INVITED, Acting, registered
from graph.editing import standing
from graph.errors import RuleBroken
from graph.journal import Command, Ref
from graph.journal.records import ERASED
from graph.journal.stage import VERSION, Entangled, Recorded

if TYPE_CHECKING:
    from graph.journal import Stage

TO_ERASE: Final = """
OPTIONAL MATCH (user:User {id: $user})
CALL (user) {
  MATCH (membership:Membership)
  WHERE membership.userId = $user OR ($byAddress AND membership.email = user.email)
  RETURN collect([membership.id, membership.status, membership.version]) AS memberships
}
CALL () {
  MATCH (claim:ArtistClaim {userId: $user})
  WHERE claim.organisationId IS NULL AND claim.status <> 'VERIFIED'
  RETURN collect([claim.id, claim.version, claim.evidence IS NOT NULL]) AS claims
}
RETURN [memberships, claims] AS rows
"""
LEFT_BEHIND: Final = """
OPTIONAL MATCH (own:Membership {userId: $user})
WHERE own.status = 'ACTIVE' AND own.role = 'ADMIN' AND coalesce(own.validTo, '~') > $today
  AND EXISTS {
    MATCH (other:Membership {organisationId: own.organisationId})
    WHERE other.status = 'ACTIVE' AND other.userId <> $user AND coalesce(other.validTo, '~') > $today
  }
  AND NOT EXISTS {
    MATCH (other:Membership {organisationId: own.organisationId})
    WHERE other.status = 'ACTIVE' AND other.userId <> $user
      AND other.role = 'ADMIN' AND other.validTo IS NULL
  }
RETURN count(own) AS rows
"""
ERASE_USER: Final = """
MATCH (user:User {id: $user})
SET user.fullName = null, user.email = null, user.erasedAt = $now, user.version = $version
"""
ERASE_MEMBERSHIPS: Final = """
UNWIND $rows AS row
MATCH (membership:Membership {id: row.id})
SET membership.email = null, membership.invitation = null,
  membership.status = row.status, membership.version = row.version
"""
ERASE_EVIDENCE: Final = """
UNWIND $rows AS row
MATCH (claim:ArtistClaim {id: row.id})
SET claim.evidence = null, claim.version = row.version
"""
ERASE_DETAILS: Final = """
UNWIND $subjects AS subject
MATCH (change:Change {subject: subject})
SET change.details = null, change.salt = null
"""


class EraseUser(Command):
    """Erase what is personal of a user, on its nodes and in what was recorded of them.

    Memberships end, invitations are taken back. Evidence for a profile goes unless the claim was verified.
    A record of each thing whose records lose their details tells that, and none of it.
    Refuses NotThere, but for who acts, and RuleBroken where others would be left without an admin, but for
    who may do everything.
    """

    def __init__(self, acting: Acting, user: str) -> None:
        self._acting = acting
        self._ref = Ref("User", user)
        self.reads = (self._ref,)

    async def run(self, stage: Stage) -> Ref:
        """Erase it."""
        if stage.records:
            raise Entangled  # Records of the same transaction are not there yet to be erased.
        if self._acting.user == self._ref.id:
            await registered(stage, self._ref.id)
        had = await standing(stage, self._ref, path=("userId",))
        await self._leave_nobody_behind(stage)
        version: int = had[VERSION] + 1
        memberships, claims = await stage.read(
            "what to erase", TO_ERASE, user=self._ref.id, byAddress=self._acting.everything
        )
        ended = [_ended(*each) for each in memberships]
        bare = [{"id": id_, "version": had + evidence} for id_, had, evidence in claims]
        await stage.write(
            "erase a user", ERASE_USER, user=self._ref.id, now=stage.now, version=version
        )
        await stage.write("erase memberships", ERASE_MEMBERSHIPS, rows=ended)
        await stage.write("erase evidence", ERASE_EVIDENCE, rows=bare)
        erased = [
            *((Ref("Membership", row["id"]), row["version"]) for row in ended),
            *((Ref("ArtistClaim", row["id"]), row["version"]) for row in bare),
            (self._ref, version),
        ]
        subjects = [ref.id for ref, _ in erased]
        await stage.write("erase details", ERASE_DETAILS, subjects=subjects)
        for ref, number in erased:
            stage.record(Recorded(action=ERASED, ref=ref, version=number, before={}, after={}))
        return self._ref

    async def _leave_nobody_behind(self, stage: Stage) -> None:
        if self._acting.everything:
            return
        left = await stage.read(
            "organisations left behind",
            LEFT_BEHIND,
            user=self._ref.id,
            today=stage.now.date().isoformat(),
        )
        if left:
            raise RuleBroken(
                "An organisation of yours would be left without an admin: make another its admin first.",
                path=("userId",),
                rule="LAST_ADMIN",
            )


def _ended(id_: str, status: str, version: int) -> dict[str, Any]:
    if status in (ACTIVE, INVITED):
        return {"id": id_, "status": ENDED, "version": version + 1}
    return {"id": id_, "status": status, "version": version}
