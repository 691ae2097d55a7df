"""Users, organisations, teams and memberships, as they are read."""

from dataclasses import dataclass
from typing import Final

from graph.columns import Columns
from graph.listings import Listing, Order
from graph.things import ById

ORGANISATION_START: Final = "UNWIND $ids AS key\nMATCH (thing:Organisation {id: key})"
"""How a read starts from organisations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow:
    """One person, or program, that acts here; its name and address stand nowhere else."""

    id: str
    full_name: str | None
    email: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """One organisation; `party_id` is the party that it is verified to be."""

    id: str
    name: str
    country: str | None
    party_id: str | None
    verified_at: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """One part of an organisation."""

    id: str
    organisation_id: str
    name: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRow:
    """What somebody is in an organisation, or in a team of it; [from, to), invited until an instant."""

    id: str
    organisation_id: str
    team_id: str | None
    user_id: str | None
    role: str
    status: str
    valid_from: str | None
    valid_to: str | None
    invited_until: str | None
    version: int


_USER: Final = Columns(
    "user", id="user.id", full_name="user.fullName", email="user.email", version="user.version"
)
_ORGANISATION: Final = Columns(
    "organisation",
    id="organisation.id",
    name="organisation.name",
    country="organisation.country",
    party_id="organisation.partyId",
    verified_at="toString(organisation.verifiedAt)",
    version="organisation.version",
)
_TEAM: Final = Columns(
    "team",
    id="team.id",
    organisation_id="team.organisationId",
    name="team.name",
    version="team.version",
)
_MEMBERSHIP: Final = Columns(
    "membership",
    id="membership.id",
    organisation_id="membership.organisationId",
    team_id="membership.teamId",
    user_id="membership.userId",
    role="membership.role",
    status="membership.status",
    valid_from="membership.validFrom",
    valid_to="membership.validTo",
    invited_until="membership.invitedUntil",
    version="membership.version",
)

USERS_BY_ID: Final = ById(
    summary="users by id",
    make=UserRow,
    find="UNWIND $ids AS key\nMATCH (user:User {id: key})",
    row=_USER,
    carry="user",
)
ORGANISATIONS_BY_ID: Final = ById(
    summary="organisations by id",
    make=OrganisationRow,
    find="UNWIND $ids AS key\nMATCH (organisation:Organisation {id: key})",
    row=_ORGANISATION,
    carry="organisation",
)
TEAMS_BY_ID: Final = ById(
    summary="teams by id",
    make=TeamRow,
    find="UNWIND $ids AS key\nMATCH (team:Team {id: key})",
    row=_TEAM,
    carry="team",
)
MEMBERSHIPS_BY_ID: Final = ById(
    summary="memberships by id",
    make=MembershipRow,
    find="UNWIND $ids AS key\nMATCH (membership:Membership {id: key})",
    row=_MEMBERSHIP,
    carry="membership",
)

ORGANISATIONS: Final = Listing(
    summary="organisations",
    make=OrganisationRow,
    match="MATCH (organisation:Organisation)",
    row=_ORGANISATION,
    carry="organisation",
    orders={"NAME": Order(("organisation.name", "organisation.id"))},
    filters={
        "member": """EXISTS {
  MATCH (own:Membership {userId: $member[0]})
  WHERE own.organisationId = organisation.id AND own.status = 'ACTIVE'
    AND coalesce(own.validFrom, '') <= $member[1] AND coalesce(own.validTo, '~') > $member[1]
}"""
    },
)
TEAMS_BY_ORGANISATION: Final = Listing(
    summary="teams by organisation",
    make=TeamRow,
    start=ORGANISATION_START,
    match="MATCH (team:Team {organisationId: thing.id})",
    row=_TEAM,
    carry="team",
    orders={"NAME": Order(("team.name", "team.id"))},
)
MEMBERSHIPS_BY_USER: Final = Listing(
    summary="memberships by user",
    make=MembershipRow,
    start="UNWIND $ids AS key\nMATCH (thing:User {id: key})",
    match="MATCH (membership:Membership {userId: thing.id})",
    row=_MEMBERSHIP,
    carry="membership",
    orders={"RECORDED": Order(("toString(membership.recordedAt)", "membership.id"))},
    filters={"status": "membership.status = $status"},
)
MEMBERSHIPS_BY_ORGANISATION: Final = Listing(
    summary="memberships by organisation",
    make=MembershipRow,
    start=ORGANISATION_START,
    match="MATCH (membership:Membership {organisationId: thing.id})",
    row=_MEMBERSHIP,
    carry="membership",
    orders={"RECORDED": Order(("toString(membership.recordedAt)", "membership.id"))},
    filters={
        "status": "membership.status = $status",
        "fellow": """EXISTS {
  MATCH (own:Membership {userId: $fellow[0]})
  WHERE own.organisationId = membership.organisationId AND own.status = 'ACTIVE'
    AND coalesce(own.validFrom, '') <= $fellow[1] AND coalesce(own.validTo, '~') > $fellow[1]
}""",
    },
)
