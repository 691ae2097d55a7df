"""A merge told by a file: the old id finds the survivor, and nothing is left beside it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, LiteralString

import pytest
import pytest_asyncio

from graph.client import Graph, Statement, connect
from graph.engines import Endpoint
from graph.facts import ArtistFact, ArtistLinkFact, SourceFact, begin_source, write_facts
from graph.facts import merging as merges
from graph.facts.redirects import RedirectFact, merge_redirect
from graph.facts.relations import RELATIONS, Relation
from ingest.load import SourceFormat, load
from ingest.musicbrainz.properties import entity_id
from ingest.reports import Outcome
from schema.ids import global_id
from tests.engines.wiping import wipe
from tests.integration.ingest.whole_graph import contents
from tests.reads.asking import Asker, CountedGraph

NOW: Final = datetime(2026, 1, 2, tzinfo=UTC)
SOURCE: Final = SourceFact(name="t", kind="GENERATED", licence="CC0-1.0", uri="t:", digest="1")
OLD, NEW, BAND = "0" * 36, "1" * 36, "2" * 36
OLD_ID, NEW_ID, BAND_ID = (entity_id("artist", mbid) for mbid in (OLD, NEW, BAND))
OLD_GLOBAL, NEW_GLOBAL = global_id("Artist", OLD_ID), global_id("Artist", NEW_ID)

ARTIST: Final = """query ($id: ID!) {
  artist(id: $id) { id name gender }
  node(id: $id) { id }
}"""
LISTS: Final = """{
  artists(first: 50) { totalCount nodes { id relations { nodes { artist { id } } } } }
  recordings(first: 50) { nodes { title credits { nodes { artist { id } } } } }
}"""


def credited(mbid: str, artist: str) -> dict[str, Any]:
    """Return a recording credited to an artist."""
    credit = {"name": artist[0], "artist": {"id": artist, "name": f"Named {artist[0]}"}}
    return {"id": mbid * 36, "title": mbid, "length": 1, "artist-credit": [credit]}


MEMBER: Final = {
    "type": "member of band",
    "target-type": "artist",
    "direction": "forward",
    "artist": {"id": BAND, "name": "Band"},
}
BEFORE: Final = [
    {"id": OLD, "name": "Old", "gender": "female", "ipis": [], "relations": [MEMBER]},
    credited("a", OLD),
    credited("b", OLD),
]
AFTER: Final = [
    {
        "request": f"/ws/2/artist/{OLD}?fmt=json",
        "response": {"id": NEW, "name": "New", "gender": None, "relations": [MEMBER]},
    },
    credited("b", NEW),
    credited("c", NEW),
]


@pytest_asyncio.fixture
async def ask(empty: Graph, scratch: Endpoint) -> AsyncIterator[Asker]:
    """Yield what asks operations of the graph under test."""
    assert empty
    async with connect(scratch, make=CountedGraph) as graph:
        yield Asker(graph)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, list[Any]], Path]:
    """Return a writer of response files."""

    def write(name: str, responses: list[Any]) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(map(json.dumps, responses)) + "\n", encoding="utf-8")
        return path

    return write


File = Callable[[str, list[Any]], Path]


async def test_a_merged_id_finds_its_survivor(empty: Graph, ask: Asker, file: File) -> None:
    """An id merged before anything was loaded under it is known all the same."""
    await load(empty, SourceFormat.MUSICBRAINZ, [file("after", AFTER)])
    found = (await ask(ARTIST, id=OLD_GLOBAL)).data
    assert found["artist"] == {"id": NEW_GLOBAL, "name": "New", "gender": None}
    assert found["node"] == {"id": NEW_GLOBAL}


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0), (1, 0, 1)])
async def test_a_merge_leaves_one_artist(
    empty: Graph, ask: Asker, file: File, order: tuple[int, ...]
) -> None:
    """Whatever was loaded under either id, and in which order, stands at the survivor once."""
    files = [file("before", BEFORE), file("after", AFTER)]
    for at in order:
        await load(empty, SourceFormat.MUSICBRAINZ, [files[at]], force=True)
    found = (await ask(ARTIST, id=OLD_GLOBAL)).data
    assert found["artist"]["id"] == NEW_GLOBAL
    assert found["artist"]["name"] == "New"
    assert found["node"] == {"id": NEW_GLOBAL}
    lists = (await ask(LISTS)).data
    band = global_id("Artist", BAND_ID)
    assert lists["artists"]["totalCount"] == 2
    assert {
        each["id"]: [other["artist"]["id"] for other in each["relations"]["nodes"]]
        for each in lists["artists"]["nodes"]
    } == {NEW_GLOBAL: [band], band: [NEW_GLOBAL]}
    assert {
        each["title"]: [credit["artist"]["id"] for credit in each["credits"]["nodes"]]
        for each in lists["recordings"]["nodes"]
    } == {"a": [NEW_GLOBAL], "b": [NEW_GLOBAL], "c": [NEW_GLOBAL]}
    before = await contents(empty, times=True)
    await load(empty, SourceFormat.MUSICBRAINZ, [files[order[-1]]], force=True)
    assert await contents(empty, times=True) == before


async def test_a_merge_can_be_undone_by_hand(empty: Graph, file: File) -> None:
    """What was moved says from where; what stood twice, and the node's properties, are kept."""
    files = [file("before", BEFORE), file("after", AFTER)]
    await load(empty, SourceFormat.MUSICBRAINZ, files)
    moved = await empty.read(
        "moved",
        "MATCH (:Artist {id: $id})-[r:RECORDED]->(t) RETURN collect([t.title, r.movedFrom]) AS rows",
        id=NEW_ID,
    )
    assert sorted(moved) == [["a", [OLD_ID]], ["b", None], ["c", None]]
    name, gender, source, aside = await empty.read(
        "aside",
        "MATCH (r:Redirect {id: $id})"
        " OPTIONAL MATCH (r)-[h:HAD]->(other)"
        " WITH r, collect([h.relation, h.outward, h.role, coalesce(other.title, other.name)]) AS a"
        " RETURN [r.name, r.gender, r.hadSourceId, a] AS rows",
        id=OLD_ID,
    )
    assert (name, gender) == ("Old", "FEMALE")
    assert source
    assert sorted(aside, key=str) == [
        ["MEMBER_OF", True, None, "Band"],
        ["RECORDED", True, "MAIN", "b"],
    ]


