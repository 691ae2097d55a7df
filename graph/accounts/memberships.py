"""Commands on memberships: invited, accepted or refused, changed, ended.

An organisation keeps an admin without a term, and nobody changes their own role.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from graph.accounts.acting import (
    ACTIVE,
    ADMIN,
    ENDED,
    INVITED,
    REFUSED,
    Acting,
    organisation_of_admin,
    registered,
    roles_in,
)
from graph.editing import standing
from graph.errors import InvalidValue, NotAllowed, NotThere, RuleBroken
from graph.ids import random_id
from graph.journal import Command, Ref
from graph.journal.records import moment

if TYPE_CHECKING:
    from graph.journal import Stage
    from graph.journal.stage import Properties

INVITED_FOR: Final = timedelta(days=14)
OF_ADMINS: Final = frozenset({ADMIN, "VIEWER", "CREATOR", "RIGHTSHOLDER"})
"""The roles that an organisation's own admins may grant."""

OTHER_ADMINS: Final = """
OPTIONAL MATCH (membership:Membership {organisationId: $organisation})
WHERE membership.status = 'ACTIVE' AND membership.role = 'ADMIN' AND membership.id <> $id
  AND membership.validTo IS NULL
RETURN count(membership) AS rows
"""
IN_SCOPE: Final = """
OPTIONAL MATCH (membership:Membership {userId: $user})
WHERE membership.organisationId = $organisation AND membership.id <> $id
  AND coalesce(membership.teamId, '') = $team AND membership.status IN $statuses
RETURN count(membership) AS rows
"""
INVITATION: Final = """
OPTIONAL MATCH (membership:Membership {invitation: $invitation})
RETURN collect(membership.id) AS rows
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Whom an organisation wants, as what, and for how long; `secret` is the hash of what they will show."""

    organisation: str
    role: str
    secret: str
    team: str | None = None
    user: str | None = None
    email: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


class InviteMember(Command):
    """Invite somebody; refuses NotThere, NotAllowed, InvalidValue and RuleBroken."""

    def __init__(self, acting: Acting, invitation: Invitation) -> None:
        self._acting = acting
        self._asked = invitation
        self._ref = Ref("Membership", random_id())

    async def run(self, stage: Stage) -> Ref:
        """Invite them."""
        asked = self._asked
        await organisation_of_admin(
            stage, self._acting, asked.organisation, path=("organisationId",)
        )
        _check_granted(self._acting, asked.role, team=asked.team)
        _check_term(asked.valid_from, asked.valid_to)
        if asked.user == self._acting.user:
            raise NotAllowed("Nobody invites themself.", path=("userId",))
        if asked.team is not None:
            team = await standing(stage, Ref("Team", asked.team), path=("teamId",))
            if team["organisationId"] != asked.organisation:
                raise NotThere("There is no such thing.", path=("teamId",))
        told: Properties = {
            "organisationId": asked.organisation,
            "teamId": asked.team,
            "userId": asked.user,
            "email": asked.email,
            "role": asked.role,
            "status": INVITED,
            "validFrom": asked.valid_from,
            "validTo": asked.valid_to,
            "invitation": asked.secret,
            "invitedBy": self._acting.user,
            "bySystem": self._acting.everything or None,
            "invitedUntil": moment(stage.now + INVITED_FOR),
        }
        if asked.user is not None:
            await standing(stage, Ref("User", asked.user), path=("userId",))
            await _check_alone(stage, told, self._ref.id, statuses=[ACTIVE, INVITED])
        stage.create(self._ref, told, action=INVITED)
        return self._ref


class AnswerInvitation(Command):
    """Accept an invitation, or refuse it, by its secret's hash, or by its id where it is for who acts.

    Refuses NotThere for one that there is not, is for somebody else, is answered already, or is too old, and
    to accept one whose inviter is the organisation's admin no more; and RuleBroken and NotAllowed.
    """

    def __init__(
        self, acting: Acting, *, accepted: bool, id_: str | None = None, secret: str | None = None
    ) -> None:
        self._acting = acting
        self._accepted = accepted
        self._id = id_
        self._secret = secret

    async def run(self, stage: Stage) -> Ref:
        """Answer it."""
        path = ("token",) if self._secret else ("id",)
        ref = Ref("Membership", await self._found(stage, path))
        had = await standing(stage, ref, path=path)
        user = self._acting.user
        meant = had.get("userId") in ({None, user} if self._secret else {user})
        if not meant or had["status"] != INVITED or had["invitedUntil"] <= moment(stage.now):
            raise NotThere("There is no such invitation.", path=path)
        if had["invitedBy"] == user:
            raise NotAllowed("Nobody accepts an invitation of their own.", path=path)
        told: Properties = {
            "userId": user,
            "status": ACTIVE if self._accepted else REFUSED,
            "email": None,
            "invitation": None,
        }
        if self._accepted:
            await _check_inviter(stage, had, path)
            await _check_alone(stage, {**had, **told}, ref.id, statuses=[ACTIVE])
            await registered(stage, user)
        await stage.change(ref, told, action="ACCEPTED" if self._accepted else REFUSED)
        return ref

    async def _found(self, stage: Stage, path: tuple[str, ...]) -> str:
        if self._id is not None:
            return self._id
        found: list[str] = await stage.read("invitation", INVITATION, invitation=self._secret)
        if not found:
            raise NotThere("There is no such invitation.", path=path)
        return found[0]


