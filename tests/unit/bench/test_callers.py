from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.callers import Load, Request, Seen, ask_once, post, run


@asynccontextmanager
async def answering(*pieces: bytes) -> AsyncGenerator[int]:
    """Serve the same answer to every request, in the pieces given, and yield the port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with_body = b"\r\n\r\n"
        try:
            while head := await reader.readuntil(with_body):
                await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split()[0]))
                for piece in pieces:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


PIECES = (b"HTTP/1.1 200 OK\r\nContent-", b"Length: 6\r\n\r\nri", b"ght!")
SHORT = Load(callers=3, seconds=0.05, start_seconds=0.01)


async def test_answers_in_pieces_are_put_together() -> None:
    """An answer is whole wherever the network cuts it, and every answer is timed."""
    async with answering(*PIECES) as port:
        raw = post(port, {"query": "{ x }"})
        assert await ask_once(port, raw) == b"right!"
        marks: list[None] = []
        request = Request(raw=raw, expected=b"right!")
        seen, seconds = await run(port, [request], SHORT, lambda: marks.append(None))
    assert seen.wrong == 0
    assert len(seen.latencies) >= 2 * SHORT.callers
    assert seconds >= SHORT.seconds
    assert len(marks) == 2


async def test_a_wrong_answer_is_counted_and_has_no_latency() -> None:
    """A fast wrong answer makes no figure better."""
    async with answering(*PIECES) as port:
        request = Request(raw=post(port, {"query": "{ x }"}), expected=b"other!")
        seen, _ = await run(port, [request], SHORT, lambda: None)
    assert seen.latencies == []
    assert seen.wrong >= 2 * SHORT.callers


async def test_a_server_that_hangs_up_ends_the_measurement() -> None:
    """A server that dies is an error, not a low throughput."""

    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ConnectionError):
            await run(port, [Request(raw=post(port, {}))], SHORT, lambda: None)


@given(st.lists(st.floats(0, 100), min_size=1), st.floats(0, 1))
def test_a_percentile_is_a_latency_that_its_share_does_not_exceed(
    latencies: list[float], share: float
) -> None:
    """A percentile is one of the latencies, with its share at or below it."""
    found = Seen(latencies=latencies).percentile(share)
    assert found in latencies
    assert sum(each <= found for each in latencies) >= math.floor(share * len(latencies))
    assert sum(each < found for each in latencies) <= share * len(latencies)
