"""Discogs credits in the graph's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

_DETAIL: Final = re.compile(r"\[[^\]]*\]")

# The words a role is known by, in lower case without what stands in brackets.
_ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        word: role
        for role, words in {
            "FEATURED": "featuring|feat|guest",
            "REMIXER": "remix|remixed by|edited by|re-edit|edit",
            "PRODUCER": "producer|produced by|co-producer|executive-producer|executive producer"
            "|recording supervisor",
            "ENGINEER": "engineer|recorded by|mastered by|remastered by|lacquer cut by"
            "|sound engineer|recording engineer|mastering|transferred by|recording",
            "MIXER": "mixed by|mix|co-mixed by",
            "DJ_MIXER": "dj mix|dj mixed by",
            "PERFORMER": "performer|ensemble|band|backing band|accompanied by|soloist|choir|chorus",
            "VOCALS": "vocals|voice|backing vocals|lead vocals|harmony vocals|rap|mc|choir vocals"
            "|soprano vocals|alto vocals|tenor vocals|baritone vocals|bass vocals|human beatbox"
            "|vocoder|toasting|whistling|solo vocal|backing vocal|narrator|spoken words",
            "ARRANGER": "arranged by|adapted by|orchestrated by|arranger|transcription by",
            "CONDUCTOR": "conductor|conducted by|chorus master|leader|directed by|concertmaster",
            "ORCHESTRA": "orchestra",
            "COMPOSER": "composed by|music by|composer",
            "LYRICIST": "lyrics by|words by|libretto by|text by",
            "WRITER": "written-by|written by|songwriter|authors|author",
            "TRANSLATOR": "translated by",
            "OTHER": "programmed by|sequenced by|compiled by|presenter|dj|sampler|scratches"
            "|drum programming|programming|effects|loops",
        }.items()
        for word in words.split("|")
    }
)

_INSTRUMENTS: Final = re.compile(
    r"\b(accordion|banjo|bass|bassoon|bells?|bongos?|bouzouki|brass|cello|clarinet|congas?"
    r"|contrabass|cornet|cymbals?|double bass|drums?|drum machine|electronics|fiddle|flugelhorn"
    r"|flute|glockenspiel|guitar|guitars|harmonica|harp|harpsichord|horns?|instruments?"
    r"|instrumentation by|keyboards?|lute|mandolin|marimba|oboe|organ|percussion|piano|reeds"
    r"|saxophones?|sitar|strings|synth|synthesizer|tabla|tambourine|timpani|trombone|trumpet|tuba"
    r"|turntables|ukulele|vibraphone|viola|violin|woodwind|xylophone|zither)\b"
)


def roles(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield each credit in a text like "Producer [Additional], Mixed By", with its role or None.

    The same role twice (drums and percussion are both INSTRUMENT) is yielded twice.
    """
    for part in _DETAIL.sub("", text).split(","):
        name = " ".join(part.split())
        if name:
            yield name, _role(name.lower())


def _role(name: str) -> str | None:
    if name in _ROLES:
        return _ROLES[name]
    return "INSTRUMENT" if _INSTRUMENTS.search(name) else None
