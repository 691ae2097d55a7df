"""What is held on a person: told page by page of what was recorded, each with what that is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, LiteralString

from graph.accounts.acting import Acting, registered
from graph.editing import standing
from graph.journal import Command, Ref
from graph.journal.stage import VERSION, Recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.client import Graph
    from graph.journal import Stage

PAGE: Final = 200
"""How many changes are told at once: nobody's history holds the others up."""

_KINDS: Final = ("user", "memberships", "invitationsMade", "artistClaims", "mandates")
_CHANGE: Final[LiteralString] = """{
  sequence: change.sequence, at: change.at, action: change.action, type: change.type,
  subject: change.subject, version: change.version, actor: change.actor,
  onBehalfOf: change.onBehalfOf, source: change.source, details: change.details
}"""

OWN: Final = """
OPTIONAL MATCH (user:User {id: $user})
CALL (user) {
  MATCH (membership:Membership)
  WHERE membership.userId = $user OR ($byAddress AND membership.email = user.email)
  RETURN collect(membership.id) AS memberships
}
CALL () {
  MATCH (claim:ArtistClaim {userId: $user})
  RETURN collect(claim.id) AS claims
}
RETURN memberships + claims AS rows
"""
CHANGES_BY: Final[LiteralString] = f"""
MATCH (change:Change {{actor: $user}})
WHERE change.sequence > $after
WITH change ORDER BY change.sequence LIMIT $limit
RETURN collect({_CHANGE}) AS rows
"""
CHANGES_OF: Final[LiteralString] = f"""
MATCH (change:Change)
WHERE change.subject IN $subjects AND change.sequence > $after
WITH change ORDER BY change.sequence LIMIT $limit
RETURN collect({_CHANGE}) AS rows
"""
HELD: Final = """
OPTIONAL MATCH (user:User {id: $user})
CALL (user) {
  MATCH (membership:Membership)
  WHERE membership.id IN $memberships
    AND (membership.userId = $user OR ($byAddress AND membership.email = user.email))
  RETURN collect(membership{.*, recordedAt: toString(membership.recordedAt)}) AS memberships
}
CALL () {
  MATCH (invited:Membership)
  WHERE invited.id IN $memberships AND invited.invitedBy = $user
  RETURN collect([invited.id, invited.organisationId, invited.role, invited.status]) AS invitations
}
CALL () {
  MATCH (claim:ArtistClaim)
  WHERE claim.id IN $claims AND claim.userId = $user
  RETURN collect(claim{
    .*, recordedAt: toString(claim.recordedAt), decidedAt: toString(claim.decidedAt)
  }) AS claims
}
CALL () {
  MATCH (mandate:Mandate)
  WHERE mandate.id IN $mandates
  RETURN collect(mandate{.*, recordedAt: toString(mandate.recordedAt)}) AS mandates
}
RETURN [
  user{.*, recordedAt: toString(user.recordedAt), erasedAt: toString(user.erasedAt)},
  memberships, invitations, claims, mandates
] AS rows
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


async def held_on(
    graph: Graph, user: str, *, by_address: bool, after: int = 0
) -> tuple[dict[str, Any], int | None]:
    """Return a page of what is held on a user, by kind, and after which change the next begins, or None.

    A page has the changes by them and of them after one, in order, and the things that these are about, as
    they are now: all pages have all. Invitations to their address are told `by_address` only: that it is
    theirs nobody has checked.
    """
    own: list[str] = await graph.read("things of a user", OWN, user=user, byAddress=by_address)
    page: dict[str, Any] = {"after": after, "limit": PAGE + 1}
    by: list[dict[str, Any]] = await graph.read("changes by a user", CHANGES_BY, user=user, **page)
    of: list[dict[str, Any]] = await graph.read(
        "changes of a user", CHANGES_OF, subjects=[user, *own], **page
    )
    found = {change["sequence"]: change for change in (*by, *of)}
    changes = [found[sequence] for sequence in sorted(found)][:PAGE]
    told = await graph.read(
        "what is held",
        HELD,
        user=user,
        byAddress=by_address,
        memberships=_subjects(changes, "Membership"),
        claims=_subjects(changes, "ArtistClaim"),
        mandates=_subjects([each for each in changes if each["actor"] == user], "Mandate"),
    )
    held = {**dict(zip(_KINDS, told, strict=True)), "changes": changes}
    return held, changes[-1]["sequence"] if len(found) > PAGE else None


def _subjects(changes: Sequence[dict[str, Any]], type_: str) -> list[str]:
    return list(dict.fromkeys(each["subject"] for each in changes if each["type"] == type_))
