"""What an entity's own fields say, as one fact of the entity."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, TypeAlias

from graph.facts import ArtistFact, LabelFact, RecordingFact, ReleaseFact, WorkFact
from graph.ids import mint
from ingest.musicbrainz.shape import Response, child, number, objects, text
from ingest.reports import Refused, Rule
from ingest.values import country, date, word

Kind: TypeAlias = Literal["artist", "recording", "work", "release", "label"]


# Responses name the same entities again and again.
@lru_cache(maxsize=65_536)
def entity_id(kind: str, mbid: str) -> str:
    """Return our id of what MusicBrainz first named so."""
    return mint("musicbrainz", kind, mbid)


def mbid_of(value: Response) -> str:
    """Return an entity's MBID; raise Refused where it has none."""
    mbid = text(value, "id")
    if mbid is None:
        raise Refused(Rule.MB_NO_ID, "An entity has no id.")
    return mbid.lower()


def name_of(value: Response, key: str) -> str:
    """Return an entity's name or title; raise Refused where it has none."""
    name = text(value, key)
    if name is None:
        raise Refused(Rule.MB_NO_NAME, f'The entity {text(value, "id")} has no "{key}".')
    return name


def artist_fact(value: Response, *, mention: bool) -> ArtistFact:
    """Return what is said of an artist; raise Refused where it has no id or name."""
    mbid = mbid_of(value)
    name = name_of(value, "name")
    span = child(value, "life-span") or {}
    return ArtistFact(
        id=entity_id("artist", mbid),
        mention=mention,
        name=name,
        aliases=_aliases(value),
        type=word(text(value, "type")),
        country=country(text(value, "country")),
        gender=word(text(value, "gender")),
        disambiguation=text(value, "disambiguation"),
        begin_date=date(text(span, "begin")),
        end_date=date(text(span, "end")),
    )


def label_fact(value: Response, *, mention: bool) -> LabelFact:
    """Return what is said of a label; raise Refused where it has no id or name."""
    mbid = mbid_of(value)
    name = name_of(value, "name")
    span = child(value, "life-span") or {}
    return LabelFact(
        id=entity_id("label", mbid),
        mention=mention,
        name=name,
        aliases=_aliases(value),
        type=word(text(value, "type")),
        country=country(text(value, "country")),
        disambiguation=text(value, "disambiguation"),
        begin_date=date(text(span, "begin")),
        end_date=date(text(span, "end")),
    )


def recording_fact(value: Response, *, mention: bool) -> RecordingFact:
    """Return what is said of a recording; raise Refused where it has no id or title."""
    mbid = mbid_of(value)
    title = name_of(value, "title")
    video = value.get("video")
    return RecordingFact(
        id=entity_id("recording", mbid),
        mention=mention,
        title=title,
        aliases=_aliases(value),
        length_ms=number(value, "length"),
        date=date(text(value, "first-release-date")),
        video=video if isinstance(video, bool) else None,
        disambiguation=text(value, "disambiguation"),
        artist_credit=_printed(value),
    )


def work_fact(value: Response, *, mention: bool) -> WorkFact:
    """Return what is said of a work; raise Refused where it has no id or title."""
    mbid = mbid_of(value)
    title = name_of(value, "title")
    return WorkFact(
        id=entity_id("work", mbid),
        mention=mention,
        title=title,
        aliases=_aliases(value),
        type=word(text(value, "type")),
        language=text(value, "language"),
        disambiguation=text(value, "disambiguation"),
    )


def release_fact(value: Response, *, mention: bool, group: Response | None) -> ReleaseFact:
    """Return what is said of a release and, for its type, of the group it is in or stands in."""
    mbid = mbid_of(value)
    title = name_of(value, "title")
    group = child(value, "release-group") or group or {}
    return ReleaseFact(
        id=entity_id("release", mbid),
        mention=mention,
        title=title,
        aliases=_aliases(value),
        type=word(text(group, "primary-type")),
        status=word(text(value, "status")),
        country=country(text(value, "country")),
        date=date(text(value, "date")),
        packaging=word(text(value, "packaging")),
        disambiguation=text(value, "disambiguation"),
        artist_credit=_printed(value),
        format=_format(value),
    )


def _aliases(value: Response) -> tuple[str, ...] | None:
    if "aliases" not in value:
        return None
    names = (text(alias, "name") for alias in objects(value, "aliases"))
    return tuple(dict.fromkeys(name for name in names if name))


def _printed(value: Response) -> str | None:
    parts = objects(value, "artist-credit")
    printed = (
        (text(part, "name") or text(child(part, "artist") or {}, "name") or "")
        + (text(part, "joinphrase") or "")
        for part in parts
    )
    return "".join(printed) or None


def _format(value: Response) -> str | None:
    formats = (text(medium, "format") for medium in objects(value, "media"))
    return " + ".join(dict.fromkeys(name for name in formats if name)) or None
