"""Identity in web addresses: which site an address belongs to, and what it names there.

Hosts are compared whole or behind a dot, never as substrings: ``notspotify.com`` is not Spotify.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs

from standards.identifiers.schemes import Scheme
from standards.identifiers.site_forms import SITE_FORMS, SITE_KINDS
from standards.identifiers.urls import Address

_MUSICBRAINZ_KINDS: Final = frozenset(
    [
        "area",
        "artist",
        "event",
        "instrument",
        "label",
        "place",
        "recording",
        "release",
        "release-group",
        "series",
        "url",
        "work",
    ]
)
_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_ISNI: Final = re.compile(r"[0-9]{15}[0-9Xx]")
_TRAILING_ALLMUSIC: Final = re.compile(r"(?:^|-)(m[nwtcra][0-9]{10})$")
_LEADING_NUMBER: Final = re.compile(r"(?:id)?([0-9]+)(?:-.*)?", re.DOTALL)

# First steps of these sites' paths that belong to the site itself, not to someone on it.
_SOUNDCLOUD_OWN: Final = frozenset(
    [
        "charts",
        "discover",
        "feed",
        "jobs",
        "pages",
        "search",
        "stations",
        "stream",
        "tags",
        "terms-of-use",
        "upload",
        "you",
    ]
)
_SOUNDCLOUD_TABS: Final = frozenset(
    [
        "albums",
        "comments",
        "followers",
        "following",
        "likes",
        "popular-tracks",
        "reposts",
        "sets",
        "tracks",
    ]
)
_YOUTUBE_OWN: Final = frozenset(
    [
        "about",
        "ads",
        "c",
        "channel",
        "feed",
        "gaming",
        "howyoutubeworks",
        "live",
        "playlist",
        "premium",
        "results",
        "shorts",
        "t",
        "trending",
        "user",
        "v",
        "watch",
    ]
)
_BANDCAMP_OWN: Final = frozenset({"blog", "daily", "get", "help", "www"})


def recognise(address: Address) -> tuple[Scheme, str] | None:
    """Return the scheme an address belongs to and its text there, or None if no site is known.

    The check digit of a numbering standard's own site (ISNI) is not looked at here.
    """
    for domain, scheme, read in _SITES:
        if address.host != domain and not address.host.endswith(f".{domain}"):
            continue
        text = read(address)
        form = SITE_FORMS.get(scheme)
        if text and (form is None or form.fullmatch(text)):
            return scheme, text
    return None


def _kind_and_rest(scheme: Scheme, address: Address) -> tuple[str, tuple[str, ...]]:
    # A language or storefront may stand before the kind: /jp/album/…, /intl-de/artist/….
    for at, step in enumerate(address.parts[:2]):
        if step in SITE_KINDS[scheme]:
            return step, address.parts[at + 1 :]
    return "", ()


def _number(text: str) -> str:
    # 38404-Warp-Records, id657515: the number without its slug or mark.
    match = _LEADING_NUMBER.fullmatch(text)
    return match[1] if match else ""


def _discogs(address: Address) -> str:
    kind, rest = _kind_and_rest(Scheme.DISCOGS, address)
    return f"{kind}/{_number(rest[0])}" if rest else ""


def _deezer(address: Address) -> str:
    kind, rest = _kind_and_rest(Scheme.DEEZER, address)
    return f"{kind}/{_number(rest[0])}" if rest else ""


def _spotify(address: Address) -> str:
    kind, rest = _kind_and_rest(Scheme.SPOTIFY, address)
    return f"{kind}/{rest[0]}" if rest else ""


def _apple_music(address: Address) -> str:
    kind, rest = _kind_and_rest(Scheme.APPLE_MUSIC, address)
    # ?i= on an album's address names one song of it.
    song = parse_qs(address.query).get("i", [""])[0] if kind == "album" else ""
    if song:
        return f"song/{song}"
    return f"{kind}/{_number(rest[-1])}" if rest else ""


def _youtube(address: Address) -> str:
    first, second = address.part(0), address.part(1)
    query = parse_qs(address.query)
    text = ""
    match first:
        case "channel":
            text = f"channel/{second}"
        case "watch":
            text = f"video/{query.get('v', [''])[0]}"
        case "playlist":
            text = f"playlist/{query.get('list', [''])[0]}"
        case "embed" | "shorts" | "live" | "v":
            text = f"video/{second}"
        case "user" | "c":
            text = f"{first}/{second.lower()}"
        case _ if first.startswith("@"):
            text = first.lower()
        case _ if len(address.parts) == 1 and first not in _YOUTUBE_OWN:
            # The oldest form of a channel's own name: youtube.com/name.
            text = f"c/{first.lower()}"
        case _:
            pass
    return text


def _youtu_be(address: Address) -> str:
    return f"video/{address.part(0)}"


def _soundcloud(address: Address) -> str:
    user, track = address.part(0).lower(), address.part(1).lower()
    if user in _SOUNDCLOUD_OWN:
        return ""
    return f"{user}/{track}" if track and track not in _SOUNDCLOUD_TABS else user


def _bandcamp(address: Address) -> str:
    name = address.host.removesuffix(".bandcamp.com")
    kind, slug = address.part(0), address.part(1).lower()
    if name in _BANDCAMP_OWN:
        return ""
    return f"{name}/{kind}/{slug}" if kind in ("album", "track") else name


def _wikidata(address: Address) -> str:
    return address.part(1).upper() if address.part(0) in ("wiki", "entity") else ""


def _viaf(address: Address) -> str:
    return address.part(1) if address.part(0) == "viaf" else ""


def _isni(address: Address) -> str:
    text = address.part(1) if address.part(0) == "isni" else address.part(0)
    return text if _ISNI.fullmatch(text) else ""


def _musicbrainz(address: Address) -> str:
    kind, mbid = address.part(0), address.part(1)
    return mbid if kind in _MUSICBRAINZ_KINDS and _UUID.fullmatch(mbid) else ""


def _allmusic(address: Address) -> str:
    match = _TRAILING_ALLMUSIC.search(address.part(1).lower())
    return match[1] if match else ""


def _imdb(address: Address) -> str:
    return address.part(1) if address.part(0) in ("name", "title", "company") else ""


_SITES: Final[tuple[tuple[str, Scheme, Callable[[Address], str]], ...]] = (
    ("discogs.com", Scheme.DISCOGS, _discogs),
    ("wikidata.org", Scheme.WIKIDATA, _wikidata),
    ("viaf.org", Scheme.VIAF, _viaf),
    ("isni.org", Scheme.ISNI, _isni),
    ("open.spotify.com", Scheme.SPOTIFY, _spotify),
    ("play.spotify.com", Scheme.SPOTIFY, _spotify),
    ("music.apple.com", Scheme.APPLE_MUSIC, _apple_music),
    ("itunes.apple.com", Scheme.APPLE_MUSIC, _apple_music),
    ("youtube.com", Scheme.YOUTUBE, _youtube),
    ("youtu.be", Scheme.YOUTUBE, _youtu_be),
    ("soundcloud.com", Scheme.SOUNDCLOUD, _soundcloud),
    ("bandcamp.com", Scheme.BANDCAMP, _bandcamp),
    ("deezer.com", Scheme.DEEZER, _deezer),
    ("musicbrainz.org", Scheme.MBID, _musicbrainz),
    ("allmusic.com", Scheme.ALLMUSIC, _allmusic),
    ("imdb.com", Scheme.IMDB, _imdb),
)
