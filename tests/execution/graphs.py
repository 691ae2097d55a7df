"""The graph that both ways are asked about, one of each engine in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, LiteralString

import neo4j
import pytest
import pytest_asyncio
import structlog

from graph.client import Graph
from graph.detecting import detect_conflicts
from tests.execution.catalogue import catalogue
from tests.execution.damage import damage
from tests.execution.pools import Pools
from tests.execution.ways import Ways
from tests.reads.graphs import RECORDED, SOURCE, empty, write

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from tests.conftest import EngineKind, Engines

MARK: Final = "CREATE (:OracleGraph {ready: true})"
RETIRE: Final[tuple[LiteralString, ...]] = tuple(
    f"""
MATCH (thing:{label})
WITH thing ORDER BY thing.id LIMIT 2
SET thing.retiredAt = $now
MERGE (mark:Retired {{id: thing.id}})
SET mark.label = '{label}'
"""
    for label in ("Artist", "Recording", "Work", "Release", "Label", "Party")
)
"""Two things of each kind are retired: left out of lists, told by whatever refers to them."""
MARKED: Final = "MATCH (mark:OracleGraph) RETURN count(mark) AS rows"

# What people write takes the place of what was loaded.
REVISE_SOME: Final = """
MATCH (claim:Claim) WHERE claim.id ENDS WITH '-1'
SET claim.revises = left(claim.id, size(claim.id) - 1) + '0'
"""
REVISE_ONE: Final = """
MATCH (:Agreement {id: 'g00'})<-[:ASSIGNS]-(:Party)-[:ASSIGNS]->(agreement:Agreement {id: 'g05'})
SET agreement.revises = 'g00'
"""
SETTLE_SOME: Final = """
MATCH (conflict:Conflict) WHERE conflict.kind = 'UNDERCLAIM'
SET conflict.status = 'RESOLVED', conflict.resolvedAt = $now, conflict.resolution = 'As agreed.',
  conflict.resolvedBy = 'somebody', conflict.closings = [$moment]
"""


@pytest.fixture(scope="session")
def gathered() -> list[Pools]:
    """Return the pools once they are gathered: every engine holds the same graph."""
    return []


@pytest_asyncio.fixture(scope="module")
async def ways(engines: Engines, engine_kind: EngineKind, quiet: None) -> AsyncGenerator[Ways]:
    """Yield both ways to the graph; it is written once an engine, unless another test empties it.

    A module that asks for this must not ask for `scratch`: both are the same engine.
    """
    del quiet
    endpoint = await engines.get(engine_kind, "scratch")
    async with neo4j.AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType] - **config is untyped.
        endpoint.uri, auth=endpoint.auth, notifications_min_severity="OFF"
    ) as driver:
        graph = Graph(driver, endpoint)
        await prepare(graph)
        yield Ways(graph)


@pytest_asyncio.fixture(scope="module")
async def pools(ways: Ways, gathered: list[Pools]) -> Pools:
    """Return the values that arguments are given, gathered once a session."""
    if not gathered:
        gathered.append(await Pools.gather(ways))
    return gathered[0]


@pytest.fixture(scope="module")
def quiet() -> Generator[None]:
    """Leave defects unlogged while damaged data makes them by the thousand."""
    processors = structlog.get_config()["processors"]
    before = list(processors)
    # In place, as structlog's own capture does it: bound loggers keep the list they were made with.
    processors[:] = [_drop]
    yield
    processors[:] = before


def _drop(*_: Any) -> Any:
    raise structlog.DropEvent


async def prepare(graph: Graph) -> None:
    """Write the catalogue and the damage, unless they stand."""
    if await graph.read("marked", MARKED):
        return
    await empty(graph)
    await write(graph, catalogue())
    await graph.write("revise", [(REVISE_SOME, {}), (REVISE_ONE, {})])
    await detect_conflicts(graph, now=RECORDED)
    await graph.write("settle", [(SETTLE_SOME, {"now": RECORDED, "moment": RECORDED.isoformat()})])
    await graph.write("damage", damage(RECORDED, SOURCE.id))
    await graph.write("retire", [(text, {"now": RECORDED}) for text in RETIRE])
    await graph.write("mark", [(MARK, {})])
