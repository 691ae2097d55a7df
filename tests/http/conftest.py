"""The whole application over a small schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest_asyncio

from graph.client import connect
from graph.engines import Dialect, Endpoint
from server.app import create_app
from server.service import Service
from server.settings import Settings
from tests.http.small_schema import small_schema

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

NOWHERE = Endpoint(
    uri="bolt://127.0.0.1:9", user="", password="", database="", dialect=Dialect.NEO4J
)


@pytest_asyncio.fixture(scope="session")
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the application; no graph is behind it."""
    async with connect(NOWHERE) as graph:
        app = create_app(Settings(), service=Service(graph), schema=small_schema)
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
        ):
            yield client
