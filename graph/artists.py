"""Artists: public personas, apart from the parties that hold rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.columns import Columns
from graph.identifiers import borne
from graph.listings import Listing, Order
from graph.things import SURVIVORS, ById


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistRow:
    """One artist; dates are YYYY[-MM[-DD]] as the source knew them."""

    id: str
    name: str
    sort_key: str
    type: str | None
    country: str | None
    gender: str | None
    disambiguation: str | None
    begin_date: str | None
    end_date: str | None
    aliases: list[str] | None
    source_id: str
    version: int
    retired_at: str | None
    isni: list[str]
    mbid: list[str]


ARTIST: Final = Columns(
    "artist",
    id="artist.id",
    name="artist.name",
    sort_key="artist.sortKey",
    type="artist.type",
    country="artist.country",
    gender="artist.gender",
    disambiguation="artist.disambiguation",
    begin_date="artist.beginDate",
    end_date="artist.endDate",
    aliases="artist.aliases",
    source_id="artist.sourceId",
    version="coalesce(artist.version, 0)",
    retired_at="toString(artist.retiredAt)",
    isni=borne("artist", "ISNI"),
    mbid=borne("artist", "MBID"),
)

ARTISTS_BY_ID: Final = ById(
    summary="artists by id",
    make=ArtistRow,
    find=SURVIVORS + "MATCH (artist:Artist {id: id})",
    row=ARTIST,
    carry="artist",
)

ORDERS: Final = {
    "NAME": Order(("artist.sortKey", "artist.id"), every="artist.sortKey >= ''"),
    "BEGIN_YEAR": Order(
        ("coalesce(artist.beginYear, 9999)", "artist.id"),
        ("coalesce(artist.beginYear, 0)", "artist.id"),
    ),
}

FILTERS: Final[Mapping[str, LiteralString]] = {
    "identifier": "EXISTS { (artist)-[:HAS_IDENTIFIER]->(:Identifier {key: $identifier}) }",
    "name_prefix": "artist.sortKey STARTS WITH $name_prefix",
    "type": "artist.type = $type",
    "type_not_in": "NOT artist.type IN $type_not_in",
    "country": "artist.country = $country",
}

ARTISTS: Final = Listing(
    summary="artists",
    make=ArtistRow,
    match="MATCH (artist:Artist)",
    live="artist.retiredAt IS NULL",
    hidden="(:Retired {label: 'Artist'})",
    by_id="UNWIND $found AS id\nMATCH (artist:Artist {id: id})",
    row=ARTIST,
    carry="artist",
    orders=ORDERS,
    filters=FILTERS,
    entries={
        "identifier": """MATCH (:Identifier {key: $identifier})<-[:HAS_IDENTIFIER]-(artist:Artist)
WITH DISTINCT artist"""
    },
)
ARTISTS_BY_PARTY: Final = Listing(
    summary="artists by party",
    make=ArtistRow,
    start=things.PARTY,
    match="MATCH (thing)-[:KNOWN_AS]->(artist:Artist)",
    row=ARTIST,
    carry="artist",
    orders=ORDERS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistRelationRow:
    """One artist's tie to another; `outward` where the source drew it from the first."""

    kind: str
    outward: bool
    artist_id: str
    begin_date: str | None
    end_date: str | None
    attributes: list[str] | None
    source_id: str


# What tells two ties of one kind between the same two artists apart: the dates, and which way it runs.
_TIE: Final[LiteralString] = """coalesce(tie.beginDate, '') + ' ' + coalesce(tie.endDate, '')
  + CASE WHEN startNode(tie).id = thing.id THEN ' >' ELSE ' <' END"""

RELATIONS_BY_ARTIST: Final = Listing(
    summary="relations by artist",
    make=ArtistRelationRow,
    start=things.ARTIST,
    match="MATCH (thing)-[tie:MEMBER_OF|ALIAS_OF|PERFORMS_AS]-(artist:Artist)",
    row=Columns(
        "tie",
        kind="type(tie)",
        outward="startNode(tie).id = thing.id",
        artist_id="artist.id",
        begin_date="tie.beginDate",
        end_date="tie.endDate",
        attributes="tie.attributes",
        source_id="tie.sourceId",
    ),
    carry="thing, tie, artist",
    orders={
        "KIND": Order(
            ("type(tie)", "artist.sortKey", "artist.id", _TIE),
        )
    },
    filters={"kind": "type(tie) = $kind"},
)
