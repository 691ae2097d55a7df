"""One trace a request, from HTTP down to Cypher."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from opentelemetry.trace import SpanKind, StatusCode, format_span_id, format_trace_id

from execution.errors import INTERNAL

if TYPE_CHECKING:
    import httpx
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

QUERY = "query Sources($count: Int!) { items(count: $count) { source } }"


def one(spans: InMemorySpanExporter, name: str) -> ReadableSpan:
    """Return the only span of that name."""
    [span] = [span for span in spans.get_finished_spans() if span.name == name]
    return span


def attributes(span: ReadableSpan) -> dict[str, object]:
    """Return a span's attributes as a plain mapping."""
    return dict(span.attributes or {})


def is_child(child: ReadableSpan, parent: ReadableSpan) -> bool:
    """Say whether one span hangs directly under the other, in one trace."""
    return child.parent is not None and child.parent == parent.context


async def ask(client: httpx.AsyncClient, query: str, **headers: str) -> httpx.Response:
    """Send the query for fifty items."""
    variables = {"count": 50} if "$count" in query else {}
    body = {"query": query, "variables": variables}
    return await client.post("/graphql?secret=1", json=body, headers=headers)


async def test_the_tree_of_a_query(traced: httpx.AsyncClient, spans: InMemorySpanExporter) -> None:
    """Fifty items take one span a path, one batch and one read, each under the next."""
    response = await ask(traced, QUERY)
    assert "errors" not in response.json()
    http, operation = one(spans, "POST /graphql"), one(spans, "query")
    items, source = one(spans, "items"), one(spans, "source")
    batch = one(spans, "load sources by id")
    read = one(spans, "sources by id")
    assert len(spans.get_finished_spans()) == 6
    assert http.parent is None
    assert is_child(operation, http)
    assert is_child(items, operation)
    assert is_child(source, operation)
    assert is_child(batch, operation)
    assert is_child(read, batch)
    assert [link.context for link in batch.links] == [source.context]
    assert (http.kind, operation.kind, read.kind) == (
        SpanKind.SERVER,
        SpanKind.INTERNAL,
        SpanKind.CLIENT,
    )
    assert all(span.status.status_code is StatusCode.UNSET for span in spans.get_finished_spans())


async def test_the_server_span_follows_the_stable_conventions(
    traced: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    """The query string is not among them: it may hold variables."""
    await ask(traced, QUERY)
    assert attributes(one(spans, "POST /graphql")) == {
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "http.route": "/graphql",
        "network.protocol.version": "1.1",
        "server.address": "test",
        "url.path": "/graphql",
        "url.scheme": "http",
        "user_agent.original": traced.headers["user-agent"],
    }


async def test_the_operation_span_names_the_operation(
    traced: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    """Its document is told by its hash, the one persisted queries use."""
    await ask(traced, QUERY)
    told = attributes(one(spans, "query"))
    assert told.pop("graphql.document.id") == (
        "ae8a15eaa5c0e7039c3b230b6c82c320db205915c1823500fffbe84f1ef52423"
    )
    assert told == {"graphql.operation.type": "query", "graphql.operation.name": "Sources"}


async def test_the_callers_trace_goes_on_and_every_answer_names_it(
    traced: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    """W3C context comes in by `traceparent` and goes out by `traceresponse`."""
    trace_id, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    response = await ask(traced, QUERY, traceparent=f"00-{trace_id}-{parent}-01")
    http = one(spans, "POST /graphql")
    assert http.context is not None
    assert http.parent is not None
    assert format_trace_id(http.context.trace_id) == trace_id
    assert format_span_id(http.parent.span_id) == parent
    assert response.headers["trace-id"] == trace_id
    assert response.headers["traceresponse"] == (
        f"00-{trace_id}-{format_span_id(http.context.span_id)}-01"
    )


@pytest.mark.parametrize("traceparent", ["nonsense", "00-" + "0" * 32 + "-" + "0" * 16 + "-01"])
async def test_a_bad_trace_context_starts_a_new_trace(
    traced: httpx.AsyncClient, spans: InMemorySpanExporter, traceparent: str
) -> None:
    """A caller's mistake is never the request's."""
    response = await ask(traced, QUERY, traceparent=traceparent)
    assert response.status_code == 200
    assert one(spans, "POST /graphql").parent is None


@pytest.mark.parametrize("address", ["/livez", "/readyz", "/nowhere", "/graphql"])
async def test_every_answer_has_its_trace_id(traced: httpx.AsyncClient, address: str) -> None:
    """Also the ones that refuse."""
    response = await traced.get(address)
    assert len(response.headers["trace-id"]) == 32
    assert int(response.headers["trace-id"], 16)


async def test_an_expected_failure_is_the_operations_status(
    traced: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    """It has its code, and no exception: nobody is woken for it."""
    await ask(traced, "{ items(count: 1) { unavailable } }")
    operation = one(spans, "query")
    assert operation.status.status_code is StatusCode.ERROR
    assert attributes(operation)["error.type"] == "SERVICE_UNAVAILABLE"
    assert operation.events == ()
    assert one(spans, "POST /graphql").status.status_code is StatusCode.UNSET


async def test_a_defect_is_recorded_where_its_reference_leads(
    traced: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    """Each of two defects is an event of the operation, with its traceback."""
    response = await ask(traced, "{ items(count: 2) { defect } }")
    operation = one(spans, "query")
    assert operation.context is not None
    assert [error["extensions"] for error in response.json()["errors"]] == [
        {"code": INTERNAL, "traceId": format_trace_id(operation.context.trace_id)}
    ] * 2
    told = [dict(event.attributes or {}) for event in operation.events]
    assert [event["exception.message"] for event in told] == [
        "item-0 is broken.",
        "item-1 is broken.",
    ]
    assert "Traceback" in str(told[0]["exception.stacktrace"])


@pytest.mark.parametrize("query", ["{", "{ nothing }"])
async def test_what_never_runs_has_an_operation_span_too(
    traced: httpx.AsyncClient, spans: InMemorySpanExporter, query: str
) -> None:
    """Its type is not known, so it has the conventions' common name."""
    await ask(traced, query)
    operation = one(spans, "GraphQL Operation")
    assert operation.status.status_code is StatusCode.ERROR
