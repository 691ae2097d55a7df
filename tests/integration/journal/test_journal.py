"""Commands are carried out once, as a whole or not at all, and chained in the order of their commits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, LiteralString

import pytest
import pytest_asyncio

from graph.client import Graph, connect
from graph.errors import CommandRefused, NotThere, OnceMismatch, VersionConflict
from graph.ids import random_id
from graph.journal import Attribution, Command, Done, Journal, Once, Ref, Stage, verify
from graph.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.engines import Endpoint

BY: Final = Attribution(actor="somebody", reason="for a test")
STATE: Final = "MATCH (artist:Artist {id: $id}) RETURN properties(artist) AS rows"
ARTISTS: Final = "MATCH (artist:Artist) RETURN count(artist) AS rows"


class Put(Command):
    """Make a thing, or give it another name; refuse a version that is not the one expected."""

    def __init__(self, ref: Ref, name: str, expected: int | None = None) -> None:
        self.reads = (ref,)
        self.ref = ref
        self.name = name
        self.expected = expected
        self.fails: Exception | None = None

    async def run(self, stage: Stage) -> Ref:
        """Do it."""
        had = await stage.state(self.ref)
        if self.expected is not None and (had or {}).get("version", 0) != self.expected:
            raise VersionConflict("It was changed.")
        if had is None:
            stage.create(self.ref, {"name": self.name}, action="CREATED")
        else:
            await stage.change(self.ref, {"name": self.name}, action="EDITED")
        if self.fails:
            raise self.fails
        return self.ref


class Written(Put):
    """The same, written at once instead of when the transaction's commands have all run."""

    async def run(self, stage: Stage) -> Ref:
        """Do it, and have it written before it may fail."""
        fails, self.fails = self.fails, None
        await super().run(stage)
        await stage.flush()
        self.fails = fails
        if fails:
            raise fails
        return self.ref


@pytest_asyncio.fixture
async def graph(scratch: Endpoint) -> AsyncIterator[Graph]:
    """Yield an empty graph that is ready for commands."""
    async with connect(scratch) as graph:
        await migrate(graph)
        yield graph


def artist() -> Ref:
    """Return a new artist's name."""
    return Ref("Artist", random_id())


async def test_changes_are_recorded_with_what_was_and_is(graph: Graph) -> None:
    """What differs, before and after, by whom and why; versions count up, sequences without gaps."""
    journal, ref = Journal(graph), artist()
    made = await journal.run(Put(ref, "One"), BY)
    edited = await journal.run(Put(ref, "Two"), BY)
    again = await journal.run(Put(ref, "Two"), BY)
    told = [(done.version, *done.changes) for done in (made, edited, again)]
    assert [(version, change.sequence, change.details) for version, change in told] == [
        (1, 1, '{"after":{"name":"One"},"before":{},"reason":"for a test"}'),
        (2, 2, '{"after":{"name":"Two"},"before":{"name":"One"},"reason":"for a test"}'),
        (2, 3, '{"after":{},"before":{},"reason":"for a test"}'),
    ]
    assert {change.actor for _, change in told} == {"somebody"}
    assert (await graph.read("state", STATE, id=ref.id))["version"] == 2
    assert await verify(graph) == await verify(graph, noted=(2, edited.changes[0].hash))


async def test_what_fails_leaves_nothing_and_harms_no_other(graph: Graph) -> None:
    """Of commands that wait together those that are refused, or break, are undone alone."""
    journal = Journal(graph)
    commands = [
        kind(artist(), f"{kind.__name__} {fails!r}")
        for kind in (Put, Written)
        for fails in (None, NotThere("no"), RuntimeError("broken"))
    ]
    for command, fails in zip(
        commands, [None, NotThere("no"), RuntimeError("broken")] * 2, strict=True
    ):
        command.fails = fails
    answers = await asyncio.gather(
        *(journal.run(each, BY) for each in commands), return_exceptions=True
    )
    kinds = [Done if each.fails is None else type(each.fails) for each in commands]
    assert [type(answer) for answer in answers] == kinds
    assert await graph.read("artists", ARTISTS) == 2
    verified = await verify(graph)
    assert (verified.records, verified.flaw) == (2, None)


async def test_of_many_who_looked_at_one_version_one_wins(graph: Graph) -> None:
    """Sixteen writers, of two processes, that expect the same version: no update is lost."""
    journals, ref = [Journal(graph), Journal(graph)], artist()
    await journals[0].run(Put(ref, "first"), BY)
    answers = await asyncio.gather(
        *(
            journals[number % 2].run(Put(ref, f"writer {number}", expected=1), BY)
            for number in range(16)
        ),
        return_exceptions=True,
    )
    won = [number for number, answer in enumerate(answers) if isinstance(answer, Done)]
    assert len(won) == 1
    assert all(isinstance(each, VersionConflict) for each in answers if not isinstance(each, Done))
    state = await graph.read("state", STATE, id=ref.id)
    assert (state["name"], state["version"]) == (f"writer {won[0]}", 2)
    assert (await verify(graph)).records == 2


async def test_processes_take_turns(graph: Graph) -> None:
    """What two processes do at once stands in one chain, each after the other."""
    journals = [Journal(graph), Journal(graph)]
    refs = [artist() for _ in range(40)]
    await asyncio.gather(
        *(journals[number % 2].run(Put(ref, "x"), BY) for number, ref in enumerate(refs))
    )
    verified = await verify(graph)
    assert (verified.records, verified.flaw) == (40, None)


