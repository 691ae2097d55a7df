"""Where an outside identity can be seen."""

from __future__ import annotations

from typing import get_args

import pytest

from graph.facts import IdentityFact
from graph.facts.assertions import ThingLabel
from ingest.addresses import public_address
from ingest.identities import Thing, addressed, numbered
from standards.identifiers import Scheme, from_url

MBID = "a74b1b7f-71a5-4011-9441-d0b5e4122711"
VALUES = {
    Scheme.MBID: MBID,
    Scheme.ISNI: "000000012281955X",
    Scheme.VIAF: "24604287",
    Scheme.WIKIDATA: "Q42",
    Scheme.DISCOGS: "artist/45",
    Scheme.IPI_NAME: "00052210040",
}


def identities(scheme: Scheme, label: ThingLabel) -> list[tuple[str, str | None]]:
    """Return what a source's number is told to be, and where."""
    facts = numbered(
        Thing(label=label, id="x"),
        scheme,
        VALUES[scheme],
        asserted_by="T",
        evidence="T",
        prior=0.9,
    )
    return [(fact.value, fact.url) for fact in facts if isinstance(fact, IdentityFact)]


@pytest.mark.parametrize("label", get_args(ThingLabel))
@pytest.mark.parametrize("scheme", VALUES)
def test_an_address_leads_back_to_its_identifier(scheme: Scheme, label: ThingLabel) -> None:
    """Reading the address gives the scheme and value again; a number without a site has none."""
    [(value, url)] = identities(scheme, label)
    assert value == VALUES[scheme]
    if scheme is Scheme.IPI_NAME or (scheme, label) == (Scheme.MBID, "Party"):
        assert url is None
        return
    assert url is not None
    found = from_url(url)
    assert found is not None
    assert (found.scheme, found.value) == (scheme, value)


def test_musicbrainz_says_the_kind_of_thing() -> None:
    """The page of another kind would not be found."""
    assert identities(Scheme.MBID, "Label") == [(MBID, f"https://musicbrainz.org/label/{MBID}")]
    assert public_address(Scheme.MBID, MBID, "Work") == f"https://musicbrainz.org/work/{MBID}"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://discogs.com/de/artist/45-Aphex-Twin?page=2", "https://www.discogs.com/artist/45"),
        (f"https://musicbrainz.org/area/{MBID}", f"https://musicbrainz.org/area/{MBID}"),
        ("https://open.spotify.com/artist/782PTXsbAWB70ySDZ5NHmP",) * 2,
    ],
)
def test_an_address_given_is_kept_as_the_site_writes_it(given: str, kept: str) -> None:
    """However a source writes it, and in whichever order sources are loaded."""
    facts = addressed(
        Thing(label="Artist", id="x"),
        given,
        homepage=False,
        current=True,
        curated=True,
        asserted_by="T",
        evidence="T",
    )
    assert [fact.url for fact in facts if isinstance(fact, IdentityFact)] == [kept]
