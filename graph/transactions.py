"""Transactions in which what is written depends on what is read: decided inside, committed as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.tracing import statement_span

if TYPE_CHECKING:
    import neo4j

    from graph.engines import Endpoint


class Transaction:
    """One attempt at a transaction; whoever reads and writes by it may be asked to do so again."""

    def __init__(self, running: neo4j.AsyncManagedTransaction, endpoint: Endpoint) -> None:
        self._running = running
        self._endpoint = endpoint

    async def read(self, summary: LiteralString, text: LiteralString, **parameters: Any) -> Any:
        """Run a statement that returns one record with one column, and return that column's value.

        It sees what was written before it in the same transaction.
        """
        with statement_span(self._endpoint, "READ", summary, text, raw=True):
            result = await self._running.run(text, parameters)
            [value] = [record.value() async for record in result]
            return value

    async def write(self, summary: LiteralString, text: LiteralString, **parameters: Any) -> None:
        """Run a statement that changes something."""
        with statement_span(self._endpoint, "WRITE", summary, text, raw=True):
            result = await self._running.run(text, parameters)
            await result.consume()
