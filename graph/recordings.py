"""Recordings: fixed performances of works."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.columns import Columns
from graph.identifiers import borne
from graph.listings import Listing, Order
from graph.things import SURVIVORS, ById


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRow:
    """One recording; `length_ms` in milliseconds, `date` YYYY[-MM[-DD]] of its first release."""

    id: str
    title: str
    sort_key: str
    artist_credit: str | None
    length_ms: int | None
    year: int | None
    date: str | None
    video: bool | None
    disambiguation: str | None
    aliases: list[str] | None
    p_line: str | None
    source_id: str
    version: int
    retired_at: str | None
    isrc: list[str]
    mbid: list[str]


RECORDING: Final = Columns(
    "recording",
    id="recording.id",
    title="recording.title",
    sort_key="recording.sortKey",
    artist_credit="recording.artistCredit",
    length_ms="recording.lengthMs",
    year="recording.year",
    date="recording.date",
    video="recording.video",
    disambiguation="recording.disambiguation",
    aliases="recording.aliases",
    p_line="recording.pLine",
    source_id="recording.sourceId",
    version="coalesce(recording.version, 0)",
    retired_at="toString(recording.retiredAt)",
    isrc=borne("recording", "ISRC"),
    mbid=borne("recording", "MBID"),
)

RECORDINGS_BY_ID: Final = ById(
    summary="recordings by id",
    make=RecordingRow,
    find=SURVIVORS + "MATCH (recording:Recording {id: id})",
    row=RECORDING,
    carry="recording",
)

ORDERS: Final = {
    "TITLE": Order(("recording.sortKey", "recording.id"), every="recording.sortKey >= ''"),
    "YEAR": Order(
        ("coalesce(recording.year, 9999)", "recording.id"),
        ("coalesce(recording.year, 0)", "recording.id"),
    ),
}
FILTERS: Final[Mapping[str, LiteralString]] = {
    "identifier": "EXISTS { (recording)-[:HAS_IDENTIFIER]->(:Identifier {key: $identifier}) }",
    "title_prefix": "recording.sortKey STARTS WITH $title_prefix",
    "year_from": "recording.year >= $year_from",
    "year_to": "recording.year <= $year_to",
}

RECORDINGS: Final = Listing(
    summary="recordings",
    make=RecordingRow,
    match="MATCH (recording:Recording)",
    live="recording.retiredAt IS NULL",
    hidden="(:Retired {label: 'Recording'})",
    by_id="UNWIND $found AS id\nMATCH (recording:Recording {id: id})",
    row=RECORDING,
    carry="recording",
    orders=ORDERS,
    filters=FILTERS,
    entries={
        "identifier": """MATCH (:Identifier {key: $identifier})
  <-[:HAS_IDENTIFIER]-(recording:Recording)
WITH DISTINCT recording"""
    },
)
RECORDINGS_BY_ARTIST: Final = Listing(
    summary="recordings by artist",
    make=RecordingRow,
    start=things.ARTIST,
    match="MATCH (thing)-[:RECORDED]->(recording:Recording)\nWITH DISTINCT recording",
    row=RECORDING,
    carry="recording",
    orders=ORDERS,
    filters=FILTERS,
    entries={
        "role": """MATCH (thing)-[:RECORDED {role: $role}]->(recording:Recording)
WITH DISTINCT recording"""
    },
)
RECORDINGS_BY_WORK: Final = Listing(
    summary="recordings by work",
    make=RecordingRow,
    start=things.WORK,
    match="MATCH (thing)<-[:RECORDING_OF]-(recording:Recording)\nWITH DISTINCT recording",
    row=RECORDING,
    carry="recording",
    orders=ORDERS,
    filters=FILTERS,
)
