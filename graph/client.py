"""The one way to the data: reads and writes over Bolt, each in a managed transaction and a span."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, LiteralString, TypeAlias

import neo4j
from neo4j.exceptions import (
    ClientError,
    ConnectionAcquisitionTimeoutError,
    ConstraintError,
    DatabaseUnavailable,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)
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

from graph.engines.storage import storage_refusal
from graph.errors import (
    AccessRefused,
    GraphError,
    GraphUnavailable,
    QueryTimeout,
    RestartNeeded,
    StorageFailed,
    WriteConflict,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from types import TracebackType

    from graph.engines import Dialect, Endpoint

Statement: TypeAlias = "tuple[LiteralString, dict[str, Any]]"

_tracer = trace.get_tracer("content_graph.graph")
_duration = metrics.get_meter("content_graph.graph").create_histogram(
    "db.client.operation.duration", unit="s", description="How long each Cypher statement took."
)

CONNECT_SECONDS = 1.5
READ_SECONDS = 10.0
WRITE_SECONDS = 60.0
READ_PATIENCE_SECONDS = 0.5
WRITE_PATIENCE_SECONDS = 1.5
FIRST_RETRY_SECONDS = 0.05
MERGE_ATTEMPTS = 4
CONNECTIONS = 64
TURN_SECONDS = 10.0
# Kept for pings: a busy server is still a ready one.
SPARE_CONNECTIONS = 4
NONE_FREE = "The graph's engine has no connection free; try again."


class Graph:
    """A graph behind one driver; share one per process, from any number of tasks."""

    def __init__(self, driver: neo4j.AsyncDriver, endpoint: Endpoint) -> None:
        self._driver = driver
        self.database = endpoint.database
        self.dialect: Dialect = endpoint.dialect
        self.folder = endpoint.folder
        self._turns = asyncio.Semaphore(CONNECTIONS - SPARE_CONNECTIONS)

    async def read(self, summary: LiteralString, text: LiteralString, **parameters: Any) -> Any:
        """Run a read that returns one record with one column, and return that column's value.

        Raises GraphUnavailable within about two seconds where the engine is gone, and QueryTimeout.
        """
        async with self._turn():
            return await self._read(summary, text, parameters)

    async def _read(
        self, summary: LiteralString, text: LiteralString, parameters: dict[str, Any]
    ) -> Any:
        # Not a managed transaction, which takes three round trips where this takes one; what those
        # would try again is tried again here: a read changes nothing.
        query = neo4j.Query(text, timeout=READ_SECONDS)
        patience, wait = time.monotonic() + READ_PATIENCE_SECONDS, FIRST_RETRY_SECONDS
        with _span(self, "READ", summary, text):
            while True:
                try:
                    async with self._session(neo4j.READ_ACCESS, READ_PATIENCE_SECONDS) as session:
                        result = await session.run(query, parameters)
                        record = await result.single(strict=True)
                        return record[0]
                except (Neo4jError, DriverError) as error:
                    if not error.is_retryable() or time.monotonic() + wait > patience:
                        raise
                await asyncio.sleep(wait)
                wait *= 2

    async def write(
        self,
        summary: LiteralString,
        statements: Sequence[Statement],
        *,
        patience: float = WRITE_PATIENCE_SECONDS,
    ) -> None:
        """Run the statements in order in one transaction: all of them, or none.

        A transaction that meets another's is tried again for `patience` seconds.
        Raises WriteConflict when concurrent writers outlast that, GraphUnavailable when the
        engine is gone.
        """

        @neo4j.unit_of_work(timeout=WRITE_SECONDS)
        async def work(transaction: neo4j.AsyncManagedTransaction) -> None:
            for text, parameters in statements:
                result = await transaction.run(text, parameters)
                await result.consume()

        said = "\n;\n".join(text.strip() for text, _ in statements)
        async with self._turn():
            with _span(self, "WRITE", summary, said):
                for attempt in range(MERGE_ATTEMPTS):
                    try:
                        async with self._session(neo4j.WRITE_ACCESS, patience) as session:
                            await session.execute_write(work)
                    except ConstraintError:
                        # On the embedded engine, who loses a race to MERGE one new node is told so:
                        # tried again, it finds the node.
                        if attempt == MERGE_ATTEMPTS - 1:
                            raise
                    else:
                        return

    async def define(self, text: LiteralString) -> None:
        """Run one schema statement (constraint or index), outside any transaction of ours."""
        with _span(self, "SCHEMA", "define schema", text):
            async with self._session(neo4j.WRITE_ACCESS, WRITE_PATIENCE_SECONDS) as session:
                result = await session.run(text)
                await result.consume()

    async def ping(self) -> None:
        """Return when the engine answers; raise GraphUnavailable when it doesn't."""
        await self._read("ping", "RETURN 1 AS rows", {})

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None]:
        """Wait for a connection in line: the driver gives up on what waits as if it were dead."""
        if self._turns.locked():
            try:
                async with asyncio.timeout(TURN_SECONDS):
                    await self._turns.acquire()
            except TimeoutError:
                raise GraphUnavailable(NONE_FREE) from None
        else:
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    @asynccontextmanager
    async def _session(self, access: str, patience: float) -> AsyncGenerator[neo4j.AsyncSession]:
        async with self._driver.session(  # pyright: ignore[reportUnknownMemberType] - **config is untyped.
            database=self.database,
            default_access_mode=access,
            max_transaction_retry_time=patience,
            initial_retry_delay=FIRST_RETRY_SECONDS,
            bookmark_manager=self._driver.execute_query_bookmark_manager,
        ) as session:
            yield session


