"""Agreements recorded."""

from datetime import date
from typing import Annotated

import strawberry

from graph.claiming import Deed
from resolvers import agreements as resolvers
from resolvers.permission import RIGHTS_EDITING
from resolvers.things import Thing
from schema.criteria import word_of
from schema.fields import Info, arg, input_type, object_type, optional, prop
from schema.ids import key_of
from schema.references import AgreementRef
from schema.rights import AgreementKind, Right
from schema.things import found
from schema.writing import Payload, Validating, asked, given, mutation, told

_PERIOD = ("validFrom", "validTo", "collectionTo")


@input_type
class AcquirerInput:
    """Somebody who acquires by an agreement."""

    party_id: strawberry.ID = prop("The global id of the party.")
    share: int = prop("How much of what the assignor holds, in 1/100 %: 10000 is all of it.")


@input_type
class RecordAgreementInput(Validating):
    """An agreement to be recorded: the assignor and the acquirers have all of each right together (W11)."""

    assignor_id: strawberry.ID = prop("The global id of the party that passes something on.")
    kept: int = prop("How much the assignor keeps, in 1/100 %.")
    acquirers: list[AcquirerInput] = prop("Who gets how much of the rest.")
    kind: AgreementKind = prop("What it does with the shares.")
    rights: list[Right] | None = optional(
        "About these rights, each so shared; left out or empty for every right."
    )
    territories: list[str] = prop("In these territories, ISO 3166-1 alpha-2 or TIS numbers.")
    excluded_territories: list[str] | None = optional("But not in these.")
    valid_from: date | None = optional("From this day.")
    valid_to: date | None = optional("Until the day before this one.")
    collection_to: date | None = optional(
        "Until the day before this one what was due within the term is collected."
    )


@object_type
class AgreementPayload(Payload):
    """What came of an agreement, or would come of it."""

    recorded: strawberry.Private[list[str]]

    @found(AgreementRef | None)
    def agreement(self) -> Thing | None:
        """The first of the agreements; null where none was recorded."""
        return self.subject

    @found(list[AgreementRef], gaps=False)
    def agreements(self) -> list[Thing]:
        """All of them: one for each acquirer, and each right that was named."""
        return [Thing("Agreement", each) for each in self.recorded]


@strawberry.type
class AgreementMutation:
    """Where clients record agreements."""

    @mutation(RIGHTS_EDITING)
    async def record_agreement(
        self, info: Info, input: Annotated[RecordAgreementInput, arg("What was agreed.")]
    ) -> AgreementPayload | None:
        """Record what a party agreed with others. Only an ASSIGNMENT passes ownership on."""
        deed = Deed(
            assignor=key_of("Party", input.assignor_id, "assignorId"),
            kept=input.kept,
            acquirers=[
                (key_of("Party", each.party_id, "acquirers"), each.share)
                for each in input.acquirers
            ],
            kind=word_of(input.kind),
            rights=list(dict.fromkeys(word_of(each) for each in input.rights or ())),
            territories=tuple(input.territories),
            excluded=tuple(input.excluded_territories or ()),
        )
        period = {name: value for name, value in given(input).items() if name in _PERIOD}
        outcome = await resolvers.record_agreement(
            info.context, asked("recordAgreement", input), deed, period
        )
        recorded = [each.subject for each in outcome.changes]
        return AgreementPayload(**told(outcome), recorded=recorded)