class EndMembership(Command):
    """End a membership, or take an invitation back: by an admin of the organisation, or the member.

    Refuses NotThere, NotAllowed, VersionConflict, and RuleBroken where no admin would be left.
    """

    def __init__(self, acting: Acting, membership: str, *, expected: int | None) -> None:
        self._acting = acting
        self._ref = Ref("Membership", membership)
        self.reads = (self._ref,)
        self._expected = expected

    async def run(self, stage: Stage) -> Ref:
        """End it."""
        had = await _seen(stage, self._acting, self._ref, self._expected, member=True)
        if had["status"] not in (ACTIVE, INVITED):
            raise RuleBroken("It is over already.", path=("id",), rule="MEMBERSHIP_OVER")
        await _keep_an_admin(stage, self._ref, had)
        told: Properties = {"status": ENDED, "email": None, "invitation": None}
        await stage.change(self._ref, told, action=ENDED)
        return self._ref


class ChangeRole(Command):
    """Change the role of a member, and its term; refuses as `EndMembership` and `InviteMember` do."""

    def __init__(
        self, acting: Acting, membership: str, properties: Properties, *, expected: int | None
    ) -> None:
        self._acting = acting
        self._ref = Ref("Membership", membership)
        self.reads = (self._ref,)
        self._properties = properties
        self._expected = expected

    async def run(self, stage: Stage) -> Ref:
        """Change it."""
        had = await _seen(stage, self._acting, self._ref, self._expected, member=False)
        if had.get("userId") == self._acting.user:
            raise NotAllowed("Nobody changes their own role.", path=("id",))
        if had["status"] not in (ACTIVE, INVITED):
            raise RuleBroken("It is over already.", path=("id",), rule="MEMBERSHIP_OVER")
        now = {**had, **self._properties}
        _check_granted(self._acting, now["role"], team=now.get("teamId"))
        _check_term(now.get("validFrom"), now.get("validTo"))
        if now["role"] != ADMIN or now.get("validTo") is not None:
            await _keep_an_admin(stage, self._ref, had)
        await stage.change(self._ref, self._properties, action="ROLE_CHANGED")
        return self._ref


async def _seen(
    stage: Stage, acting: Acting, ref: Ref, expected: int | None, *, member: bool
) -> Properties:
    """Return a membership's properties to an admin of its organisation, or where so told to its member."""
    had = await standing(stage, ref)
    if not (member and had.get("userId") == acting.user):
        await organisation_of_admin(stage, acting, had["organisationId"])
    return await standing(stage, ref, expected=expected)


async def _keep_an_admin(stage: Stage, ref: Ref, had: Properties) -> None:
    if had["role"] != ADMIN or had["status"] != ACTIVE:
        return
    others = await stage.read(
        "other admins", OTHER_ADMINS, organisation=had["organisationId"], id=ref.id
    )
    if not others:
        raise RuleBroken(
            "An organisation keeps an admin without a term: there would be none.",
            path=("id",),
            rule="LAST_ADMIN",
        )


async def _check_alone(stage: Stage, told: Properties, id_: str, *, statuses: list[str]) -> None:
    """Raise RuleBroken where the user has another membership of the same organisation, or team."""
    others = await stage.read(
        "memberships in scope",
        IN_SCOPE,
        user=told["userId"],
        organisation=told["organisationId"],
        team=told.get("teamId") or "",
        id=id_,
        statuses=statuses,
    )
    if others:
        message = "They are a member already, or are invited."
        raise RuleBroken(message, path=("userId",), rule="ONE_MEMBERSHIP")


async def _check_inviter(stage: Stage, had: Properties, path: tuple[str, ...]) -> None:
    """Raise NotThere for an invitation by somebody who may invite nobody any more."""
    if had.get("bySystem"):
        return
    if ADMIN not in await roles_in(stage, had["invitedBy"], had["organisationId"]):
        raise NotThere("There is no such invitation.", path=path)


def _check_granted(acting: Acting, role: str, *, team: str | None) -> None:
    if role not in OF_ADMINS and not acting.everything:
        raise NotAllowed("This role is granted by the system's admins only.", path=("role",))
    if role == ADMIN and team is not None:
        raise RuleBroken(
            "An admin is of the whole organisation.", path=("teamId",), rule="ADMIN_SCOPE"
        )


def _check_term(begin: Any, end: Any) -> None:
    if begin is not None and end is not None and end <= begin:
        raise InvalidValue("It would end before it begins.", path=("validTo",))
