"""Records of the releases' dump as facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from graph.facts import (
    CreditFact,
    Fact,
    IssueFact,
    RecordingFact,
    ReleaseFact,
    TrackFact,
)
from graph.facts.links import CreditType
from ingest.discogs.countries import COUNTRIES
from ingest.discogs.entities import (
    content,
    entity_id,
    mentioned_artist,
    mentioned_label,
    named,
    own_number,
)
from ingest.discogs.roles import roles
from ingest.discogs.tracks import Place, meant, milliseconds, places
from ingest.identities import Thing, identifier
from ingest.reports import Refused, Rule
from ingest.values import date
from standards.identifiers import Scheme

# Discogs' stand-ins: no artist at all, and "Various".
_NOBODY: Final = "0"
_VARIOUS: Final = "194"

_FEATURING: Final = re.compile(r"(?:feat\.?|ft\.?|featuring|starring)", re.IGNORECASE)
_TIGHT: Final = frozenset({",", ";", ":", "、"})
_TYPES: Final = ("ALBUM", "EP", "SINGLE", "MINI_ALBUM", "MAXI_SINGLE", "COMPILATION", "MIXTAPE")
_DESCRIPTIONS: Final = {
    "Album": "ALBUM",
    "EP": "EP",
    "Single": "SINGLE",
    "Mini-Album": "MINI_ALBUM",
    "Maxi-Single": "MAXI_SINGLE",
    "Compilation": "COMPILATION",
    "Mixtape": "MIXTAPE",
}
_TRACK_OF_ISRC: Final = re.compile(r"(?:track\s*)?([A-Z]{0,2}\d*(?:[-.]\d+)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Credited:
    """One artist in a list of artists."""

    number: str
    name: str
    credited_as: str
    join: str | None
    role: str
    tracks: str | None

    @property
    def id(self) -> str:
        return entity_id("artist", self.number)


def release_facts(element: Element, unmapped: Counter[str]) -> Iterator[Fact]:
    """Yield the facts of one record of the releases' dump."""
    number, title = (element.get("id") or "").strip(), content(element, "title")
    if not number.isascii() or not number.isdecimal():
        raise Refused(Rule.DISCOGS_NO_ID, "The release has no number.")
    if title is None:
        raise Refused(Rule.DISCOGS_NO_NAME, f"The release {number} has no title.")
    thing = Thing(label="Release", id=entity_id("release", number))
    artists = list(_credited(element, "artists", unmapped))
    tracks = places(element)
    yield ReleaseFact(
        id=thing.id,
        title=title,
        aliases=(),
        type=_type(element),
        country=COUNTRIES.get(content(element, "country") or ""),
        date=date(content(element, "released")),
        artist_credit=_printed(artists),
        format=_format(element),
    )
    yield from own_number(thing, "release", number)
    yield from _main("RELEASED", thing.id, artists)
    for label in element.iterfind("labels/label"):
        below, name = label.get("id"), label.get("name")
        if below and name:
            fact = mentioned_label(below, name)
            yield fact
            catalogue = (label.get("catno") or "").strip()
            yield IssueFact(
                release_id=thing.id,
                label_id=fact.id,
                catalogue_number="" if catalogue.lower() == "none" else catalogue,
            )
        else:
            unmapped["release: label without id"] += 1
    ids = {place.key: entity_id("recording", f"{number}\x1f{place.key}") for place in tracks}
    for place in tracks:
        yield from _track(element, thing.id, ids[place.key], place, artists, unmapped)
    for credit in _credited(element, "extraartists", unmapped):
        where = meant(credit.tracks, tracks) if credit.tracks else None
        things: list[tuple[CreditType, str]] = [("RELEASED", thing.id)]
        if where:
            things = [("RECORDED", ids[place.key]) for place in where]
        for kind, credited in things:
            yield from _part(kind, credited, credit, unmapped)
    yield from _identifiers(element, thing, tracks, ids, unmapped)
    for company in element.iterfind("companies/company"):
        unmapped[f"company: {content(company, 'entity_type_name')}"] += 1


