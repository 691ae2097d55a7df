"""Deals and take-downs: how releases and recordings may be used, and since when no longer."""

from collections.abc import Mapping, Sequence
from typing import Final, LiteralString, NamedTuple

from graph import things
from graph.client import Graph
from graph.columns import Columns
from graph.listings import Listing, Order
from graph.things import ById


class DealRow(NamedTuple):
    """What one message says of the use of one release; valid [from, to), a tuple as claims are.

    `recorded_to` is when the sender's next message on the release was made.
    """

    id: str
    kind: str
    territories: list[str]
    excluded_territories: list[str] | None
    valid_from: str | None
    valid_to: str | None
    uses: list[str] | None
    models: list[str] | None
    status: str
    message: str | None
    recorded_at: str
    recorded_to: str | None
    release_id: str
    sender_id: str
    source_id: str


DEAL: Final = Columns(
    "deal",
    id="deal.id",
    kind="deal.kind",
    territories="deal.territories",
    excluded_territories="deal.excludedTerritories",
    valid_from="deal.validFrom",
    valid_to="deal.validTo",
    uses="deal.uses",
    models="deal.models",
    status="deal.status",
    message="deal.message",
    recorded_at="toString(deal.recordedAt)",
    recorded_to="toString(deal.recordedTo)",
    release_id="release.id",
    sender_id="sender.id",
    source_id="deal.sourceId",
)
COVERED_STARTS: Final[Mapping[str, LiteralString]] = {
    "Recording": things.RECORDING,
    "Release": things.RELEASE,
}
_DEALS: Final = """
MATCH (thing)<-[:COVERS]-(deal:Deal)-[:SENT_BY]->(sender:Party)
MATCH (deal)-[:SENT_WITH]->(release:Release)"""

DEALS_BY_THING: Final[Mapping[str, Listing[DealRow]]] = {
    label: Listing(
        summary="deals by thing",
        make=DealRow,
        start=start,
        match=_DEALS,
        row=DEAL,
        carry="deal, sender, release",
        orders={"VALID_FROM": Order(("coalesce(deal.validFrom, '')", "deal.id"))},
        filters={
            "kind": "deal.kind = $kind",
            "kind_not_in": "NOT deal.kind IN $kind_not_in",
            "status": "deal.status = $status",
            "status_not_in": "NOT deal.status IN $status_not_in",
        },
    )
    for label, start in COVERED_STARTS.items()
}
DEALS_BY_ID: Final = ById(
    summary="deals by id",
    make=DealRow,
    find="""UNWIND $ids AS key
MATCH (deal:Deal {id: key})-[:SENT_BY]->(sender:Party)
MATCH (deal)-[:SENT_WITH]->(release:Release)""",
    row=DEAL,
    carry="deal, sender, release",
)
COVERING: Final[Mapping[str, LiteralString]] = {
    label: f"""{start}{_DEALS}
WITH key, deal, sender, release ORDER BY deal.id
RETURN collect([key, {DEAL.values_literal}]) AS rows"""
    for label, start in COVERED_STARTS.items()
}


async def covering_deals(
    graph: Graph, label: str, ids: Sequence[str]
) -> dict[str, Sequence[DealRow]]:
    """Return every deal and take-down on each thing of a label, by id of the thing and of the deal.

    What none covers has no entry; what was superseded is there, since it held until then.
    """
    rows = await graph.read("covering deals", COVERING[label], ids=list(ids))
    found: dict[str, list[DealRow]] = {}
    for key, values in rows:
        found.setdefault(key, []).append(DealRow._make(values))
    return dict(found)
