"""A server that is killed between a request and its answer: asked again, the change is there once."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import httpx
import orjson
import pytest

from graph.client import connect
from graph.journal import verify
from graph.migrations import migrate
from tests.engines.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines import Endpoint
    from tests.conftest import EngineKind, Engines

MAKE: Final = """mutation Make($input: CreateArtistInput!) {
  createArtist(input: $input) { artist { id name version } errors { code } }
}"""
NAMED: Final = "MATCH (artist:Artist {name: $name}) RETURN count(artist) AS rows"
# From before anything is read to after all is committed, on machines quick and slow.
DELAYS: Final = (0.0, 0.004, 0.015, 0.05)


def body(name: str) -> bytes:
    """Return the request that makes an artist, once."""
    given = {"name": name, "idempotencyKey": f"key of {name}"}
    return orjson.dumps({"query": MAKE, "variables": {"input": given}})


async def sent(address: str, content: bytes) -> asyncio.StreamWriter:
    """Send a request and wait for no answer."""
    parts = urlsplit(address)
    _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = (
        f"POST {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\naccept: application/json\r\n"
        f"content-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n"
    )
    writer.write(head.encode() + content)
    await writer.drain()
    return writer


async def asked(address: str, content: bytes) -> Any:
    """Return the payload of a request."""
    async with httpx.AsyncClient(timeout=60) as client:
        answer = await client.post(
            address, content=content, headers={"content-type": "application/json"}
        )
    return answer.json()["data"]["createArtist"]


@pytest.mark.timeout(600)
async def test_asked_again_after_a_kill_it_is_there_once(
    scratch: Endpoint, engines: Engines, engine_kind: EngineKind, tmp_path: Path
) -> None:
    """Wherever the kill falls: before the transaction, in it, or between its commit and the answer."""
    data = engines.folder(engine_kind, "scratch")
    names = [f"artist {number}" for number in range(len(DELAYS))]
    for number, (name, delay) in enumerate(zip(names, DELAYS, strict=True)):
        async with serving(scratch, tmp_path / f"{number}.log", data=data) as running:
            if number:  # What the killed one was asked before.
                await check(running.address, names[number - 1])
            await asked(running.address, body(f"warm {number}"))
            writer = await sent(running.address, body(name))
            await asyncio.sleep(delay)
            running.process.send_signal(signal.SIGKILL)
            await running.process.wait()
            with suppress(OSError):
                writer.close()
                await writer.wait_closed()
    async with serving(scratch, tmp_path / "last.log", data=data) as running:
        await check(running.address, names[-1])
    async with connect(scratch) as graph:
        await migrate(graph)
        for name in names:
            assert await graph.read("named", NAMED, name=name) == 1
        verified = await verify(graph)
        assert (verified.records, verified.flaw) == (2 * len(DELAYS), None)


async def check(address: str, name: str) -> None:
    """Ask again, twice: the same artist both times."""
    first, second = [await asked(address, body(name)) for _ in range(2)]
    assert first == second
    assert (first["artist"]["name"], first["artist"]["version"], first["errors"]) == (name, 1, [])
