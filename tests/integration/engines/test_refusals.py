"""An engine that answers and refuses: the user, the password, the database."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
import pytest
from neo4j import AsyncSession
from neo4j.exceptions import DatabaseUnavailable

from graph.client import connect
from graph.errors import AccessRefused, GraphUnavailable
from server import service
from server.app import create_app
from server.settings import Settings
from tests.http.asking import post

if TYPE_CHECKING:
    from graph.engines import Endpoint
    from tests.conftest import Engines

ROOT: Final = Path(__file__).resolve().parents[3]
WRONG: Final = "hush-wrong-password"
COMMANDS: Final = [["serve", "--port", "0"], ["load", "sample"], ["load", "generated"]]


async def locked(engines: Engines) -> Endpoint:
    """Return an engine that wants a password: the embedded one does, as Neo4j in production."""
    return await engines.get("embedded", "scratch")


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
async def test_a_wrong_password_is_told_by_every_command(
    engines: Engines, arguments: list[str]
) -> None:
    """A line with what to correct, exit code 3, and no secret."""
    endpoint = await locked(engines)
    settings = {
        "CONTENT_GRAPH_URI": endpoint.uri,
        "CONTENT_GRAPH_USER": endpoint.user,
        "CONTENT_GRAPH_PASSWORD": WRONG,
        "CONTENT_GRAPH_DATABASE": endpoint.database,
    }
    code, errors = await asyncio.to_thread(command, arguments, settings)
    assert code == 3, errors
    assert errors.count("\n") == 1
    assert endpoint.uri in errors
    assert "CONTENT_GRAPH_PASSWORD" in errors
    assert WRONG not in errors


async def test_an_unknown_database_is_told(engines: Engines) -> None:
    """It is not taken for an engine that is down."""
    endpoint = replace(await locked(engines), database="nowhere")
    async with connect(endpoint) as graph:
        with pytest.raises(AccessRefused, match="no database of that name"):
            await graph.ping()


async def test_a_running_server_with_a_wrong_password_is_unavailable(engines: Engines) -> None:
    """Queries and `/readyz` say SERVICE_UNAVAILABLE; nothing is masked as a defect or let out."""
    endpoint = replace(await locked(engines), password=WRONG)
    async with connect(endpoint) as graph:
        app = create_app(Settings(), service=service.Service(graph))
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
        ):
            answer = await post(client, query="{ artists(first: 1) { nodes { id } } }")
            codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
            assert codes == {"SERVICE_UNAVAILABLE"}
            ready = await client.get("/readyz")
            assert ready.status_code == 503
            assert ready.json()["code"] == "SERVICE_UNAVAILABLE"
            for text in (answer.text, ready.text):
                assert WRONG not in text
                assert "Neo." not in text


async def test_a_database_that_is_still_starting_is_unavailable(
    engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No Neo4j can be kept in that state: its answer, put in its place, is told from a conflict."""

    async def starting(*_: object) -> None:
        raise DatabaseUnavailable

    async with connect(await locked(engines), by_driver=True) as graph:
        await graph.ping()
        monkeypatch.setattr(AsyncSession, "run", starting)
        with pytest.raises(GraphUnavailable, match="cannot be reached"):
            await graph.ping()


async def test_a_database_that_comes_and_refuses_is_told(
    engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that waits for its database says why it is not ready, and tries on."""
    monkeypatch.setattr(service, "RETRY_SECONDS", 0.01)
    endpoint = replace(await locked(engines), password=WRONG)
    async with connect(endpoint) as graph:
        running = service.Service(graph, migrated=False)
        with pytest.raises(GraphUnavailable, match="has not been reached yet"):
            await running.check()
        trying = asyncio.create_task(running.keep_migrating())
        async with asyncio.timeout(30):
            while not await refused(running):
                pass
        assert not trying.done()
        trying.cancel()


async def refused(running: service.Service) -> bool:
    """Say, after a moment, whether a server is not ready for the reason that it is refused."""
    await asyncio.sleep(0.01)
    try:
        await running.check()
    except GraphUnavailable as error:
        return isinstance(error, AccessRefused)
    return False


def command(arguments: list[str], settings: dict[str, str]) -> tuple[int, str]:
    """Run a command to its end; return its exit code and what it says on stderr."""
    ended = subprocess.run(  # noqa: S603 - our own program.
        [sys.executable, "-m", "server", *arguments],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return ended.returncode, ended.stderr
