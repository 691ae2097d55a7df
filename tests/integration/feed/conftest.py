"""A graph without any change, of each engine in turn, and what makes changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from graph.client import connect
from graph.journal import Journal
from graph.migrations import migrate
from tests.integration.feed.making import Maker
from tests.reads.asking import CountedGraph

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from graph.engines import Endpoint


@pytest_asyncio.fixture
async def graph(scratch: Endpoint) -> AsyncGenerator[CountedGraph]:
    """Yield a graph that is ready and empty."""
    async with connect(scratch, make=CountedGraph) as graph:
        await migrate(graph)
        yield graph


@pytest_asyncio.fixture
async def maker(graph: CountedGraph) -> AsyncGenerator[Maker]:
    """Yield what makes changes in the graph."""
    journal = Journal(graph)
    yield Maker(journal)
    await journal.close()
