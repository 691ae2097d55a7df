"""The engine is killed while the server runs."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import TYPE_CHECKING, Any

import httpx
import orjson
import strawberry

from graph.sources import SOURCES_BY_ID
from resolvers.context import Context
from server.app import create_app
from server.settings import Settings
from tests.http.asking import post

if TYPE_CHECKING:
    from pathlib import Path

RECOVERY_SECONDS = 30


@strawberry.type
class Query:
    """One field that needs the graph, one that doesn't."""

    @strawberry.field
    async def source(self, info: strawberry.Info[Context, None]) -> str | None:
        """Read a source that does not exist."""
        row = await info.context.loaders.things.by(SOURCES_BY_ID).load("none")
        return row.name if row else None

    @strawberry.field
    def hello(self) -> str:
        """Greet."""
        return "hello"


def kill_engine(data: Path) -> None:
    """End the engine's process at once, as a crash would."""
    state = orjson.loads((data / "engine" / "state.json").read_bytes())
    os.kill(state["pid"], signal.SIGKILL)


async def test_a_killed_engine_is_told_at_once_and_comes_back(tmp_path: Path) -> None:
    """SERVICE_UNAVAILABLE within two seconds, fields without the graph go on, no restart needed."""
    app = create_app(Settings(data=tmp_path, heap_mb=256), schema=strawberry.Schema(Query))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
    ):
        assert (await ask(client)) == {"data": {"source": None, "hello": "hello"}}
        assert (await client.get("/readyz")).status_code == 200

        kill_engine(tmp_path)
        started = time.perf_counter()
        answer, ready = await asyncio.gather(ask(client), client.get("/readyz"))
        assert time.perf_counter() - started < 2
        assert answer["data"] == {"source": None, "hello": "hello"}
        assert [error["extensions"] for error in answer["errors"]] == [
            {"code": "SERVICE_UNAVAILABLE"}
        ]
        assert ready.status_code == 503
        assert ready.json()["code"] == "SERVICE_UNAVAILABLE"
        assert (await client.get("/livez")).status_code == 200

        async with asyncio.timeout(RECOVERY_SECONDS):
            while "errors" in await ask(client):
                pass  # Each answer takes a moment of the driver's own patience.
        assert (await client.get("/readyz")).status_code == 200


async def ask(client: httpx.AsyncClient) -> dict[str, Any]:
    """Ask for both fields and return the whole answer."""
    return (await post(client, query="{ source hello }")).json()
