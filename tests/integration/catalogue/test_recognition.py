"""Unknown content: who it may be, why, and when nothing is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
import pytest_asyncio

from graph.facts import (
    ArtistFact,
    ClaimFact,
    CreditFact,
    IdentifierFact,
    NamedFact,
    PartyFact,
    RecordingFact,
    RegistrationFact,
    WorkFact,
)
from tests.reads.graphs import write

if TYPE_CHECKING:
    from graph.facts import Fact
    from tests.reads.asking import Asker

QUERY: Final = """query ($contents: [ContentInput!]!) { findRightsholders(contents: $contents) {
  candidates { score reasons asset { __typename ... on Recording { title } ... on Work { title } } }
} }"""


def isrc(recording: str, value: str) -> IdentifierFact:
    """Return that a recording bears an ISRC."""
    return IdentifierFact(
        id=f"i-{recording}",
        thing="Recording",
        thing_id=recording,
        scheme="ISRC",
        raw=value,
        value=value,
        key=f"ISRC:{value}",
        valid=True,
    )


@pytest_asyncio.fixture
async def ask(written: Asker) -> Asker:
    """Return what asks a graph with namesakes of every kind."""
    await write(
        written.graph,
        [
            ArtistFact(id="wanderers", name="Beyoncé & The Wanderers"),
            ArtistFact(id="others", name="Somebody Else"),
            RecordingFact(id="theirs", title="Midnight Harbour", length_ms=201_000),
            RecordingFact(id="cover", title="Midnight Harbour", length_ms=245_000),
            RecordingFact(id="twin", title="Unlike Anything", length_ms=100_000),
            WorkFact(id="work", title="Midnight Harbour"),
            isrc("theirs", "USRC17607839"),
            isrc("cover", "GBAYE0601498"),
            isrc("twin", "GBAYE0601498"),
            CreditFact(type="RECORDED", artist_id="wanderers", thing_id="theirs", role="MAIN"),
            CreditFact(type="RECORDED", artist_id="others", thing_id="cover", role="MAIN"),
            CreditFact(type="WROTE", artist_id="wanderers", thing_id="work", role="COMPOSER"),
        ],
    )
    return written


async def matches(ask: Asker, *contents: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return each content's candidates, the same on either way and in so few reads."""
    planned = await ask(QUERY, contents=list(contents))
    stock = await ask.through_loaders(QUERY, contents=list(contents))
    assert stock.data == planned.data
    assert len(planned.reads) == len(set(planned.reads)), "as many reads for all as for one"
    return [each["candidates"] for each in planned.data["findRightsholders"]]


def told(candidates: list[dict[str, Any]]) -> list[str]:
    """Return what the candidates are, best first."""
    return [f"{each['asset']['__typename']} {each['asset']['title']}" for each in candidates]


async def test_an_identifier_comes_first(ask: Asker) -> None:
    """However written; several bearers, another title or length speak against each."""
    one, several, wrong = await matches(
        ask,
        {"identifiers": [{"scheme": "ISRC", "value": "US-RC1-76-07839"}]},
        {"identifiers": [{"scheme": "ISRC", "value": "GBAYE0601498"}], "title": "Midnight Harbour"},
        {"identifiers": [{"scheme": "ISRC", "value": "USRC17607839"}], "durationMs": 900_000},
    )
    assert [each["score"] for each in one] == [0.95]
    assert one[0]["reasons"] == ["It bears ISRC USRC17607839."]
    assert told(several) == ["Recording Midnight Harbour", "Recording Unlike Anything"]
    assert "So does 1 other." in several[0]["reasons"]
    assert "Its title is another." in several[1]["reasons"]
    assert "Its length is another." in wrong[0]["reasons"]


