"""The numbers an entity bears: its own in MusicBrainz, and those of numbering authorities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.facts import Fact
from ingest.identities import NUMBER_PRIOR, OWN_PRIOR, Thing, identifier, numbered
from ingest.musicbrainz.properties import Kind
from ingest.musicbrainz.shape import Response, number, objects, text, texts
from ingest.reports import Refused
from standards.identifiers import Scheme

ASSERTED_BY: Final = "MusicBrainz"


def own_number(thing: Thing, kind: Kind, mbid: str) -> Iterator[Fact]:
    """Yield the MBID of an entity as its identifier and accepted identity."""
    yield from numbered(
        thing,
        Scheme.MBID,
        mbid,
        asserted_by=ASSERTED_BY,
        evidence=f"https://musicbrainz.org/{kind}/{mbid}",
        prior=OWN_PRIOR,
    )


def authority_numbers(thing: Thing, scheme: Scheme, values: list[str]) -> Iterator[Fact]:
    """Yield an authority's numbers as identifiers and, where valid, accepted identities."""
    for value in values:
        yield from numbered(
            thing,
            scheme,
            value,
            asserted_by=ASSERTED_BY,
            evidence=f"MusicBrainz gives the {scheme.replace('_', ' ')} {value}.",
            prior=NUMBER_PRIOR,
        )


def codes_of(thing: Thing, value: Response) -> Iterator[Fact]:
    """Yield the codes that a label, recording, work or release bears, as identifiers alone."""
    match thing.label:
        case "Label":
            if (code := number(value, "label-code")) is not None:
                yield identifier(thing, Scheme.LABEL_CODE, str(code))
        case "Recording":
            for isrc in _isrcs(value):
                yield identifier(thing, Scheme.ISRC, isrc)
        case "Work":
            for iswc in texts(value, "iswcs"):
                yield identifier(thing, Scheme.ISWC, iswc)
        case "Release":
            for scheme, key in ((Scheme.ICPN, "barcode"), (Scheme.ASIN, "asin")):
                if found := text(value, key):
                    yield identifier(thing, scheme, found)
        case _:
            pass


def _isrcs(value: Response) -> list[str]:
    try:
        return texts(value, "isrcs")
    except Refused:
        # Searches answer with objects.
        return [isrc for item in objects(value, "isrcs") if (isrc := text(item, "id"))]
