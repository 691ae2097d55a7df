"""Whoever listens is told every change once, in the order of commits, by either way."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest_asyncio
from structlog.testing import capture_logs

from graph.changes import newest_change
from resolvers import feed as feeds
from schema.ids import global_id
from server.settings import Settings
from tests.integration.feed.serving import (
    CHANGED,
    EVENTS,
    connected,
    listening_by_events,
    serving,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import pytest

    from graph.client import Graph
    from graph.engines import Endpoint
    from tests.integration.feed.serving import Server
    from tests.reads.asking import CountedGraph

TAKE_AWAY: Final = "MATCH (journal:Journal {id: 'journal'}) SET journal.sequence = 2"


@pytest_asyncio.fixture
async def server(graph: CountedGraph, scratch: Endpoint) -> AsyncGenerator[Server]:
    """Yield a server over an empty graph."""
    del graph  # It is ready now.
    async with serving(scratch, Settings()) as server:
        yield server


def sequences(changes: list[dict[str, Any]]) -> list[int]:
    """Return the changes' numbers."""
    return [change["sequence"] for change in changes]


async def test_events_come_as_they_are_committed(server: Server) -> None:
    """Over HTTP, from now on: what was before is not told."""
    await server.maker.make("Artist")
    async with listening_by_events(server) as stream:
        ref = await server.maker.make("Artist")
        await server.maker.edit(ref, name="Simone")
        made, edited = await stream.changes(2)
    assert (made["sequence"], made["action"], made["type"]) == (2, "CREATED", "Artist")
    assert (edited["sequence"], edited["action"]) == (3, "EDITED")
    assert edited["thing"] == {"id": global_id("Artist", ref.id)}
    await server.let_go()


async def test_a_socket_has_several_at_once(server: Server) -> None:
    """Each by its id, with queries between, until its client completes it."""
    async with connected(server) as socket:
        await socket.init()
        await socket.subscribe("works", types=["Work"], after=None)
        await socket.subscribe("count", "{ changes { totalCount } }")
        assert await socket.message() == {
            "id": "count",
            "type": "next",
            "payload": {"data": {"changes": {"totalCount": 0}}},
        }
        assert await socket.message() == {"id": "count", "type": "complete"}
        await server.until_listening(1)
        await server.maker.make("Artist")
        await server.maker.make("Work")
        message = await socket.message()
        assert (message["id"], message["payload"]["data"]["changed"]["type"]) == ("works", "Work")
        await socket.send(type="complete", id="works")
        await server.until_listening(0)
        await socket.send(type="ping")
        assert await socket.message() == {"type": "pong"}
    await server.let_go()


async def test_only_of_the_things_asked_for(server: Server) -> None:
    """By their global ids."""
    ref, other = await server.maker.make("Artist"), await server.maker.make("Artist")
    async with listening_by_events(server, ids=[global_id("Artist", ref.id)]) as stream:
        await server.maker.edit(other, name="b")
        await server.maker.edit(ref, name="c")
        [change] = await stream.changes(1)
        assert change["sequence"] == 4


async def test_what_cannot_be_listened_to_is_refused(server: Server) -> None:
    """An id of nothing, a type of nothing, a place that there is not yet: told, and the stream ends."""
    beyond = "WyJTRVFVRU5DRSIsOTldCg"
    wrongs: list[dict[str, Any]] = [
        {"ids": ["x"]},
        {"types": ["Wrok"]},
        {"after": "x"},
        {"after": beyond},
    ]
    for wrong in wrongs:
        async with listening_by_events(server, **wrong) as stream:
            name, data = await stream.message()
            assert name == "next"
            assert data["errors"][0]["extensions"]["code"] in {"BAD_USER_INPUT", "CURSOR_INVALID"}
            assert await stream.message() == ("complete", None)
    await server.let_go()


