"""Telemetry, set up in this one place: traces, metrics and logs; docs/telemetry.md describes them.

Everything below `server` knows OpenTelemetry's API only.
"""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

import structlog
from opentelemetry import metrics, trace
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF

if TYPE_CHECKING:
    from collections.abc import Generator

    from structlog.typing import EventDict, Processor, WrappedLogger

    from server.settings import Settings

SERVICE: Final = "content-graph"


@contextmanager
def telemetry(settings: Settings) -> Generator[None]:
    """Set up logs, traces and metrics for this process; send what is left when the block ends."""
    configure_logs(settings)
    providers = configure_traces(settings)
    try:
        yield
    finally:
        for provider in providers:
            provider.shutdown()


def configure_traces(settings: Settings) -> list[TracerProvider | MeterProvider]:
    """Install the providers and return them; none where the process has its own already."""
    if isinstance(trace.get_tracer_provider(), TracerProvider):
        return []
    resource = Resource.create({"service.name": SERVICE, "service.version": version(SERVICE)})
    if not settings.otlp_endpoint:
        # Requests still get their trace ids, for answers and logs; nothing is recorded.
        provider = TracerProvider(ALWAYS_OFF, resource)
        trace.set_tracer_provider(provider)
        return [provider]
    endpoint = settings.otlp_endpoint.rstrip("/")
    # The sampler, batch sizes and headers are the standard OTEL_… variables', read by the SDK.
    traces = TracerProvider(resource=resource)
    traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint}/v1/traces")))
    trace.set_tracer_provider(traces)
    if settings.metrics_exporter == "none":
        return [traces]
    reader = PeriodicExportingMetricReader(OTLPMetricExporter(f"{endpoint}/v1/metrics"))
    meters = MeterProvider([reader], resource)
    metrics.set_meter_provider(meters)
    return [traces, meters]


def configure_logs(settings: Settings) -> None:
    """Send every log of the process to stderr: JSON in production, for reading in development."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_trace,
    ]
    if settings.development:
        # Plain tracebacks: the rich ones print every local variable, secrets too.
        render: list[Processor] = [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    else:
        render = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "neo4j", "urllib3"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    for name in ("uvicorn", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("opentelemetry.trace.span").setLevel(logging.ERROR)  # It tells wrong headers.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # Its failures are told in our words.
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def add_trace(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put the ids of the running trace and span on a log line."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
        event["span_id"] = trace.format_span_id(context.span_id)
    return event
