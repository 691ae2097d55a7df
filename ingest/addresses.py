"""Where the public sees what an identifier names, for the schemes whose sites say so."""

from __future__ import annotations

from typing import Final

from graph.facts.assertions import ThingLabel
from standards.identifiers import Scheme

_BY_VALUE: Final = {
    Scheme.DISCOGS: "https://www.discogs.com/",
    Scheme.ISNI: "https://isni.org/isni/",
    Scheme.VIAF: "https://viaf.org/viaf/",
    Scheme.WIKIDATA: "https://www.wikidata.org/wiki/",
}
# MusicBrainz knows no parties: theirs are an artist's or a label's.
_MUSICBRAINZ: Final[dict[ThingLabel, str]] = {
    "Artist": "artist",
    "Label": "label",
    "Recording": "recording",
    "Release": "release",
    "Work": "work",
}


def public_address(scheme: Scheme, value: str, label: ThingLabel) -> str | None:
    """Return the address of what a valid value names, a thing of this kind; None where none is."""
    if scheme is Scheme.MBID:
        kind = _MUSICBRAINZ.get(label)
        return f"https://musicbrainz.org/{kind}/{value}" if kind else None
    before = _BY_VALUE.get(scheme)
    return f"{before}{value}" if before else None
