"""Works: compositions, whoever performs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.columns import Columns
from graph.identifiers import borne
from graph.listings import Listing, Order
from graph.things import SURVIVORS, ById


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One work; `language` is ISO 639-3."""

    id: str
    title: str
    sort_key: str
    type: str | None
    language: str | None
    disambiguation: str | None
    aliases: list[str] | None
    source_id: str
    version: int
    retired_at: str | None
    iswc: list[str]
    mbid: list[str]


WORK: Final = Columns(
    "work",
    id="work.id",
    title="work.title",
    sort_key="work.sortKey",
    type="work.type",
    language="work.language",
    disambiguation="work.disambiguation",
    aliases="work.aliases",
    source_id="work.sourceId",
    version="coalesce(work.version, 0)",
    retired_at="toString(work.retiredAt)",
    iswc=borne("work", "ISWC"),
    mbid=borne("work", "MBID"),
)

WORKS_BY_ID: Final = ById(
    summary="works by id",
    make=WorkRow,
    find=SURVIVORS + "MATCH (work:Work {id: id})",
    row=WORK,
    carry="work",
)

ORDERS: Final = {"TITLE": Order(("work.sortKey", "work.id"), every="work.sortKey >= ''")}
FILTERS: Final[Mapping[str, LiteralString]] = {
    "identifier": "EXISTS { (work)-[:HAS_IDENTIFIER]->(:Identifier {key: $identifier}) }",
    "title_prefix": "work.sortKey STARTS WITH $title_prefix",
    "type": "work.type = $type",
    "language": "work.language = $language",
}

WORKS: Final = Listing(
    summary="works",
    make=WorkRow,
    match="MATCH (work:Work)",
    live="work.retiredAt IS NULL",
    hidden="(:Retired {label: 'Work'})",
    by_id="UNWIND $found AS id\nMATCH (work:Work {id: id})",
    row=WORK,
    carry="work",
    orders=ORDERS,
    filters=FILTERS,
    entries={
        "identifier": """MATCH (:Identifier {key: $identifier})<-[:HAS_IDENTIFIER]-(work:Work)
WITH DISTINCT work"""
    },
)
WORKS_BY_ARTIST: Final = Listing(
    summary="works by artist",
    make=WorkRow,
    start=things.ARTIST,
    match="MATCH (thing)-[:WROTE]->(work:Work)\nWITH DISTINCT work",
    row=WORK,
    carry="work",
    orders=ORDERS,
    filters=FILTERS,
    entries={"role": "MATCH (thing)-[:WROTE {role: $role}]->(work:Work)\nWITH DISTINCT work"},
)
WORKS_BY_RECORDING: Final = Listing(
    summary="works by recording",
    make=WorkRow,
    start=things.RECORDING,
    match="MATCH (thing)-[:RECORDING_OF]->(work:Work)\nWITH DISTINCT work",
    row=WORK,
    carry="work",
    orders=ORDERS,
    filters=FILTERS,
)
