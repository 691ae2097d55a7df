"""Parties: persons and organisations that can hold rights; linked to artists, never unified."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.columns import Columns
from graph.identifiers import borne
from graph.listings import Listing, Order
from graph.things import SURVIVORS, ById


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """One party; `kind` is PERSON or ORGANISATION."""

    id: str
    name: str
    sort_key: str
    kind: str | None
    country: str | None
    disambiguation: str | None
    aliases: list[str] | None
    source_id: str
    version: int
    retired_at: str | None
    ipi_base: list[str]
    isni: list[str]
    dpid: list[str]


PARTY: Final = Columns(
    "party",
    id="party.id",
    name="party.name",
    sort_key="party.sortKey",
    kind="party.kind",
    country="party.country",
    disambiguation="party.disambiguation",
    aliases="party.aliases",
    source_id="party.sourceId",
    version="coalesce(party.version, 0)",
    retired_at="toString(party.retiredAt)",
    ipi_base=borne("party", "IPI_BASE"),
    isni=borne("party", "ISNI"),
    dpid=borne("party", "DPID"),
)

PARTIES_BY_ID: Final = ById(
    summary="parties by id",
    make=PartyRow,
    find=SURVIVORS + "MATCH (party:Party {id: id})",
    row=PARTY,
    carry="party",
)

ORDERS: Final = {"NAME": Order(("party.sortKey", "party.id"), every="party.sortKey >= ''")}
FILTERS: Final[Mapping[str, LiteralString]] = {
    "identifier": "EXISTS { (party)-[:HAS_IDENTIFIER]->(:Identifier {key: $identifier}) }",
    "name_prefix": "party.sortKey STARTS WITH $name_prefix",
    "kind": "party.kind = $kind",
    "country": "party.country = $country",
}

PARTIES: Final = Listing(
    summary="parties",
    make=PartyRow,
    match="MATCH (party:Party)",
    live="party.retiredAt IS NULL",
    hidden="(:Retired {label: 'Party'})",
    by_id="UNWIND $found AS id\nMATCH (party:Party {id: id})",
    row=PARTY,
    carry="party",
    orders=ORDERS,
    filters=FILTERS,
    entries={
        "identifier": """MATCH (:Identifier {key: $identifier})<-[:HAS_IDENTIFIER]-(party:Party)
WITH DISTINCT party"""
    },
)
PARTIES_BY_ARTIST: Final = Listing(
    summary="parties by artist",
    make=PartyRow,
    start=things.ARTIST,
    match="MATCH (thing)<-[:KNOWN_AS]-(party:Party)\nWITH DISTINCT party",
    row=PARTY,
    carry="party",
    orders=ORDERS,
)
OPERATORS_BY_LABEL: Final = Listing(
    summary="operators by label",
    make=PartyRow,
    start=things.LABEL,
    match="MATCH (thing)<-[:OPERATES]-(party:Party)\nWITH DISTINCT party",
    row=PARTY,
    carry="party",
    orders=ORDERS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentageRow:
    """Corporate parentage between two organisations; it never multiplies a share (domain.md §2)."""

    party_id: str
    begin_date: str | None
    end_date: str | None
    source_id: str


_PARENTAGE: Final = Columns(
    "parentage",
    party_id="party.id",
    begin_date="parentage.beginDate",
    end_date="parentage.endDate",
    source_id="parentage.sourceId",
)
_PARENTAGE_ORDERS: Final = {
    "NAME": Order(
        (
            "party.sortKey",
            "party.id",
            "coalesce(parentage.beginDate, '') + ' ' + coalesce(parentage.endDate, '')",
        )
    ),
}

PARENTS_BY_PARTY: Final = Listing(
    summary="parents by party",
    make=ParentageRow,
    start=things.PARTY,
    match="MATCH (thing)<-[parentage:PARENT_OF]-(party:Party)",
    row=_PARENTAGE,
    carry="parentage, party",
    orders=_PARENTAGE_ORDERS,
)
SUBSIDIARIES_BY_PARTY: Final = Listing(
    summary="subsidiaries by party",
    make=ParentageRow,
    start=things.PARTY,
    match="MATCH (thing)-[parentage:PARENT_OF]->(party:Party)",
    row=_PARENTAGE,
    carry="parentage, party",
    orders=_PARENTAGE_ORDERS,
)
