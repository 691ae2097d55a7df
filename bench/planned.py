"""An operation as its plan alone, in this process: no HTTP, no limits, no budget, no span, no metric."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast

from graphql import OperationDefinitionNode, parse
from graphql.execution.values import VariableValues

from execution.plans import Answer, Operation
from loaders import Loaders
from resolvers.context import Context
from schema import schema
from schema.executable import executable

if TYPE_CHECKING:
    from bench.operations import Variables
    from graph.client import Graph
    from resolvers.permission import Viewer


def planned(graph: Graph, text: str, viewer: Viewer) -> Callable[[Variables], Awaitable[Answer]]:
    """Return what runs a document's only operation for a viewer, planned the first time."""
    document = parse(text)
    [node] = document.definitions
    operation = Operation(
        schema, executable(schema), document, cast("OperationDefinitionNode", node)
    )

    async def ask(given: Variables) -> Answer:
        values = cast("VariableValues", operation.variables(given))
        loaders = Loaders(graph)
        try:
            context = Context(loaders=loaders, viewer=viewer)
            return await operation.plan(values, viewer).run(graph, context, values)
        finally:
            loaders.close()

    return ask
