"""Search: what is meant is found, whatever was typed, and ranked alike by both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
import pytest_asyncio

from graph.facts import (
    ArtistFact,
    LabelFact,
    PartyFact,
    RecordingFact,
    ReleaseFact,
    WorkFact,
)
from graph.search import lucene_query
from schema.ids import global_id
from tests.reads.graphs import write

if TYPE_CHECKING:
    from graph.facts import Fact
    from tests.reads.asking import Asker

SEARCH: Final = """query ($text: String!, $types: [SearchType!], $first: Int, $after: String) {
  search(text: $text, types: $types, first: $first, after: $after) { totalCount
    pageInfo { hasNextPage hasPreviousPage endCursor }
    nodes { score entity { __typename id } } } }"""

FACTS: Final[list[Fact]] = [
    ArtistFact(id="beyonce", name="Beyoncé", aliases=("Beyoncé Knowles", "Queen Bey")),
    ArtistFact(id="trentemoller", name="Trentemøller"),
    ArtistFact(id="jay", name="周杰倫", aliases=("Jay Chou", "周杰伦")),
    ArtistFact(id="kesha", name="Ke$ha"),
    ArtistFact(id="acdc", name="AC/DC"),
    ArtistFact(id="chk", name="!!!"),
    ArtistFact(id="bowie", name="David Bowie"),
    ArtistFact(id="bowie2", name="Bowie, David"),
    ArtistFact(id="name", name="Name and the Nobodies"),
    LabelFact(id="beyond", name="Beyond"),
    PartyFact(id="party", name="Beyoncé Giselle Knowles", kind="PERSON"),
    RecordingFact(id="halo", title="Halo"),
    RecordingFact(id="halo2", title="Halo (live)"),
    ReleaseFact(id="halo3", title="HALO"),
    WorkFact(id="halo4", title="Hálo"),
    *(RecordingFact(id=f"same{number:02}", title="Ditto Ditty") for number in range(30)),
]


@pytest_asyncio.fixture(scope="module")
async def ask(written: Asker) -> Asker:
    """Return what asks a graph of names that are hard to type."""
    await write(written.graph, FACTS)
    return written


async def found(ask: Asker, text: str, **more: Any) -> list[tuple[str, str, float]]:
    """Return type, id and score of what is found, best first."""
    nodes = (await ask(SEARCH, text=text, **more)).data["search"]["nodes"]
    return [(node["entity"]["__typename"], node["entity"]["id"], node["score"]) for node in nodes]


@pytest.mark.parametrize(
    ("text", "key", "exact"),
    [
        ("Beyoncé", "beyonce", True),
        ("beyonce", "beyonce", True),
        ("BEYONCÉ", "beyonce", True),
        ("Beyonse", "beyonce", False),
        ("queen bey", "beyonce", False),
        ("Trentemøller", "trentemoller", True),
        ("trentemoller", "trentemoller", True),
        ("trentemoler", "trentemoller", False),
        ("tentemøler", "trentemoller", False),
        ("周杰倫", "jay", True),
        ("周杰伦", "jay", False),
        ("jay chou", "jay", False),
        ("kesha", "kesha", True),
        ("ke$ha", "kesha", True),
        ("ac/dc", "acdc", True),
        ("bowie david", "bowie2", True),
    ],
)
async def test_the_artist_meant_comes_first(ask: Asker, text: str, key: str, exact: bool) -> None:  # noqa: FBT001
    """Accents, case, signs, spelling mistakes, other scripts and aliases lead to the artist."""
    hits = await found(ask, text, types=["ARTIST"])
    assert hits[0][:2] == ("Artist", global_id("Artist", key))
    assert (hits[0][2] == 1) == exact
    assert all(0.5 <= score <= 1 for *_, score in hits)
    assert [score for *_, score in hits] == sorted((hit[2] for hit in hits), reverse=True)


async def test_types_narrow_what_is_looked_for(ask: Asker) -> None:
    """All types unless told; only those that are."""
    everything = await found(ask, "halo")
    assert {kind for kind, *_ in everything} == {"Recording", "Release", "Work"}
    assert [hit[2] for hit in everything][:3] == [1, 1, 1]
    some = await found(ask, "halo", types=["WORK", "RELEASE", "WORK"])
    assert some == [hit for hit in everything if hit[0] in ("Work", "Release")]
    assert await found(ask, "halo", types=["ARTIST"]) == []


@pytest.mark.parametrize("text", ["", " ", "?*:", '"', "!!!", "\t\n", "___", "zzqqxxyy"])
async def test_a_text_without_words_finds_nothing(ask: Asker, text: str) -> None:
    """An empty answer, not an error."""
    answer = (await ask(SEARCH, text=text)).data["search"]
    assert answer["nodes"] == []
    assert answer["totalCount"] == 0
    assert answer["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "endCursor": None,
    }


@pytest.mark.parametrize(
    "text",
    [
        'name:(*) AND "~^',
        "name:*",
        "NOT name",
        "+name -name",
        "[a TO z]",
        "name~0.1^99",
        "\\name\\",
        "name' OR 1=1 //",
        "/name/",
        "{!func}name",
        "name && || !",
        "AND OR NOT name",
    ],
)
async def test_lucene_syntax_is_only_text(ask: Asker, text: str) -> None:
    """The words are looked for, the signs are nothing: no error, no wildcard, no other field."""
    query = lucene_query(text)
    assert set(query) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ^*~_"), query
    hits = await found(ask, text, first=100)
    assert all("same" not in id_ for _, id_, _ in hits)
    assert len(hits) < 20


async def test_pages_go_on_where_they_ended(ask: Asker) -> None:
    """Equal scores are told apart by id, so no page repeats or skips one."""
    whole = await found(ask, "ditto ditty", first=100)
    assert len(whole) == 30
    assert whole == sorted(whole, key=lambda hit: (-hit[2], hit[1]))
    met: list[str] = []
    after = None
    while True:
        page = (await ask(SEARCH, text="ditto ditty", first=7, after=after)).data["search"]
        met += [node["entity"]["id"] for node in page["nodes"]]
        assert page["totalCount"] == 30
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert met == [id_ for _, id_, _ in whole]


@pytest.mark.parametrize(
    ("arguments", "code", "argument"),
    [
        ('text: "x", last: 1', "BAD_USER_INPUT", "last"),
        ('text: "x", before: "y"', "BAD_USER_INPUT", "last"),
        ('text: "x", after: "y"', "CURSOR_INVALID", "after"),
        ('text: "x", first: 101', "LIMIT_EXCEEDED", "first"),
        (f'text: "{"x" * 201}"', "LIMIT_EXCEEDED", "text"),
    ],
)
async def test_what_search_cannot_do_is_refused(
    ask: Asker, arguments: str, code: str, argument: str
) -> None:
    """The error names the argument, and nothing is read."""
    answer = await ask(f"{{ search({arguments}) {{ totalCount }} }}")
    assert (answer.refusal["code"], answer.refusal["argument"]) == (code, argument)
    assert answer.reads == []


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The Who", "who^4 who*^2"),
        ("The The", "the^4 the*^2 the^4 the*^2"),
        ("Trentemøller", "trentemoller^4 trentemoller*^2 trentemoller~2"),
        ("周杰倫", "周杰倫^4"),
        ("__a__ _", "a^4 a*^2"),
    ],
)
def test_what_the_engine_is_asked(text: str, query: str) -> None:
    """Each telling word as it is, as a beginning, and misspelt where it is long enough."""
    assert lucene_query(text) == query


@pytest.mark.parametrize("n", [1, 30])
async def test_search_takes_one_read_and_one_a_type(ask: Asker, n: int) -> None:
    """However much is found."""
    answer = await ask(SEARCH, text="ditto ditty", types=["RECORDING"], first=n)
    assert answer.reads == ["recordings by id", "search"]
