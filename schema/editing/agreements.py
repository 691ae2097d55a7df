"""Agreements recorded, revised, ended and withdrawn."""

from datetime import date
from typing import Annotated

import strawberry

from graph.claiming import Deed
from graph.editing import CREATED
from graph.errors import PassedOn
from resolvers import agreements as resolvers
from resolvers.permission import RIGHTS_EDITING
from resolvers.things import Thing
from resolvers.writing import Outcome
from schema.criteria import word_of
from schema.fields import Info, arg, input_type, object_type, optional, prop
from schema.ids import key_of
from schema.references import AgreementRef
from schema.rights import AgreementKind, Right
from schema.things import found
from schema.writing import Payload, Validating, asked, given, mutation, settable, told

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


@input_type
class ReviseAgreementInput(Validating):
    """What an agreement says from now on: what is left out stays, null takes it away."""

    id: strawberry.ID = prop("The global id of the agreement.")
    kind: AgreementKind | None = settable("What it does with the share; cannot be taken away.")
    share: int | None = settable(
        "How much of what the assignor holds, in 1/100 %; cannot be taken away."
    )
    territories: list[str] | None = settable(
        "In these territories, ISO 3166-1 alpha-2 or TIS numbers; cannot be taken away."
    )
    excluded_territories: list[str] | None = settable("But not in these.")
    valid_from: date | None = settable("From this day; always where none is given.")
    valid_to: date | None = settable("Until the day before this one; for ever where none is given.")
    collection_to: date | None = settable(
        "Until the day before this one what was due within the term is collected."
    )


@input_type
class EndAgreementInput(Validating):
    """An agreement whose term ends."""

    id: strawberry.ID = prop("The global id of the agreement.")
    at: date = prop("The day: it holds until the day before this one.")
    collection_to: date | None = optional(
        "Until the day before this one what was due within the term is collected; left out for as agreed."
    )


@input_type
class WithdrawAgreementInput(Validating):
    """An agreement to be taken back, since it was recorded by mistake."""

    id: strawberry.ID = prop("The global id of the agreement.")


@object_type
class AgreementPayload(Payload):
    """What came of an agreement, or would come of it."""

    recorded: strawberry.Private[list[str]]
    passing: strawberry.Private[list[str]]

    @found(AgreementRef | None)
    def agreement(self) -> Thing | None:
        """The agreement as it is now, changed or not: of several that began the first; null for none."""
        return self.subject

    @found(list[AgreementRef], gaps=False)
    def agreements(self) -> list[Thing]:
        """Those that began: of a record one for each acquirer, and each right that was named."""
        return [Thing("Agreement", each) for each in self.recorded]

    @found(list[AgreementRef], gaps=False)
    def in_the_way(self) -> list[Thing]:
        """Where HELD is broken, the agreements with which more than all would be passed on."""
        return [Thing("Agreement", each) for each in self.passing]


@strawberry.type
class AgreementMutation:
    """Where clients write agreements."""

    @mutation(RIGHTS_EDITING)
    async def record_agreement(
        self, info: Info, input: Annotated[RecordAgreementInput, arg("What was agreed.")]
    ) -> AgreementPayload | None:
        """Record what a party agreed with others. Only an ASSIGNMENT passes ownership on.

        Passing on more than all of a right, in any country on any day, is refused (HELD).
        """
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
        return _payload(outcome)

    @mutation(RIGHTS_EDITING)
    async def revise_agreement(
        self, info: Info, input: Annotated[ReviseAgreementInput, arg("Which, and what it says.")]
    ) -> AgreementPayload | None:
        """Have an agreement say something else from now on: it ends, and the one told takes its place.

        What was known before stays. Passing on more than all is refused as in `recordAgreement` (HELD).
        """
        outcome = await resolvers.revise_agreement(
            info.context,
            asked("reviseAgreement", input),
            key_of("Agreement", input.id),
            given(input),
        )
        return _payload(outcome)

    @mutation(RIGHTS_EDITING)
    async def end_agreement(
        self, info: Info, input: Annotated[EndAgreementInput, arg("Which, and when.")]
    ) -> AgreementPayload | None:
        """Have an agreement's term end on a day: a revision that holds until the day before.

        What was passed on is its assignor's again from that day on.
        """
        until = input.collection_to
        outcome = await resolvers.end_agreement(
            info.context,
            asked("endAgreement", input),
            key_of("Agreement", input.id),
            input.at.isoformat(),
            None if until is None else until.isoformat(),
        )
        return _payload(outcome)

    @mutation(RIGHTS_EDITING)
    async def withdraw_agreement(
        self, info: Info, input: Annotated[WithdrawAgreementInput, arg("Which.")]
    ) -> AgreementPayload | None:
        """Take back an agreement that was recorded by mistake, for all of its term.

        What was known before stays what it was.
        """
        outcome = await resolvers.withdraw_agreement(
            info.context, asked("withdrawAgreement", input), key_of("Agreement", input.id)
        )
        return _payload(outcome)


def _payload(outcome: Outcome) -> AgreementPayload:
    passing = [
        id_ for each in outcome.refusals if isinstance(each, PassedOn) for id_ in each.agreements
    ]
    recorded = [each.subject for each in outcome.changes if each.action == CREATED]
    return AgreementPayload(**told(outcome), recorded=recorded, passing=passing)
