"""How users, organisations and memberships come to be, and change."""

from datetime import date
from typing import Annotated, Any

import strawberry

from graph.accounts.memberships import Invitation
from resolvers import accounts as resolvers
from resolvers.errors import ArgumentInvalid
from resolvers.permission import NAMED, ORGANISATION_VERIFYING
from resolvers.things import Thing
from schema.accounts import MembershipRole
from schema.criteria import word_of
from schema.fields import Info, arg, input_type, object_type, optional, prop
from schema.ids import key_of
from schema.references import MembershipRef, OrganisationRef, TeamRef, UserRef
from schema.things import found
from schema.writing import Payload, Rewriting, Writing, asked, given, mutation, settable, told


@input_type
class RegisterInput(Writing):
    """What a user tells of themself: what is left out stays, null takes it away."""

    full_name: str | None = settable("What they want to be called.")
    email: str | None = settable("Where they can be reached.")


@input_type
class CreateOrganisationInput(Writing):
    """An organisation to be made."""

    name: str = prop("Its name.")
    country: str | None = settable("ISO 3166-1 alpha-2 of its country.")


@input_type
class CreateTeamInput(Writing):
    """A team to be made."""

    organisation_id: strawberry.ID = prop("The id of the organisation.")
    name: str = prop("Its name.")


@input_type
class VerifyOrganisationInput(Rewriting):
    """Which party an organisation is."""

    party_id: strawberry.ID = prop("The global id of the party.")


@input_type
class InviteMemberInput(Writing):
    """Who is invited, and as what: `userId` or `email`, one of them."""

    organisation_id: strawberry.ID = prop("The id of the organisation.")
    team_id: strawberry.ID | None = optional(
        "The id of a team; left out for the whole organisation."
    )
    user_id: strawberry.ID | None = optional("The id of the user.")
    email: str | None = optional(
        "Or an address that the invitation goes to; nothing is sent from here."
    )
    role: MembershipRole = prop("As what.")
    valid_from: date | None = optional("From this day.")
    valid_to: date | None = optional("Until the day before this one.")


@input_type
class AnswerInvitationInput(Writing):
    """An invitation that is answered, by its token, or by its id where it went to a user."""

    id: strawberry.ID | None = optional("The membership's id.")
    token: str | None = optional("Or what was told with the invitation.")


@input_type
class EndMembershipInput(Rewriting):
    """A membership to be ended, or an invitation to be taken back."""


@input_type
class ChangeRoleInput(Rewriting):
    """What a member is from now on: what is left out stays."""

    role: MembershipRole | None = settable("As what; cannot be taken away.")
    valid_from: date | None = settable("From this day; null for always.")
    valid_to: date | None = settable("Until the day before this one; null for ever.")


@object_type
class UserPayload(Payload):
    """What came of a change of a user."""

    @found(UserRef | None)
    def user(self) -> Thing | None:
        """The user as it is now."""
        return self.subject


@object_type
class OrganisationPayload(Payload):
    """What came of a change of an organisation."""

    @found(OrganisationRef | None)
    def organisation(self) -> Thing | None:
        """The organisation as it is now, changed or not."""
        return self.subject


@object_type
class TeamPayload(Payload):
    """What came of a change of a team."""

    @found(TeamRef | None)
    def team(self) -> Thing | None:
        """The team as it is now."""
        return self.subject


@object_type
class MembershipPayload(Payload):
    """What came of a change of a membership."""

    @found(MembershipRef | None)
    def membership(self) -> Thing | None:
        """The membership as it is now, changed or not."""
        return self.subject


@object_type
class InvitationPayload(Payload):
    """What came of an invitation."""

    token: str | None = prop(
        "What whoever is invited shows to accept: told this once, and kept by nobody here."
    )

    @found(MembershipRef | None)
    def membership(self) -> Thing | None:
        """The membership that is offered."""
        return self.subject


