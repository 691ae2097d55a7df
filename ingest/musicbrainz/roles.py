"""MusicBrainz relationship types in the graph's words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# What an artist did on a recording or a release.
PERFORMANCE_ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "performer": "PERFORMER",
        "instrument": "INSTRUMENT",
        "vocal": "VOCALS",
        "performing orchestra": "ORCHESTRA",
        "conductor": "CONDUCTOR",
        "chorus master": "CONDUCTOR",
        "concertmaster": "PERFORMER",
        "remixer": "REMIXER",
        "arranger": "ARRANGER",
        "instrument arranger": "ARRANGER",
        "vocal arranger": "ARRANGER",
        "orchestrator": "ARRANGER",
        "producer": "PRODUCER",
        "engineer": "ENGINEER",
        "audio": "ENGINEER",
        "sound": "ENGINEER",
        "recording": "ENGINEER",
        "balance": "ENGINEER",
        "mastering": "ENGINEER",
        "transfer": "ENGINEER",
        "lacquer cut": "ENGINEER",
        "mix": "MIXER",
        "mix-DJ": "DJ_MIXER",
        "DJ-mix": "DJ_MIXER",
        "programming": "OTHER",
        "editor": "OTHER",
        "compiler": "OTHER",
        "misc": "OTHER",
        # Older data puts a song's writers on its releases.
        "composer": "COMPOSER",
        "lyricist": "LYRICIST",
        "librettist": "LYRICIST",
        "writer": "WRITER",
        "translator": "TRANSLATOR",
    }
)

# What an artist did for a work.
WORK_ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "composer": "COMPOSER",
        "lyricist": "LYRICIST",
        "librettist": "LYRICIST",
        "writer": "WRITER",
        "translator": "TRANSLATOR",
        "arranger": "ARRANGER",
        "instrument arranger": "ARRANGER",
        "vocal arranger": "ARRANGER",
        "orchestrator": "ARRANGER",
        "publishing": "PUBLISHER",
        "previous attribution": "OTHER",
        "revised by": "OTHER",
        "reconstructed by": "OTHER",
    }
)

HOMEPAGES: Final = frozenset({"official homepage", "official site"})
