"""Identities outside, and the links that say which thing they name, with their evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.columns import Columns
from graph.listings import Listing, Order
from graph.things import ById


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLinkRow:
    """One assertion that a thing is (or relates to) an outside identity; confidence is 0–1."""

    id: str
    thing_label: str
    thing_id: str
    identity_id: str
    scheme: str
    value: str
    url: str | None
    relation: str
    evidence: list[str] | None
    confidence: float
    method: str
    asserted_by: str | None
    status: str
    valid_from: str | None
    valid_to: str | None
    recorded_at: str
    source_id: str


_LINK: Final = Columns(
    "link",
    id="link.id",
    thing_label="head(labels(subject))",
    thing_id="subject.id",
    identity_id="identity.id",
    scheme="identity.scheme",
    value="identity.value",
    url="identity.url",
    relation="link.relation",
    evidence="link.evidence",
    confidence="link.confidence",
    method="link.method",
    asserted_by="link.assertedBy",
    status="link.status",
    valid_from="link.validFrom",
    valid_to="link.validTo",
    recorded_at="toString(link.recordedAt)",
    source_id="link.sourceId",
)
_ORDERS: Final = {
    "CONFIDENCE": Order(("link.confidence", "link.id")),
    "SCHEME": Order(("identity.scheme", "identity.value", "link.id")),
}
_FILTERS: Final[Mapping[str, LiteralString]] = {
    "scheme": "identity.scheme = $scheme",
    "status": "link.status = $status",
    "relation": "link.relation = $relation",
}

IDENTITY_LINKS: Final = Listing(
    summary="identity links",
    make=IdentityLinkRow,
    match="MATCH (identity:Identity)<-[:IDENTIFIES]-(link)<-[:HAS_IDENTITY_LINK]-(subject)",
    entries={
        "identity": """MATCH (identity:Identity {key: $identity})<-[:IDENTIFIES]-(link:IdentityLink)
MATCH (link)<-[:HAS_IDENTITY_LINK]-(subject)"""
    },
    row=_LINK,
    carry="subject, link, identity",
    orders=_ORDERS,
    filters=_FILTERS,
)
"""What identities are linked to; filter `identity` is one's key, `SCHEME:value`."""

IDENTITY_LINKS_BY_THING: Final[Mapping[str, Listing[IdentityLinkRow]]] = {
    label: Listing(
        summary="identity links by thing",
        make=IdentityLinkRow,
        start=start,
        match="""MATCH (thing)-[:HAS_IDENTITY_LINK]->(link:IdentityLink)
MATCH (link)-[:IDENTIFIES]->(identity:Identity)
WITH link, identity, thing AS subject""",
        row=_LINK,
        carry="subject, link, identity",
        orders=_ORDERS,
        filters=_FILTERS,
    )
    for label, start in things.START.items()
}
"""The identities a thing is linked to, by the thing's label."""

IDENTITY_LINKS_BY_ID: Final = ById(
    summary="identity links by id",
    make=IdentityLinkRow,
    find="""UNWIND $ids AS key
MATCH (link:IdentityLink {id: key})-[:IDENTIFIES]->(identity:Identity)
MATCH (link)<-[:HAS_IDENTITY_LINK]-(subject)""",
    row=_LINK,
    carry="subject, link, identity",
)
