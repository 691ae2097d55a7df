"""The real server over the sample, for the browser."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from typing import TYPE_CHECKING

import pytest_asyncio

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.conftest import Engines

START_SECONDS = 60


@pytest_asyncio.fixture(scope="session")
async def server_url(engines: Engines) -> AsyncGenerator[str]:
    """Serve the sample as a user does, sharing the session's engine, and yield the address."""
    await engines.sample("embedded")
    data = engines.folder("embedded", "sample")
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "server", "serve", "--port", "0", "--data", str(data)),
        env={**os.environ, "CONTENT_GRAPH_SAMPLE": "false"},
        stderr=asyncio.subprocess.PIPE,
    )
    assert server.stderr is not None
    drained: asyncio.Future[bytes] | None = None
    try:
        address = await asyncio.wait_for(_address(server.stderr), START_SECONDS)
        # What it says from now on must not fill the pipe.
        drained = asyncio.create_task(server.stderr.read())
        yield address
    finally:
        server.terminate()
        await server.wait()
        if drained:
            await drained


async def _address(said: asyncio.StreamReader) -> str:
    lines: list[str] = []
    async for line in said:
        lines.append(line.decode())
        if found := re.search(r"(http://\S+?)/graphql", lines[-1]):
            return found[1].replace("localhost", "127.0.0.1")
    raise AssertionError(f"The server did not start: {''.join(lines)}")
