"""How many reads an operation takes: as many as it has kinds of list or thing, never one an object."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest
import pytest_asyncio

from schema.ids import global_id
from tests.reads.dense import dense, many_assets
from tests.reads.graphs import write

if TYPE_CHECKING:
    from tests.reads.asking import Asker

ONE_AND_FIFTY = (1, 50)

NESTED = {
    "writers of recorded works": (
        """query ($n: Int) { artists(first: $n) { nodes { recordings(first: 3) { nodes {
          works(first: 3) { nodes { credits(first: 3) { nodes { artist { name } } } } } } } } } }""",
        [
            "artists",
            "artists by id",
            "credits by work",
            "recordings by artist",
            "works by recording",
        ],
    ),
    "flags on what is heard": (
        """query ($n: Int) { releases(first: $n) { nodes { tracks { nodes { recording {
          title policyFlags { nodes { kind subject { id } } } } } } } } }""",
        ["policy flags by thing", "recordings by id", "releases", "tracks by release"],
    ),
    "claims and what they are on": (
        """query ($n: Int) { parties(first: $n) { nodes { claims { nodes { share asset { id
          ... on Recording { title } ... on Work { title } } party { name } } } } } }""",
        ["claims by party", "parties", "parties by id", "recordings by id", "works by id"],
    ),
    "effective owners": (
        """query ($n: Int) { recordings(first: $n) { nodes {
          ownership(right: MASTER, territory: "US", at: "2024-01-01") { status
            owners(first: 5) { share { percent } party { name }
              paths(first: 3) { origin { name } steps { acquirer { name } } } }
            claims { party { name } } } } } }""",
        ["ownership", "parties by id", "recordings"],
    ),
    "what may be offered, and by whose deals": (
        """query ($n: Int) { recordings(first: $n) { nodes {
          available(territory: "US", use: ON_DEMAND_STREAM, model: SUBSCRIPTION) { available
            deals { sender { name } release { title } } }
          deals { nodes { uses sender { name } } } } } }""",
        ["covering deals", "deals by thing", "parties by id", "recordings", "releases by id"],
    ),
    "who an artist is outside": (
        """query ($n: Int) { artists(first: $n) { nodes {
          identityLinks { nodes { confidence identity { value } subject { id } } }
          identifiers { nodes { raw } } } } }""",
        ["artists", "artists by id", "identifiers by thing", "identity links by thing"],
    ),
    "sources, however many kinds of thing came from them": (
        """query ($n: Int) { artists(first: $n) { nodes { source { name }
          recordings(first: 2) { nodes { source { name } } } } } }""",
        ["artists", "recordings by artist", "sources by id"],
    ),
    "labels, their families and who runs them": (
        """query ($n: Int) { labels(first: $n) { nodes { parents { nodes { name } }
          sublabels { nodes { name } } operators { nodes { name } }
          releases { nodes { labels { nodes { label { name } } } } } } } }""",
        [
            "issues by release",
            "labels",
            "labels by id",
            "operators by label",
            "parents by label",
            "releases by label",
            "sublabels by label",
        ],
    ),
    "parties, their personas and houses": (
        """query ($n: Int) { parties(first: $n) { nodes {
          artists { nodes { relations { nodes { artist { name } } } } }
          subsidiaries { nodes { party { name } } } labels { nodes { name } } } } }""",
        [
            "artists by id",
            "artists by party",
            "labels by party",
            "parties",
            "parties by id",
            "relations by artist",
            "subsidiaries by party",
        ],
    ),
}


@pytest_asyncio.fixture(scope="module")
async def ask(written: Asker) -> Asker:
    """Return what asks the dense graph."""
    await write(written.graph, dense())
    return written


@pytest.mark.parametrize("n", ONE_AND_FIFTY)
@pytest.mark.parametrize("name", NESTED)
async def test_nesting_takes_one_read_a_level(ask: Asker, name: str, n: int) -> None:
    """On graphql-core an operation over fifty things takes the reads that it takes over one."""
    query, reads = NESTED[name]
    answer = await ask.through_loaders(query, n=n)
    assert answer.data
    assert answer.reads == reads


PLANNED = {
    "writers of recorded works": ["artists"],
    "flags on what is heard": ["recordings by id", "releases"],
    "claims and what they are on": ["parties", "recordings by id", "works by id"],
    "effective owners": ["ownership", "parties by id", "recordings"],
    "what may be offered, and by whose deals": [
        "covering deals",
        "parties by id",
        "recordings",
        "releases by id",
    ],
    "who an artist is outside": ["artists", "artists by id"],
    "sources, however many kinds of thing came from them": ["artists", "sources by id"],
    "labels, their families and who runs them": ["labels"],
    "parties, their personas and houses": ["parties"],
}


@pytest.mark.parametrize("n", ONE_AND_FIFTY)
@pytest.mark.parametrize("name", NESTED)
async def test_a_plan_takes_one_read_a_root_and_one_a_reference(
    ask: Asker, name: str, n: int
) -> None:
    """What the graph joins is one read; what is named by type and id takes one for its place."""
    query, _ = NESTED[name]
    answer = await ask(query, n=n)
    assert answer.data
    assert answer.reads == PLANNED[name]


@pytest.mark.parametrize("n", ONE_AND_FIFTY)
async def test_lists_side_by_side_never_wait_for_each_other(ask: Asker, n: int) -> None:
    """What two lists lead to may take a read for each, as each list comes in; never one an object."""
    query = """query ($n: Int) { parties(first: $n) { nodes {
      parents { nodes { party { name } } } subsidiaries { nodes { party { name } } }
      agreementsAssigned { nodes { acquirer { name } } } } } }"""
    reads = Counter((await ask.through_loaders(query, n=n)).reads)
    assert 1 <= reads.pop("parties by id") <= 3
    assert reads == {
        "parties": 1,
        "parents by party": 1,
        "subsidiaries by party": 1,
        "agreements by assignor": 1,
    }


@pytest.mark.parametrize("n", ONE_AND_FIFTY)
async def test_nodes_takes_one_read_a_type(ask: Asker, n: int) -> None:
    """Ids of six types, mixed, take six reads."""
    kinds = {
        "Artist": "a",
        "Recording": "r",
        "Work": "w",
        "Release": "e",
        "Label": "l",
        "Party": "p",
    }
    named = [
        (kind, f"{letter}{number:02}") for number in range(n) for kind, letter in kinds.items()
    ]
    ids = [global_id(*each) for each in named][:100]
    answer = await ask.through_loaders(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=ids
    )
    assert [node["id"] for node in answer.data["nodes"]] == ids
    assert answer.reads == [
        "artists by id",
        "labels by id",
        "parties by id",
        "recordings by id",
        "releases by id",
        "works by id",
    ]


@pytest.mark.parametrize("n", ONE_AND_FIFTY)
async def test_a_total_is_counted_only_when_asked_for(ask: Asker, n: int) -> None:
    """Each list that is asked for its total takes one read more, however many parents it has."""
    without = """query ($n: Int) { artists(first: $n) { nodes { recordings { nodes { id } } } } }"""
    with_totals = """query ($n: Int) { artists(first: $n) { totalCount nodes {
      recordings(first: 1) { totalCount nodes { id } } } } }"""
    assert (await ask.through_loaders(without, n=n)).reads == ["artists", "recordings by artist"]
    answer = await ask.through_loaders(with_totals, n=n)
    assert answer.reads == ["artists"] * 2 + ["recordings by artist"] * 2
    assert answer.data["artists"]["totalCount"] == 60
    totals = {each["recordings"]["totalCount"] for each in answer.data["artists"]["nodes"]}
    assert totals == {2}


@pytest.mark.parametrize("n", ONE_AND_FIFTY)
async def test_aliases_share_a_read_when_their_arguments_are_equal(ask: Asker, n: int) -> None:
    """Equal arguments are one read, each different set of them one more."""
    query = """query ($n: Int) { artists(first: $n) { nodes {
      a: recordings(first: 2) { nodes { id } }
      b: recordings(first: 2, orderBy: {field: TITLE, direction: ASC}) { nodes { title } }
      c: recordings(first: 2, orderBy: {field: YEAR}) { nodes { id } }
      d: recordings(first: 1) { nodes { id } }
      e: recordings(first: 2, role: MAIN) { nodes { id } }
    } } }"""
    answer = await ask.through_loaders(query, n=n)
    assert answer.reads == ["artists"] + ["recordings by artist"] * 4
    for node in answer.data["artists"]["nodes"]:
        assert [each["id"] for each in node["a"]["nodes"]] == [
            each["id"] for each in node["e"]["nodes"]
        ]
        assert len(node["b"]["nodes"]) == 2
        assert len(node["d"]["nodes"]) == 1


async def test_one_thing_by_many_aliases_is_read_once(ask: Asker) -> None:
    """Twenty aliases of one artist share a read with twenty of others."""
    ids = [global_id("Artist", f"a{number % 7:02}") for number in range(20)]
    fields = " ".join(f'a{at}: artist(id: "{id_}") {{ name }}' for at, id_ in enumerate(ids))
    answer = await ask.through_loaders(f"{{ {fields} }}")
    assert answer.reads == ["artists by id"]
    assert answer.data["a8"] == {"name": "Artist 01"}


async def test_ownership_of_mixed_rights_and_days_shares_its_reads(ask: Asker) -> None:
    """Cells differ in what they make of the facts, not in the facts that they read."""
    query = """{ recordings(first: 50) { nodes {
      us: ownership(right: MASTER, territory: "US", at: "2024-01-01") { total }
      de: ownership(right: MASTER, territory: "DE", at: "1990-01-01") { total } } }
      works(first: 50) { nodes {
      pr: ownership(right: PR, territory: "US") { total } } } }"""
    answer = await ask.through_loaders(query)
    assert answer.reads == ["ownership", "ownership", "recordings", "works"]


THOUSAND: Final = 1_000


@pytest.fixture(scope="module")
def thousand() -> list[str]:
    """Return the ids of five hundred recordings and as many works."""
    half = THOUSAND // 2
    return [f"m{at:03}" for at in range(half)] + [f"n{at:03}" for at in range(half)]


async def test_a_thousand_assets_take_as_many_reads_as_one(ask: Asker, thousand: list[str]) -> None:
    """Planned and on graphql-core: a read for each kind of asset, whatever is asked of how many."""
    await write(ask.graph, many_assets(thousand))
    query = """query ($things: [_Any!]!) { _entities(representations: $things) { ... on Asset {
      ownershipMatrix(territories: ["US", "DE", "FR", "JP", "BR"], at: "2024-01-01") { total status }
      ownership(right: MASTER, territory: "US", knownAt: "2025-01-01T00:00:00Z") {
        owners(first: 1) { share { percent } } explanation } } } }"""
    references = [
        {"__typename": label, "id": global_id(label, id_)}
        for id_ in thousand
        for label in ("Recording" if id_.startswith("m") else "Work",)
    ]
    reads = [
        "ownership",
        "ownership",
        "ownership",
        "ownership",
        "parties by id",
        "recordings by id",
        "works by id",
    ]
    for way in (ask, ask.through_loaders):
        answer = await way(query, things=references)
        assert answer.reads == reads
        found = answer.data["_entities"]
        assert len(found) == THOUSAND
        assert sum(len(each["ownershipMatrix"]) for each in found) == 500 * 5 + 500 * 15
        assert all(each["ownershipMatrix"][0]["status"] == "CLEAR" for each in found)
        few = await way(query, things=references[::500])
        assert few.reads == reads


async def test_requests_share_nothing(ask: Asker) -> None:
    """What one request has read, another reads again, even at the same time."""
    query = "{ artists(first: 3) { nodes { recordings { nodes { id } } } } }"
    before = len(ask.graph.reads)
    await asyncio.gather(*(ask.through_loaders(query) for _ in range(5)))
    assert len(ask.graph.reads) - before == 10
