"""The whole tree of a nested query of the real schema, over the sample: HTTP, operation, steps, Cypher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import httpx
import pytest_asyncio

from graph.client import connect
from graph.engines import Dialect
from server.app import create_app
from server.service import Service
from server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    from graph.engines import Endpoint

QUERY: Final = """{ recordings(first: 5) { nodes {
  title credits(first: 2) { nodes { role artist { name } } } source { name }
  ownership(right: MASTER, territory: "US", at: "2024-06-01") { owners { party { name } } }
} } }"""

TREE: Final[dict[str, Any]] = {
    "POST /graphql": {
        "query": {
            "recordings": {"recordings": {}, "recordings in order": {}},
            "source": {"sources by id": {}},
            "ownership": {},
            "load ownership": {"ownership": {}},
            "party": {"parties by id": {}},
        }
    }
}


@pytest_asyncio.fixture
async def real(
    sample: Endpoint, exporter: InMemorySpanExporter
) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the application as it is served, over the sample."""
    del exporter
    async with connect(sample) as graph:
        app = create_app(Settings(), service=Service(graph))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
        ):
            yield client


def below(spans: list[ReadableSpan], parent: int | None) -> dict[str, object]:
    """Return the spans under one, by name, each with those under it; no two have a name there."""
    found: dict[str, object] = {}
    for span in spans:
        if (span.parent.span_id if span.parent else None) == parent:
            assert span.name not in found, span.name
            assert span.context is not None
            found[span.name] = below(spans, span.context.span_id)
    return found


async def test_a_nested_query_is_one_tree(
    real: httpx.AsyncClient, spans: InMemorySpanExporter, sample: Endpoint
) -> None:
    """A span a step and a span a statement, however many objects; batches link to who waited."""
    response = await real.post("/graphql", json={"query": QUERY})
    assert "errors" not in response.json()
    told = list(spans.get_finished_spans())
    tree = below(told, None)
    if sample.dialect is Dialect.NEO4J:  # It takes the order from an index within the one read.
        cast("Any", tree)["POST /graphql"]["query"]["recordings"]["recordings in order"] = {}
    assert tree == TREE
    by_name = {span.name: span for span in told}
    waited = by_name["ownership"].context
    assert [link.context for link in by_name["load ownership"].links] == [waited]
    paths = {
        name: (by_name[name].attributes or {}).get("graphql.field.path")
        for name in ("source", "ownership", "party")
    }
    assert paths == {
        "source": "recordings.nodes.source",
        "ownership": "recordings.nodes.ownership",
        "party": "recordings.nodes.ownership.owners.party",
    }