async def test_a_subscription_wants_a_stream(server: Server) -> None:
    """Plain JSON is no answer to it."""
    async with httpx.AsyncClient() as client:
        answer = await client.post(server.graphql, json={"query": CHANGED})
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"


async def test_it_comes_by_get_too(server: Server) -> None:
    """As the browser's own EventSource asks."""
    asked = {"query": "subscription { changed { sequence } }"}
    async with (
        httpx.AsyncClient(timeout=60) as client,
        client.stream("GET", server.graphql, params=asked, headers=EVENTS) as response,
    ):
        lines = response.aiter_lines()
        assert await anext(lines) == ":"
        await server.maker.make("Artist")
        assert await anext(lines) == ""
        assert await anext(lines) == "event: next"
        assert await anext(lines) == 'data: {"data":{"changed":{"sequence":1}}}'


async def test_whoever_is_cut_off_goes_on_without_a_gap(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off anywhere, by either way, while changes are made: all of them are told, in order, once."""
    monkeypatch.setattr(feeds, "HELD", 4)
    monkeypatch.setattr(feeds, "BATCH", 3)
    chance = Random(5)  # noqa: S311 - which way is no secret.
    writing = asyncio.create_task(_write(server, 60))
    found: list[int] = []
    cursor: str | None = "WyJTRVFVRU5DRSIsMF0"
    while len(found) < 60:
        taken = min(chance.randint(1, 15), 60 - len(found))
        if chance.random() < 0.5:
            async with listening_by_events(server, after=cursor) as stream:
                changes = await stream.changes(taken)
        else:
            async with connected(server) as socket:
                await socket.init()
                await socket.subscribe("1", after=cursor)
                changes = await socket.changes(taken)
        found += sequences(changes)
        cursor = changes[-1]["cursor"]
    await writing
    assert found == list(range(1, 61))
    await server.let_go()


async def test_changes_by_others_are_told(server: Server, scratch: Endpoint) -> None:
    """Two servers over one graph: what one of them carries out reaches who listens to the other."""
    async with (
        serving(scratch, Settings()) as other,
        listening_by_events(server) as here,
        listening_by_events(other) as there,
    ):
        for number in range(6):
            await (server if number % 2 else other).maker.make("Artist")
        assert sequences(await here.changes(6)) == [1, 2, 3, 4, 5, 6]
        assert sequences(await there.changes(6)) == [1, 2, 3, 4, 5, 6]


async def _write(server: Server, count: int) -> None:
    for number in range(count):
        await server.maker.make("Artist" if number % 3 else "Work")


async def test_what_is_committed_while_a_gap_is_looked_for_is_no_gap(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change between the empty read and the look at the newest is told; nobody says that one is missing."""
    monkeypatch.setattr(feeds, "GAP_SECONDS", 0.0)
    looks = 0

    async def newest(graph: Graph) -> int:
        nonlocal looks
        looks += 1
        if looks < 4:
            await server.maker.make("Artist")
        return await newest_change(graph)

    with capture_logs() as told:
        async with listening_by_events(server) as stream:
            monkeypatch.setattr(feeds, "newest_change", newest)
            assert sequences(await stream.changes(3)) == [1, 2, 3]
    assert [each["event"] for each in told if each["log_level"] == "error"] == []
    await server.let_go()


async def test_a_change_that_is_gone_is_passed_and_told_of_once(
    server: Server, graph: CountedGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who took it away stops nobody from being told what came after it; the log says which it was."""
    monkeypatch.setattr(feeds, "GAP_SECONDS", 0.0)
    await server.maker.make("Artist")
    with capture_logs() as told:
        async with listening_by_events(server) as stream:
            await graph.write("take a change away", [(TAKE_AWAY, {})])
            await server.maker.make("Work")
            assert sequences(await stream.changes(1)) == [3]
    gone = [each for each in told if each["log_level"] == "error"]
    assert [(each["event"], each["sequence"]) for each in gone] == [
        ("a change is missing from the journal", 2)
    ]
    await server.let_go()
