"""GraphQL over HTTP, audited by `graphql-http`'s own suite over a real connection."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from bench.node import NodeMissingError, install, program
from graph.client import connect
from server.app import create_app
from server.service import Service
from server.settings import Settings
from tests.http.asking import NOWHERE
from tests.http.listening import listening
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
        async with listening(app) as listens:
            yield listens


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
