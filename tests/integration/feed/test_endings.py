"""However a stream ends, nothing of it is left; and who may not listen does not."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import pytest_asyncio

from resolvers import feed as feeds
from server import event_stream, graphql_websocket
from server.authentication.tokens import LEEWAY_SECONDS
from server.settings import Settings
from tests.authentication.issuing import AUDIENCE, issuing
from tests.integration.feed.serving import (
    CHANGED,
    EVENTS,
    connected,
    listening_by_events,
    serving,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from graph.engines import Endpoint
    from tests.authentication.issuing import Issuer
    from tests.integration.feed.serving import Server
    from tests.reads.asking import CountedGraph

MANY = 200


@pytest_asyncio.fixture
async def issuer() -> AsyncGenerator[Issuer]:
    """Yield an issuer whose server answers."""
    async with issuing() as issuer:
        yield issuer


@pytest.fixture
def settings(issuer: Issuer, tmp_path: Path) -> Settings:
    """Return the settings of a server that takes the issuer's tokens, and lets nobody in without."""
    return Settings(
        issuer=issuer.name,
        audience=AUDIENCE,
        jwks_url=issuer.jwks_url,
        data=tmp_path,
        anonymous_roles=frozenset(),
        max_streams=MANY,
        operation_seconds=120,  # Hundreds on a machine that does something else, too.
    )


@pytest_asyncio.fixture
async def server(
    graph: CountedGraph, scratch: Endpoint, settings: Settings
) -> AsyncGenerator[Server]:
    """Yield a server over an empty graph."""
    del graph  # It is ready now.
    async with serving(scratch, settings) as server:
        yield server


