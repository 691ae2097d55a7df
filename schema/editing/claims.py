"""Claims asserted, revised, withdrawn and disputed."""

from datetime import date
from typing import Annotated, Any

import strawberry

from resolvers import claims as resolvers
from resolvers.errors import ArgumentInvalid
from resolvers.permission import CLAIMING
from resolvers.things import Thing
from resolvers.writing import Outcome
from schema.editing.effects import ConflictChange, effects
from schema.fields import Info, arg, input_type, object_type, prop
from schema.ids import key_of, parse_global_id
from schema.references import ClaimRef
from schema.rights import ClaimKind, Right
from schema.things import found
from schema.writing import Payload, Validating, asked, given, mutation, settable, told

_ASSETS = ("Recording", "Work")


@input_type
class ClaimTerms:
    """What may be said of a claim, besides what it is to and how much."""

    territories: list[str] | None = settable(
        "In these territories, ISO 3166-1 alpha-2 or TIS numbers; the world where none is given."
    )
    excluded_territories: list[str] | None = settable("But not in these.")
    valid_from: date | None = settable("From this day; always where none is given.")
    valid_to: date | None = settable("Until the day before this one; for ever where none is given.")
    role: str | None = settable("In which role, such as E (original publisher) or C (composer).")
    chain: str | None = settable("The chain of publishers that it stands in: a text that all have.")


@input_type
class AssertClaimInput(ClaimTerms, Validating):
    """A claim to be made."""

    asset_id: strawberry.ID = prop("The global id of the recording or work.")
    party_id: strawberry.ID = prop("The global id of the party that claims.")
    right: Right = prop("The right: MASTER of a recording, PR, MR or SR of a work.")
    kind: ClaimKind = prop("What it is a claim to.")
    share: int = prop("The share in 1/100 %: 10000 is all of it.")


@input_type
class ReviseClaimInput(ClaimTerms, Validating):
    """What a claim says from now on: what is left out stays, null takes it away."""

    id: strawberry.ID = prop("The global id of the claim.")
    share: int | None = settable("The share in 1/100 %; cannot be taken away.")


@input_type
class WithdrawClaimInput(Validating):
    """A claim to be taken back."""

    id: strawberry.ID = prop("The global id of the claim.")


@input_type
class DisputeClaimInput(Validating):
    """A claim to be disputed; `reason` says why."""

    id: strawberry.ID = prop("The global id of the claim.")


@object_type
class ClaimPayload(Payload):
    """What came of a change of a claim, or would come of it."""

    conflicts: list[ConflictChange] | None = prop(
        "The conflicts that it opens, resolves or touches; not for a rightsholder."
    )

    @found(ClaimRef | None)
    def claim(self) -> Thing | None:
        """The claim as it is now, changed or not; null for one that only would be made."""
        return self.subject


@strawberry.type
class ClaimMutation:
    """Where clients write claims."""

    @mutation(CLAIMING)
    async def assert_claim(
        self, info: Info, input: Annotated[AssertClaimInput, arg("What is claimed.")]
    ) -> ClaimPayload | None:
        """Claim a share of a right for a party. What is too much with others' is a conflict, no refusal."""
        type_name, key = parse_global_id(input.asset_id, "assetId")
        if type_name not in _ASSETS:
            raise ArgumentInvalid("assetId", "give the id of a recording or a work")
        outcome = await resolvers.assert_claim(
            info.context,
            asked("assertClaim", input),
            Thing(type_name, key),
            key_of("Party", input.party_id, "partyId"),
            _terms(input),
        )
        return _payload(outcome)

    @mutation(CLAIMING)
    async def revise_claim(
        self, info: Info, input: Annotated[ReviseClaimInput, arg("Which, and what it says.")]
    ) -> ClaimPayload | None:
        """Have a claim say something else from now on: it ends, and the one that is told takes its place."""
        outcome = await resolvers.revise_claim(
            info.context, asked("reviseClaim", input), key_of("Claim", input.id), _terms(input)
        )
        return _payload(outcome)

    @mutation(CLAIMING)
    async def withdraw_claim(
        self, info: Info, input: Annotated[WithdrawClaimInput, arg("Which.")]
    ) -> ClaimPayload | None:
        """Take a claim back. What was known before stays what it was."""
        outcome = await resolvers.withdraw_claim(
            info.context, asked("withdrawClaim", input), key_of("Claim", input.id)
        )
        return _payload(outcome)

    @mutation(CLAIMING)
    async def dispute_claim(
        self, info: Info, input: Annotated[DisputeClaimInput, arg("Which.")]
    ) -> ClaimPayload | None:
        """Dispute a claim: its cells are held up until `resolveConflict` settles it, or it is withdrawn."""
        outcome = await resolvers.dispute_claim(
            info.context, asked("disputeClaim", input), key_of("Claim", input.id)
        )
        return _payload(outcome)


def _terms(input_: Any) -> dict[str, Any]:
    terms = given(input_)
    return {name: value for name, value in terms.items() if name not in ("assetId", "partyId")}


def _payload(outcome: Outcome) -> ClaimPayload:
    return ClaimPayload(**told(outcome), conflicts=effects(outcome))
