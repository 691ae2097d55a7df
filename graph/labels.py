"""Labels: brands under which releases are issued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.client import Graph
from graph.columns import Columns
from graph.listings import Listing, Order
from graph.things import SURVIVORS, rows_by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRow:
    """One label; dates are YYYY[-MM[-DD]]."""

    id: str
    name: str
    sort_key: str
    type: str | None
    country: str | None
    disambiguation: str | None
    begin_date: str | None
    end_date: str | None
    aliases: list[str] | None
    source_id: str


LABEL: Final = Columns(
    id="label.id",
    name="label.name",
    sort_key="label.sortKey",
    type="label.type",
    country="label.country",
    disambiguation="label.disambiguation",
    begin_date="label.beginDate",
    end_date="label.endDate",
    aliases="label.aliases",
    source_id="label.sourceId",
)

LABELS_BY_ID: Final[LiteralString] = (
    SURVIVORS + "MATCH (label:Label {id: id})\nRETURN collect([key, " + LABEL.literal + "]) AS rows"
)


async def labels_by_id(graph: Graph, ids: Sequence[str]) -> dict[str, LabelRow]:
    """Return the labels found, keyed by the id asked for; a merged id finds its survivor."""
    return await rows_by_id(graph, "labels by id", LABELS_BY_ID, LabelRow, ids)


ORDERS: Final = {
    "NAME": Order(("label.sortKey", "label.id"), every="label.sortKey >= ''"),
    "BEGIN_YEAR": Order(
        ("coalesce(label.beginYear, 9999)", "label.id"),
        ("coalesce(label.beginYear, 0)", "label.id"),
    ),
}
FILTERS: Final[Mapping[str, LiteralString]] = {
    "identifier": "EXISTS { (label)-[:HAS_IDENTIFIER]->(:Identifier {key: $identifier}) }",
    "name_prefix": "label.sortKey STARTS WITH $name_prefix",
    "type": "label.type = $type",
    "country": "label.country = $country",
}

LABELS: Final = Listing(
    summary="labels",
    make=LabelRow,
    match="MATCH (label:Label)",
    row=LABEL,
    carry="label",
    orders=ORDERS,
    filters=FILTERS,
    entries={
        "identifier": """MATCH (:Identifier {key: $identifier})<-[:HAS_IDENTIFIER]-(label:Label)
WITH DISTINCT label"""
    },
)
PARENTS_BY_LABEL: Final = Listing(
    summary="parents by label",
    make=LabelRow,
    start=things.LABEL,
    match="MATCH (thing)-[:SUBLABEL_OF]->(label:Label)\nWITH DISTINCT label",
    row=LABEL,
    carry="label",
    orders=ORDERS,
)
SUBLABELS_BY_LABEL: Final = Listing(
    summary="sublabels by label",
    make=LabelRow,
    start=things.LABEL,
    match="MATCH (thing)<-[:SUBLABEL_OF]-(label:Label)\nWITH DISTINCT label",
    row=LABEL,
    carry="label",
    orders=ORDERS,
)
LABELS_BY_PARTY: Final = Listing(
    summary="labels by party",
    make=LabelRow,
    start=things.PARTY,
    match="MATCH (thing)-[:OPERATES]->(label:Label)\nWITH DISTINCT label",
    row=LABEL,
    carry="label",
    orders=ORDERS,
)
