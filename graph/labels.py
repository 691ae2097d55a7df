"""Labels: brands under which releases are issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.columns import Columns
from graph.identifiers import borne
from graph.listings import Listing, Order
from graph.things import SURVIVORS, ById


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
    version: int
    retired_at: str | None
    label_code: list[str]
    mbid: list[str]


LABEL: Final = Columns(
    "label",
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
    version="coalesce(label.version, 0)",
    retired_at="toString(label.retiredAt)",
    label_code=borne("label", "LABEL_CODE"),
    mbid=borne("label", "MBID"),
)

LABELS_BY_ID: Final = ById(
    summary="labels by id",
    make=LabelRow,
    find=SURVIVORS + "MATCH (label:Label {id: id})",
    row=LABEL,
    carry="label",
)

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
    live="label.retiredAt IS NULL",
    hidden="(:Retired {label: 'Label'})",
    by_id="UNWIND $found AS id\nMATCH (label:Label {id: id})",
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
