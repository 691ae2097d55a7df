"""DDEX's words in the graph's: roles, kinds of release, uses, commercial models."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ingest.values import word

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        name: role
        for role, names in {
            "MAIN": "MainArtist PrimaryArtist Artist Band MainPerformer",
            "FEATURED": "FeaturedArtist FeaturedPerformer GuestArtist",
            "REMIXER": "Remixer",
            "PRODUCER": "Producer StudioProducer CoProducer ExecutiveProducer AssistantProducer",
            "ENGINEER": "Engineer RecordingEngineer MasteringEngineer StudioEngineer SoundEngineer",
            "MIXER": "Mixer MixingEngineer",
            "DJ_MIXER": "DJ",
            "PERFORMER": "AssociatedPerformer Ensemble Choir Soloist StudioPersonnel Performer",
            "VOCALS": "Vocalist BackgroundVocalist LeadVocalist Singer Rapper",
            "INSTRUMENT": "Musician StudioMusician Instrumentalist",
            "ARRANGER": "Arranger Adapter",
            "CONDUCTOR": "Conductor ChoirConductor",
            "ORCHESTRA": "Orchestra",
            "COMPOSER": "Composer",
            "LYRICIST": "Lyricist NonLyricAuthor",
            "WRITER": "ComposerLyricist Author Songwriter",
            "TRANSLATOR": "Translator",
            "PUBLISHER": "MusicPublisher OriginalPublisher",
        }.items()
        for name in names.split()
    }
)
"""DDEX's roles that the graph has a word for; all others read as OTHER."""

RELEASE_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Album": "ALBUM",
        "ClassicalAlbum": "ALBUM",
        "Single": "SINGLE",
        "SingleResourceRelease": "SINGLE",
        "EP": "EP",
        "MiniAlbum": "MINI_ALBUM",
        "MaxiSingle": "MAXI_SINGLE",
        "Compilation": "COMPILATION",
    }
)
"""DDEX's kinds of release that are called otherwise in the graph, or read differently by rule."""


def release_type(name: str | None) -> str | None:
    """Return the kind of a release as the graph has it."""
    return RELEASE_TYPES.get(name) or spelt(name) if name else None


def spelt(name: str) -> str:
    """Return a word of DDEX's as an upper-case one with underscores: OnDemandStream, ON_DEMAND_STREAM."""
    return word(_HUMP.sub("_", name)) or "OTHER"


def model(name: str) -> str:
    """Return a commercial model's word, such as PAY_AS_YOU_GO for PayAsYouGoModel."""
    return spelt(name.removesuffix("Model"))