class _span:  # noqa: N801 - used as a function: `with _span(…)`.
    """A client span around one statement, its duration measured, its errors in our words."""

    def __init__(self, graph: Graph, operation: str, summary: str, text: str) -> None:
        self._folder = graph.folder
        self._attributes = {
            DB_SYSTEM_NAME: "neo4j" if graph.dialect.value == "neo4j" else "arcadedb",
            DB_NAMESPACE: graph.database,
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
            code = error.code if isinstance(error, Neo4jError) else type(error).__name__
            self._attributes[ERROR_TYPE] = str(code)
            self._span.set_attributes({ERROR_TYPE: str(code), DB_RESPONSE_STATUS_CODE: str(code)})
            self._span.set_status(StatusCode.ERROR, str(code))
        _duration.record(time.perf_counter() - self._started, self._attributes)
        self._span.end()
        if error is not None and (told := _expected(error, self._folder)) is not None:
            raise told from error


def _expected(error: BaseException, folder: str | None) -> GraphError | None:
    """Return the failure in the words of `graph.errors`, or None for a defect."""
    if isinstance(error, Neo4jError) and (refusal := _refusal(error.code or "", folder)):
        return refusal
    # The first is transient too: a Neo4j that is starting, or recovering.
    if isinstance(error, DatabaseUnavailable | ServiceUnavailable | SessionExpired | OSError):
        return GraphUnavailable("The graph's engine cannot be reached; try again.")
    if isinstance(error, TransientError):
        return WriteConflict("The same things were being changed by others; try again.")
    if isinstance(error, ClientError) and "TransactionTimedOut" in (error.code or ""):
        return QueryTimeout(f"The graph did not answer within {READ_SECONDS:.0f} s.")
    if isinstance(error, ConnectionAcquisitionTimeoutError):
        return GraphUnavailable(NONE_FREE)
    return None


def _refusal(code: str, folder: str | None) -> GraphError | None:
    """Return what an engine's code says that no other attempt would change, or None."""
    if said := storage_refusal(code, folder):
        return StorageFailed(said)
    if code.startswith("Neo.ClientError.Security."):
        return AccessRefused(
            "The graph's engine refuses this user or password, or what was asked of it."
        )
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return AccessRefused("The graph's engine has no database of that name.")
    if code == "Neo.DatabaseError.Transaction.TransactionStartFailed":
        return RestartNeeded("The graph's engine has to be restarted; its log says why.")
    return None


@asynccontextmanager
async def connect(endpoint: Endpoint) -> AsyncGenerator[Graph]:
    """Yield a Graph over `endpoint`; its connections are opened when first needed."""
    async with neo4j.AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType] - as above.
        endpoint.uri,
        auth=(endpoint.user, endpoint.password),
        connection_timeout=CONNECT_SECONDS,
        connection_acquisition_timeout=CONNECT_SECONDS,
        max_connection_pool_size=CONNECTIONS,
        warn_notification_severity=neo4j.NotificationMinimumSeverity.OFF,
        notifications_min_severity="OFF",
        user_agent="content-graph",
    ) as driver:
        yield Graph(driver, endpoint)


__all__ = ["Graph", "GraphError", "Statement", "connect"]
