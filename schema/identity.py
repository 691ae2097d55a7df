"""Identity links as clients see them."""

from datetime import date, datetime
from enum import Enum
from typing import Self

import strawberry

from graph.identity import IDENTITY_LINKS_BY_ID
from graph.times import instant
from resolvers.permission import IDENTITY_EVIDENCE
from schema.access import needs
from schema.connections import Direction
from schema.dates import day
from schema.enums import some, word
from schema.fields import input_type, object_type, optional, prop
from schema.nodes import Node, Sourced
from schema.references import EntityRef
from schema.registry import findable
from schema.schemes import IdentifierScheme, scheme_of
from schema.things import one


@strawberry.enum(description="How a thing relates to an outside identity.")
class IdentityRelation(Enum):
    """How a thing relates to an outside identity."""

    SAME = strawberry.enum_value("SAME", description="It is that identity.")
    MEMBER = strawberry.enum_value("MEMBER", description="It is a member of that identity.")
    ALIAS = strawberry.enum_value("ALIAS", description="It is another name of that identity.")
    PERFORMS_AS = strawberry.enum_value("PERFORMS_AS", description="It performs as that identity.")
    RELATED = strawberry.enum_value("RELATED", description="It has to do with that identity.")


@strawberry.enum(description="What has become of an identity link.")
class IdentityLinkStatus(Enum):
    """What has become of an identity link."""

    PROPOSED = strawberry.enum_value("PROPOSED", description="Asserted, not yet decided.")
    ACCEPTED = strawberry.enum_value("ACCEPTED", description="Held to be true.")
    REJECTED = strawberry.enum_value(
        "REJECTED", description="Held to be false: the two must not be linked."
    )
    SUPERSEDED = strawberry.enum_value("SUPERSEDED", description="Replaced by a later link.")


@strawberry.enum(description="What identity links can be ordered by.")
class IdentityLinkOrderField(Enum):
    """What identity links can be ordered by."""

    SCHEME = strawberry.enum_value("SCHEME", description="Scheme, then value.")
    CONFIDENCE = strawberry.enum_value("CONFIDENCE", description="Confidence.")


@input_type
class IdentityLinkOrder:
    """An order of identity links."""

    field: IdentityLinkOrderField = prop("By what.")
    direction: Direction = optional("Which way; ASC unless told.", Direction.ASC)


@object_type
class Identity:
    """A public identity outside: an ISNI, a Wikidata item, a profile on a service."""

    scheme: IdentifierScheme = prop("Whose identifier it is.")
    value: str = prop("The identifier in its normal form.")
    url: str | None = prop("Where it can be seen.")

    @classmethod
    def of(cls, scheme: str, value: str, url: str | None) -> Self:
        """Make the type of stored values."""
        return cls(scheme=scheme_of(scheme), value=value, url=url)


@object_type
class IdentityLink(Node, Sourced):
    """One assertion that a thing is, or relates to, an outside identity. A name is never enough."""

    thing_label: strawberry.Private[str]
    thing_id: strawberry.Private[str]
    identity: Identity = prop(
        "The outside identity.", columns=("scheme", "value", "url"), read=Identity.of
    )
    relation: IdentityRelation | None = prop(
        "How the thing relates to it.", read=word(IdentityRelation)
    )
    status: IdentityLinkStatus | None = prop(
        "What has become of the assertion.", read=word(IdentityLinkStatus)
    )
    confidence: float = prop("How probable it is that this is true, 0–1.")
    evidence: list[str] | None = needs(IDENTITY_EVIDENCE)(
        prop("What speaks for it: addresses, shared identifiers, statements.", read=some)
    )
    method: str = prop("How it was found, such as SOURCE_ASSERTION.")
    asserted_by: str | None = needs(IDENTITY_EVIDENCE)(prop("Who or what asserted it."))
    valid_from: date | None = prop("From this day; null for always.", read=day)
    valid_to: date | None = prop("Until the day before this one; null for ever.", read=day)
    recorded_at: datetime = prop("When it came in, in UTC.", read=instant)

    subject: EntityRef | None = one(
        "The thing that is linked.", EntityRef, "thing_id", label="thing_label"
    )


findable("IdentityLink", IDENTITY_LINKS_BY_ID)
