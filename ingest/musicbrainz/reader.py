"""Files of responses, as records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast
from urllib.parse import urlsplit

import orjson

from graph.facts import RedirectFact
from ingest.musicbrainz.entities import Walker
from ingest.musicbrainz.properties import entity_id
from ingest.musicbrainz.shape import Response, normal, objects, text
from ingest.records import Record, chunks, opened
from ingest.reports import Refused, Rule

KIND: Final = "MUSICBRAINZ"
LICENCE: Final = "CC0-1.0"

MAX_LINE: Final = 64 << 20
_LABELS: Final = {
    "artist": "Artist",
    "recording": "Recording",
    "work": "Work",
    "release": "Release",
    "label": "Label",
}
_LISTS: Final = {
    "artists": "artist",
    "recordings": "recording",
    "works": "work",
    "releases": "release",
    "labels": "label",
    "release-groups": "release-group",
    "areas": "area",
    "urls": "url",
    "series": "series",
}
# What only one kind of entity has, looked at in this order.
_MARKS: Final = (
    ("resource", "url"),
    ("recording", "track"),
    ("label-code", "label"),
    ("media", "release"),
    ("barcode", "release"),
    ("packaging", "release"),
    ("primary-type", "release-group"),
    ("iswcs", "work"),
    ("languages", "work"),
    ("isrcs", "recording"),
    ("video", "recording"),
    ("length", "recording"),
    ("gender", "artist"),
    ("ipis", "artist"),
    ("iso-3166-1-codes", "area"),
    ("iso-3166-2-codes", "area"),
    ("sort-name", "artist"),
)


def read(path: Path, skip: int = 0) -> Iterator[Record]:
    """Yield a file's records after the first `skip`: one a line, or one for a whole document."""
    try:
        with opened(path) as file:
            for at, (line, content) in enumerate(_documents(file)):
                if at >= skip:
                    yield _record(line, content)
    except Refused as refused:
        yield Record(line=0, refused=[(0, refused.rule, refused.message)], fatal=True)


def _documents(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield each document with its first line: lines where they stand alone, or the whole file."""
    lines = _lines(file)
    head: list[tuple[int, bytes]] = []
    for numbered in lines:
        head.append(numbered)
        if len(head) == 2:  # noqa: PLR2004 - two lines tell.
            break
    if len(head) > 1 and any(_stands_alone(content) for _, content in head):
        yield from head
        yield from lines
        return
    parts = [content for _, content in head]
    size = sum(map(len, parts))
    for _, content in lines:
        parts.append(content)
        size += len(content)
        if size > MAX_LINE:
            raise Refused(Rule.RECORD_TOO_LARGE, f"A document is larger than {MAX_LINE:,} bytes.")
    if parts:
        yield head[0][0], b"\n".join(parts)


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold anything, numbered from 1."""
    rest = b""
    line = 0
    for chunk in chunks(file):
        *whole, rest = (rest + chunk).split(b"\n")
        for content in whole:
            line += 1
            if content.strip():
                yield line, content
        if len(rest) > MAX_LINE:
            raise Refused(Rule.RECORD_TOO_LARGE, f"A line is longer than {MAX_LINE:,} bytes.")
    if rest.strip():
        yield line + 1, rest


def _stands_alone(content: bytes) -> bool:
    try:
        return isinstance(orjson.loads(content), dict)
    except orjson.JSONDecodeError:
        return False


def _record(line: int, content: bytes) -> Record:
    record = Record(line=line)
    try:
        value = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
        for item in cast("list[Any]", value) if isinstance(value, list) else [value]:
            _response(record, item)
    except orjson.JSONDecodeError as error:
        at = line + error.lineno - 1
        record.refused.append((at, Rule.JSON_SYNTAX, f"{error.msg} (column {error.colno})."))
    except Refused as refused:
        record.refused.append((line, refused.rule, refused.message))
    except RecursionError:
        message = "The document is nested too deeply."
        record.refused.append((line, Rule.JSON_TOO_DEEP, message))
    return record


def _response(record: Record, value: Any) -> None:
    if not isinstance(value, dict):
        raise Refused(Rule.MB_SHAPE, "A response is not an object.")
    response = cast("Response", value)
    kind, asked = None, None
    if "response" in response and "request" in response:
        kind, asked = _request(response["request"])
        inner = response["response"]
        if not isinstance(inner, dict):
            raise Refused(Rule.MB_SHAPE, "A response is not an object.")
        response = cast("Response", inner)
    response = normal(response)
    for key, item in _items(response):
        _entity(record, key, item)
    if not any(True for _ in _items(response)):
        kind = _marked(response) or kind
        if kind is None:
            raise Refused(Rule.MB_UNKNOWN_KIND, "The response is of no kind that is known.")
        _entity(record, kind, response)
        _redirect(record, kind, asked, text(response, "id"))


def _items(response: Response) -> Iterator[tuple[str, Response]]:
    """Yield the entities of a browse, a search or a disc's look-up."""
    if "title" in response or "name" in response or "resource" in response:
        return
    for key, kind in _LISTS.items():
        for item in objects(response, key):
            yield kind, item


def _entity(record: Record, kind: str, value: Response) -> None:
    """Add one entity to the record whole, or refuse it alone."""
    walk = Walker()
    try:
        if kind == "track":
            walk.track(None, 1, 1, value)
        else:
            walk.entity(kind, value, mention=False)
    except Refused as refused:
        record.refused.append((record.line, refused.rule, refused.message))
        return
    record.facts.extend(walk.facts)
    record.unmapped.update(walk.unmapped)


def _marked(response: Response) -> str | None:
    for key, kind in _MARKS:
        if key in response:
            return kind
    return "series" if "name" in response and "relations" in response else None


def _request(value: Any) -> tuple[str | None, str | None]:
    """Return the kind and the id that a request's path names."""
    steps = urlsplit(value).path.strip("/").split("/") if isinstance(value, str) else []
    after = steps[steps.index("2") + 1 :] if "2" in steps else []
    return (after[0] if after else None), (after[1].lower() if len(after) > 1 else None)


def _redirect(record: Record, kind: str, asked: str | None, answered: str | None) -> None:
    """Note a merge: MusicBrainz answers a request for a merged id with the survivor."""
    if kind in _LABELS and asked and answered and asked != answered.lower():
        record.facts.append(
            RedirectFact(
                id=entity_id(kind, asked),
                to=entity_id(kind, answered.lower()),
                label=_LABELS[kind],
                reason="MUSICBRAINZ_MERGE",
            )
        )
