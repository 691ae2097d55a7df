"""Schemes of identifiers as clients see them."""

from enum import Enum
from functools import cache

import strawberry

from standards.identifiers import Scheme


@strawberry.enum(description="Whose identifiers these are.")
class IdentifierScheme(Enum):
    """Whose identifiers these are; members mirror `standards.identifiers.Scheme`."""

    ISRC = strawberry.enum_value(
        Scheme.ISRC, description="Recordings: International Standard Recording Code (ISO 3901)."
    )
    ISWC = strawberry.enum_value(
        Scheme.ISWC, description="Works: International Standard Musical Work Code (ISO 15707)."
    )
    IPI_NAME = strawberry.enum_value(
        Scheme.IPI_NAME,
        description="Parties: a name's number in CISAC's IPI system; a party has many.",
    )
    IPI_BASE = strawberry.enum_value(
        Scheme.IPI_BASE, description="Parties: a party's own number in CISAC's IPI system."
    )
    ISNI = strawberry.enum_value(
        Scheme.ISNI,
        description="Public identities: International Standard Name Identifier (ISO 27729).",
    )
    ICPN = strawberry.enum_value(
        Scheme.ICPN, description="Releases: barcode, UPC or EAN, compared as GTIN-14."
    )
    GRID = strawberry.enum_value(Scheme.GRID, description="Releases: Global Release Identifier.")
    DPID = strawberry.enum_value(
        Scheme.DPID, description="Parties that exchange messages: DDEX Party Identifier."
    )
    MBID = strawberry.enum_value(Scheme.MBID, description="MusicBrainz's own ids.")
    LABEL_CODE = strawberry.enum_value(
        Scheme.LABEL_CODE, description="Labels: Label Code (LC) of GVL."
    )
    ASIN = strawberry.enum_value(Scheme.ASIN, description="Amazon's product numbers.")
    DISCOGS = strawberry.enum_value(Scheme.DISCOGS, description="Discogs ids, as `artist/1`.")
    WIKIDATA = strawberry.enum_value(Scheme.WIKIDATA, description="Wikidata items.")
    VIAF = strawberry.enum_value(Scheme.VIAF, description="Virtual International Authority File.")
    SPOTIFY = strawberry.enum_value(Scheme.SPOTIFY, description="Spotify ids, as `artist/…`.")
    APPLE_MUSIC = strawberry.enum_value(Scheme.APPLE_MUSIC, description="Apple Music ids.")
    YOUTUBE = strawberry.enum_value(
        Scheme.YOUTUBE, description="YouTube channels, users and videos."
    )
    SOUNDCLOUD = strawberry.enum_value(Scheme.SOUNDCLOUD, description="SoundCloud profiles.")
    BANDCAMP = strawberry.enum_value(Scheme.BANDCAMP, description="Bandcamp pages.")
    DEEZER = strawberry.enum_value(Scheme.DEEZER, description="Deezer ids.")
    ALLMUSIC = strawberry.enum_value(Scheme.ALLMUSIC, description="AllMusic ids.")
    IMDB = strawberry.enum_value(Scheme.IMDB, description="IMDb ids.")
    OFFICIAL_HOMEPAGE = strawberry.enum_value(
        Scheme.OFFICIAL_HOMEPAGE, description="The official homepage's address."
    )
    URL = strawberry.enum_value(Scheme.URL, description="Any other web address.")
    IPN = strawberry.enum_value(Scheme.IPN, description="International Performer Number.")
    CATALOGUE_NUMBER = strawberry.enum_value(
        Scheme.CATALOGUE_NUMBER, description="A label's catalogue number."
    )
    PROPRIETARY = strawberry.enum_value(
        Scheme.PROPRIETARY, description="A number of somebody's own scheme."
    )


@cache
def scheme_of(value: str) -> IdentifierScheme:
    """Return the member for a stored scheme."""
    return IdentifierScheme(Scheme(value))
