"""The server span of each HTTP request, by OpenTelemetry's stable conventions.

Our own rather than the contributed middleware: that one needs an opt-in for the stable names, takes
a span a message, and has no route from Starlette.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from opentelemetry import metrics, trace
from opentelemetry.semconv.attributes.error_attributes import ERROR_TYPE
from opentelemetry.semconv.attributes.http_attributes import (
    HTTP_REQUEST_METHOD,
    HTTP_REQUEST_METHOD_ORIGINAL,
    HTTP_RESPONSE_STATUS_CODE,
    HTTP_ROUTE,
)
from opentelemetry.semconv.attributes.network_attributes import NETWORK_PROTOCOL_VERSION
from opentelemetry.semconv.attributes.server_attributes import SERVER_ADDRESS, SERVER_PORT
from opentelemetry.semconv.attributes.url_attributes import URL_PATH, URL_SCHEME
from opentelemetry.semconv.attributes.user_agent_attributes import USER_AGENT_ORIGINAL
from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS: Final = frozenset(
    {"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"}
)
SERVER_FAULT: Final = 500
_READ: Final = frozenset({b"traceparent", b"tracestate", b"user-agent"})

_tracer = trace.get_tracer("content_graph.server")
# Not `baggage`, which nothing here reads: each entry of it that is none would be a line in the log.
_traces = TraceContextTextMapPropagator()
_duration = metrics.get_meter("content_graph.server").create_histogram(
    "http.server.request.duration",
    unit="s",
    description="How long each HTTP request took.",
    explicit_bucket_boundaries_advisory=[
        *(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
    ],
)


class HTTPTracing:
    """ASGI middleware: continues the caller's trace, and names the trace in every response.

    It is the outermost one, so it also answers, with `failed`, what nobody below caught.
    """

    def __init__(self, app: ASGIApp, failed: Callable[[Exception], ASGIApp]) -> None:
        self._app = app
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application inside a server span."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode(): value.decode("latin-1")
            for name, value in scope["headers"]
            if name in _READ
        }
        attributes = _request_attributes(scope, headers)
        started = time.perf_counter()
        status = 0
        with _tracer.start_as_current_span(
            _method_name(attributes),
            context=_traces.extract(headers),
            kind=SpanKind.SERVER,
            record_exception=False,
            attributes=attributes,
        ) as span:

            async def traced_send(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    message["headers"] = [*message.get("headers", ()), *_trace_headers(span)]
                await send(message)

            try:
                await self._app(scope, receive, traced_send)
            except Exception as error:
                answer = self._failed(error)
                if status:
                    raise
                await answer(scope, receive, traced_send)
            finally:
                # A response that never began has no status; the caller went away.
                outcome = _outcome(scope, status)
                span.set_attributes(outcome)
                if HTTP_ROUTE in outcome:
                    span.update_name(f"{_method_name(attributes)} {outcome[HTTP_ROUTE]}")
                if status >= SERVER_FAULT:
                    span.set_status(StatusCode.ERROR)
                kept = {name: attributes[name] for name in (HTTP_REQUEST_METHOD, URL_SCHEME)}
                _duration.record(time.perf_counter() - started, {**kept, **outcome})


def _request_attributes(scope: Scope, headers: dict[str, str]) -> dict[str, Any]:
    """Return what is known before routing; the query string is left out: it holds variables."""
    method = scope["method"]
    attributes: dict[str, Any] = {
        HTTP_REQUEST_METHOD: method if method in METHODS else "_OTHER",
        NETWORK_PROTOCOL_VERSION: scope.get("http_version", "1.1"),
        URL_PATH: scope["path"],
        URL_SCHEME: scope.get("scheme", "http"),
    }
    if method not in METHODS:
        attributes[HTTP_REQUEST_METHOD_ORIGINAL] = method
    if server := scope.get("server"):
        attributes[SERVER_ADDRESS] = server[0]
        if server[1] is not None:
            attributes[SERVER_PORT] = server[1]
    if agent := headers.get("user-agent"):
        attributes[USER_AGENT_ORIGINAL] = agent
    return attributes


def _method_name(attributes: dict[str, Any]) -> str:
    method: str = attributes[HTTP_REQUEST_METHOD]
    return "HTTP" if method == "_OTHER" else method


def _outcome(scope: Scope, status: int) -> dict[str, Any]:
    outcome: dict[str, Any] = {HTTP_RESPONSE_STATUS_CODE: status} if status else {}
    if path := getattr(scope.get("route"), "path", None):
        outcome[HTTP_ROUTE] = path
    if status >= SERVER_FAULT:
        outcome[ERROR_TYPE] = str(status)
    return outcome


def _trace_headers(span: trace.Span) -> list[tuple[bytes, bytes]]:
    """Return our own header, for people, and the W3C's, for programs."""
    context = span.get_span_context()
    ids = f"{trace.format_trace_id(context.trace_id)}-{trace.format_span_id(context.span_id)}"
    return [
        (b"trace-id", ids[:32].encode()),
        (b"traceresponse", f"00-{ids}-{context.trace_flags:02x}".encode()),
    ]
