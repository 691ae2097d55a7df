"""What runs on graphql-core, through Strawberry and the loaders: what has no plan, and answers in parts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from graphql import (
    DirectiveNode,
    DocumentNode,
    ExecutionResult,
    ExperimentalIncrementalExecutionResults,
    GraphQLError,
    OperationDefinitionNode,
    Visitor,
    create_source_event_stream,  # pyright: ignore[reportUnknownVariableType] - its executor is of any context.
    experimental_execute_incrementally,  # pyright: ignore[reportUnknownVariableType] - its middleware is a bare tuple.
    visit,
)
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.delivery import DELIVERY

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Iterator

    from graphql import GraphQLSchema

    from execution.checking import Prepared
    from execution.requests import GraphQLRequest
    from execution.weight import Weight

Result: TypeAlias = "ExecutionResult | ExperimentalIncrementalExecutionResults"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An operation that is about to run."""

    request: GraphQLRequest
    prepared: Prepared
    document: DocumentNode
    operation: OperationDefinitionNode
    weight: Weight


async def whole(schema: GraphQLSchema, asked: Asked, context: Any) -> ExecutionResult:
    """Return the whole answer."""
    document = asked.document
    if asked.weight.deferred:
        document = visit(document, _AtOnce())
    result = await _executed(
        schema, document, asked, context, executor=StrawberryGraphQLCoreExecutionContext
    )
    if not isinstance(result, ExecutionResult):
        raise TypeError("Nothing asks for parts any more.")
    return result


async def in_parts(schema: GraphQLSchema, asked: Asked, context: Any) -> Result:
    """Return the answer or, where anything of it comes later, what makes its parts."""
    return await _executed(schema, asked.document, asked, context, executor=_InParts)


async def source_of(
    schema: GraphQLSchema, asked: Asked, context: Any
) -> AsyncIterable[Any] | ExecutionResult:
    """Return what a subscription listens to, or what refuses it."""
    request = asked.request
    built = cast("Any", StrawberryGraphQLCoreExecutionContext).build(
        schema,
        asked.document,
        context_value=context,
        raw_variable_values=request.variables,
        operation_name=request.operation_name,
        operation_extensions=request.extensions,
    )
    if isinstance(built, list):
        return ExecutionResult(None, cast("list[GraphQLError]", built))
    source = create_source_event_stream(built)
    return await source if isawaitable(source) else source


async def event(schema: GraphQLSchema, asked: Asked, context: Any, source: Any) -> ExecutionResult:
    """Return what one event of a subscription comes to."""
    executor = StrawberryGraphQLCoreExecutionContext
    result = await _executed(schema, asked.document, asked, context, executor=executor, root=source)
    if not isinstance(result, ExecutionResult):
        raise TypeError("A subscription cannot be answered in parts.")
    return result


async def _executed(  # noqa: PLR0913 - three are told by name.
    schema: GraphQLSchema,
    document: DocumentNode,
    asked: Asked,
    context: Any,
    *,
    executor: type[StrawberryGraphQLCoreExecutionContext],
    root: Any = None,
) -> Result:
    request = asked.request
    # graphql-core's `execute` refuses a schema that has the directives.
    result = experimental_execute_incrementally(
        schema,
        document,
        root_value=root,
        context_value=context,
        variable_values=request.variables,
        operation_name=request.operation_name,
        # Strawberry's is the faster one; it says `bool` where a type guard is asked for.
        is_awaitable=optimized_is_awaitable,  # pyright: ignore[reportArgumentType]
        executor_class=executor,
        operation_extensions=request.extensions,
    )
    return await result if isawaitable(result) else result


class _AtOnce(Visitor):
    """Takes the directives out that ask for parts."""

    def enter_directive(self, node: DirectiveNode, *_: object) -> Any:
        """Remove what asks for a part."""
        return self.REMOVE if node.name.value in DELIVERY else None


class _InParts(StrawberryGraphQLCoreExecutionContext):
    """Works a stream's items out side by side, once what comes first is made.

    graphql-core does either one after the other, a read for each, or all before what comes first.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._first = asyncio.Event()

    def build_response(self, data: Any) -> Any:
        """Let the streams begin."""
        self._first.set()
        return super().build_response(data)

    def get_stream_usage(self, field_details_list: Any, path: Any) -> Any:
        """Return how a list is streamed, if it is; graphql-core takes a wrong size for a defect."""
        try:
            return super().get_stream_usage(field_details_list, path)
        except ValueError:
            nodes = [each.node for each in field_details_list]
            raise GraphQLError("`initialCount` of `@stream` must be 0 at least.", nodes) from None

    def handle_stream(  # noqa: PLR0913, PLR0917 - as graphql-core declares it.
        self,
        index: int,
        path: Any,
        iterator: Iterator[Any] | AsyncIterator[Any],
        is_async: bool,  # noqa: FBT001 - as above.
        stream_usage: Any,
        info: Any,
        item_type: Any,
    ) -> bool:
        """Take the rest of a list."""
        waiting = iterator if is_async else _after(self._first, iterator)
        self.enable_early_execution = True
        try:
            return super().handle_stream(  # pyright: ignore[reportUnknownMemberType] - its `info` is.
                index,
                path,
                waiting,
                is_async=True,
                stream_usage=stream_usage,
                info=info,
                item_type=item_type,
            )
        finally:
            self.enable_early_execution = False


async def _after(event: asyncio.Event, items: Any) -> AsyncIterator[Any]:
    await event.wait()
    for item in items:
        yield item