async def test_a_merge_cut_off_is_completed(
    empty: Graph, ask: Asker, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge moves by pages; where the engine is lost in between, the same load ends it."""
    recordings = [credited(mbid, OLD) for mbid in "abcdef"]
    await load(empty, SourceFormat.MUSICBRAINZ, [file("before", [BEFORE[0], *recordings])])
    monkeypatch.setattr(merges, "_PAGE", 2)
    write, pages = Graph.write, 0

    async def failing(self: Graph, summary: LiteralString, *rest: Any, **named: Any) -> None:
        nonlocal pages
        if summary == "merge":
            pages += 1
            if pages == 2:
                raise ConnectionError
        await write(self, summary, *rest, **named)

    monkeypatch.setattr(Graph, "write", failing)
    after = file("after", AFTER)
    with pytest.raises(ConnectionError):
        await load(empty, SourceFormat.MUSICBRAINZ, [after])
    assert (await ask(ARTIST, id=OLD_GLOBAL)).data["artist"]["id"] == NEW_GLOBAL
    report = await load(empty, SourceFormat.MUSICBRAINZ, [after])
    assert report.files[0].outcome is Outcome.LOADED
    lists = (await ask(LISTS)).data
    assert lists["artists"]["totalCount"] == 2
    assert [
        [credit["artist"]["id"] for credit in each["credits"]["nodes"]]
        for each in lists["recordings"]["nodes"]
    ] == [[NEW_GLOBAL]] * 6
    assert pages == 1 + 1 + 2, "moved, cut off, and the remaining four"


@pytest.mark.parametrize("mention", [False, True], ids=["record", "mention"])
@pytest.mark.parametrize("chained", [False, True], ids=["one merge", "two merges"])
async def test_a_merge_known_before_its_survivor_settles_when_that_comes(
    empty: Graph, *, mention: bool, chained: bool
) -> None:
    """Until then the old thing stands; a survivor that is only mentioned takes it over as well."""
    await begin_source(empty, SOURCE, NOW)
    link = ArtistLinkFact(type="MEMBER_OF", artist_id="old", other_id="band")
    things = [ArtistFact(id=each, name=each) for each in ("old", "band")]

    async def write(*facts: Any) -> None:
        await write_facts(empty, facts, source_id=SOURCE.id, recorded_at=NOW, position=1)

    async def standing() -> list[Any]:
        text = "MATCH (a:Artist)-[r:MEMBER_OF]->(b) RETURN collect([a.id, b.id, r.movedFrom]) AS x"
        return await empty.read("members", text)

    await write(*things, link)
    for merged, to in (("old", "between"), ("between", "new")) if chained else (("old", "new"),):
        await write(RedirectFact(id=merged, to=to, label="Artist", reason="T"))
    assert await standing() == [["old", "band", None]]
    await write(ArtistFact(id="new", name="New", mention=mention))
    assert await standing() == [["new", "band", ["old"]]]
    names = await empty.read("names", "MATCH (a:Artist) RETURN collect([a.id, a.name]) AS x")
    assert sorted(names) == [["band", "band"], ["new", "New"]]
    before = await contents(empty, times=True)
    await write(ArtistFact(id="new", name="New", mention=mention), *things, link)
    assert await contents(empty, times=True) == before


async def test_an_alias_keeps_its_direction(empty: Graph) -> None:
    """An alias runs from the smaller id to the larger, also after a merge, and never to itself."""
    await begin_source(empty, SOURCE, NOW)

    async def write(*facts: Any) -> None:
        await write_facts(empty, facts, source_id=SOURCE.id, recorded_at=NOW, position=1)

    aliases = [
        ArtistLinkFact(type="ALIAS_OF", artist_id=first, other_id=second)
        for first, second in (("a", "m"), ("a", "z"), ("a", "b"))
    ]
    await write(*(ArtistFact(id=each, name=each) for each in "abmz"), *aliases)
    await write(
        RedirectFact(id="a", to="n", label="Artist", reason="T"), ArtistFact(id="n", name="n")
    )
    await write(RedirectFact(id="z", to="n", label="Artist", reason="T"), *aliases)
    found = await empty.read(
        "aliases", "MATCH (a)-[:ALIAS_OF]->(b) RETURN collect([a.id, b.id]) AS rows"
    )
    assert sorted(found) == [["b", "n"], ["m", "n"]]


WAYS: Final = [
    (relation, outward)
    for relation in RELATIONS
    for outward in (True, False)
    # Aliases have a test of their own; assertions are never merged, only what they are about.
    if not relation.ordered and (relation.start if outward else relation.end) in merges.MOVES
]


async def test_every_relationship_moves(empty: Graph) -> None:
    """Of each type that facts can make, one moves; one that the survivor has too is kept aside."""
    for label in merges.MOVES:
        await wipe(empty)
        ways = [way for way in WAYS if label == (way[0].start if way[1] else way[0].end)]
        assert ways
        await empty.write("make", [each for way in ways for each in _made(*way)])
        for _ in range(2):
            await merge_redirect(
                empty, label, "old", "new", reason="T", source_id="s", recorded_at=NOW
            )
        rows = await empty.read("all", ALL)
        assert {tuple(row) for row in rows} == {
            (relation.type, outward, f"{relation.type}{outward}{end}", moved)
            for relation, outward in ways
            for end, moved in (("one", "old"), ("both", None))
        }
        assert len(rows) == 2 * len(ways)
        aside = await empty.read("aside", ASIDE)
        assert {tuple(row) for row in aside} == {
            (relation.type, outward, f"{relation.type}{outward}both") for relation, outward in ways
        }
        assert await empty.read(
            "old", "OPTIONAL MATCH (n {id: 'old'}) RETURN labels(n) AS rows"
        ) == ["Redirect"]


ALL: Final = """
MATCH (new {id: 'new'})-[found]-(other) WHERE NOT other:Redirect
RETURN collect([type(found), startNode(found).id = 'new', other.id, head(found.movedFrom)]) AS rows
"""
ASIDE: Final = """
MATCH (:Redirect {id: 'old'})-[had:HAD]->(other)
RETURN collect([had.relation, had.outward, other.id]) AS rows
"""


def _made(relation: Relation, outward: bool) -> Iterator[Statement]:  # noqa: FBT001 - as in WAYS.
    """Yield what makes one relationship of the old thing alone, and one that both have."""
    own: LiteralString = relation.start if outward else relation.end
    other: LiteralString = relation.end if outward else relation.start
    left: LiteralString = "-" if outward else "<-"
    right: LiteralString = "->" if outward else "-"
    key: LiteralString = ", ".join([f"{name}: 1" for name in relation.key])
    for start, end in (("old", "one"), ("old", "both"), ("new", "both")):
        text: LiteralString = (
            f"MERGE (own:{own} {{id: $start}}) MERGE (other:{other} {{id: $end}})"
            f" CREATE (own){left}[:{relation.type} {{{key}}}]{right}(other)"
        )
        yield text, {"start": start, "end": f"{relation.type}{outward}{end}"}
