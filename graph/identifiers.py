"""Identifiers that things bear, valid or not: evidence, never keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.client import Graph
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

BEARERS: Final[Mapping[str, LiteralString]] = {
    label: f"""
UNWIND $keys AS key
CALL (key) {{
  MATCH (:Identifier {{key: key}})<-[:HAS_IDENTIFIER]-({thing})
  WITH DISTINCT thing LIMIT 2
  RETURN thing.id AS id
}}
RETURN collect([key, id]) AS rows"""
    for label, thing in things.LABELLED.items()
}
"""How the bearers of identifiers are found, by the things' label: two of each tell that it is ambiguous."""


async def bearers(graph: Graph, label: str, keys: Sequence[str]) -> dict[str, list[str]]:
    """Return the ids of the label's things that bear a valid identifier, at most two, by its key.

    A key that nothing bears has no entry.
    """
    found: dict[str, list[str]] = {}
    rows: list[tuple[str, str]] = await graph.read(
        "bearers of identifiers", BEARERS[label], keys=list(keys)
    )
    for key, thing in rows:
        found.setdefault(key, []).append(thing)
    return found


def borne(subject: LiteralString, scheme: LiteralString) -> LiteralString:
    """Return the expression that is the values of a scheme's valid identifiers that a subject bears."""
    return (
        f"[({subject})-[:HAS_IDENTIFIER]->(borne:Identifier) "
        f"WHERE borne.scheme = '{scheme}' AND borne.valid | borne.value]"
    )
