"""What deals can cover: releases and recordings."""

from datetime import date
from typing import Annotated

import strawberry

from graph.deals import DEALS_BY_THING
from resolvers import deals as deal_resolvers
from resolvers.errors import in_place
from resolvers.lists import Criteria
from resolvers.things import Thing
from schema import deals
from schema.criteria import word_of, words
from schema.deals import CommercialModel, DealKind, DealStatus, DealUse
from schema.fields import Info, arg, interface
from schema.lists import by, listed
from schema.nodes import Node
from schema.references import AvailabilityRef, DealRef
from schema.things import batched


async def availability(
    parents: strawberry.Parent[list[Thing]],
    info: Info,
    territory: Annotated[str, arg("In which country: ISO 3166-1 alpha-2 or TIS number.")],
    use: Annotated[DealUse, arg("For which use.")],
    model: Annotated[CommercialModel, arg("Under which commercial model.")],
    at: Annotated[date | None, arg("On which day; today unless told.")] = None,
) -> list[deals.Availability | Exception]:
    """Whether it may be offered so, here and then. No deal, no availability; a take-down ends it."""
    asked = deal_resolvers.asked_for(territory, word_of(use), word_of(model), at)
    found = await deal_resolvers.available(info.context, parents, asked)
    return [
        each if isinstance(each, Exception) else in_place(deals.Availability.of, each, asked)
        for each in found
    ]


@interface
class Offerable(Node):
    """A release or a recording: something that deals can cover."""

    @listed(DEALS_BY_THING, DealRef)
    def deals(
        self,
        kind: Annotated[DealKind | None, arg("Only of this kind.")] = None,
        status: Annotated[DealStatus | None, arg("Only in this status.")] = None,
    ) -> Criteria:
        """The deals and take-downs that cover it, by their first day."""
        return by(None, "VALID_FROM", **words("kind", kind), **words("status", status))

    available: AvailabilityRef | None = batched(availability, AvailabilityRef | None)
