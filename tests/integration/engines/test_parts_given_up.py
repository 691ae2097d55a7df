"""Answers in parts that nobody waits for, or that take too long: nothing of them goes on."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest
import strawberry

from execution.limits import Limits
from execution.operations import Operations
from execution.requests import GraphQLRequest
from graph.client import connect
from loaders import Loaders
from resolvers.context import Context
from schema.delivery import delivering
from server.app import create_app
from server.service import Service
from server.settings import Settings
from tests.engines.slow import SLOW, ended, running
from tests.http.listening import listening
from tests.http.parts import EVENTS, MULTIPART

if TYPE_CHECKING:
    from collections.abc import Generator

    from execution.operations import ContextFactory
    from execution.requests import Caller
    from graph.client import Graph
    from graph.engines import Endpoint

# Enough for a busy machine to come to run the statement.
SECONDS: Final = 3.0

only_neo4j = pytest.mark.parametrize("engine_kind", ["neo4j"], indirect=True, scope="session")


@strawberry.type
class Query:
    """A field that answers at once, and one that reads for very long."""

    @strawberry.field
    def quick(self) -> int:
        """Answer."""
        return 1

    @strawberry.field
    async def slow(self, info: strawberry.Info[Any, Any]) -> int | None:
        """Read for very long."""
        return await info.context.loaders.graph.read("slow", SLOW, salt=3)

    @strawberry.field
    def many(self) -> list[Query]:
        """Return what can be streamed."""
        return [Query() for _ in range(3)]


DEFERRED: Final = "{ quick ... @defer { slow } }"
STREAMED: Final = "{ quick many @stream { slow } }"
SCHEMA: Final = delivering(strawberry.Schema(Query))


async def seen_running(graph: Graph) -> None:
    """Return when the database runs the slow statement; fail after some seconds."""
    for _ in range(80):
        if await running(graph):
            return
        await asyncio.sleep(0.05)
    pytest.fail("The statement does not run.")


@only_neo4j
@pytest.mark.parametrize("accept", [MULTIPART, EVENTS])
@pytest.mark.parametrize("query", [DEFERRED, STREAMED])
async def test_a_client_that_goes_away_ends_what_it_asked(
    sample: Endpoint, accept: str, query: str
) -> None:
    """It has the first part, and leaves: by the database's own list nothing of the rest runs on."""
    async with connect(sample) as graph:
        app = create_app(Settings(), service=Service(graph), schema=SCHEMA)
        async with listening(app) as url, httpx.AsyncClient() as client:
            headers = {"accept": accept}
            async with client.stream("POST", url, json={"query": query}, headers=headers) as got:
                # Held, for one that nobody holds closes the response.
                pieces: Any = got.aiter_text()
                text = await anext(pieces)
                while '"quick":1' not in text:
                    text += await anext(pieces)
                await seen_running(graph)
                await pieces.aclose()
            await ended(graph)


@only_neo4j
@pytest.mark.parametrize("query", [DEFERRED, STREAMED])
async def test_parts_have_the_deadline_of_the_whole(sample: Endpoint, query: str) -> None:
    """What came stands, what is still to come is told as late, and nothing of it runs on."""
    async with connect(sample) as graph:
        told: list[dict[str, Any]] = []

        async def deliver(payload: dict[str, Any]) -> None:
            told.append(payload)

        response = await _operations().run(_request(query), _context(graph), deliver)
        assert response.delivered
        first, last = told
        assert first["data"]["quick"] == 1
        [late] = last["completed"]
        assert [error["extensions"] for error in late["errors"]] == [{"code": "TIMEOUT"}]
        assert late["id"] == first["pending"][0]["id"]
        assert last["hasNext"] is False
        await ended(graph)


@only_neo4j
@pytest.mark.parametrize("query", [DEFERRED, STREAMED])
async def test_a_client_that_takes_nothing_holds_nothing(sample: Endpoint, query: str) -> None:
    """A part that is not taken until the deadline is the last, and no task is left of the operation."""
    async with connect(sample) as graph:
        told = 0

        async def deliver(_payload: dict[str, Any]) -> None:
            nonlocal told
            told += 1
            await asyncio.Event().wait()

        before = asyncio.all_tasks()
        response = await _operations().run(_request(query), _context(graph), deliver)
        assert response.delivered
        assert told == 1
        await ended(graph)
        assert asyncio.all_tasks() == before


def _operations() -> Operations:
    return Operations(SCHEMA, Limits(seconds=SECONDS))


def _request(query: str) -> GraphQLRequest:
    return GraphQLRequest(
        query=query, operation_name=None, variables={}, extensions={}, by_get=False
    )


def _context(graph: Graph) -> ContextFactory:
    @contextmanager
    def context(caller: Caller) -> Generator[Context]:
        made = Context(loaders=Loaders(graph), viewer=caller.viewer)
        try:
            yield made
        finally:
            made.loaders.close()

    return context
