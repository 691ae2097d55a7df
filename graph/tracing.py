"""A span and a duration for each statement; names as OpenTelemetry's conventions for databases."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from opentelemetry import metrics, trace
from opentelemetry.semconv.attributes.db_attributes import (
    DB_NAMESPACE,
    DB_OPERATION_NAME,
    DB_QUERY_SUMMARY,
    DB_QUERY_TEXT,
    DB_RESPONSE_STATUS_CODE,
    DB_SYSTEM_NAME,
)
from opentelemetry.semconv.attributes.error_attributes import ERROR_TYPE
from opentelemetry.trace import SpanKind, StatusCode

from graph.engines import Dialect
from graph.failures import code_of, retell

if TYPE_CHECKING:
    from types import TracebackType

    from graph.engines import Endpoint

_tracer = trace.get_tracer("content_graph.graph")
_duration = metrics.get_meter("content_graph.graph").create_histogram(
    "db.client.operation.duration", unit="s", description="How long each Cypher statement took."
)
SYSTEMS: Final = {Dialect.NEO4J: "neo4j", Dialect.EMBEDDED: "arcadedb"}


class statement_span:  # noqa: N801 - used as a function: `with statement_span(…)`.
    """A client span around one statement, its duration measured, its errors in our words.

    Within a transaction they stay `raw`: by the driver's own it tells what to try again.
    """

    def __init__(
        self, endpoint: Endpoint, operation: str, summary: str, text: str, *, raw: bool = False
    ) -> None:
        self._folder = endpoint.folder
        self._raw = raw
        self._attributes = {
            DB_SYSTEM_NAME: SYSTEMS[endpoint.dialect],
            DB_NAMESPACE: endpoint.database,
            DB_OPERATION_NAME: operation,
            DB_QUERY_SUMMARY: summary,
        }
        # Below a span that is not sampled no span is: most reads need not make one to find that out.
        around = trace.get_current_span()
        self._span = trace.INVALID_SPAN
        if around.is_recording() or not around.get_span_context().is_valid:
            self._span = _tracer.start_span(
                summary,
                kind=SpanKind.CLIENT,
                attributes={**self._attributes, DB_QUERY_TEXT: text.strip()},
            )
        self._started = time.perf_counter()

    def __enter__(self) -> None:
        """Nothing to do: the driver makes no spans of its own that would be children."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is not None:
            code = code_of(error)
            self._attributes[ERROR_TYPE] = code
            self._span.set_attributes({ERROR_TYPE: code, DB_RESPONSE_STATUS_CODE: code})
            self._span.set_status(StatusCode.ERROR, code)
        _duration.record(time.perf_counter() - self._started, self._attributes)
        self._span.end()
        if error is not None and not self._raw:
            retell(error, self._folder)
