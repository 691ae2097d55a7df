"""Identity links as clients see them."""

from datetime import date, datetime
from enum import Enum
from typing import Self

import strawberry

from graph.identity import IdentityLinkRow
from graph.times import instant
from resolvers import identity as resolvers
from schema import fields, registry
from schema.connections import Direction
from schema.dates import day
from schema.enums import word
from schema.fields import Info, input_type, object_type, optional, prop
from schema.nodes import Node, Sourced
from schema.registry import findable
from schema.schemes import IdentifierScheme
from standards.identifiers import Scheme


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


@object_type
class IdentityLink(Node, Sourced):
    """One assertion that a thing is, or relates to, an outside identity. A name is never enough."""

    subject_label: strawberry.Private[str]
    subject_key: strawberry.Private[str]
    identity: Identity = prop("The outside identity.")
    relation: IdentityRelation | None = prop("How the thing relates to it.")
    status: IdentityLinkStatus | None = prop("What has become of the assertion.")
    confidence: float = prop("How probable it is that this is true, 0–1.")
    evidence: list[str] = prop("What speaks for it: addresses, shared identifiers, statements.")
    method: str = prop("How it was found, such as SOURCE_ASSERTION.")
    asserted_by: str | None = prop("Who or what asserted it.")
    valid_from: date | None = prop("From this day; null for always.")
    valid_to: date | None = prop("Until the day before this one; null for ever.")
    recorded_at: datetime = prop("When it came in, in UTC.")

    @fields.relation
    async def subject(self, info: Info) -> Node | None:
        """The thing that is linked."""
        return await registry.node(info.context, self.subject_label, self.subject_key)

    @classmethod
    def from_row(cls, row: IdentityLinkRow) -> Self:
        """Make the type of a row."""
        return cls(
            key=row.id,
            source_id=row.source_id,
            subject_label=row.thing_label,
            subject_key=row.thing_id,
            identity=Identity(
                scheme=IdentifierScheme(Scheme(row.scheme)), value=row.value, url=row.url
            ),
            relation=word(IdentityRelation, row.relation),
            status=word(IdentityLinkStatus, row.status),
            confidence=row.confidence,
            evidence=row.evidence or [],
            method=row.method,
            asserted_by=row.asserted_by,
            valid_from=day(row.valid_from),
            valid_to=day(row.valid_to),
            recorded_at=instant(row.recorded_at),
        )


findable("IdentityLink", resolvers.by_id, IdentityLink.from_row)
