"""An empty graph on each engine, ready to be written to."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from graph.client import Graph, connect
from graph.engines import Endpoint
from graph.migrations import migrate
from tests.engines.wiping import wipe


@pytest_asyncio.fixture
async def empty(scratch: Endpoint) -> AsyncIterator[Graph]:
    """Yield a graph with its constraints and nothing else."""
    async with connect(scratch) as graph:
        await migrate(graph)
        yield graph
        await wipe(graph)
