"""The graphs that the read side is tested on, one of each engine in turn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest_asyncio

from graph.client import connect
from graph.facts import Fact, SourceFact, begin_source, write_facts
from graph.migrations import migrate
from tests.reads.asking import Asker, CountedGraph

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from graph.client import Graph
    from graph.engines import Endpoint
    from tests.conftest import EngineKind, Engines

SOURCE: Final = SourceFact(
    name="test", kind="GENERATED", licence="CC0-1.0", uri="urn:test", digest="test"
)
RECORDED: Final = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest_asyncio.fixture
async def sampled(sample: Endpoint) -> AsyncGenerator[Asker]:
    """Yield what asks operations of the bundled sample; nobody writes to it."""
    async with connect(sample, make=CountedGraph) as graph:
        yield Asker(graph)


@pytest_asyncio.fixture(scope="module")
async def written(engines: Engines, engine_kind: EngineKind) -> AsyncGenerator[Asker]:
    """Yield what asks operations of a graph that is empty, but for the source, when a module begins.

    A module that asks for this must not ask for `scratch`: both are the same engine.
    """
    endpoint = await engines.get(engine_kind, "scratch")
    async with connect(endpoint, make=CountedGraph) as graph:
        await empty(graph)
        yield Asker(graph)


async def empty(graph: Graph) -> None:
    """Remove every node, and make the graph ready for facts."""
    await graph.write("empty", [("MATCH (n) DETACH DELETE n", {})])
    await migrate(graph)
    await begin_source(graph, SOURCE, RECORDED)


async def write(graph: Graph, facts: Iterable[Fact]) -> None:
    """Store facts under the tests' source."""
    await write_facts(graph, facts, source_id=SOURCE.id, recorded_at=RECORDED, position=1)
