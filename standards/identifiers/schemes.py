"""The schemes an outside identifier can belong to."""

from __future__ import annotations

from enum import StrEnum


class Scheme(StrEnum):
    """A numbering scheme or site whose identifiers the graph keeps.

    Sites that number several kinds of thing apart (an artist 1 and a release 1) carry the kind
    in the value: ``artist/1``.
    """

    # Numbering standards, checked by their own rules.
    ISRC = "ISRC"
    ISWC = "ISWC"
    IPI_NAME = "IPI_NAME"
    IPI_BASE = "IPI_BASE"
    ISNI = "ISNI"
    ICPN = "ICPN"
    GRID = "GRID"
    DPID = "DPID"
    MBID = "MBID"
    LABEL_CODE = "LABEL_CODE"
    ASIN = "ASIN"

    # Sites, recognised in web addresses.
    DISCOGS = "DISCOGS"
    WIKIDATA = "WIKIDATA"
    VIAF = "VIAF"
    SPOTIFY = "SPOTIFY"
    APPLE_MUSIC = "APPLE_MUSIC"
    YOUTUBE = "YOUTUBE"
    SOUNDCLOUD = "SOUNDCLOUD"
    BANDCAMP = "BANDCAMP"
    DEEZER = "DEEZER"
    ALLMUSIC = "ALLMUSIC"
    IMDB = "IMDB"

    # Web addresses kept whole.
    OFFICIAL_HOMEPAGE = "OFFICIAL_HOMEPAGE"
    URL = "URL"

    # Opaque: no public rule to check them by.
    IPN = "IPN"
    CATALOGUE_NUMBER = "CATALOGUE_NUMBER"
    PROPRIETARY = "PROPRIETARY"
