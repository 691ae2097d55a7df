"""What merging and unmerging refuse, record and leave alone; and what loads do with it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, LiteralString

import orjson
import pytest
from neo4j.exceptions import TransientError

from graph.artists import ARTISTS_BY_ID, ArtistRow
from graph.client import connect
from graph.editing import EditThing, Restore, Retire
from graph.errors import (
    CommandRefused,
    GraphUnavailable,
    InvalidValue,
    Merged,
    NotMerged,
    NotThere,
    Retired,
    VersionConflict,
)
from graph.facts import (
    ArtistFact,
    ArtistLinkFact,
    CreditFact,
    RecordingFact,
    RedirectFact,
    SourceFact,
    begin_source,
    write_facts,
)
from graph.journal import Attribution, Journal, Ref, verify
from graph.merging import Merge, Unmerge, moving
from graph.things import rows_by_id
from graph.transactions import Transaction
from tests.integration.ingest.whole_graph import contents

if TYPE_CHECKING:
    from graph.client import Graph
    from graph.engines import Endpoint
    from graph.journal import Command, Done

NOW: Final = datetime(2026, 1, 2, tzinfo=UTC)
EDITOR: Final = Attribution(actor="e")
SOURCE: Final = SourceFact(name="t", kind="GENERATED", licence="CC0-1.0", uri="t:", digest="1")
MEMBERS: Final = "MATCH (a)-[:MEMBER_OF]->(b) RETURN collect([a.id, b.id]) AS rows"
CREDITS: Final = "MATCH (a)-[c:RECORDED]->(b) RETURN collect([a.id, b.id, c.creditedAs]) AS rows"
REDIRECT: Final = "MATCH (redirect:Redirect {id: $id}) RETURN properties(redirect) AS rows"


def artist(id_: str) -> Ref:
    """Return an artist."""
    return Ref("Artist", id_)


async def write(graph: Graph, *facts: Any) -> None:
    """Store facts of a source."""
    await write_facts(graph, facts, source_id=SOURCE.id, recorded_at=NOW, position=1)


@pytest.fixture
async def band(empty: Graph) -> Graph:
    """Return a graph of artists a, b and c, members of a band, two of whom are credited for a recording."""
    await begin_source(empty, SOURCE, NOW)
    members = "abc"
    await write(
        empty,
        *(ArtistFact(id=each, name=f"Named {each}") for each in (*members, "band")),
        RecordingFact(id="song", title="Song"),
        *(ArtistLinkFact(type="MEMBER_OF", artist_id=each, other_id="band") for each in members),
        *(
            CreditFact(
                type="RECORDED", artist_id=each, thing_id="song", role="MAIN", credited_as=each
            )
            for each in "ab"
        ),
    )
    return empty


async def artists(graph: Graph, *ids: str) -> list[ArtistRow]:
    """Return what ids find."""
    found = await rows_by_id(graph, ARTISTS_BY_ID, ids)
    return [found[each] for each in ids]


async def run(journal: Journal, *commands: Command) -> list[Done]:
    """Carry commands out, one after the other."""
    return [await journal.run(command, EDITOR) for command in commands]


REFUSED: Final = [
    pytest.param(Merge(artist("x"), artist("a")), NotThere, ("id",), id="unknown"),
    pytest.param(Merge(artist("a"), artist("x")), NotThere, ("into",), id="into unknown"),
    pytest.param(Merge(artist("song"), artist("a")), NotThere, ("id",), id="of another label"),
    pytest.param(
        Merge(Ref("Recording", "song"), artist("a")), InvalidValue, ("into",), id="two labels"
    ),
    pytest.param(Merge(artist("a"), artist("a")), InvalidValue, ("into",), id="itself"),
    pytest.param(Merge(artist("c"), artist("b")), Merged, ("id",), id="merged already"),
    pytest.param(Merge(artist("a"), artist("c")), Merged, ("into",), id="into a merged one"),
    pytest.param(
        Merge(artist("a"), artist("b"), expected=1),
        VersionConflict,
        ("expectedVersion",),
        id="another version",
    ),
    pytest.param(
        Merge(artist("a"), artist("b"), expected=0, expected_survivor=7),
        VersionConflict,
        ("expectedIntoVersion",),
        id="another version of the survivor",
    ),
    pytest.param(Merge(artist("a"), artist("old")), Retired, ("into",), id="into a retired one"),
    pytest.param(Unmerge(artist("a")), NotMerged, ("id",), id="not merged"),
    pytest.param(Unmerge(artist("x")), NotThere, ("id",), id="unmerge unknown"),
    pytest.param(Unmerge(Ref("Work", "c")), NotThere, ("id",), id="unmerge of another label"),
    pytest.param(Unmerge(artist("never")), NotThere, ("id",), id="never stored"),
    pytest.param(
        Unmerge(artist("c"), expected=0), VersionConflict, ("expectedVersion",), id="unmerge stale"
    ),
    pytest.param(
        Unmerge(artist("c"), expected=1, expected_survivor=0),
        VersionConflict,
        ("expectedIntoVersion",),
        id="unmerge from another version",
    ),
]


@pytest.mark.parametrize(("command", "error", "path"), REFUSED)
async def test_what_cannot_be_is_refused(
    band: Graph,
    journal: Journal,
    command: Command,
    error: type[CommandRefused],
    path: tuple[str, ...],
) -> None:
    """With what is at fault, and into what a thing was merged; nothing is changed."""
    await write(
        band,
        ArtistFact(id="old", name="Old"),
        RedirectFact(id="never", to="a", label="Artist", reason="T"),
    )
    await run(journal, Merge(artist("c"), artist("b")), Retire(artist("old"), expected=None))
    before = await contents(band, times=True)
    with pytest.raises(error) as refused:
        await journal.run(command, EDITOR)
    assert type(refused.value) is error
    assert refused.value.path == path
    if isinstance(refused.value, Merged):
        assert refused.value.into == (None if isinstance(command, Unmerge) else "b")
    assert await contents(band, times=True) == before


async def test_both_things_tell_of_a_merge(band: Graph, journal: Journal) -> None:
    """What the records say, whose they are, and the versions that they name."""
    done = await run(journal, Merge(artist("a"), artist("b")), Unmerge(artist("a")))
    assert [each.subject for each in done] == [artist("b"), artist("a")]
    told = [
        (each.action, each.subject, each.version, orjson.loads(each.details or ""))
        for one in done
        for each in one.changes
    ]
    assert [row[:3] for row in told] == [
        ("MERGED", "a", 1),
        ("MERGED_INTO", "b", 1),
        ("UNMERGED_FROM", "b", 2),
        ("UNMERGED", "a", 2),
    ]
    assert [(row[3]["before"], row[3]["after"]) for row in told] == [
        ({"mergedInto": None}, {"mergedInto": "b"}),
        ({"merged": None}, {"merged": "a"}),
        ({"merged": "a"}, {"merged": None}),
        ({"mergedInto": "b"}, {"mergedInto": None}),
    ]
    versions = await band.read(
        "versions", "MATCH (n:Artist) WHERE n.version > 0 RETURN collect([n.id, n.version]) AS rows"
    )
    assert sorted(versions) == [["a", 2], ["b", 2]]
    assert (await verify(band)).flaw is None


@pytest.mark.parametrize("undoing", [False, True], ids=["merge", "unmerge"])
async def test_what_is_cut_off_leaves_nothing(
    band: Graph, journal: Journal, monkeypatch: pytest.MonkeyPatch, *, undoing: bool
) -> None:
    """Wherever it is cut off: after each write that it makes, in turn."""
    if undoing:
        await run(journal, Merge(artist("c"), artist("a")), Merge(artist("a"), artist("b")))
    command = Unmerge(artist("a")) if undoing else Merge(artist("a"), artist("b"))
    before = await contents(band, times=True)
    really, left = Transaction.write, 0

    async def failing(self: Transaction, *said: Any, **parameters: Any) -> None:
        nonlocal left
        await really(self, *said, **parameters)
        left -= 1
        if left == 0:
            raise ConnectionResetError

    monkeypatch.setattr(Transaction, "write", failing)
    cut = 0
    while True:
        cut += 1
        left = cut
        try:
            await journal.run(command, EDITOR)
        except GraphUnavailable:
            assert await contents(band, times=True) == before
        else:
            break
    assert left > 0
    assert cut > 5
    assert (await verify(band)).flaw is None


async def test_a_transaction_that_is_tried_again_merges_once(
    band: Graph, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine may end one for another's sake after all is written: it runs from its start."""
    really, failures = Transaction.write, 2

    async def failing(
        self: Transaction, summary: LiteralString, text: LiteralString, **parameters: Any
    ) -> None:
        nonlocal failures
        await really(self, summary, text, **parameters)
        if summary == "move the journal's head" and failures:
            failures -= 1
            raise TransientError("again")

    before = await band.read("members", MEMBERS), await band.read("credits", CREDITS)
    monkeypatch.setattr(Transaction, "write", failing)
    [done] = await run(journal, Merge(artist("a"), artist("b")))
    assert failures == 0
    assert [each.sequence for each in done.changes] == [1, 2]
    failures = 2
    [done] = await run(journal, Unmerge(artist("a")))
    assert [each.sequence for each in done.changes] == [3, 4]
    after = await band.read("members", MEMBERS), await band.read("credits", CREDITS)
    assert [sorted(rows) for rows in after] == [sorted(rows) for rows in before]
    assert (await verify(band)).records == 4


