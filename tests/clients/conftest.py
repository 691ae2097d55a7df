"""The real server over the sample, taking what clients ask or only what it was given."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Protocol

import pytest_asyncio

from graph.client import connect
from server.app import create_app
from server.service import Service
from server.settings import Settings
from tests.http.listening import listening

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from tests.conftest import Engines


class Serve(Protocol):
    """Run the server; with a manifest it takes only that one's documents."""

    def __call__(self, manifest: Path | None = None) -> AbstractAsyncContextManager[str]:
        """Yield where it answers."""
        ...


@pytest_asyncio.fixture(scope="session")
async def serve(engines: Engines) -> AsyncGenerator[Serve]:
    """Yield what runs the server over the bundled sample in the embedded engine."""
    async with connect(await engines.sample("embedded")) as graph:

        @asynccontextmanager
        async def serving(manifest: Path | None = None) -> AsyncGenerator[str]:
            settings = Settings(documents=manifest, only_documents=manifest is not None)
            async with listening(create_app(settings, service=Service(graph))) as address:
                yield address

        yield serving
