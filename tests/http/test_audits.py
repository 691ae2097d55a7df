"""GraphQL over HTTP, audited by `graphql-http`'s own suite over a real connection."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import uvicorn

from bench.node import NodeMissingError, install, program
from graph.client import connect
from server.app import create_app
from server.service import Service
from server.settings import Settings
from tests.http.asking import NOWHERE
from tests.http.small_schema import small_schema

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

FOLDER: Final = Path(__file__).parent / "audits"
AUDITS: Final = 61


@pytest.fixture
async def address() -> AsyncGenerator[str]:
    """Yield where the application listens."""
    async with connect(NOWHERE) as graph:
        app = create_app(Settings(), service=Service(graph), schema=small_schema)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it.
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/graphql"
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await serving


async def test_every_audit_of_graphql_over_http_passes(address: str) -> None:
    """What the specification says servers MUST, SHOULD and MAY do: all of it."""
    found = await audited(address)
    assert [each for each in found if each["status"] != "ok"] == []
    assert len({each["id"] for each in found}) == AUDITS


async def audited(address: str) -> list[dict[str, Any]]:
    """Return what each audit found."""
    try:
        await install(FOLDER)
    except NodeMissingError as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))
    process = await asyncio.create_subprocess_exec(
        program("node"), "audits.mjs", address, cwd=FOLDER, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    assert process.returncode == 0
    return [json.loads(line) for line in told.splitlines()]
