"""A recording, a work, three parties; and an analyst who asks, on each engine in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from graph.client import connect
from graph.facts import PartyFact, RecordingFact, WorkFact
from tests.integration.accounts.people import People
from tests.integration.claiming.rights import ASSETS, PARTIES, Rights
from tests.reads.asking import Asker, CountedGraph
from tests.reads.graphs import empty, write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.engines import Endpoint


@pytest_asyncio.fixture
async def rights(scratch: Endpoint) -> AsyncIterator[Rights]:
    """Yield who writes rights in a graph of a few things."""
    async with connect(scratch, make=CountedGraph) as graph:
        await empty(graph)
        await write(graph, [PartyFact(id=each, name=each, kind="ORGANISATION") for each in PARTIES])
        facts = {"Recording": RecordingFact, "Work": WorkFact}
        await write(graph, [facts[label](id=each, title=each) for each, label in ASSETS.items()])
        yield Rights(People(Asker(graph)))
