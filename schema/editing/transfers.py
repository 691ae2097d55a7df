"""Catalogues sold."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import strawberry

from graph.claiming import MOST_ASSETS, Sale
from graph.editing import CREATED
from resolvers import agreements as resolvers
from resolvers.errors import ArgumentInvalid
from resolvers.permission import RIGHTS_EDITING
from resolvers.things import Thing
from schema.criteria import word_of
from schema.editing.effects import MOST_TOLD, ConflictChange, conflict_changes, effects
from schema.fields import Info, arg, input_type, object_type, optional, prop
from schema.ids import key_of, parse_global_id
from schema.references import PartyRef
from schema.rights import Right
from schema.things import found
from schema.writing import Payload, Validating, asked, mutation, told


@input_type
class TransferCatalogueInput(Validating):
    """What is sold, by whom to whom, from which day on."""

    seller_id: strawberry.ID = prop("The global id of the party that sells.")
    buyer_id: strawberry.ID = prop("The global id of the party that buys.")
    at: date = prop("The day: the seller's until the day before, the buyer's from this one.")
    right: Right | None = optional("Only this right; left out for all.")
    territories: list[str] | None = optional(
        "Only in these territories, ISO 3166-1 alpha-2 or TIS numbers; left out for wherever it holds any."
    )
    excluded_territories: list[str] | None = optional("But not in these, told alike.")
    assets: list[strawberry.ID] | None = optional(
        f"Only of these recordings and works, by global id: {MOST_ASSETS:,} at most; left out for all."
    )
    share: int | None = optional(
        "Only so much of ownership in each cell, in 1/100 % of the right; left out for all that it holds."
    )
    collection_until: date | None = optional(
        "Until the day before this one the seller goes on collecting; left out for until the sale."
    )


@object_type
class TransferPayload(Payload):
    """What came of a sale, or would come of it."""

    closed: int = prop("How many claims of the seller ended.")
    opened: int = prop("How many began in their place: the buyer's, and what the seller keeps.")
    conflict_count: int = prop("How many conflicts it opens, resolves or touches.")
    conflicts: list[ConflictChange] | None = prop(f"These conflicts, {MOST_TOLD} at most.")

    @found(PartyRef | None)
    def buyer(self) -> Thing | None:
        """Who buys: its `claims` and `catalogue` have what was bought."""
        return self.subject


@strawberry.type
class TransferMutation:
    """Where clients sell catalogues."""

    @mutation(RIGHTS_EDITING)
    async def transfer_catalogue(
        self, info: Info, input: Annotated[TransferCatalogueInput, arg("What is sold.")]
    ) -> TransferPayload | None:
        """Sell claims to ownership and collection that are in force on a day: all of the sale, or none.

        Selling more than is held then is refused (HELD).
        """
        until = input.collection_until
        sale = Sale(
            buyer=key_of("Party", input.buyer_id, "buyerId"),
            at=input.at.isoformat(),
            share=input.share,
            collection_until=None if until is None else until.isoformat(),
        )
        outcome = await resolvers.transfer_catalogue(
            info.context,
            asked("transferCatalogue", input),
            key_of("Party", input.seller_id, "sellerId"),
            sale,
            right=word_of(input.right),
            assets=_assets(input.assets or ()),
            territories=input.territories or (),
            excluded=input.excluded_territories or (),
        )
        claims = [each.action for each in outcome.changes if each.type == "Claim"]
        opened = claims.count(CREATED)
        return TransferPayload(
            **told(outcome),
            closed=len(claims) - opened,
            opened=opened,
            conflict_count=len(conflict_changes(outcome)),
            conflicts=effects(outcome),
        )


def _assets(ids: Sequence[str]) -> list[Thing]:
    found = [Thing(*parse_global_id(each, "assets")) for each in dict.fromkeys(ids)]
    if any(each.type not in ("Recording", "Work") for each in found):
        raise ArgumentInvalid("assets", "give ids of recordings and works")
    return found
