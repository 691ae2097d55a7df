"""Releases as facts: what they are called, who is on them, their tracks and their labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from graph.facts import (
    Fact,
    IssueFact,
    LabelFact,
    RedirectFact,
    ReleaseFact,
    TrackFact,
)
from ingest.ern import crediting, names, reading
from ingest.ern.deals import nothing_offered
from ingest.ern.message import RELEASE_DETAILS, Message, contents, is_track
from ingest.ern.names import Identifiers, Party
from ingest.ern.reading import Elements, text
from ingest.ern.words import release_type
from ingest.identities import Thing
from ingest.records import Record
from ingest.reports import Refused, Rule
from ingest.values import date
from standards.identifiers import Scheme
from standards.text import fold

_READ: Final = frozenset(
    {
        *("ReleaseId", "ReleaseReference", "ReleaseType", "DisplayTitleText", "DisplayTitle"),
        *("ReferenceTitle", "Title", "DisplayArtist", "DisplayArtistName", "PLine", "CLine"),
        *("ReleaseLabelReference", "LabelName", "ReleaseDate", "OriginalReleaseDate"),
        *("GlobalOriginalReleaseDate", "ResourceGroup", "TerritoryCode", RELEASE_DETAILS),
        *("ReleaseResourceReferenceList", "ReleaseResourceReference"),
        *crediting.CONTRIBUTORS,
    }
)


_MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    medium: int
    position: int
    reference: str


def release_facts(message: Message, element: Element, record: Record) -> Iterator[Fact]:
    """Yield the facts of one release; that of a single track is told by its deals only."""
    if is_track(element):
        return
    described = reading.described(element, RELEASE_DETAILS)
    named = names.identifiers([element], "ReleaseId")
    key, title = names.key_of(named), reading.title(described)
    if key is None:
        raise Refused(
            Rule.ERN_NO_ID, "The release has no GRid, no ICPN and no number of its sender's."
        )
    if title is None:
        raise Refused(Rule.ERN_NO_TITLE, f"The release {key} has no title.")
    thing = Thing(label="Release", id=message.sender.named("release", key))
    yield ReleaseFact(
        id=thing.id,
        title=title,
        type=release_type(text(described, "ReleaseType")),
        date=date(
            text(described, "ReleaseDate", "OriginalReleaseDate", "GlobalOriginalReleaseDate")
        ),
        artist_credit=crediting.printed(message, described),
        p_line=reading.line(described, "PLine"),
        c_line=reading.line(described, "CLine"),
    )
    yield from also_named(message, thing, named)
    yield from crediting.credit_facts(
        message, described, "RELEASED", thing.id, key, record.unmapped
    )
    yield from _labels(message, described, thing, named)
    yield from _tracks(message, described, thing, record)
    if not message.references.is_dealt(key):
        yield from nothing_offered(message, thing.id)
    reading.count(record.unmapped, described, _READ, "release")


def also_named(message: Message, thing: Thing, named: Identifiers) -> Iterator[Fact]:
    """Yield a release's identifiers, and that it is found under any of them."""
    yield from names.borne(
        thing, named, asserted_by=message.sender.party.name, message=message.number
    )
    for other in names.sound_keys(named):
        merged = message.sender.named("release", other)
        if merged != thing.id:
            yield RedirectFact(id=merged, to=thing.id, label="Release", reason="ERN_ALSO_NAMED")


def _labels(
    message: Message, described: Elements, thing: Thing, named: Identifiers
) -> Iterator[Fact]:
    catalogue = next((raw for scheme, raw in named if scheme is Scheme.CATALOGUE_NUMBER), "")
    for party in _issuers(message, described):
        key = names.key_of(party.identifiers) or f"name:{fold(party.name)}"
        label = Thing(label="Label", id=message.sender.named("label", key))
        yield LabelFact(id=label.id, mention=True, name=party.name)
        yield from names.borne(
            label,
            party.identifiers,
            asserted_by=message.sender.party.name,
            message=message.number,
        )
        yield IssueFact(release_id=thing.id, label_id=label.id, catalogue_number=catalogue)


def _issuers(message: Message, described: Elements) -> Iterator[Party]:
    for element in described:
        for each in element.iterfind("ReleaseLabelReference"):
            party = message.references.party((each.text or "").strip())
            if party:
                yield party
        for each in element.iterfind("LabelName"):
            if name := " ".join((each.text or "").split()):
                yield Party(name=name, identifiers=())


def _tracks(message: Message, described: Elements, thing: Thing, record: Record) -> Iterator[Fact]:
    for place in _places(described):
        resource = message.references.resource(place.reference)
        if resource is None:
            record.refused.append(
                (
                    record.line,
                    Rule.ERN_REFERENCE,
                    f"The release names a resource {place.reference} that is not in the message.",
                )
            )
        elif resource.key is not None:
            yield TrackFact(
                release_id=thing.id,
                recording_id=message.sender.named("recording", resource.key),
                medium=place.medium,
                position=place.position,
                number=str(place.position),
                title=resource.title,
                length_ms=resource.length_ms,
            )


def _places(described: Elements) -> Iterator[_Place]:
    """Yield where each resource stands: groups within the release are its media."""
    groups = [group for element in described for group in element.iterfind("ResourceGroup")]
    found = [place for group in groups for place in _grouped(group, 1, nested=False)]
    if not found:
        references = dict.fromkeys(each for element in described[:1] for each in contents(element))
        found = [
            _Place(medium=1, position=at, reference=one) for at, one in enumerate(references, 1)
        ]
    yield from found


def _grouped(group: Element, medium: int, *, nested: bool) -> Iterator[_Place]:
    if nested:
        medium = _number(group) or medium
    position = 0
    for item in group.iterfind("ResourceGroupContentItem"):
        position = _number(item) or position + 1
        if reference := text(item, "ReleaseResourceReference"):
            yield _Place(medium=medium, position=position, reference=reference)
    for at, below in enumerate(group.iterfind("ResourceGroup"), start=1):
        yield from _grouped(below, at if not nested else medium, nested=True)


def _number(element: Element) -> int | None:
    said = text(element, "SequenceNumber") or element.get("SequenceNumber") or ""
    return (
        int(said)
        if said.isascii() and said.isdecimal() and len(said) <= _MOST_DIGITS and int(said)
        else None
    )
