from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.identifiers import InvalidCode, Scheme, from_url, parse


@pytest.mark.parametrize(
    ("url", "scheme", "value"),
    [
        # From MusicBrainz and Discogs data (CC0).
        ("https://www.discogs.com/label/38404", Scheme.DISCOGS, "label/38404"),
        ("https://www.discogs.com/release/924027", Scheme.DISCOGS, "release/924027"),
        ("https://www.wikidata.org/wiki/Q10913761", Scheme.WIKIDATA, "Q10913761"),
        ("https://open.spotify.com/album/3LDV2xGL9HiqCsQujEPQLb", Scheme.SPOTIFY,
         "album/3LDV2xGL9HiqCsQujEPQLb"),
        ("https://music.apple.com/jp/album/1786972161", Scheme.APPLE_MUSIC, "album/1786972161"),
        ("https://music.apple.com/jp/song/1857886416", Scheme.APPLE_MUSIC, "song/1857886416"),
        ("https://www.deezer.com/album/687686261", Scheme.DEEZER, "album/687686261"),
        ("http://www.youtube.com/channel/UC3ovkFIu8SdXRr1RSkUryYA", Scheme.YOUTUBE,
         "channel/UC3ovkFIu8SdXRr1RSkUryYA"),
        ("http://www.youtube.com/PschentOfficial", Scheme.YOUTUBE, "c/pschentofficial"),
        ("http://soundcloud.com/2020visionrecordings", Scheme.SOUNDCLOUD, "2020visionrecordings"),
        ("http://compostrecords.bandcamp.com/music", Scheme.BANDCAMP, "compostrecords"),
        ("http://www.allmusic.com/artist/autechre-mn0000759998", Scheme.ALLMUSIC, "mn0000759998"),
        ("http://www.imdb.com/name/nm0000327/", Scheme.IMDB, "nm0000327"),
        # The other shapes the sites use.
        ("https://www.discogs.com/artist/45-Aphex-Twin?page=2#x", Scheme.DISCOGS, "artist/45"),
        ("https://www.discogs.com/de/master/565-X", Scheme.DISCOGS, "master/565"),
        ("http://www.wikidata.org/entity/q42", Scheme.WIKIDATA, "Q42"),
        ("https://viaf.org/viaf/24604287/", Scheme.VIAF, "24604287"),
        ("https://open.spotify.com/intl-de/artist/782PTXsbAWB70ySDZ5NHmP?si=1", Scheme.SPOTIFY,
         "artist/782PTXsbAWB70ySDZ5NHmP"),
        ("https://itunes.apple.com/us/artist/name/id657515", Scheme.APPLE_MUSIC, "artist/657515"),
        ("https://music.apple.com/us/album/a-b/1786972161?i=1786972163", Scheme.APPLE_MUSIC,
         "song/1786972163"),
        ("https://youtu.be/dQw4w9WgXcQ", Scheme.YOUTUBE, "video/dQw4w9WgXcQ"),
        ("https://music.youtube.com/watch?v=dQw4w9WgXcQ&t=1", Scheme.YOUTUBE, "video/dQw4w9WgXcQ"),
        ("https://www.youtube.com/@Handle", Scheme.YOUTUBE, "@handle"),
        ("https://soundcloud.com/artist/track", Scheme.SOUNDCLOUD, "artist/track"),
        ("https://a-b.bandcamp.com/album/One", Scheme.BANDCAMP, "a-b/album/one"),
        ("https://www.deezer.com/en/artist/27", Scheme.DEEZER, "artist/27"),
        ("https://beta.musicbrainz.org/artist/A74B1B7F-71A5-4011-9441-D0B5E4122711/works",
         Scheme.MBID, "a74b1b7f-71a5-4011-9441-d0b5e4122711"),
        ("https://isni.org/isni/000000012281955X", Scheme.ISNI, "000000012281955X"),
        ("http://www.isni.org/000000012281955x", Scheme.ISNI, "000000012281955X"),
        ("  HTTPS://WWW.DISCOGS.COM:443/artist/45  ", Scheme.DISCOGS, "artist/45"),
    ],
)  # fmt: skip
def test_an_address_names_what_its_site_says(url: str, scheme: Scheme, value: str) -> None:
    """An address and the bare value are two ways to give one identifier."""
    found = from_url(url)
    assert found is not None
    assert (found.scheme, found.value, found.raw) == (scheme, value, url)
    assert parse(scheme, url).value == value
    assert parse(scheme, value).value == value


@pytest.mark.parametrize(
    "url",
    [
        "",
        "Q42",
        "https://notspotify.com/artist/782PTXsbAWB70ySDZ5NHmP",
        "https://open.spotify.com.evil.example/artist/782PTXsbAWB70ySDZ5NHmP",
        "https://evil.example/https://open.spotify.com/artist/782PTXsbAWB70ySDZ5NHmP",
        "https://open.spotify.com@evil.example/artist/782PTXsbAWB70ySDZ5NHmP",
        "https://mydiscogs.com/artist/45",
        "ftp://www.discogs.com/artist/45",
        "javascript://www.discogs.com/artist/45",
        "https://www.discogs.com/user/JoshWink",
        "https://www.discogs.com/artist/0",
        "https://www.discogs.com/artist/",
        "http://www.apple.com/",
        "https://www.youtube.com/",
        "https://www.youtube.com/feed/trending",
        "https://www.youtube.com/watch?v=short",
        "https://soundcloud.com/discover",
        "https://bandcamp.com/tag/techno",
        "https://daily.bandcamp.com/features",
        "https://www.wikidata.org/wiki/Property:P31",
        "https://musicbrainz.org/doc/MusicBrainz_API",
        "https://musicbrainz.org/user/a74b1b7f-71a5-4011-9441-d0b5e4122711",
        "https://isni.org/page/about",
        "https://www.qobuz.com/album/1",
        "http://[::1",
        "http://host:99999/",
    ],
)
def test_other_addresses_name_nothing(url: str) -> None:
    """Look-alike hosts, other protocols and a site's own pages are no identity."""
    assert from_url(url) is None


def test_an_address_with_a_wrong_check_digit_is_kept_as_evidence() -> None:
    """A known shape with a failing number comes back invalid, not lost."""
    found = from_url("https://isni.org/isni/0000000122819551")
    assert found is not None
    assert found.value is None
    assert found.reason is not None
    assert found.reason.code is InvalidCode.CHECK_DIGIT


_HOSTS = st.sampled_from(
    [
        "www.discogs.com",
        "open.spotify.com",
        "music.apple.com",
        "youtube.com",
        "youtu.be",
        "soundcloud.com",
        "x.bandcamp.com",
        "isni.org",
        "musicbrainz.org",
        "evil.example",
    ]
)


@given(st.text() | st.builds("https://{}/{}".format, _HOSTS, st.text(max_size=40)))
def test_any_text_is_an_address_or_not_and_never_an_error(url: str) -> None:
    """Whatever an address recognises is a normal form of its scheme."""
    found = from_url(url)
    if found is not None and found.value is not None:
        assert parse(found.scheme, found.value).value == found.value
        assert "evil" not in url.split("/")[2]
