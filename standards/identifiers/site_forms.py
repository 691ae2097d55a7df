"""The normal forms of the sites' identifiers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from standards.identifiers.schemes import Scheme

# Sites that number each kind of thing apart: the kind leads the value.
SITE_KINDS: Final[Mapping[Scheme, tuple[str, ...]]] = MappingProxyType(
    {
        Scheme.DISCOGS: ("artist", "label", "release", "master"),
        Scheme.SPOTIFY: ("artist", "album", "track", "playlist", "show", "episode"),
        Scheme.APPLE_MUSIC: ("artist", "album", "song", "music-video", "label"),
        Scheme.DEEZER: ("artist", "album", "track", "playlist"),
    }
)

_NUMBER: Final = "[1-9][0-9]{0,18}"
_SLUG: Final = "[0-9a-z_.~-]{1,120}"


def _kinds(scheme: Scheme, key: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(SITE_KINDS[scheme])})/{key}")


SITE_FORMS: Final[Mapping[Scheme, re.Pattern[str]]] = MappingProxyType(
    {
        Scheme.DISCOGS: _kinds(Scheme.DISCOGS, _NUMBER),
        Scheme.SPOTIFY: _kinds(Scheme.SPOTIFY, "[0-9A-Za-z]{22}"),
        Scheme.APPLE_MUSIC: _kinds(Scheme.APPLE_MUSIC, _NUMBER),
        Scheme.DEEZER: _kinds(Scheme.DEEZER, _NUMBER),
        Scheme.WIKIDATA: re.compile(f"Q{_NUMBER}"),
        Scheme.VIAF: re.compile("[1-9][0-9]{0,21}"),
        Scheme.YOUTUBE: re.compile(
            "channel/UC[0-9A-Za-z_-]{22}|video/[0-9A-Za-z_-]{11}"
            r"|playlist/[0-9A-Za-z_-]{12,64}|(?:user/|c/|@)[\w.-]{1,60}"
        ),
        Scheme.SOUNDCLOUD: re.compile(f"{_SLUG}(?:/{_SLUG})?"),
        Scheme.BANDCAMP: re.compile(f"[0-9a-z_-]{{1,63}}(?:/(?:album|track)/{_SLUG})?"),
        Scheme.ALLMUSIC: re.compile("m[nwtcra][0-9]{10}"),
        Scheme.IMDB: re.compile("(?:nm|tt|co)[0-9]{7,9}"),
    }
)


# What people are shown of each form; the kinds of SITE_KINDS all look alike.
SITE_EXAMPLES: Final[Mapping[Scheme, str]] = MappingProxyType(
    {
        Scheme.DISCOGS: "artist/1",
        Scheme.SPOTIFY: "track/6rqhFgbbKwnb9MLmUQDhG6",
        Scheme.APPLE_MUSIC: "album/1440857781",
        Scheme.DEEZER: "track/3135556",
        Scheme.WIKIDATA: "Q1299",
        Scheme.VIAF: "141205608",
        Scheme.YOUTUBE: "video/dQw4w9WgXcQ",
        Scheme.SOUNDCLOUD: "artist/track-title",
        Scheme.BANDCAMP: "artist/album/album-title",
        Scheme.ALLMUSIC: "mn0000754032",
        Scheme.IMDB: "nm0000001",
    }
)


def site_value(scheme: Scheme, text: str) -> str | None:
    """Return a site's identifier in normal form, or None if it does not have the site's form."""
    text = text.strip()
    if scheme is Scheme.SPOTIFY and text.startswith("spotify:"):
        text = text.removeprefix("spotify:").replace(":", "/")
    elif scheme is Scheme.WIKIDATA:
        text = text.replace("q", "Q", 1)
    return text if SITE_FORMS[scheme].fullmatch(text) else None
