"""Identifiers that things bear, valid or not: evidence, never keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph import things
from graph.columns import Columns
from graph.listings import Listing, Order


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierRow:
    """One assertion that a thing bears an identifier: raw, normal form, validity and the reason."""

    id: str
    scheme: str
    raw: str
    value: str | None
    valid: bool
    reason: str | None
    source_id: str
    recorded_at: str


IDENTIFIERS_BY_THING: Final[Mapping[str, Listing[IdentifierRow]]] = {
    label: Listing(
        summary="identifiers by thing",
        make=IdentifierRow,
        start=start,
        match="MATCH (thing)-[:HAS_IDENTIFIER]->(identifier:Identifier)",
        row=Columns(
            "identifier",
            id="identifier.id",
            scheme="identifier.scheme",
            raw="identifier.raw",
            value="identifier.value",
            valid="identifier.valid",
            reason="identifier.reason",
            source_id="identifier.sourceId",
            recorded_at="toString(identifier.recordedAt)",
        ),
        carry="identifier",
        orders={"SCHEME": Order(("identifier.scheme", "identifier.raw", "identifier.id"))},
        filters={"scheme": "identifier.scheme = $scheme", "valid": "identifier.valid = $valid"},
    )
    for label, start in things.START.items()
}
"""The identifiers a thing bears, by the thing's label."""