async def test_a_key_is_carried_out_once(graph: Graph) -> None:
    """Again, together, by another process: the same answer; for something else it is refused."""
    ref, once = artist(), Once("key", "digest")
    first = await Journal(graph).run(Put(ref, "x"), BY, once)
    journal = Journal(graph)
    others = await asyncio.gather(*(journal.run(Put(ref, "x"), BY, once) for _ in range(3)))
    assert [each.changes for each in others] == [first.changes] * 3
    assert all(each.again and each.subject == ref for each in others)
    with pytest.raises(OnceMismatch):
        await journal.run(Put(ref, "y"), BY, Once("key", "another"))
    together = Once("together", "digest")
    pair = await asyncio.gather(*(journal.run(Put(ref, "y"), BY, together) for _ in range(2)))
    assert pair[0].changes == pair[1].changes
    assert (await verify(graph)).records == 2


async def test_a_refusal_is_not_remembered(graph: Graph) -> None:
    """What was refused may be asked for again with its key, once it can be had."""
    journal, ref, once = Journal(graph), artist(), Once("key", "digest")
    with pytest.raises(CommandRefused):
        await journal.run(Put(ref, "x", expected=1), BY, once)
    await journal.run(Put(ref, "w"), BY)
    assert (await journal.run(Put(ref, "x", expected=1), BY, once)).version == 2


async def test_who_stops_waiting_stops_nothing(graph: Graph) -> None:
    """A caller that leaves: what it asked for is done, and others are answered."""
    journal, left, stays = Journal(graph), artist(), artist()
    leaving = asyncio.create_task(journal.run(Put(left, "x"), BY))
    staying = asyncio.create_task(journal.run(Put(stays, "x"), BY))
    await asyncio.sleep(0)
    leaving.cancel()
    await staying
    await journal.close()
    assert await graph.read("artists", ARTISTS) == 2


PUT_IN: Final = """
MATCH (last:Change {sequence: 3})
SET last.sequence = 4
WITH properties(last) AS known
CREATE (new:Change {id: 'x'})
SET new += known {.*, id: 'x', sequence: 3, actor: 'another'}
"""
MOVE_BACK: Final = """
MATCH (before:Change {sequence: 2})
MATCH (journal:Journal)
SET journal.sequence = 2, journal.hash = before.hash
WITH journal
MATCH (last:Change {sequence: 3})
DELETE last
"""
TAMPERING: Final[dict[str, tuple[LiteralString, int, str]]] = {
    "a changed actor": ("MATCH (c:Change {sequence: 2}) SET c.actor = 'another'", 2, "was changed"),
    "changed details": (
        "MATCH (c:Change {sequence: 2}) SET c.details = '{}'",
        2,
        "has details that were changed",
    ),
    "details taken away": (
        "MATCH (c:Change {sequence: 2}) REMOVE c.details",
        2,
        "has details that were changed",
    ),
    "details and salt taken away": (
        "MATCH (c:Change {sequence: 2}) REMOVE c.details, c.salt",
        2,
        "has no details any more, and no record tells that they were erased",
    ),
    "an idempotency key changed": (
        "MATCH (c:Change {sequence: 2}) SET c.onceKey = 'another'",
        2,
        "was changed",
    ),
    "an idempotency key taken away": (
        "MATCH (c:Change {sequence: 2}) REMOVE c.onceKey, c.onceDigest",
        2,
        "was changed",
    ),
    "an idempotency key put in": (
        "MATCH (c:Change {sequence: 1}) SET c.onceKey = 'another', c.onceDigest = 'x'",
        1,
        "was changed",
    ),
    "what a key asked for changed": (
        "MATCH (c:Change {sequence: 2}) SET c.onceDigest = 'another'",
        2,
        "was changed",
    ),
    "what a key was about changed": (
        "MATCH (c:Change {sequence: 2}) SET c.about = 'another'",
        2,
        "was changed",
    ),
    "one put beyond the head": (
        "CREATE (:Change {id: 'x', sequence: 1000})",
        1000,
        "is none of the journal: its number is beyond the head's",
    ),
    "one put before the first": (
        "CREATE (:Change {id: 'x', sequence: 0})",
        0,
        "is none of the journal: its number is below 1, or it has none",
    ),
    "one put below": (
        "CREATE (:Change {id: 'x', sequence: -7})",
        0,
        "is none of the journal: its number is below 1, or it has none",
    ),
    "one put in without a number": (
        "CREATE (:Change {id: 'x', subject: 'y'})",
        0,
        "is none of the journal: its number is below 1, or it has none",
    ),
    "one taken out": ("MATCH (c:Change {sequence: 2}) DELETE c", 2, "is missing"),
    "the last taken away": (
        "MATCH (c:Change {sequence: 3}) DELETE c",
        3,
        "is missing: the journal goes on after it",
    ),
    "one put in": (PUT_IN, 3, "was changed"),
    "the head moved back": (
        MOVE_BACK,
        3,
        "is missing: a later one was noted",
    ),
}


@pytest.mark.parametrize("how", TAMPERING)
async def test_tampering_is_found(graph: Graph, how: str) -> None:
    """Whatever is changed behind the journal's back, the record is named; the last by a noted head."""
    journal, ref = Journal(graph), artist()
    for name in ("one", "two", "three"):
        once = Once("key", "digest") if name == "two" else None
        done = await journal.run(Put(ref, name), BY, once)
    head = done.changes[-1]
    text, sequence, what = TAMPERING[how]
    await graph.write("tamper", [(text, {})])
    flaw: Any = (await verify(graph, noted=(head.sequence, head.hash))).flaw
    assert (flaw.sequence, flaw.what) == (sequence, what)
