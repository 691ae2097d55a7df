"""Both ways of answering: graphql-core through Strawberry's resolvers, and by plan."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    MiddlewareManager,
    experimental_execute_incrementally,  # pyright: ignore[reportUnknownVariableType] - its middleware is a bare tuple.
    parse,
)
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from execution.errors import BAD_USER_INPUT, format_errors
from execution.limits import Limits
from execution.operations import Operations
from execution.requests import GraphQLRequest
from loaders import Loaders
from resolvers.context import Context
from resolvers.permission import EVERYTHING, Viewer
from schema import schema
from schema.fields import end_field_spans
from schema.subgraphs import subgraph
from tests.execution.schema_types import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Generator

    from graph.client import Graph

LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation as a client sends it."""

    text: str
    variables: dict[str, Any] = field(default_factory=dict[str, Any])
    name: str | None = None
    viewer: Viewer = EVERYTHING


class Ways:
    """Both ways to one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._planned = planned_operations()

    async def stock(
        self,
        operation: Operation,
        *,
        document: DocumentNode | None = None,
        graph: Graph | None = None,
        watch: Any = None,
    ) -> dict[str, Any]:
        """Return the response of graphql-core alone, which nothing of `execution.operations` changes.

        The operation is valid and within the limits; `document` stands in for its text. What
        `watch` has for `resolve` is put around every resolver.
        """
        with self._context(graph or self.graph, operation.viewer) as context:
            result = experimental_execute_incrementally(
                SCHEMA,
                document or parse(operation.text),
                context_value=context,
                variable_values=operation.variables,
                operation_name=operation.name,
                is_awaitable=optimized_is_awaitable,  # pyright: ignore[reportArgumentType] - as execution.operations.
                executor_class=StrawberryGraphQLCoreExecutionContext,
                operation_extensions={},
                middleware=MiddlewareManager(watch) if watch else None,
            )
            found = await result if isawaitable(result) else result
        assert isinstance(found, ExecutionResult)
        if not found.errors:
            return {"data": found.data}
        errors = format_errors(found.errors, code=BAD_USER_INPUT)
        if found.data is None and any(error.path is None for error in found.errors):
            return {"errors": errors}
        return {"errors": errors, "data": found.data}

    async def planned(self, operation: Operation) -> dict[str, Any]:
        """Return the response of what the server runs."""
        request = GraphQLRequest(
            query=operation.text,
            operation_name=operation.name,
            variables=operation.variables,
            extensions={},
            by_get=False,
        )
        response = await self._planned.run(
            request, lambda _: self._context(self.graph, operation.viewer)
        )
        return response.body

    @contextmanager
    def _context(self, graph: Graph, viewer: Viewer) -> Generator[Context]:
        made = Context(loaders=Loaders(graph), served=subgraph(None).served, viewer=viewer)
        try:
            yield made
        finally:
            end_field_spans(made)


def planned_operations() -> Operations:
    """Return the operations as the server runs them: the place to plug the planned way in."""
    return Operations(schema, LIMITS)


async def run_stock(
    ways: Ways, text: str, variables: dict[str, Any], operation_name: str | None = None
) -> dict[str, Any]:
    """Return the stock way's response."""
    return await ways.stock(Operation(text=text, variables=variables, name=operation_name))


async def run_planned(
    ways: Ways, text: str, variables: dict[str, Any], operation_name: str | None = None
) -> dict[str, Any]:
    """Return the planned way's response."""
    return await ways.planned(Operation(text=text, variables=variables, name=operation_name))
