"""Parties made and edited."""

import strawberry

from resolvers.permission import PARTY_EDITING
from resolvers.things import Thing
from schema.editing.declared import changing, creating
from schema.enums import PartyKind
from schema.fields import input_type, object_type, prop
from schema.references import PartyRef
from schema.things import found
from schema.writing import Payload, Rewriting, Writing, settable


@input_type
class PartyProperties:
    """What may be said of a party, besides its name."""

    country: str | None = settable("ISO 3166-1 alpha-2 of its country.")
    disambiguation: str | None = settable("What tells it from its namesakes.")
    aliases: list[str] | None = settable("All other names it is found under.")


@input_type
class CreatePartyInput(PartyProperties, Writing):
    """A party to be made."""

    name: str = prop("The name.")
    kind: PartyKind = prop("Whether it is a person or an organisation.")


@input_type
class EditPartyInput(PartyProperties, Rewriting):
    """What is to be changed of a party: what is left out stays, null takes it away."""

    name: str | None = settable("The name; cannot be taken away.")
    kind: PartyKind | None = settable(
        "Whether it is a person or an organisation; cannot be taken away."
    )


@object_type
class PartyPayload(Payload):
    """What came of a change of a party."""

    @found(PartyRef | None)
    def party(self) -> Thing | None:
        """A party as it is now, changed or not; null where there is none."""
        return self.subject


@strawberry.type
class PartyMutation:
    """Where clients change parties."""

    create_party: PartyPayload | None = creating(
        "Party", CreatePartyInput, PartyPayload, PARTY_EDITING
    )
    edit_party: PartyPayload | None = changing("Party", EditPartyInput, PartyPayload, PARTY_EDITING)