def _track(  # noqa: PLR0913, PLR0917 - a track of a release by its artists.
    release: Element,
    release_id: str,
    recording_id: str,
    place: Place,
    artists: list[_Credited],
    unmapped: Counter[str],
) -> Iterator[Fact]:
    own = list(_credited(place.element, "artists", unmapped))
    main = own or [artist for artist in artists if artist.number != _VARIOUS]
    title = content(place.element, "title") or "[untitled]"
    length = milliseconds(content(place.element, "duration"))
    yield RecordingFact(
        id=recording_id,
        title=title,
        aliases=(),
        length_ms=length,
        date=date(content(release, "released")),
        artist_credit=_printed(main),
    )
    yield TrackFact(
        release_id=release_id,
        recording_id=recording_id,
        medium=place.medium,
        position=place.position,
        number=place.number,
        title=title,
        length_ms=length,
    )
    yield from _main("RECORDED", recording_id, main)
    for credit in _credited(place.element, "extraartists", unmapped):
        yield from _part("RECORDED", recording_id, credit, unmapped)


def _credited(element: Element, tag: str, unmapped: Counter[str]) -> Iterator[_Credited]:
    for artist in element.iterfind(f"{tag}/artist"):
        number, name = content(artist, "id"), content(artist, "name")
        if number in (None, _NOBODY) or name is None:
            unmapped["credit without artist"] += 1
            continue
        yield _Credited(
            number=number or "",
            name=name,
            credited_as=content(artist, "anv") or named(name)[0],
            join=content(artist, "join"),
            role=content(artist, "role") or "",
            tracks=content(artist, "tracks"),
        )


def _joined(join: str | None, *, last: bool) -> str:
    if join is None:
        return "" if last else ", "
    return f"{join} " if join in _TIGHT else f" {join} "


def _printed(artists: list[_Credited]) -> str | None:
    parts = (
        artist.credited_as + _joined(artist.join, last=at == len(artists))
        for at, artist in enumerate(artists, start=1)
    )
    return "".join(parts).strip() or None


def _main(kind: CreditType, thing_id: str, artists: list[_Credited]) -> Iterator[Fact]:
    role = "MAIN"
    for position, artist in enumerate(artists):
        yield mentioned_artist(artist.number, artist.name)
        last = position == len(artists) - 1
        yield CreditFact(
            type=kind,
            artist_id=artist.id,
            thing_id=thing_id,
            role=role,
            position=position,
            credited_as=artist.credited_as,
            join_phrase=_joined(artist.join, last=last) or None,
        )
        if artist.join and _FEATURING.fullmatch(artist.join):
            role = "FEATURED"


def _part(
    kind: CreditType, thing_id: str, credit: _Credited, unmapped: Counter[str]
) -> Iterator[Fact]:
    yield mentioned_artist(credit.number, credit.name)
    for name, role in roles(credit.role):
        if role is None:
            unmapped[f"role: {name}"] += 1
            continue
        yield CreditFact(
            type=kind,
            artist_id=credit.id,
            thing_id=thing_id,
            role=role,
            credited_as=credit.credited_as,
        )


def _type(element: Element) -> str | None:
    found = {
        _DESCRIPTIONS.get((text.text or "").strip())
        for text in element.iterfind("formats/format/descriptions/description")
    }
    return next((kind for kind in _TYPES if kind in found), None)


def _format(element: Element) -> str | None:
    names = (part.get("name") for part in element.iterfind("formats/format"))
    return " + ".join(dict.fromkeys(name for name in names if name)) or None


def _identifiers(
    element: Element,
    thing: Thing,
    tracks: list[Place],
    ids: dict[str, str],
    unmapped: Counter[str],
) -> Iterator[Fact]:
    labels = [label.get("id") for label in element.iterfind("labels/label")]
    for found in element.iterfind("identifiers/identifier"):
        kind, value = found.get("type") or "?", (found.get("value") or "").strip()
        if not value:
            continue
        if kind == "Barcode":
            yield identifier(thing, Scheme.ICPN, value)
        elif kind == "ASIN":
            yield identifier(thing, Scheme.ASIN, value)
        elif kind == "ISRC":
            yield identifier(_bearer(found, thing, tracks, ids), Scheme.ISRC, value)
        elif kind == "Label Code" and len(set(labels)) == 1 and labels[0]:
            # With several labels it is not said whose code it is.
            label = Thing(label="Label", id=entity_id("label", labels[0]))
            yield identifier(label, Scheme.LABEL_CODE, value)
        else:
            unmapped[f"identifier: {kind}"] += 1


def _bearer(found: Element, release: Thing, tracks: list[Place], ids: dict[str, str]) -> Thing:
    """Return the recording an ISRC is described to belong to, or the release it is printed on."""
    match = _TRACK_OF_ISRC.fullmatch((found.get("description") or "").strip())
    for place in tracks:
        if len(tracks) == 1 or (match and match[1] and place.number == match[1].upper()):
            return Thing(label="Recording", id=ids[place.key])
    return release
