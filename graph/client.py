"""The one way to the data: reads and writes over Bolt, each in a managed transaction and a span."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, LiteralString, TypeAlias, TypeVar

import neo4j
from neo4j.exceptions import ConstraintError, DriverError, Neo4jError

from graph.bolt import Reader, Refused, readable
from graph.errors import GraphError, GraphUnavailable
from graph.failures import NONE_FREE, retell, settled
from graph.tracing import statement_span
from graph.transactions import Transaction

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

    from graph.engines import Dialect, Endpoint

Statement: TypeAlias = "tuple[LiteralString, dict[str, Any]]"
Result = TypeVar("Result")

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


class Graph:
    """A graph behind one driver; share one per process, from any number of tasks."""

    def __init__(
        self, driver: neo4j.AsyncDriver, endpoint: Endpoint, reader: Reader | None = None
    ) -> None:
        self._driver = driver
        self._reader = reader
        self._endpoint = endpoint
        self.database = endpoint.database
        self.dialect: Dialect = endpoint.dialect
        self.folder = endpoint.folder
        self._turns = asyncio.Semaphore(CONNECTIONS - SPARE_CONNECTIONS)

    async def read(self, summary: LiteralString, text: LiteralString, **parameters: Any) -> Any:
        """Run a read that returns one record with one column, and return that column's value.

        Raises GraphUnavailable within about two seconds where the engine is gone, and QueryTimeout.
        """
        [value] = await self.column(summary, text, **parameters)
        return value

    async def column(
        self, summary: LiteralString, text: LiteralString, **parameters: Any
    ) -> list[Any]:
        """Run a read of one column, and return its values in order; raises as `read` does."""
        async with self._turn():
            return await self._read(summary, text, parameters)

    async def _read(
        self, summary: LiteralString, text: LiteralString, parameters: dict[str, Any]
    ) -> list[Any]:
        with statement_span(self._endpoint, "READ", summary, text):
            if self._reader is not None:
                bookmarks = await self._driver.execute_query_bookmark_manager.get_bookmarks()
                try:
                    return await self._reader.read(text, parameters, bookmarks)
                except Refused as refused:
                    if settled(refused):
                        raise
                except TimeoutError:
                    raise
                except OSError:
                    pass
                # A read changes nothing: the driver tries again, or says what is wrong.
            return await self._read_by_driver(text, parameters)

    async def _read_by_driver(self, text: LiteralString, parameters: dict[str, Any]) -> list[Any]:
        # Not a managed transaction, which takes three round trips where this takes one; what those
        # would try again is tried again here.
        query = neo4j.Query(text, timeout=READ_SECONDS)
        patience, wait = time.monotonic() + READ_PATIENCE_SECONDS, FIRST_RETRY_SECONDS
        while True:
            try:
                async with self._session(neo4j.READ_ACCESS, READ_PATIENCE_SECONDS) as session:
                    result = await session.run(query, parameters)
                    return [record.value() async for record in result]
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
        then: Callable[[Transaction], Awaitable[None]] | None = None,
        patience: float = WRITE_PATIENCE_SECONDS,
    ) -> None:
        """Run the statements in order in one transaction: all of them and what is to be done `then`, or none.

        A transaction that meets another's is tried again, from the start, for `patience` seconds.
        Raises WriteConflict when concurrent writers outlast that, GraphUnavailable when the
        engine is gone.
        """

        @neo4j.unit_of_work(timeout=WRITE_SECONDS)
        async def work(transaction: neo4j.AsyncManagedTransaction) -> None:
            for text, parameters in statements:
                result = await transaction.run(text, parameters)
                await result.consume()
            if then is not None:
                await then(Transaction(transaction, self._endpoint))

        said = "\n;\n".join(text.strip() for text, _ in statements)
        async with self._turn():
            with statement_span(self._endpoint, "WRITE", summary, said):
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

    async def transact(
        self,
        work: Callable[[Transaction], Awaitable[Result]],
        *,
        patience: float = WRITE_PATIENCE_SECONDS,
    ) -> Result:
        """Return what `work` returns, once all that it wrote in the transaction is committed.

        It runs again, from the start, when the transaction meets another's: for `patience` seconds.
        What it raises ends the transaction without a trace. Raises as `write` does.
        """

        @neo4j.unit_of_work(timeout=WRITE_SECONDS)
        async def attempt(running: neo4j.AsyncManagedTransaction) -> Result:
            return await work(Transaction(running, self._endpoint))

        async with self._turn():
            try:
                for _ in range(MERGE_ATTEMPTS - 1):
                    # On the embedded engine, who loses a race to what an index has once may be told of that
                    # before it is told of the race: tried again, it comes after the other.
                    with suppress(ConstraintError):
                        async with self._session(neo4j.WRITE_ACCESS, patience) as session:
                            return await session.execute_write(attempt)
                async with self._session(neo4j.WRITE_ACCESS, patience) as session:
                    return await session.execute_write(attempt)
            except Exception as error:
                retell(error, self._endpoint.folder)
                raise

    async def define(self, text: LiteralString) -> None:
        """Run one schema statement (constraint or index), outside any transaction of ours."""
        with statement_span(self._endpoint, "SCHEMA", "define schema", text):
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


_G = TypeVar("_G", bound=Graph)


@asynccontextmanager
async def connect(
    endpoint: Endpoint, *, make: type[_G] = Graph, by_driver: bool = False
) -> AsyncGenerator[_G]:
    """Yield a Graph over `endpoint`; its connections are opened when first needed.

    Reads go around the driver where they can (`graph.bolt`), unless `by_driver`.
    """
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
        if by_driver or not readable(endpoint):
            yield make(driver, endpoint)
            return
        reader = Reader(endpoint, connect_seconds=CONNECT_SECONDS, read_seconds=READ_SECONDS)
        try:
            yield make(driver, endpoint, reader)
        finally:
            reader.close()


__all__ = ["Graph", "GraphError", "Statement", "connect"]
