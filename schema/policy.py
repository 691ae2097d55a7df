"""Policy flags as clients see them."""

from datetime import date, datetime
from enum import Enum

import strawberry

from graph.policy import POLICY_FLAGS_BY_ID
from graph.times import instant
from resolvers.permission import POLICY
from schema.access import needs
from schema.dates import day
from schema.enums import some, word
from schema.fields import object_type, prop
from schema.nodes import Node, Sourced
from schema.references import FlaggableRef
from schema.registry import findable
from schema.territories import TerritoryScope
from schema.things import one


@strawberry.enum(description="What a policy flag says of content.")
class PolicyFlagKind(Enum):
    """What a policy flag says of content."""

    ARTIFICIAL_STREAMING = strawberry.enum_value(
        "ARTIFICIAL_STREAMING", description="Streams not made by listeners."
    )
    AI_GENERATED = strawberry.enum_value("AI_GENERATED", description="Made wholly by a model.")
    AI_ASSISTED = strawberry.enum_value("AI_ASSISTED", description="Made partly with a model.")
    VOICE_CLONE = strawberry.enum_value(
        "VOICE_CLONE", description="Somebody's voice imitated without leave."
    )
    IMPERSONATION = strawberry.enum_value(
        "IMPERSONATION", description="Passed off as another artist's."
    )
    SPAM = strawberry.enum_value("SPAM", description="Mass uploads.")
    FUNCTIONAL_NOISE = strawberry.enum_value(
        "FUNCTIONAL_NOISE", description="Rain, hum and the like; a payment rule, not guilt."
    )
    DUPLICATE = strawberry.enum_value("DUPLICATE", description="The same content again.")
    INFRINGEMENT = strawberry.enum_value(
        "INFRINGEMENT", description="Said to infringe somebody's rights."
    )
    EXPLICIT = strawberry.enum_value("EXPLICIT", description="Parental advisory.")
    MISLEADING_METADATA = strawberry.enum_value(
        "MISLEADING_METADATA", description="Titles or names meant to mislead."
    )
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="What has become of a policy flag.")
class PolicyFlagStatus(Enum):
    """What has become of a policy flag."""

    PROPOSED = strawberry.enum_value("PROPOSED", description="Signalled, not yet decided.")
    ACTIVE = strawberry.enum_value("ACTIVE", description="In force.")
    APPEALED = strawberry.enum_value("APPEALED", description="In force, under appeal.")
    OVERTURNED = strawberry.enum_value("OVERTURNED", description="Lifted on appeal.")
    EXPIRED = strawberry.enum_value("EXPIRED", description="No longer in force.")


@needs(POLICY)
@object_type
class PolicyFlag(Node, Sourced):
    """What may or may not be done with a thing, where, on which surfaces, and why."""

    thing_label: strawberry.Private[str]
    thing_id: strawberry.Private[str]
    kind: PolicyFlagKind | None = prop("What it says.", read=word(PolicyFlagKind))
    status: PolicyFlagStatus | None = prop("What has become of it.", read=word(PolicyFlagStatus))
    reason: str | None = prop("The reason code it was given.")
    severity: str | None = prop("How severe it is.")
    policy_version: str | None = prop("The version of the policy that it was given under.")
    surfaces: list[str] = prop("Where in products it applies; empty for everywhere.", read=some)
    scope: TerritoryScope = prop(
        "Where it applies; the world unless something else is said.",
        columns=("territories", "excluded_territories"),
        read=TerritoryScope.of,
    )
    valid_from: date | None = prop("From this day; null for always.", read=day)
    valid_to: date | None = prop("Until the day before this one; null for ever.", read=day)
    recorded_at: datetime = prop("When it came in, in UTC.", read=instant)

    subject: FlaggableRef | None = one(
        "The thing that is flagged.", FlaggableRef, "thing_id", label="thing_label"
    )


findable("PolicyFlag", POLICY_FLAGS_BY_ID)
