"""Users, organisations, teams and memberships as clients see them."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated, Final

import strawberry

from graph.accounts.rows import (
    MEMBERSHIPS_BY_ID,
    MEMBERSHIPS_BY_ORGANISATION,
    ORGANISATIONS,
    ORGANISATIONS_BY_ID,
    TEAMS_BY_ID,
    TEAMS_BY_ORGANISATION,
    USERS_BY_ID,
)
from graph.mandates import MANDATES_BY_ORGANISATION
from resolvers.accounts import as_member, see_memberships, see_organisations, see_users
from resolvers.lists import Criteria
from resolvers.things import Thing
from schema.criteria import word_of
from schema.dates import day, moment
from schema.fields import Rowed, arg, object_type, prop
from schema.ids import global_id, key_of
from schema.lists import by, listed
from schema.references import MandateRef, MembershipRef, OrganisationRef, PartyRef, TeamRef, UserRef
from schema.registry import confined, findable
from schema.things import found, one


@strawberry.enum(description="What somebody is in an organisation, and the role it grants here.")
class MembershipRole(Enum):
    """What somebody is in an organisation, and the role it grants here."""

    ADMIN = strawberry.enum_value(
        "ADMIN",
        description="Keeps the organisation and its members; grants VIEWER, CREATOR and RIGHTSHOLDER.",
    )
    VIEWER = strawberry.enum_value("VIEWER", description="Grants VIEWER.")
    CREATOR = strawberry.enum_value("CREATOR", description="Grants CREATOR.")
    RIGHTSHOLDER = strawberry.enum_value(
        "RIGHTSHOLDER", description="Grants RIGHTSHOLDER, within the organisation's mandates."
    )
    EDITOR = strawberry.enum_value(
        "EDITOR", description="Grants EDITOR; as what follows, only admins of the system give it."
    )
    RIGHTS_ANALYST = strawberry.enum_value("RIGHTS_ANALYST", description="Grants RIGHTS_ANALYST.")
    IDENTITY_CURATOR = strawberry.enum_value(
        "IDENTITY_CURATOR", description="Grants IDENTITY_CURATOR."
    )
    POLICY_REVIEWER = strawberry.enum_value(
        "POLICY_REVIEWER", description="Grants POLICY_REVIEWER."
    )
    SENIOR_REVIEWER = strawberry.enum_value(
        "SENIOR_REVIEWER", description="Grants SENIOR_REVIEWER."
    )
    PROMOTION_OPERATOR = strawberry.enum_value(
        "PROMOTION_OPERATOR", description="Grants PROMOTION_OPERATOR."
    )
    FINANCE = strawberry.enum_value("FINANCE", description="Grants FINANCE.")


@strawberry.enum(description="What has become of a membership.")
class MembershipStatus(Enum):
    """What has become of a membership."""

    INVITED = strawberry.enum_value("INVITED", description="Offered, and not answered yet.")
    ACTIVE = strawberry.enum_value("ACTIVE", description="In force within its term.")
    ENDED = strawberry.enum_value("ENDED", description="Ended, or taken back.")
    REFUSED = strawberry.enum_value("REFUSED", description="Refused by whoever was invited.")


LARGEST_TERM: Final = "Until the day before this one; null for ever."


@object_type
class Account(Rowed):
    """What people and organisations have in common: an id, and a version."""

    key: strawberry.Private[str]
    id: strawberry.ID = prop(
        "The id, for mutations; `node` does not find it.",
        columns=("id",),
        read=global_id,
        typed=True,
    )
    version: int = prop("How often it was changed; for `expectedVersion`.")


@object_type
class User(Account):
    """Somebody who acts here: a person or a program that a token's issuer vouches for."""

    full_name: str | None = prop("What they want to be called.")
    email: str | None = prop("Where they can be reached, as they told it; nobody checked it.")


@object_type
class Team(Account):
    """A part of an organisation."""

    organisation_id: strawberry.Private[str]
    name: str = prop("Its name.")

    organisation: OrganisationRef | None = one(
        "The organisation it is of.", OrganisationRef, "organisation_id"
    )


@object_type
class Membership(Account):
    """What somebody is in an organisation, or in one of its teams, and for how long."""

    organisation_id: strawberry.Private[str]
    team_id: strawberry.Private[str | None]
    user_id: strawberry.Private[str | None]
    role: MembershipRole = prop("What they are there.", read=MembershipRole.__members__.__getitem__)
    status: MembershipStatus = prop(
        "What has become of it.", read=MembershipStatus.__members__.__getitem__
    )
    valid_from: date | None = prop("From this day; null for always.", read=day)
    valid_to: date | None = prop(LARGEST_TERM, read=day)
    invited_until: datetime | None = prop(
        "Until when the invitation can be accepted; null where nobody was invited.", read=moment
    )

    organisation: OrganisationRef | None = one(
        "The organisation.", OrganisationRef, "organisation_id"
    )
    team: TeamRef | None = one(
        "The team; null where it is of the whole organisation.", TeamRef, "team_id"
    )
    user: UserRef | None = one(
        "Who is the member; null where an invitation went to an address, and to who is no fellow of theirs.",
        UserRef,
        "user_id",
    )


@object_type
class Organisation(Account):
    """A company, society or group whose members act together."""

    party_id: strawberry.Private[str | None]
    name: str = prop("Its name.")
    country: str | None = prop("ISO 3166-1 alpha-2 of its country.")
    verified_at: datetime | None = prop(
        "When it was verified to be `party`, in UTC; null where it is not.", read=moment
    )

    party: PartyRef | None = one(
        "The party that it is verified to be, and speaks for.", PartyRef, "party_id"
    )

    @listed(TEAMS_BY_ORGANISATION, TeamRef)
    def teams(self) -> Criteria:
        """Its teams, by name."""
        return by(None, "NAME")

    @listed(MEMBERSHIPS_BY_ORGANISATION, MembershipRef, within=as_member("fellow"))
    def memberships(
        self, status: Annotated[MembershipStatus | None, arg("Only in this status.")] = None
    ) -> Criteria:
        """Who is a member, and as what, the oldest first; for its members."""
        return by(None, "RECORDED", status=word_of(status))

    @listed(MANDATES_BY_ORGANISATION, MandateRef, within=as_member("fellow"))
    def mandates(self) -> Criteria:
        """The parties that it acts for, the oldest mandate first; for its members."""
        return by(None, "RECORDED")


@strawberry.type
class AccountQuery:
    """Where clients start from organisations."""

    @found(OrganisationRef | None)
    def organisation(self, id: Annotated[strawberry.ID, arg("Its id.")]) -> Thing:
        """An organisation, for its members; null where there is none that the caller may see."""
        return Thing("Organisation", key_of("Organisation", id))

    @listed(ORGANISATIONS, OrganisationRef, within=as_member("member"))
    def organisations(self) -> Criteria:
        """The organisations that the caller may see, by name: all, or those that they are a member of."""
        return by(None, "NAME")


findable("User", USERS_BY_ID, node=False)
findable("Organisation", ORGANISATIONS_BY_ID, node=False)
findable("Team", TEAMS_BY_ID, node=False)
findable("Membership", MEMBERSHIPS_BY_ID, node=False)
confined("User", see_users)
confined("Organisation", see_organisations)
confined("Membership", see_memberships)
