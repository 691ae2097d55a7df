"""Releases: what is issued, and the tracks on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.columns import Columns
from graph.identifiers import borne
from graph.listings import Listing, Order
from graph.things import SURVIVORS, ById


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """One release; `date` is YYYY[-MM[-DD]]."""

    id: str
    title: str
    sort_key: str
    artist_credit: str | None
    type: str | None
    status: str | None
    country: str | None
    year: int | None
    date: str | None
    packaging: str | None
    format: str | None
    disambiguation: str | None
    aliases: list[str] | None
    p_line: str | None
    c_line: str | None
    source_id: str
    version: int
    retired_at: str | None
    icpn: list[str]
    mbid: list[str]


RELEASE: Final = Columns(
    "release",
    id="release.id",
    title="release.title",
    sort_key="release.sortKey",
    artist_credit="release.artistCredit",
    type="release.type",
    status="release.status",
    country="release.country",
    year="release.year",
    date="release.date",
    packaging="release.packaging",
    format="release.format",
    disambiguation="release.disambiguation",
    aliases="release.aliases",
    p_line="release.pLine",
    c_line="release.cLine",
    source_id="release.sourceId",
    version="coalesce(release.version, 0)",
    retired_at="toString(release.retiredAt)",
    icpn=borne("release", "ICPN"),
    mbid=borne("release", "MBID"),
)

RELEASES_BY_ID: Final = ById(
    summary="releases by id",
    make=ReleaseRow,
    find=SURVIVORS + "MATCH (release:Release {id: id})",
    row=RELEASE,
    carry="release",
)

ORDERS: Final = {
    "TITLE": Order(("release.sortKey", "release.id"), every="release.sortKey >= ''"),
    "YEAR": Order(
        ("coalesce(release.year, 9999)", "release.id"),
        ("coalesce(release.year, 0)", "release.id"),
    ),
}
FILTERS: Final[Mapping[str, LiteralString]] = {
    "identifier": "EXISTS { (release)-[:HAS_IDENTIFIER]->(:Identifier {key: $identifier}) }",
    "title_prefix": "release.sortKey STARTS WITH $title_prefix",
    "label_id": """EXISTS {
      MATCH (release)-[:ISSUED_BY]->(issuer:Label)
      WHERE issuer.id = $label_id OR EXISTS { (:Redirect {id: $label_id, to: issuer.id}) } }""",
    "type": "release.type = $type",
    "type_not_in": "NOT release.type IN $type_not_in",
    "status": "release.status = $status",
    "status_not_in": "NOT release.status IN $status_not_in",
    "country": "release.country = $country",
    "year_from": "release.year >= $year_from",
    "year_to": "release.year <= $year_to",
}

RELEASES: Final = Listing(
    summary="releases",
    make=ReleaseRow,
    match="MATCH (release:Release)",
    live="release.retiredAt IS NULL",
    hidden="(:Retired {label: 'Release'})",
    by_id="UNWIND $found AS id\nMATCH (release:Release {id: id})",
    row=RELEASE,
    carry="release",
    orders=ORDERS,
    filters=FILTERS,
    entries={
        "identifier": """MATCH (:Identifier {key: $identifier})<-[:HAS_IDENTIFIER]-(release:Release)
WITH DISTINCT release""",
        "label_id": """OPTIONAL MATCH (redirect:Redirect {id: $label_id})
WITH coalesce(redirect.to, $label_id) AS issuerId
MATCH (:Label {id: issuerId})<-[:ISSUED_BY]-(release:Release)
WITH DISTINCT release""",
    },
)
RELEASES_BY_ARTIST: Final = Listing(
    summary="releases by artist",
    make=ReleaseRow,
    start=things.ARTIST,
    match="MATCH (thing)-[:RELEASED]->(release:Release)\nWITH DISTINCT release",
    row=RELEASE,
    carry="release",
    orders=ORDERS,
    filters=FILTERS,
    entries={
        "role": "MATCH (thing)-[:RELEASED {role: $role}]->(release:Release)\nWITH DISTINCT release"
    },
)
RELEASES_BY_RECORDING: Final = Listing(
    summary="releases by recording",
    make=ReleaseRow,
    start=things.RECORDING,
    match="MATCH (thing)<-[:HAS_TRACK]-(release:Release)\nWITH DISTINCT release",
    row=RELEASE,
    carry="release",
    orders=ORDERS,
    filters=FILTERS,
)
RELEASES_BY_LABEL: Final = Listing(
    summary="releases by label",
    make=ReleaseRow,
    start=things.LABEL,
    match="MATCH (thing)<-[:ISSUED_BY]-(release:Release)\nWITH DISTINCT release",
    row=RELEASE,
    carry="release",
    orders=ORDERS,
    filters=FILTERS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRow:
    """A recording's place on a release; `number` is as printed, `length_ms` in milliseconds."""

    medium: int
    position: int
    number: str | None
    title: str | None
    length_ms: int | None
    recording_id: str
    source_id: str


TRACKS_BY_RELEASE: Final = Listing(
    summary="tracks by release",
    make=TrackRow,
    start=things.RELEASE,
    match="MATCH (thing)-[track:HAS_TRACK]->(recording:Recording)",
    row=Columns(
        "track",
        medium="track.medium",
        position="track.position",
        number="track.number",
        title="track.title",
        length_ms="track.lengthMs",
        recording_id="recording.id",
        source_id="track.sourceId",
    ),
    carry="track, recording",
    orders={"POSITION": Order(("track.medium", "track.position", "recording.id"))},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """A release's issue on a label, with the catalogue number printed on it."""

    label_id: str
    catalogue_number: str | None
    source_id: str


ISSUES_BY_RELEASE: Final = Listing(
    summary="issues by release",
    make=IssueRow,
    start=things.RELEASE,
    match="MATCH (thing)-[issue:ISSUED_BY]->(label:Label)",
    row=Columns(
        "issue",
        label_id="label.id",
        catalogue_number="issue.catalogueNumber",
        source_id="issue.sourceId",
    ),
    carry="issue, label",
    orders={
        "LABEL": Order(("label.sortKey", "label.id", "coalesce(issue.catalogueNumber, '')")),
    },
)