async def test_of_two_merges_of_the_same_things_one_wins(band: Graph, scratch: Endpoint) -> None:
    """From two processes, either way round: the other is told."""
    async with connect(scratch) as other:
        journals = Journal(band), Journal(other)
        commands = Merge(artist("a"), artist("b")), Merge(artist("b"), artist("a"))
        outcomes = await asyncio.gather(
            *(journal.run(command, EDITOR) for journal in journals for command in commands),
            return_exceptions=True,
        )
    refused = [each for each in outcomes if isinstance(each, BaseException)]
    assert len(refused) == 3
    assert all(isinstance(each, Merged) for each in refused)
    names = await band.read("artists", "MATCH (a:Artist) RETURN collect(a.id) AS rows")
    assert len(names) == 3
    assert len(await band.read("members", MEMBERS)) == 2
    assert len(await band.read("credits", CREDITS)) == 1
    verified = await verify(band)
    assert (verified.records, verified.flaw) == (2, None)


async def test_a_merge_shares_a_transaction_with_edits(band: Graph, journal: Journal) -> None:
    """What was edited before it in the same transaction goes with the thing, and comes back."""
    await asyncio.gather(
        journal.run(EditThing(artist("a"), {"country": "FI"}, expected=0), EDITOR),
        journal.run(Merge(artist("a"), artist("b"), expected=1), EDITOR),
        journal.run(Unmerge(artist("a"), expected=2), EDITOR),
    )
    found = await artists(band, "a", "b")
    assert [(each.id, each.country) for each in found] == [("a", "FI"), ("b", None)]


