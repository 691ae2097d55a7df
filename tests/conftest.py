"""The engines that integration tests run on: each started at most once a session, when needed."""

from __future__ import annotations

import os
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
import pytest_asyncio

from graph.client import connect
from graph.engines import Endpoint, EngineOptions, embedded
from tests.engines.neo4j import Neo4jMissingError, neo4j
from tests.engines.wiping import wipe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

EngineKind = Literal["embedded", "neo4j"]


class Engines:
    """The session's running engines by kind and role."""

    def __init__(self, folder: Path, stack: AsyncExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._running: dict[tuple[str, str], Endpoint] = {}

    def folder(self, kind: EngineKind, role: str) -> Path:
        """Return the data folder of the engine of that kind and role."""
        return self._folder / f"{kind}-{role}"

    async def sample(self, kind: EngineKind) -> Endpoint:
        """Return the engine of that kind that holds the bundled sample, loaded the first time."""
        loaded = (kind, "sample") in self._running
        endpoint = await self.get(kind, "sample")
        if not loaded:
            from tests.engines.sample import load_sample  # noqa: PLC0415 - only who needs it pays.

            await load_sample(endpoint)
        return endpoint

    async def get(self, kind: EngineKind, role: str) -> Endpoint:
        """Return the engine of that kind and role, started the first time."""
        if (kind, role) not in self._running:
            self._running[kind, role] = await self._start(kind, self.folder(kind, role))
        return self._running[kind, role]

    async def _start(self, kind: EngineKind, data: Path) -> Endpoint:
        if kind == "embedded":
            options = EngineOptions(heap_mb=512)
            return await self._stack.enter_async_context(embedded(data, options))
        try:
            return self._stack.enter_context(neo4j(data, keep=False))
        except Neo4jMissingError as missing:
            if os.environ.get("CI"):
                pytest.fail(str(missing))
            pytest.skip(str(missing))


@pytest_asyncio.fixture(scope="session")
async def engines(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Engines]:
    """Yield the engines of this session; all are stopped at its end."""
    async with AsyncExitStack() as stack:
        yield Engines(tmp_path_factory.mktemp("engines"), stack)


@pytest.fixture(scope="session", params=["embedded", "neo4j"])
def engine_kind(request: pytest.FixtureRequest) -> EngineKind:
    """Return each engine in turn: what is tested on one is tested on both."""
    return request.param


@pytest_asyncio.fixture
async def scratch(engines: Engines, engine_kind: EngineKind) -> Endpoint:
    """Return an engine without any node, for a test that writes."""
    endpoint = await engines.get(engine_kind, "scratch")
    async with connect(endpoint) as graph:
        await wipe(graph)
    return endpoint


@pytest_asyncio.fixture
async def sample(engines: Engines, engine_kind: EngineKind) -> Endpoint:
    """Return an engine that holds the bundled sample, for tests that only read."""
    return await engines.sample(engine_kind)
