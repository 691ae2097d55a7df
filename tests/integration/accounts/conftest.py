"""A graph with nothing in it, and people who ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from graph.client import connect
from graph.migrations import migrate
from tests.integration.accounts.people import People
from tests.reads.asking import Asker, CountedGraph

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.engines import Endpoint


@pytest_asyncio.fixture
async def people(scratch: Endpoint) -> AsyncIterator[People]:
    """Yield those who ask of an empty graph."""
    async with connect(scratch, make=CountedGraph) as graph:
        await migrate(graph)
        yield People(Asker(graph))