async def test_a_retired_thing_is_merged_and_comes_back_retired(
    band: Graph, journal: Journal
) -> None:
    """The mark that counts it leaves with it, and returns with it."""
    marks = "MATCH (mark:Retired) RETURN collect([mark.id, mark.label]) AS rows"
    await run(journal, Retire(artist("a"), expected=None), Merge(artist("a"), artist("b")))
    assert await band.read("marks", marks) == []
    await run(journal, Unmerge(artist("a")))
    assert await band.read("marks", marks) == [["a", "Artist"]]
    await run(journal, Restore(artist("a"), expected=3))


async def test_too_much_is_refused(
    band: Graph, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no transaction could take in its time is not begun."""
    monkeypatch.setattr(moving, "MOST", 1)
    before = await contents(band, times=True)
    with pytest.raises(CommandRefused, match="more than 1 rel"):
        await run(journal, Merge(artist("a"), artist("b")))
    assert await contents(band, times=True) == before
    await run(journal, Merge(artist("c"), artist("b")))
    before = await contents(band, times=True)
    monkeypatch.setattr(moving, "MOST_UNDONE", 0)
    with pytest.raises(CommandRefused, match="More was merged"):
        await run(journal, Unmerge(artist("c")))
    assert await contents(band, times=True) == before


async def test_a_chain_comes_apart_in_any_order(band: Graph, journal: Journal) -> None:
    """Without the middle, what came through it is the middle's again; without the first, only that leaves."""
    chain = Merge(artist("a"), artist("b")), Merge(artist("b"), artist("c"))
    await run(journal, *chain)
    assert [each.id for each in await artists(band, *"abc")] == ["c", "c", "c"]
    await run(journal, Unmerge(artist("b")))
    assert [each.id for each in await artists(band, *"abc")] == ["b", "b", "c"]
    assert sorted(await band.read("members", MEMBERS)) == [["b", "band"], ["c", "band"]]
    await run(journal, chain[1], Unmerge(artist("a")))
    assert [each.id for each in await artists(band, *"abc")] == ["a", "c", "c"]
    # Each of the two has its own credit again: they had been one.
    assert sorted(await band.read("credits", CREDITS)) == [["a", "song", "a"], ["c", "song", "b"]]


async def test_a_source_does_not_merge_what_an_editor_parted(band: Graph, journal: Journal) -> None:
    """Neither way round; what it says of the thing stands there. An editor may merge it again."""
    told = RedirectFact(id="a", to="b", label="Artist", reason="T")
    back = RedirectFact(id="b", to="a", label="Artist", reason="T")
    await write(band, told)
    await run(journal, Unmerge(artist("a")))
    before = await contents(band, times=True)
    member = ArtistLinkFact(type="MEMBER_OF", artist_id="a", other_id="band")
    for fact in (told, back):
        await write(band, fact, ArtistFact(id="a", name="Named a"), member)
        assert await contents(band, times=True) == before
    await write(band, told, ArtistLinkFact(type="PERFORMS_AS", artist_id="a", other_id="c"))
    performs = "MATCH (a)-[:PERFORMS_AS]->(b) RETURN collect([a.id, b.id]) AS rows"
    assert await band.read("performs", performs) == [["a", "c"]]
    await run(journal, Merge(artist("a"), artist("c")))
    assert await band.read("performs", performs) == []
    before = await contents(band, times=True)
    await write(band, told)
    assert await contents(band, times=True) == before, "Nor what an editor merged elsewhere."


async def test_what_was_loaded_in_between_stays_with_the_survivor(
    band: Graph, journal: Journal
) -> None:
    """Under whichever id; what is said of the thing after that is its own."""
    await run(journal, Merge(artist("a"), artist("b")))
    await write(
        band,
        RecordingFact(id="new", title="New"),
        CreditFact(type="RECORDED", artist_id="a", thing_id="new", role="MAIN"),
    )
    await run(journal, Unmerge(artist("a")))
    assert sorted(await band.read("credits", CREDITS), key=str) == [
        ["a", "song", "a"],
        ["b", "new", None],
        ["b", "song", "b"],
    ]
    await write(band, CreditFact(type="RECORDED", artist_id="a", thing_id="new", role="MAIN"))
    assert ["a", "new", None] in await band.read("credits", CREDITS)


async def test_a_merge_whose_survivor_is_not_stored_is_undone(
    band: Graph, journal: Journal
) -> None:
    """The thing never moved; what was to be merged into it is."""
    await write(
        band,
        RedirectFact(id="a", to="b", label="Artist", reason="T"),
        RedirectFact(id="b", to="absent", label="Artist", reason="T"),
    )
    with pytest.raises(Merged):
        await run(journal, Merge(artist("b"), artist("c")))
    [done] = await run(journal, Unmerge(artist("b")))
    assert [each.action for each in done.changes] == ["UNMERGED"]
    assert [each.id for each in await artists(band, "a", "b")] == ["b", "b"]
    await write(band, ArtistFact(id="absent", name="Late"))
    names = [each.name for each in await artists(band, "a", "b", "absent")]
    assert names == ["Named b", "Named b", "Late"]
    await run(journal, Unmerge(artist("a")))
    assert sorted(await band.read("members", MEMBERS)) == [[each, "band"] for each in "abc"]


async def test_what_ties_a_thing_to_itself_is_set_aside_and_comes_back(
    band: Graph, journal: Journal
) -> None:
    """It is all that the thing has: what sets it aside ties the thing anew, and that is moved as well."""
    await write(
        band,
        ArtistFact(id="lone", name="Lone"),
        ArtistLinkFact(type="MEMBER_OF", artist_id="lone", other_id="lone"),
    )
    await run(journal, Merge(artist("lone"), artist("a")))
    assert ["a", "a"] not in await band.read("members", MEMBERS)
    await run(journal, Unmerge(artist("lone")))
    assert ["lone", "lone"] in await band.read("members", MEMBERS)


async def test_a_merge_that_a_load_left_halfway_is_undone(band: Graph, journal: Journal) -> None:
    """It is completed within the transaction first."""
    before = await band.read("members", MEMBERS), await band.read("credits", CREDITS)
    # As `merge_redirect` leaves it, cut off before anything is moved.
    text = """CREATE (:Redirect {id: 'a', to: 'b', label: 'Artist', reason: 'T', sourceId: 's',
recordedAt: $now})"""
    await band.write("halfway", [(text, {"now": NOW})])
    await run(journal, Unmerge(artist("a")))
    after = await band.read("members", MEMBERS), await band.read("credits", CREDITS)
    assert [sorted(rows) for rows in after] == [sorted(rows) for rows in before]


async def test_merges_of_before_know_their_final_survivor_only(
    band: Graph, journal: Journal
) -> None:
    """Each comes apart from that, whatever it was merged into first."""
    before = await band.read("members", MEMBERS), await band.read("credits", CREDITS)
    for merged, into in (("a", "b"), ("b", "c")):
        await write(band, RedirectFact(id=merged, to=into, label="Artist", reason="T"))
    forget = "MATCH (redirect:Redirect) SET redirect.into = null"
    await band.write("forget", [(forget, {})])
    await run(journal, Unmerge(artist("b")))
    assert [each.id for each in await artists(band, *"abc")] == ["c", "b", "c"]
    await run(journal, Merge(artist("c"), artist("band")), Unmerge(artist("c")))
    assert (await band.read("redirect", REDIRECT, id="a"))["to"] == "c"
    await run(journal, Unmerge(artist("a")))
    after = await band.read("members", MEMBERS), await band.read("credits", CREDITS)
    assert [sorted(rows) for rows in after] == [sorted(rows) for rows in before]
