"""Relations of an entity as facts. What nobody maps is counted, and its target still kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from graph.facts import (
    ArtistLinkFact,
    CreditFact,
    Fact,
    ParentFact,
    RecordingOfFact,
    SublabelFact,
)
from graph.facts.assertions import ThingLabel
from graph.facts.links import ArtistLinkType, CreditType
from ingest.identities import Thing, addressed
from ingest.musicbrainz.roles import HOMEPAGES, PERFORMANCE_ROLES, WORK_ROLES
from ingest.musicbrainz.shape import Response, child, text, texts
from ingest.values import date

_LABELS: Final[dict[str, ThingLabel]] = {
    "artist": "Artist",
    "recording": "Recording",
    "work": "Work",
    "release": "Release",
    "label": "Label",
}
# Between artists; the relation runs from the first entity to the second.
_ARTIST_LINKS: Final[dict[str, ArtistLinkType]] = {
    "member of band": "MEMBER_OF",
    "is person": "PERFORMS_AS",
}
_CREDITS: Final[dict[str, CreditType]] = {
    "recording": "RECORDED",
    "release": "RELEASED",
    "work": "WROTE",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One end of a relation."""

    kind: str
    id: str
    mbid: str


class Entities(Protocol):
    """What a relation needs of the walk that found it."""

    def entity(self, kind: str, value: Response, *, mention: bool = True) -> str | None:
        """Collect an entity and return its id, or None for a kind the graph has not."""
        ...

    def label_party(self, value: Response) -> str:
        """Collect the organisation behind a label and return the party's id."""
        ...

    def count(self, what: str) -> None:
        """Count what nobody maps."""


def relation_facts(
    walk: Entities, source: Endpoint, value: Response, relation: Response
) -> Iterator[Fact]:
    """Yield a relation's facts, seen from the entity `source` (`value`, as the response has it)."""
    target = text(relation, "target-type") or _target(relation)
    named = text(relation, "type") or "?"
    found = child(relation, target)
    if found is None:
        walk.count(f"{source.kind}-{target}: {named} (no target)")
        return
    if target == "url":
        yield from _address(source, relation, named, found)
        return
    other = walk.entity(target, found)
    if other is None:
        walk.count(f"{source.kind}-{target}: {named}")
        return
    end = Endpoint(kind=target, id=other, mbid=text(found, "id") or "")
    fact = (
        _credit(source, end, relation, named)
        or _performance(source, end, relation, named)
        or _artists(source, end, relation, named)
    )
    if fact is not None:
        yield fact
    elif (source.kind, target) == ("label", "label") and named in ("label ownership", "imprint"):
        yield from _labels(walk, (value, source), (found, end), relation)
    else:
        first, second = sorted((source.kind, target))
        walk.count(f"{first}-{second}: {named}")


def _target(relation: Response) -> str:
    kinds = (*_LABELS, "url", "area", "series", "release_group", "place", "event", "instrument")
    return next((kind for kind in kinds if isinstance(relation.get(kind), dict)), "?")


def _credit(source: Endpoint, end: Endpoint, relation: Response, named: str) -> Fact | None:
    if source.kind == "artist" and end.kind in _CREDITS:
        artist, thing, credited = source, end, "source-credit"
    elif end.kind == "artist" and source.kind in _CREDITS:
        artist, thing, credited = end, source, "target-credit"
    else:
        return None
    role = (WORK_ROLES if thing.kind == "work" else PERFORMANCE_ROLES).get(named)
    if role is None:
        return None
    return CreditFact(
        type=_CREDITS[thing.kind],
        artist_id=artist.id,
        thing_id=thing.id,
        role=role,
        credited_as=text(relation, credited),
    )


def _performance(source: Endpoint, end: Endpoint, relation: Response, named: str) -> Fact | None:
    if named != "performance" or {source.kind, end.kind} != {"recording", "work"}:
        return None
    recording, work = (source, end) if source.kind == "recording" else (end, source)
    return RecordingOfFact(
        recording_id=recording.id,
        work_id=work.id,
        attributes=tuple(texts(relation, "attributes")),
    )


def _artists(source: Endpoint, end: Endpoint, relation: Response, named: str) -> Fact | None:
    kind = _ARTIST_LINKS.get(named)
    if kind is None or {source.kind, end.kind} != {"artist"}:
        return None
    first, second = (end, source) if _backward(relation) else (source, end)
    return ArtistLinkFact(
        type=kind,
        artist_id=first.id,
        other_id=second.id,
        begin_date=date(text(relation, "begin")),
        end_date=date(text(relation, "end")),
        attributes=tuple(texts(relation, "attributes")),
    )


def _labels(
    walk: Entities,
    near: tuple[Response, Endpoint],
    far: tuple[Response, Endpoint],
    relation: Response,
) -> Iterator[Fact]:
    """Yield what joins two labels: the first entity owns, or has as its imprint, the second."""
    (above, parent), (below, sublabel) = (far, near) if _backward(relation) else (near, far)
    if text(relation, "type") == "imprint":
        yield SublabelFact(label_id=sublabel.id, parent_id=parent.id)
        return
    yield ParentFact(
        parent_id=walk.label_party(above),
        party_id=walk.label_party(below),
        begin_date=date(text(relation, "begin")),
        end_date=date(text(relation, "end")),
    )


def _address(source: Endpoint, relation: Response, named: str, url: Response) -> Iterator[Fact]:
    resource = text(url, "resource")
    if resource is None:
        return
    yield from addressed(
        Thing(label=_LABELS[source.kind], id=source.id),
        resource,
        homepage=named in HOMEPAGES,
        current=relation.get("ended") is not True,
        curated=True,
        asserted_by="MusicBrainz",
        evidence=f"https://musicbrainz.org/{source.kind}/{source.mbid} links to {resource}"
        f" ({named}).",
    )


def _backward(relation: Response) -> bool:
    return relation.get("direction") == "backward"
