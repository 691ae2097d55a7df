"""How these tests ask, and what they read of a refusal."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx

from graph.client import connect
from graph.engines import Dialect, Endpoint
from server.app import create_app
from server.service import Service
from tests.http.small_schema import small_schema

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from server.settings import Settings

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
NOWHERE = Endpoint(
    uri="bolt://127.0.0.1:9", user="", password="", database="", dialect=Dialect.NEO4J
)


@asynccontextmanager
async def client_of(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the application over the small schema; no graph is behind it."""
    async with connect(NOWHERE) as graph:
        app = create_app(settings, service=Service(graph), schema=small_schema)
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
        ):
            yield client


async def post(client: httpx.AsyncClient, accept: str = GRAPHQL, **body: Any) -> httpx.Response:
    """Send one operation by POST."""
    return await client.post("/graphql", json=body, headers={"accept": accept})


def codes(response: httpx.Response) -> list[str]:
    """Return the codes of a response that has no data."""
    body = response.json()
    assert "data" not in body
    return [error["extensions"]["code"] for error in body["errors"]]
