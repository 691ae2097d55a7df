"""An operation that takes too long: answered in time, and nothing of it goes on in the database."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest
import strawberry

from execution.limits import Limits
from execution.operations import Operations
from execution.requests import GraphQLRequest
from graph.client import connect
from loaders import Loaders
from loaders.batching import BatchLoader
from resolvers.context import Context
from tests.engines.slow import SLOW, ended, running

if TYPE_CHECKING:
    from collections.abc import Generator

    from execution.requests import Caller
    from graph.engines import Endpoint

# Enough for a busy machine to come to run the statement.
SECONDS: Final = 3.0

pytestmark = pytest.mark.parametrize("engine_kind", ["neo4j"], indirect=True, scope="session")


@strawberry.type
class Query:
    """A field that reads by itself, and one that reads in a batch."""

    @strawberry.field
    async def alone(self, info: strawberry.Info[Any, Any]) -> int:
        """Read for very long."""
        return await info.context.loaders.graph.read("slow", SLOW, salt=1)

    @strawberry.field
    async def batched(self, info: strawberry.Info[Any, Any]) -> int | None:
        """Read for very long, as one of a batch."""
        loaders: Loaders = info.context.loaders

        async def fetch(keys: list[int]) -> dict[int, int]:
            found: int = await loaders.graph.read("slow", SLOW, salt=2)
            return dict.fromkeys(keys, found)

        return await BatchLoader("slow", loaders.request, fetch).load(1)


@pytest.mark.parametrize("field", ["alone", "batched", "a: alone b: alone c: batched"])
async def test_an_operation_that_takes_too_long_is_given_up(sample: Endpoint, field: str) -> None:
    """By the database's own list of transactions, a moment later nothing of it runs."""
    operations = Operations(strawberry.Schema(Query), Limits(seconds=SECONDS))
    async with connect(sample) as graph:

        @contextmanager
        def context(caller: Caller) -> Generator[Context]:
            made = Context(loaders=Loaders(graph), viewer=caller.viewer)
            try:
                yield made
            finally:
                made.loaders.close()

        request = GraphQLRequest(
            query=f"{{ {field} }}", operation_name=None, variables={}, extensions={}, by_get=False
        )
        asking = asyncio.create_task(operations.run(request, context))
        seen = False
        while not asking.done():
            seen = seen or await running(graph) > 0
            await asyncio.sleep(0.05)
        assert seen
        response = await asking
        [error] = response.body["errors"]
        assert error["extensions"] == {"code": "TIMEOUT"}
        assert response.body["data"] is None
        await ended(graph)
