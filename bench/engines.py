"""The engines that are measured, each over a folder of its own."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bench.processes import children
from graph.client import connect
from graph.engines import EngineOptions, embedded
from graph.engines.folder import EngineFolder
from graph.errors import GraphError
from graph.migrations import migrate
from tests.engines.neo4j import Memory, neo4j

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from graph.client import Graph
    from graph.engines import Endpoint

# The same heap for both; Neo4j keeps its pages outside of it, as the embedded engine's files are
# kept by the kernel.
HEAP_MB: Final = 1024
PAGE_CACHE_MB: Final = 512
_START_SECONDS: Final = 120.0


class Engine(StrEnum):
    """One of the two engines."""

    EMBEDDED = "embedded"
    NEO4J = "neo4j"


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An engine that answers: where, and as which process."""

    kind: Engine
    endpoint: Endpoint
    folder: Path
    pid: int

    @asynccontextmanager
    async def graph(self) -> AsyncGenerator[Graph]:
        """Yield the graph, made ready; an engine that has only just started is given time."""
        async with connect(self.endpoint) as graph, asyncio.timeout(_START_SECONDS):
            while True:
                try:
                    await migrate(graph)
                except GraphError:
                    await asyncio.sleep(1.0)
                else:
                    break
        async with connect(self.endpoint) as graph:
            yield graph


@asynccontextmanager
async def running(kind: Engine, folder: Path) -> AsyncGenerator[Running]:
    """Run an engine over a folder while the block runs."""
    async with AsyncExitStack() as stack:
        if kind is Engine.EMBEDDED:
            options = EngineOptions(heap_mb=HEAP_MB)
            endpoint = await stack.enter_async_context(embedded(folder, options))
            state = EngineFolder(folder).state()
            pid = state.pid if state else 0
        else:
            before = set(children(os.getpid()))
            memory = Memory(heap_mb=HEAP_MB, page_cache_mb=PAGE_CACHE_MB)
            endpoint = stack.enter_context(neo4j(folder, memory))
            [pid] = set(children(os.getpid())) - before
        yield Running(kind=kind, endpoint=endpoint, folder=folder, pid=pid)
