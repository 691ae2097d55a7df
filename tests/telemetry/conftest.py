"""The spans of a request as the SDK exports them, kept in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
import pytest_asyncio
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from graph.client import connect
from graph.migrations import migrate
from server.app import create_app
from server.service import Service
from server.settings import Settings
from tests.telemetry.traced_schema import traced_schema

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.conftest import Engines


@pytest.fixture(scope="session")
def exporter() -> InMemorySpanExporter:
    """Return the exporter of this process's tracer provider, installed once."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return exporter


@pytest.fixture
def spans(exporter: InMemorySpanExporter) -> InMemorySpanExporter:
    """Return the exporter, empty."""
    exporter.clear()
    return exporter


@pytest_asyncio.fixture(scope="session")
async def traced(
    engines: Engines, exporter: InMemorySpanExporter
) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the application over a graph that answers."""
    del exporter
    async with connect(await engines.get("embedded", "telemetry")) as graph:
        await migrate(graph)
        app = create_app(Settings(), service=Service(graph), schema=traced_schema)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
        ):
            yield client
