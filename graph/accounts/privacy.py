"""What is held on a person: told as a whole, and erased but for what others rest on.

Credits and legal records stay. Who made a change is an id that tells nothing of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, LiteralString

from graph.accounts.acting import ACTIVE, ENDED, INVITED, Acting, registered
from graph.editing import standing
from graph.errors import RuleBroken
from graph.journal import Command, Ref
from graph.journal.records import ERASED
from graph.journal.stage import VERSION, Entangled, Recorded

if TYPE_CHECKING:
    from graph.client import Graph
    from graph.journal import Stage

_PAGE: Final = 5_000
_KINDS: Final = ("user", "memberships", "invitationsMade", "artistClaims", "mandates")

HELD: Final = """
OPTIONAL MATCH (user:User {id: $user})
CALL (user) {
  MATCH (membership:Membership)
  WHERE membership.userId = $user OR ($byAddress AND membership.email = user.email)
  RETURN collect(membership{.*, recordedAt: toString(membership.recordedAt)}) AS memberships
}
CALL () {
  MATCH (invited:Membership {invitedBy: $user})
  RETURN collect([invited.id, invited.organisationId, invited.role, invited.status]) AS invitations
}
CALL () {
  MATCH (claim:ArtistClaim {userId: $user})
  RETURN collect(claim{
    .*, recordedAt: toString(claim.recordedAt), decidedAt: toString(claim.decidedAt)
  }) AS claims
}
CALL () {
  MATCH (change:Change {actor: $user})
  WHERE change.type = 'Mandate'
  MATCH (mandate:Mandate {id: change.subject})
  WITH DISTINCT mandate
  RETURN collect(mandate{.*, recordedAt: toString(mandate.recordedAt)}) AS mandates
}
RETURN [
  user{.*, recordedAt: toString(user.recordedAt), erasedAt: toString(user.erasedAt)},
  memberships, invitations, claims, mandates
] AS rows
"""
CHANGES_OF: Final[LiteralString] = """
MATCH (change:Change)
WHERE change.sequence > $after AND (change.actor = $user OR change.subject IN $subjects)
WITH change ORDER BY change.sequence LIMIT $limit
RETURN collect({
  sequence: change.sequence, at: change.at, action: change.action, type: change.type,
  subject: change.subject, version: change.version, actor: change.actor,
  onBehalfOf: change.onBehalfOf, source: change.source, details: change.details
}) AS rows
"""

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


class ExportUser(Command):
    """Record that all that is held on a user is told; refuses NotThere, but for who acts."""

    def __init__(self, acting: Acting, user: str) -> None:
        self._acting = acting
        self._ref = Ref("User", user)
        self.reads = (self._ref,)

    async def run(self, stage: Stage) -> Ref:
        """Record it."""
        if self._acting.user == self._ref.id:
            await registered(stage, self._ref.id)
        had = await standing(stage, self._ref, path=("userId",))
        version: int = had[VERSION]
        stage.record(
            Recorded(action="EXPORTED", ref=self._ref, version=version, before={}, after={})
        )
        return self._ref


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


async def held_on(graph: Graph, user: str, *, by_address: bool) -> dict[str, Any]:
    """Return all that is held on a user, by kind; what it did and what was done to it in order.

    Invitations to its address are told `by_address` only: that it is theirs nobody has checked.
    """
    told = await graph.read("what is held", HELD, user=user, byAddress=by_address)
    held: dict[str, Any] = dict(zip(_KINDS, told, strict=True))
    kinds = ("memberships", "artistClaims")
    subjects = [user, *(each["id"] for kind in kinds for each in held[kind])]
    changes: list[dict[str, Any]] = []
    after = 0
    while True:
        rows: list[dict[str, Any]] = await graph.read(
            "changes of a user", CHANGES_OF, user=user, subjects=subjects, after=after, limit=_PAGE
        )
        changes += rows
        if len(rows) < _PAGE:
            return {**held, "changes": changes}
        after = rows[-1]["sequence"]