async def test_hundreds_come_and_go(server: Server, issuer: Issuer) -> None:
    """By every kind of ending, in any order: what ran for them runs no more, and the outbox rests."""
    token = issuer.token(roles=["service"])
    before = len(asyncio.all_tasks())
    for _ in range(2):
        async with AsyncExitStack() as stack:
            writing = asyncio.create_task(_write(server))
            await asyncio.gather(*(_one(stack, server, token, each) for each in range(MANY // 2)))
            writing.cancel()
        await server.let_go()
    for _ in range(200):
        if len(asyncio.all_tasks()) <= before:
            break
        await asyncio.sleep(0.05)
    assert len(asyncio.all_tasks()) <= before


async def _write(server: Server) -> None:
    while True:
        await server.maker.make("Artist")
        await asyncio.sleep(0.5)


async def _one(stack: AsyncExitStack, server: Server, token: str, number: int) -> None:
    """Begin to listen, and end it in one of several ways, or let the stack end it."""
    if number % 2:
        stream = await stack.enter_async_context(listening_by_events(server, token))
        if number % 4 == 1:
            await stream.message()
        return
    socket = await stack.enter_async_context(connected(server))
    await socket.init(Authorization=f"Bearer {token}")
    await socket.subscribe("1")
    match number % 10:
        case 0:
            await socket.send(type="complete", id="1")
        case 2:
            await socket.connection.close()
        case 4:
            socket.connection.transport.abort()
        case 6:
            await socket.send(type="nonsense")
        case _:
            await socket.changes(1)


async def test_a_token_that_ends_ends_what_it_opened(server: Server, issuer: Issuer) -> None:
    """A stream says so and is complete; a socket is closed so that clients come with a new one."""
    soon = int(time.time()) - LEEWAY_SECONDS + 3
    async with connected(server) as socket:
        token = issuer.token(roles=["service"], exp=soon + LEEWAY_SECONDS)
        async with listening_by_events(server, token) as stream:
            await socket.init(Authorization=f"Bearer {token}")
            await socket.subscribe("1")
            name, data = await stream.message()
            assert name == "next"
            assert data["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
            assert await stream.message() == ("complete", None)
        code, _ = await socket.closed()
        assert code == 4403
    await server.let_go()


@pytest.mark.parametrize("role", [None, "viewer", "rightsholder", "finance"])
async def test_who_may_not_see_history_does_not_listen(
    server: Server, issuer: Issuer, role: str | None
) -> None:
    """Refused before anything is listened to, by either way."""
    token = issuer.token(roles=[role]) if role else None
    expected = "FORBIDDEN" if role else "UNAUTHENTICATED"
    async with listening_by_events(server, token) as stream:
        name, data = await stream.message()
        assert (name, data["errors"][0]["extensions"]["code"]) == ("next", expected)
    async with connected(server) as socket:
        await socket.init(**({"Authorization": f"Bearer {token}"} if token else {}))
        await socket.subscribe("1")
        message = await socket.message()
        assert message["payload"]["errors"][0]["extensions"]["code"] == expected
    await server.let_go()


async def test_who_takes_nothing_is_let_go(
    server: Server, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that leaves its connections open and reads no more is ended, by either way."""
    for module in (event_stream, graphql_websocket):
        monkeypatch.setattr(module, "TAKE_SECONDS", 0.5)
    token = issuer.token(roles=["service"])
    reader, writer = await _asked_and_left(server, token)
    async with connected(server, max_queue=1) as socket:
        await socket.init(Authorization=f"Bearer {token}")
        await socket.subscribe("1", "subscription { changed { after { value } } }")
        socket.connection.transport.pause_reading()
        long = "x" * 200_000
        ref = await server.maker.make("Artist")
        for number in range(60):
            await server.maker.edit(ref, disambiguation=f"{number}{long}")
        await server.let_go()
        socket.connection.transport.abort()
    writer.close()
    del reader


async def _asked_and_left(
    server: Server, token: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Ask for a stream and read nothing of it but its beginning."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1_024)
    query = "subscription{changed{after{value}}}"
    writer.write(
        f"GET /graphql?query={query} HTTP/1.1\r\nhost: {host}\r\naccept: text/event-stream\r\n"
        f"authorization: Bearer {token}\r\n\r\n".encode()
    )
    while await reader.readline() != b":\n":
        pass
    writer.transport.pause_reading()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - a transport of both ways.
    return reader, writer


async def test_who_falls_far_behind_is_told_so(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may go on after the last that it has."""
    monkeypatch.setattr(feeds, "MOST_BEHIND", 5)
    feed = server.service.feed
    wanted = feeds.Wanted(types=frozenset({"Artist"}))
    listener = await feed.listen(wanted, lambda change: change.sequence)
    await server.maker.make("Artist")
    assert await anext(listener) == 1
    for _ in range(8):
        await server.maker.make("Artist")
    while feed.position < 9:  # noqa: ASYNC110 - it is the feed that moves.
        await asyncio.sleep(0.01)
    with pytest.raises(feeds.TooSlow):
        await anext(listener)
    await listener.aclose()
    again = await feed.listen(wanted, lambda change: change.sequence, after=1)
    assert [await anext(again) for _ in range(8)] == list(range(2, 10))
    await again.aclose()
    await server.let_go()


async def test_a_caller_has_so_many_streams(
    graph: CountedGraph, scratch: Endpoint, settings: Settings, issuer: Issuer
) -> None:
    """One more is refused, by either way, until one ends; others' do not count."""
    del graph
    token, other = issuer.token(roles=["service"]), issuer.token(roles=["service"], sub="other")
    few = settings.model_copy(update={"max_streams": 1, "max_socket_operations": 1})
    async with serving(scratch, few) as server, httpx.AsyncClient(timeout=60) as client:
        headers = EVENTS | {"authorization": f"Bearer {token}"}
        async with listening_by_events(server, token):
            refused = await client.post(server.graphql, json={"query": CHANGED}, headers=headers)
            assert refused.status_code == 429
            assert refused.headers["retry-after"]
            assert refused.json()["errors"][0]["extensions"]["code"] == "TOO_MANY_STREAMS"
            async with connected(server) as socket:
                await socket.send(
                    type="connection_init", payload={"authorization": f"Bearer {token}"}
                )
                code, _ = await socket.closed()
                assert code == 1013
            async with connected(server) as socket:
                await socket.init(authorization=f"Bearer {other}")
                await socket.subscribe("1")
                await socket.subscribe("2")
                message = await socket.message()
                assert (message["id"], message["type"]) == ("2", "error")
        await server.let_go()
        async with listening_by_events(server, token):
            pass


async def test_a_server_that_stops_cuts_its_streams_off(server: Server, issuer: Issuer) -> None:
    """Without a word of completion: clients connect again and go on."""
    token = issuer.token(roles=["service"])
    async with listening_by_events(server, token) as stream:
        server.streams.stop()
        assert await stream.message() == ("", None)
    await server.let_go()


Asked = list[dict[str, Any]]
INIT: dict[str, Any] = {"type": "connection_init"}
BEGIN: dict[str, Any] = {"type": "subscribe", "id": "1", "payload": {"query": CHANGED}}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([BEGIN], 4401),
        ([INIT, INIT], 4429),
        ([INIT, {"type": "nonsense"}], 4400),
        ([INIT, {"type": "subscribe", "id": "1"}], 4400),
        ([INIT, {"type": "subscribe", "id": "1", "payload": {"query": 7}}], 4400),
        ([INIT, {"type": "subscribe", "payload": {"query": CHANGED}}], 4400),
        ([{"type": "connection_init", "payload": 7}], 4400),
        ([{"type": "connection_init", "payload": {"Authorization": "Bearer x"}}], 4403),
        ([], 4408),
    ],
)
async def test_what_breaks_the_protocol_is_closed_by_its_code(
    server: Server, monkeypatch: pytest.MonkeyPatch, messages: Asked, code: int
) -> None:
    """The protocol says which."""
    if not messages:
        monkeypatch.setattr(graphql_websocket, "INIT_SECONDS", 0.05)
    async with connected(server) as socket:
        for message in messages:
            await socket.send(**message)
        assert (await socket.closed())[0] == code
    await server.let_go()


async def test_an_id_is_used_once_at_a_time(server: Server, issuer: Issuer) -> None:
    """And again, once its operation is over."""
    async with connected(
        server, additional_headers={"authorization": f"Bearer {issuer.token(roles=['service'])}"}
    ) as socket:
        await socket.init()
        for _ in range(2):
            await socket.subscribe("1", "{ viewer { subject } }")
            assert (await socket.message())["type"] == "next"
            assert (await socket.message())["type"] == "complete"
        await socket.subscribe("1")
        await socket.subscribe("1")
        assert (await socket.closed())[0] == 4409
    await server.let_go()


async def test_other_protocols_and_binary_are_refused(server: Server) -> None:
    """And a page of another site that brings no token."""
    async with connected(server, subprotocols=["graphql-ws"]) as socket:
        assert (await socket.closed())[0] == 4406
    async with connected(server) as socket:
        await socket.connection.send(b"{}")
        assert (await socket.closed())[0] == 4400
    async with connected(server, origin="https://elsewhere.example") as socket:
        await socket.send(type="connection_init")
        assert (await socket.closed())[0] == 4403
    await server.let_go()