async def test_a_name_is_never_enough(ask: Asker) -> None:
    """A like title wants the artists or the length; what contradicts is no candidate."""
    by_artist, by_length, neither, misspelt = await matches(
        ask,
        {"title": "midnight harbour", "artists": ["BEYONCE & the wanderers"]},
        {"title": "Midnight Harbour", "durationMs": 244_000},
        {"title": "Midnight Harbour", "artists": ["Nobody Known"], "durationMs": 30_000},
        {
            "title": "Midnigth Harbor",
            "artists": ["Beyonce and The Wanderers"],
            "durationMs": 201_500,
        },
    )
    assert sorted(told(by_artist)) == ["Recording Midnight Harbour", "Work Midnight Harbour"]
    assert [each["score"] for each in by_artist] == pytest.approx([0.75, 0.75])
    assert told(by_length) == ["Recording Midnight Harbour"]
    assert neither == []
    assert told(misspelt)[0] == "Recording Midnight Harbour"
    assert misspelt[0]["score"] > 0.75, "two proofs are more than one"
    assert all(len(each["reasons"]) >= 2 for each in [*by_artist, *by_length, *misspelt])


def registered(role: str) -> list[Fact]:
    """Return a work that a registration names a party of, in a role; nobody claims it."""
    return [
        WorkFact(id="registered", title="Paper Lanterns"),
        RegistrationFact(
            id="n1",
            key="k",
            order="1",
            kind="NWR",
            format="2.1",
            submitter="ada",
            number="1",
            quoted="q",
            records=(),
            work_id="registered",
        ),
        NamedFact(registration="n1", party_id="ada", position=1, record="SWR", role=role),
    ]


ADA: Final = PartyFact(id="ada", name="Ada Wordsmith", kind="PERSON")


def written_by(role: str) -> list[Fact]:
    """Return a work that a party claims a share of, in a role."""
    return [
        WorkFact(id="claimed", title="Glass Harvest"),
        ClaimFact(
            id="c1",
            asset="Work",
            asset_id="claimed",
            party_id="ada",
            right="PR",
            kind="OWNERSHIP",
            share=5_000,
            territories=("2136",),
            role=role,
        ),
    ]


async def test_writers_who_are_parties_are_matched(ask: Asker) -> None:
    """Those whom claims and registrations have as writers, and no publishers; by their names with a title."""
    await write(ask.graph, [ADA, *written_by("CA"), *registered("C")])
    by_claim, by_name, another, mixed = await matches(
        ask,
        {"title": "glass harvest", "artists": ["WORDSMITH ADA"]},
        {"title": "Paper Lanterns", "artists": ["Ada Wordsmith"]},
        {"title": "Paper Lanterns", "artists": ["Nobody Known"]},
        {"title": "Unknown Altogether", "artists": ["Ada Wordsmith"]},
    )
    assert told(by_claim) == ["Work Glass Harvest"]
    assert told(by_name) == ["Work Paper Lanterns"]
    reasons = ["Its title is 100% alike.", "Its writers are 100% alike."]
    assert [each[0]["reasons"] for each in (by_claim, by_name)] == [reasons, reasons]
    assert another == mixed == []


async def test_publishers_wrote_nothing(ask: Asker) -> None:
    """A party in another role is no writer."""
    await ask.graph.write("forget", [("MATCH (n:Claim|Registration) DETACH DELETE n", {})])
    await write(ask.graph, [ADA, *written_by("E"), *registered("SE")])
    content = {"artists": ["Ada Wordsmith"]}
    titles = ("Glass Harvest", "Paper Lanterns")
    assert await matches(ask, *({"title": each, **content} for each in titles)) == [[], []]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({}, "BAD_USER_INPUT"),
        ({"title": "Midnight Harbour"}, "BAD_USER_INPUT"),
        ({"identifiers": [{"scheme": "ISRC", "value": "no isrc"}]}, "BAD_USER_INPUT"),
        ({"title": "x" * 201, "durationMs": 1}, "LIMIT_EXCEEDED"),
    ],
)
async def test_what_is_refused_is_refused_in_its_place(
    ask: Asker, content: dict[str, Any], code: str
) -> None:
    """One content that says too little, or too much, leaves the others answered."""
    good = {"identifiers": [{"scheme": "ISRC", "value": "USRC17607839"}]}
    for way in (ask, ask.through_loaders):
        answer = await way(QUERY, contents=[content, good])
        assert answer.refusal["code"] == code
        assert answer.body["errors"][0]["path"] == ["findRightsholders", 0]
        nothing, found = answer.body["data"]["findRightsholders"]
        assert nothing is None
        assert told(found["candidates"]) == ["Recording Midnight Harbour"]
