"""Reads around the driver: the same values, the same failures, and nothing left behind."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import client
from graph.bolt import Reader
from graph.bolt.connection import Connection
from graph.client import connect
from graph.errors import GraphUnavailable, QueryTimeout
from tests.engines.slow import SLOW, ended

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from graph.client import Graph
    from graph.engines import Endpoint
    from tests.conftest import EngineKind

ECHO: Final = "RETURN $value AS rows"
# Larger than a chunk, than a write of the socket, and than both ends' buffers.
LARGE: Final = 300_000

# What statements return: text, whole numbers of 64 bits, and lists and maps of them. No engine
# tells -0.0 from 0.0, and not every one keeps an empty name.
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"))
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=40)
        | st.dictionaries(st.text("abcdefgh", min_size=1), inner, max_size=20)
    ),
    max_leaves=60,
)


@pytest.fixture
async def both(sample: Endpoint) -> AsyncGenerator[tuple[Graph, Graph]]:
    """Yield the same graph, read over a reader and over the driver."""
    async with connect(sample) as graph, connect(sample, by_driver=True) as by_driver:
        yield graph, by_driver


@pytest.fixture
async def graph(both: tuple[Graph, Graph], monkeypatch: pytest.MonkeyPatch) -> Graph:
    """Return a graph that no read may reach over the driver."""

    def refuse(*_: object) -> None:
        raise AssertionError("The driver was asked.")

    monkeypatch.setattr(client.Graph, "_read_by_driver", refuse)
    return both[0]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=values)
async def test_every_value_comes_back_as_over_the_driver(
    both: tuple[Graph, Graph], value: object
) -> None:
    """Numbers of every width, text of every length, nested lists and maps, in their order."""
    graph, by_driver = both
    answer = await graph.read("echo", ECHO, value=value)
    assert answer == value
    assert repr(answer) == repr(await by_driver.read("echo", ECHO, value=value))


async def test_large_values_come_whole(graph: Graph) -> None:
    """Whatever chunks they are cut into on the way, both ways."""
    chance = random.Random(1)  # noqa: S311 - the same text each time.
    for size in (0xFFFF - 20, 0xFFFF, 0x10000, LARGE):
        text = "".join(chance.choices("aé周\U0001f3b5", k=size))
        assert await graph.read("echo", ECHO, value=[text, size]) == [text, size]


async def test_many_readers_get_their_own_answers(graph: Graph) -> None:
    """However many read at once, and however many of them stop waiting."""

    async def echo(number: int) -> int:
        return await graph.read("echo", ECHO, value=number)

    reads = [asyncio.create_task(echo(number)) for number in range(300)]
    await asyncio.sleep(0)
    chance = random.Random(2)  # noqa: S311 - the same ones each time.
    left = set(chance.sample(range(300), 60))
    for number in left:
        reads[number].cancel()
        if number % 3 == 0:
            await asyncio.sleep(0.002)
    found = await asyncio.gather(*reads, return_exceptions=True)
    for number, answer in enumerate(found):
        assert answer == number or (number in left and isinstance(answer, asyncio.CancelledError))
    assert await echo(7) == 7


@pytest.mark.parametrize("value", [2**63, "\ud800", object()])
async def test_what_cannot_be_sent_keeps_no_connection(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, value: object
) -> None:
    """A defect of the caller's is raised, and the connection it would have used is closed or idle."""
    opened: list[Connection] = []
    really = Connection.open

    async def open_(*asked: Any) -> Connection:
        opened.append(await really(*asked))
        return opened[-1]

    monkeypatch.setattr(Connection, "open", open_)
    for _ in range(3):
        with pytest.raises((OverflowError, ValueError)):
            await graph.read("echo", ECHO, value=value)
    assert opened
    assert not any(connection.usable for connection in opened)
    assert await graph.read("echo", ECHO, value=1) == 1


@pytest.mark.parametrize(
    "rows", ["UNWIND [1, 2] AS rows RETURN rows", "UNWIND [] AS rows RETURN rows"]
)
async def test_more_or_less_than_one_record_is_a_defect(graph: Graph, rows: Any) -> None:
    """Every read returns one record; the next one is answered."""
    with pytest.raises(ValueError, match="values to unpack"):
        await graph.read("wrong", rows)
    assert await graph.read("echo", ECHO, value=1) == 1


@pytest.mark.parametrize(
    "text", ["RETURN missing AS rows", "RETURN", "MATCH (n) WHERE n.x = $absent RETURN 1 AS rows"]
)
async def test_a_refusal_is_told_as_by_the_driver(both: tuple[Graph, Graph], text: Any) -> None:
    """A defect is raised as it is; what reads next on the same graph is answered."""
    raised: list[tuple[type[BaseException], str]] = []
    for graph in both:
        with pytest.raises(Exception) as caught:  # noqa: PT011 - compared below.
            await graph.read("wrong", text)
        raised.append((type(caught.value), str(getattr(caught.value, "code", ""))))
        assert await graph.read("echo", ECHO, value=1) == 1
    assert raised[0] == raised[1]


async def test_a_statement_that_takes_too_long_is_ended(
    both: tuple[Graph, Graph], sample: Endpoint, engine_kind: EngineKind
) -> None:
    """It is told as a timeout, whether the database says so or nothing, and the database is free."""
    reader = Reader(sample, connect_seconds=1.5, read_seconds=0.5)
    graph = client.Graph(both[1]._driver, sample, reader)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the same graph, in a hurry.
    with pytest.raises(QueryTimeout):
        await graph.read("slow", SLOW, salt=1)
    reader.close()
    if engine_kind == "neo4j":
        await ended(both[0])


async def test_who_stops_waiting_ends_the_statement(
    both: tuple[Graph, Graph], engine_kind: EngineKind
) -> None:
    """By the database's own list of transactions; the embedded engine has none."""
    graph, _ = both
    waiting = asyncio.create_task(graph.read("slow", SLOW, salt=1))
    await asyncio.sleep(0.3)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    if engine_kind == "neo4j":
        await ended(graph)
    assert await graph.read("echo", ECHO, value=1) == 1


async def test_a_server_that_hangs_up_is_asked_again(both: tuple[Graph, Graph]) -> None:
    """Connections that went stale between two reads are no failure."""
    graph, _ = both
    await asyncio.gather(*(graph.read("echo", ECHO, value=number) for number in range(5)))
    reader = graph._reader  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - to cut its connections.
    assert reader is not None
    for connection in reader._idle:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as above.
        connection.close()
    assert await graph.read("echo", ECHO, value=1) == 1


@pytest.mark.parametrize(
    "first",
    [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\0\0\0\0", b"\0\0\1\6", b"\0\0\x08\5\0\1\xc1\0\0"],
)
async def test_what_is_no_such_server_is_unavailable(sample: Endpoint, first: bytes) -> None:
    """One that hangs up, speaks something else, or another version."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        elsewhere = type(sample)(
            uri=f"bolt://127.0.0.1:{port}",
            user="neo4j",
            password="secret",  # noqa: S106 - nobody's.
            database="neo4j",
            dialect=sample.dialect,
        )
        async with connect(elsewhere) as graph:
            with pytest.raises(GraphUnavailable):
                await graph.ping()
