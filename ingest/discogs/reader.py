"""Discogs dumps as records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from graph.facts import Fact
from ingest.discogs.entities import artist_facts, label_facts
from ingest.discogs.releases import release_facts
from ingest.discogs.splitter import cut
from ingest.records import Record, opened
from ingest.reports import Refused, Rule

KIND: Final = "DISCOGS"
LICENCE: Final = "CC0-1.0"

_FACTS: Final[dict[str, Callable[[Element, Counter[str]], Iterator[Fact]]]] = {
    "artist": artist_facts,
    "label": label_facts,
    "release": release_facts,
}


def read(path: Path, skip: int = 0) -> Iterator[Record]:
    """Yield a dump's records after the first `skip`."""
    try:
        with opened(path) as file:
            for at, found in enumerate(cut(file)):
                if at < skip:
                    continue
                if found.content is None:
                    rule, message = found.refused or (Rule.XML_SYNTAX, "The record is damaged.")
                    yield Record(line=found.line, refused=[(found.line, rule, message)])
                else:
                    yield _record(found.kind, found.line, found.content)
    except Refused as refused:
        yield Record(line=0, refused=[(0, refused.rule, refused.message)], fatal=True)


def _record(kind: str, line: int, content: bytes) -> Record:
    record = Record(line=line)
    try:
        element: Element = fromstring(content, forbid_dtd=True)
        record.facts = list(_FACTS[kind](element, record.unmapped))
    except ParseError as error:
        row, column = error.position
        message = f"The record is not well-formed: {str(error).split(':')[0]} (column {column})."
        record.refused.append((line + row - 1, Rule.XML_SYNTAX, message))
    except DefusedXmlException:
        message = "The record defines or uses an entity; none is read."
        record.refused.append((line, Rule.XML_DTD, message))
    except (ValueError, RecursionError) as error:
        record.refused.append((line, Rule.XML_SYNTAX, f"The record cannot be read: {error}."))
    except Refused as refused:
        record.refused.append((line, refused.rule, refused.message))
    return record
