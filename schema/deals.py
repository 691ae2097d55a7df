"""Deals and availability as clients see them."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Self

import strawberry

from graph.deals import DEALS_BY_ID, DealRow
from graph.times import instant
from resolvers.deals import Asked
from resolvers.permission import RIGHTS
from schema.access import needs
from schema.dates import day, moment
from schema.enums import word, words_read
from schema.fields import object_type, prop
from schema.nodes import Node, Sourced
from schema.references import DealRef, PartyRef, ReleaseRef
from schema.registry import findable
from schema.territories import Territory, TerritoryScope
from schema.things import one, told
from standards.deals import Reason, Verdict


@strawberry.enum(description="What a deal says.")
class DealKind(Enum):
    """What a deal says."""

    DEAL = strawberry.enum_value("DEAL", description="It may be offered so.")
    TAKE_DOWN = strawberry.enum_value("TAKE_DOWN", description="It may no longer be offered.")
    NO_DEAL = strawberry.enum_value(
        "NO_DEAL", description="The message has no deal for it: what was offered before has ended."
    )
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="What has become of a deal.")
class DealStatus(Enum):
    """What has become of a deal."""

    ASSERTED = strawberry.enum_value("ASSERTED", description="Stated, and not replaced.")
    SUPERSEDED = strawberry.enum_value(
        "SUPERSEDED", description="Replaced by a later message; it held until then."
    )
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="What can be done with a release or a recording under a deal.")
class DealUse(Enum):
    """What can be done under a deal."""

    ON_DEMAND_STREAM = strawberry.enum_value(
        "ON_DEMAND_STREAM", description="Streamed when the listener chooses it."
    )
    NON_INTERACTIVE_STREAM = strawberry.enum_value(
        "NON_INTERACTIVE_STREAM", description="Streamed without the listener's choice, as on radio."
    )
    STREAM = strawberry.enum_value("STREAM", description="Streamed, not said how.")
    PERMANENT_DOWNLOAD = strawberry.enum_value(
        "PERMANENT_DOWNLOAD", description="Downloaded to keep."
    )
    CONDITIONAL_DOWNLOAD = strawberry.enum_value(
        "CONDITIONAL_DOWNLOAD", description="Downloaded for as long as a condition holds."
    )
    DOWNLOAD = strawberry.enum_value("DOWNLOAD", description="Downloaded, not said how.")
    USER_MAKE_AVAILABLE = strawberry.enum_value(
        "USER_MAKE_AVAILABLE", description="Used in what users themselves put up."
    )
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="How a use is paid for.")
class CommercialModel(Enum):
    """How a use is paid for."""

    SUBSCRIPTION = strawberry.enum_value("SUBSCRIPTION", description="By a subscription.")
    ADVERTISEMENT_SUPPORTED = strawberry.enum_value(
        "ADVERTISEMENT_SUPPORTED", description="By advertisements."
    )
    PAY_AS_YOU_GO = strawberry.enum_value("PAY_AS_YOU_GO", description="By the piece.")
    FREE_OF_CHARGE = strawberry.enum_value("FREE_OF_CHARGE", description="Not at all.")
    RIGHTS_CLAIM = strawberry.enum_value(
        "RIGHTS_CLAIM", description="By a claim on what users themselves put up."
    )
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="Why something is available, or why not.")
class AvailabilityReason(Enum):
    """Why something is available, or why not."""

    OFFERED = strawberry.enum_value(Reason.OFFERED, description="A deal covers it.")
    TAKEN_DOWN = strawberry.enum_value(Reason.TAKEN_DOWN, description="A take-down covers it.")
    WITHDRAWN = strawberry.enum_value(
        Reason.WITHDRAWN,
        description="A deal covered it until a later message of its sender left that out.",
    )
    NO_DEAL = strawberry.enum_value(Reason.NO_DEAL, description="No deal covers it.")


@needs(RIGHTS)
@object_type
class Deal(Node, Sourced):
    """What a message says of how a release, or recordings on it, may be used. It proves no ownership."""

    release_id: strawberry.Private[str]
    sender_id: strawberry.Private[str]
    kind: DealKind | None = prop("What it says.", read=word(DealKind))
    uses: list[DealUse] = prop(
        "What may be done; of a take-down, none stands for all.", read=words_read(DealUse)
    )
    models: list[CommercialModel] = prop(
        "How it is paid for; of a take-down, none stands for all.",
        read=words_read(CommercialModel),
    )
    territory: TerritoryScope = prop(
        "Where it holds.",
        columns=("territories", "excluded_territories"),
        read=TerritoryScope.of,
    )
    valid_from: date | None = prop("From this day; null for always.", read=day)
    valid_to: date | None = prop("Until the day before this one; null for ever.", read=day)
    status: DealStatus | None = prop("What has become of it.", read=word(DealStatus))
    message: str | None = prop("The number of the message that it came in.")
    recorded_at: datetime = prop("When its message was made, in UTC.", read=instant)
    recorded_to: datetime | None = prop(
        "When the message was made that replaced it, in UTC; null while it stands.", read=moment
    )

    sender: PartyRef | None = one("Who sent it.", PartyRef, "sender_id")

    release: ReleaseRef | None = one("The release that it was sent with.", ReleaseRef, "release_id")


@object_type
class Availability:
    """Whether something may be offered in one country, for one use, under one model, on one day."""

    deal_rows: strawberry.Private[tuple[DealRow, ...]]
    available: bool = prop("Whether it may: a deal covers it, and no take-down does.")
    reason: AvailabilityReason = prop("Why, or why not.")
    territory: Territory = prop("The country asked about.")
    use: DealUse = prop("The use asked about.")
    model: CommercialModel = prop("The commercial model asked about.")
    at: date = prop("The day asked about.")

    @told(DealRef)
    def deals(self) -> Sequence[DealRow]:
        """The deals that answer: that offer it, or else that took it down or had offered it."""
        return self.deal_rows

    @classmethod
    def of(cls, verdict: Verdict[DealRow], asked: Asked) -> Self:
        """Make the type of an answer."""
        return cls(
            deal_rows=verdict.deals,
            available=verdict.available,
            reason=AvailabilityReason(verdict.reason),
            territory=Territory.from_standard(asked.territory),
            use=DealUse[asked.use],
            model=CommercialModel[asked.model],
            at=asked.at,
        )


findable("Deal", DEALS_BY_ID)
