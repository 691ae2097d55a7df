"""Mandates as clients see them, and how they come to be."""

from datetime import date
from enum import Enum
from typing import Annotated

import strawberry

from graph.accounts.mandating import Terms
from graph.mandates import MANDATES_BY_ID
from resolvers import mandates as resolvers
from resolvers.permission import NAMED
from resolvers.things import Thing
from schema.accounts import Account
from schema.dates import day
from schema.fields import Info, arg, input_type, object_type, optional, prop
from schema.ids import key_of
from schema.references import MandateRef, OrganisationRef, PartyRef
from schema.registry import confined, findable
from schema.rights import Right
from schema.territories import TerritoryScope
from schema.things import found, one
from schema.writing import Payload, Rewriting, Writing, asked, given, mutation, told


@strawberry.enum(description="What has become of a mandate.")
class MandateStatus(Enum):
    """What has become of a mandate."""

    ACTIVE = strawberry.enum_value("ACTIVE", description="In force within its period.")
    ENDED = strawberry.enum_value("ENDED", description="Ended before its period was over.")


def _rights(words: list[str] | None) -> list[Right]:
    return [Right[word] for word in words or ()]


@object_type
class Mandate(Account):
    """That an organisation acts for a party: about which rights, where, and for how long."""

    organisation_id: strawberry.Private[str]
    party_id: strawberry.Private[str]
    rights: list[Right] = prop("The rights it is about; empty for all.", read=_rights)
    territory: TerritoryScope = prop(
        "Where it holds.",
        columns=("territories", "excluded_territories"),
        read=TerritoryScope.of,
    )
    valid_from: date | None = prop("From this day; null for always.", read=day)
    valid_to: date | None = prop("Until the day before this one; null for ever.", read=day)
    status: MandateStatus = prop(
        "What has become of it.", read=MandateStatus.__members__.__getitem__
    )

    organisation: OrganisationRef | None = one("Who acts.", OrganisationRef, "organisation_id")
    party: PartyRef | None = one("For whom.", PartyRef, "party_id")


@input_type
class GrantMandateInput(Writing):
    """A mandate to be granted."""

    organisation_id: strawberry.ID = prop("The id of the organisation that is to act.")
    party_id: strawberry.ID = prop("The global id of the party that it is to act for.")
    rights: list[Right] | None = optional("About these rights; left out or empty for all.")
    territories: list[str] | None = optional(
        "In these territories, ISO 3166-1 alpha-2 or TIS numbers; left out or empty for the world."
    )
    excluded_territories: list[str] | None = optional("But not in these.")
    valid_from: date | None = optional("From this day.")
    valid_to: date | None = optional("Until the day before this one.")


@input_type
class EndMandateInput(Rewriting):
    """A mandate to be ended."""


@object_type
class MandatePayload(Payload):
    """What came of a change of a mandate."""

    @found(MandateRef | None)
    def mandate(self) -> Thing | None:
        """The mandate as it is now, changed or not."""
        return self.subject


@strawberry.type
class MandateMutation:
    """Where clients grant and end mandates."""

    @mutation(NAMED)
    async def grant_mandate(
        self, info: Info, input: Annotated[GrantMandateInput, arg("Who acts for whom.")]
    ) -> MandatePayload | None:
        """Have an organisation act for a party; for rights analysts, and the party's own organisation."""
        terms = Terms(
            organisation=key_of("Organisation", input.organisation_id, "organisationId"),
            party=key_of("Party", input.party_id, "partyId"),
            rights=tuple(right.name for right in input.rights or ()),
            territories=tuple(input.territories or ()),
            excluded=tuple(input.excluded_territories or ()),
        )
        term = {name: given(input)[name] for name in ("validFrom", "validTo")}
        outcome = await resolvers.grant_mandate(
            info.context, asked("grantMandate", input), terms, term
        )
        return MandatePayload(**told(outcome))

    @mutation(NAMED)
    async def end_mandate(
        self, info: Info, input: Annotated[EndMandateInput, arg("Which.")]
    ) -> MandatePayload | None:
        """End a mandate; for rights analysts, and the party's own organisation."""
        outcome = await resolvers.end_mandate(
            info.context,
            asked("endMandate", input),
            key_of("Mandate", input.id),
            input.expected_version,
        )
        return MandatePayload(**told(outcome))


findable("Mandate", MANDATES_BY_ID, node=False)
confined("Mandate", resolvers.see_mandates)
