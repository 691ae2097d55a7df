"""Who may do what to an organisation, decided inside the transaction that does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.editing import standing
from graph.errors import NotAllowed, NotThere
from graph.journal import Ref
from graph.journal.records import moment

if TYPE_CHECKING:
    from graph.journal import Stage
    from graph.journal.stage import Properties

ADMIN: Final = "ADMIN"
ACTIVE: Final = "ACTIVE"
INVITED: Final = "INVITED"
ENDED: Final = "ENDED"
REFUSED: Final = "REFUSED"

ROLES_IN: Final = """
OPTIONAL MATCH (membership:Membership {userId: $user})
WHERE membership.organisationId = $organisation AND membership.status = 'ACTIVE'
  AND coalesce(membership.validFrom, '') <= $today
  AND (membership.validTo IS NULL OR membership.validTo > $today)
RETURN collect(membership.role) AS rows
"""

TIES_TO: Final = """
OPTIONAL MATCH (membership:Membership {userId: $user})
WHERE membership.organisationId = $organisation
  AND (membership.status = 'ACTIVE'
    OR membership.status = 'INVITED' AND membership.invitedUntil > $now)
  AND coalesce(membership.validTo, '~') > $today
RETURN count(membership) AS rows
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who asks for something: our id, whether it may do everything, and what else its roles let it do."""

    user: str
    everything: bool = False
    entitled: bool = False
    """Whether a role of the whole system lets it do this to anybody's."""


async def organisation_of_admin(
    stage: Stage, acting: Acting, organisation: str, *, path: tuple[str, ...] = ("id",)
) -> Properties:
    """Return an organisation's properties, to one of its admins.

    Raises NotThere where there is none, or none that who acts is a member of, and NotAllowed to a member
    who is no admin.
    """
    had = await standing(stage, Ref("Organisation", organisation), path=path)
    if acting.everything or acting.entitled:
        return had
    roles = await roles_in(stage, acting.user, organisation)
    if not roles:
        raise NotThere("There is no such thing.", path=path)
    if ADMIN not in roles:
        raise NotAllowed("Only the organisation's admins may do that.", path=path)
    return had


async def roles_in(stage: Stage, user: str, organisation: str) -> list[str]:
    """Return the roles of a user's memberships of an organisation that are in force."""
    return await stage.read(
        "roles in an organisation",
        ROLES_IN,
        user=user,
        organisation=organisation,
        today=stage.now.date().isoformat(),
    )


async def has_ties(stage: Stage, user: str, organisation: str) -> bool:
    """Say whether a user is a member of an organisation, will be, or may become one by an open invitation.

    Whoever has ties decides nothing that is about the organisation.
    """
    ties = await stage.read(
        "ties to an organisation",
        TIES_TO,
        user=user,
        organisation=organisation,
        today=stage.now.date().isoformat(),
        now=moment(stage.now),
    )
    return bool(ties)


async def registered(stage: Stage, user: str) -> None:
    """Have a user stand in the graph, without a name unless it told one."""
    ref = Ref("User", user)
    if await stage.state(ref) is None:
        stage.create(ref, {}, action="REGISTERED")