@strawberry.type
class AccountMutation:
    """Where clients change users, organisations and memberships."""

    @mutation(NAMED)
    async def register(
        self, info: Info, input: Annotated[RegisterInput, arg("What they tell.")]
    ) -> UserPayload | None:
        """Tell who you are: your name and address, for those you work with. It wants a token."""
        outcome = await resolvers.register(info.context, asked("register", input), given(input))
        return UserPayload(**told(outcome))

    @mutation(NAMED)
    async def create_organisation(
        self, info: Info, input: Annotated[CreateOrganisationInput, arg("What is made.")]
    ) -> OrganisationPayload | None:
        """Make an organisation, and be its admin. It wants a token."""
        outcome = await resolvers.create_organisation(
            info.context, asked("createOrganisation", input), given(input)
        )
        return OrganisationPayload(**told(outcome))

    @mutation(NAMED)
    async def create_team(
        self, info: Info, input: Annotated[CreateTeamInput, arg("What is made.")]
    ) -> TeamPayload | None:
        """Make a team of an organisation; for its admins."""
        organisation = key_of("Organisation", input.organisation_id, "organisationId")
        outcome = await resolvers.create_team(
            info.context, asked("createTeam", input), organisation, _only(input, "name")
        )
        return TeamPayload(**told(outcome))

    @mutation(ORGANISATION_VERIFYING)
    async def verify_organisation(
        self, info: Info, input: Annotated[VerifyOrganisationInput, arg("Which, and who it is.")]
    ) -> OrganisationPayload | None:
        """Say that an organisation is a party, and so speaks for it; never by one of its members."""
        outcome = await resolvers.verify_organisation(
            info.context,
            asked("verifyOrganisation", input),
            key_of("Organisation", input.id),
            key_of("Party", input.party_id, "partyId"),
            input.expected_version,
        )
        return OrganisationPayload(**told(outcome))

    @mutation(NAMED)
    async def invite_member(
        self, info: Info, input: Annotated[InviteMemberInput, arg("Who, and as what.")]
    ) -> InvitationPayload | None:
        """Invite somebody to an organisation; for its admins. The invitation holds for fourteen days."""
        if (input.user_id is None) == (input.email is None):
            raise ArgumentInvalid("userId", "give userId or email, one of them")
        team, user = input.team_id, input.user_id
        invited = await resolvers.invite_member(
            info.context,
            asked("inviteMember", input),
            Invitation(
                organisation=key_of("Organisation", input.organisation_id, "organisationId"),
                team=None if team is None else key_of("Team", team, "teamId"),
                user=None if user is None else key_of("User", user, "userId"),
                role=str(word_of(input.role)),
                secret="",
            ),
            _only(input, "email", "validFrom", "validTo"),
        )
        return InvitationPayload(**told(invited.outcome), token=invited.token)

    @mutation(NAMED)
    async def accept_invitation(
        self, info: Info, input: Annotated[AnswerInvitationInput, arg("Which.")]
    ) -> MembershipPayload | None:
        """Accept an invitation, and be a member from now on. It wants a token of who you are, too."""
        return await _answered(info, input, accepted=True)

    @mutation(NAMED)
    async def refuse_invitation(
        self, info: Info, input: Annotated[AnswerInvitationInput, arg("Which.")]
    ) -> MembershipPayload | None:
        """Refuse an invitation."""
        return await _answered(info, input, accepted=False)

    @mutation(NAMED)
    async def end_membership(
        self, info: Info, input: Annotated[EndMembershipInput, arg("Which.")]
    ) -> MembershipPayload | None:
        """End a membership or take an invitation back; for the organisation's admins, and who leaves."""
        outcome = await resolvers.end_membership(
            info.context,
            asked("endMembership", input),
            key_of("Membership", input.id),
            input.expected_version,
        )
        return MembershipPayload(**told(outcome))

    @mutation(NAMED)
    async def change_role(
        self, info: Info, input: Annotated[ChangeRoleInput, arg("Whose, and what it is now.")]
    ) -> MembershipPayload | None:
        """Change what a member is, and for how long; for the organisation's admins, never their own."""
        if input.role is None:
            raise ArgumentInvalid("role", "cannot be taken away")
        outcome = await resolvers.change_role(
            info.context,
            asked("changeRole", input),
            key_of("Membership", input.id),
            given(input),
            input.expected_version,
        )
        return MembershipPayload(**told(outcome))


async def _answered(info: Info, input_: AnswerInvitationInput, *, accepted: bool) -> Any:
    if (input_.id is None) == (input_.token is None):
        raise ArgumentInvalid("id", "give id or token, one of them")
    outcome = await resolvers.answer_invitation(
        info.context,
        asked("acceptInvitation" if accepted else "refuseInvitation", input_),
        accepted=accepted,
        id_=None if input_.id is None else key_of("Membership", input_.id),
        token=input_.token,
    )
    return MembershipPayload(**told(outcome))


def _only(input_: Any, *names: str) -> dict[str, Any]:
    """Return what an input says of some properties, under the graph's names; null is as if left out."""
    return {
        name: value for name, value in given(input_).items() if name in names and value is not None
    }
