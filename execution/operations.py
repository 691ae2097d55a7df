"""Running one operation: parsed, checked and planned once per document.

What no plan can do, introspection, mutations, subscriptions and answers in parts, runs on graphql-core
through Strawberry.
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from functools import partial
from time import time_ns
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    ExecutionResult,
    GraphQLError,
    OperationType,
)
from opentelemetry import trace
from opentelemetry.semconv._incubating.attributes.graphql_attributes import (
    GRAPHQL_OPERATION_NAME,
    GRAPHQL_OPERATION_TYPE,
)
from opentelemetry.semconv.attributes.error_attributes import ERROR_TYPE
from opentelemetry.trace import StatusCode

from execution import core as graphql_core
from execution.answers import Answers, late
from execution.checking import operation_of
from execution.core import Asked
from execution.deferring import asks_for_parts
from execution.documents import Documents
from execution.errors import (
    BAD_USER_INPUT,
    OPERATION_RESOLUTION_FAILURE,
    TIMEOUT,
    VALIDATION_FAILED,
    OnlyByPostError,
)
from execution.federated_trace import Timing, federated_trace
from execution.freshness import Freshness, freshness_of
from execution.incremental import Delivery
from execution.limits import LimitError, Limits
from execution.plans import Operation
from execution.responses import Response
from execution.scopes import Unplannable
from execution.spending import Spending, cost_of
from execution.subscribing import Subscriptions
from execution.weight import Scale
from resolvers.permission import PUBLIC
from schema.executable import executable

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    import strawberry
    from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

    from execution.budgets import Allowance
    from execution.checking import Prepared
    from execution.incremental import Deliver
    from execution.requests import Caller, GraphQLRequest
    from execution.subscribing import Events
    from resolvers.permission import Needs

    ContextFactory = Callable[[Caller], AbstractContextManager[Any]]

DOCUMENT_ID: Final = "graphql.document.id"
KEPT_TOKENS: Final = 200_000
# What a plan takes for each field, counted as a document's tokens are.
PLAN_TOKENS_A_FIELD: Final = 6

_tracer = trace.get_tracer("content_graph.execution")


class Operations:
    """A schema's operations; one per server, from any number of tasks."""

    def __init__(  # noqa: PLR0913 - all but two are told by name.
        self,
        schema: strawberry.Schema,
        limits: Limits,
        *,
        core: GraphQLSchema | None = None,
        planned: bool = True,
        introspection: Needs | None = PUBLIC,
        allowance: Allowance | None = None,
    ) -> None:
        """Run all on graphql-core unless `planned`.

        `core` is the part of the schema to run, all of it unless told. `introspection` is for those with
        one of the roles, or for nobody; to others messages don't suggest names of the schema either.
        Callers are charged where there is an `allowance`.
        """
        self._answers = Answers(introspection)
        self._plans = planned
        self._strawberry = schema
        self._schema = core or executable(schema)
        self._limits = limits
        self._scale = Scale(self._schema, limits)
        self._spending = Spending(self._schema, limits.aliases, allowance)
        self._subscriptions = Subscriptions(self._schema, limits, self._answers, self._spending)
        self._documents = Documents(
            self._schema, limits, room=KEPT_TOKENS, introspection=introspection
        )

    async def run(
        self,
        request: GraphQLRequest,
        context: ContextFactory,
        deliver: Deliver | None = None,
        events: Events | None = None,
    ) -> Response:
        """Run the operation; every failure is in the response.

        `context` makes what resolvers share, for the one who asks. It surrounds the execution, inside
        the operation's span; nothing refused enters it. With `deliver`, what is asked for in parts is
        sent by it, and the response says so; any other operation is answered as ever. A subscription sends
        its `events`, and the response is what ended it.
        Only a mutation by GET raises, OnlyByPostError: HTTP has a status of its own for it.
        """
        with _tracer.start_as_current_span(
            "GraphQL Operation", record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                prepared = await self._prepared(request)
            except TimeoutError:
                response = self._answers.refused(request, (late(self._limits.seconds),), TIMEOUT)
            except LimitError as error:
                response = self._answers.over(request, error)
            else:
                span.set_attribute(DOCUMENT_ID, prepared.id)
                response = await self._run(request, prepared, context, deliver, events)
                response.document = prepared
            if errors := response.body.get("errors"):
                code = str(errors[0]["extensions"]["code"])
                span.set_attribute(ERROR_TYPE, code)
                span.set_status(StatusCode.ERROR, code)
            return response

    def freshness(self, prepared: Prepared, name: str | None) -> Freshness:
        """Return how long the answers of an operation that ran may be kept."""
        key = name or ""
        document = prepared.document
        operation = operation_of(document, name) if document else ""
        if document is None or isinstance(operation, str):
            return Freshness(0)
        if key not in prepared.freshness:
            aliases = self._limits.aliases
            prepared.freshness[key] = freshness_of(self._schema, document, operation, aliases)
        return prepared.freshness[key]

    async def _prepared(self, request: GraphQLRequest) -> Prepared:
        """Return the document; one that has to be checked is charged for, valid or not."""
        known = self._documents.known(request.query)
        if known is not None:
            return known
        await self._spending.take_for_checking(request, self._limits.characters)
        async with asyncio.timeout(self._limits.seconds):
            return await self._documents.prepare(request.query)

    async def _run(
        self,
        request: GraphQLRequest,
        prepared: Prepared,
        context: ContextFactory,
        deliver: Deliver | None,
        events: Events | None,
    ) -> Response:
        if prepared.document is None:
            return self._answers.refused(request, prepared.errors, prepared.code)
        if prepared.telling and not self._answers.tells(request):
            return self._answers.refused(request, prepared.telling, VALIDATION_FAILED)
        operation = _chosen(prepared.document, request, streams=events is not None)
        if isinstance(operation, str):
            return self._answers.refused(
                request, (GraphQLError(operation),), OPERATION_RESOLUTION_FAILURE
            )
        try:
            weight = self._scale.known(prepared, prepared.document, operation, request.variables)
            asked = Asked(
                request=request,
                prepared=prepared,
                document=prepared.document,
                operation=operation,
                weight=weight,
            )
            if events is not None and operation.operation is OperationType.SUBSCRIPTION:
                return await self._subscriptions.run(asked, context, events)
            await self._spending.take(request, cost_of(weight))
        except LimitError as error:
            return self._answers.over(request, error)
        delivery = None
        if deliver and weight.deferred and _in_parts(asked):
            delivery = Delivery(deliver, partial(self._answers.errors, request))
        response = await self._executed(asked, context, delivery)
        await self._spending.settle(request, prepared, operation, weight, response)
        if delivery and response.delivered:
            await delivery.end(response.body.get("extensions"))
        return response

    async def _executed(
        self, asked: Asked, context: ContextFactory, delivery: Delivery | None
    ) -> Response:
        """Run the operation; an answer in one part has a trace where that is asked for."""
        began = time_ns()
        with context(asked.request.caller) as value:
            response = await self._in_time(asked, value, delivery)
        if asked.request.traced and not response.delivered:
            timing = Timing(began=began, took=time_ns() - began, ran=response.ran)
            told = federated_trace(
                self._schema, asked.document, asked.operation, response.body, timing
            )
            response.body.setdefault("extensions", {})["ftv1"] = told
        return response

    async def _in_time(self, asked: Asked, context: Any, delivery: Delivery | None) -> Response:
        """Run the operation until its deadline; what waits then is cancelled, down to the database."""
        deadline = asyncio.timeout(self._limits.seconds)
        try:
            async with deadline:
                if delivery is not None:
                    return await self._delivered(asked, context, delivery)
                if asked.operation.operation is OperationType.QUERY and self._plans:
                    response = await self._planned(asked, context)
                    if response is not None:
                        return response
                result = await graphql_core.whole(self._schema, asked, context)
                return self._answers.whole(asked.request, result)
        except TimeoutError:
            if not deadline.expired():
                raise
            changing = asked.operation.operation is OperationType.MUTATION
            errors = (late(self._limits.seconds, changing=changing),)
            if delivery is not None and delivery.began:
                delivery.late(errors)
                return delivery.response
            return Response(
                body={"errors": self._answers.errors(asked.request, errors), "data": None}
            )

    async def _delivered(self, asked: Asked, context: Any, delivery: Delivery) -> Response:
        """Send the answer in parts; what comes to no more than one is answered as ever."""
        result = await graphql_core.in_parts(self._schema, asked, context)
        if isinstance(result, ExecutionResult):
            return self._answers.whole(asked.request, result)
        await delivery.run(result)
        return delivery.response

    async def _planned(self, asked: Asked, context: Any) -> Response | None:
        """Run the operation's plan; None where there can be none."""
        request, node, operations = asked.request, asked.operation, asked.prepared.operations
        name = node.name.value if node.name else ""
        if name not in operations:
            operations[name] = Operation(self._strawberry, self._schema, asked.document, node)
        operation = operations[name]
        if operation is None:
            return None
        variables = operation.variables(request.variables)
        if isinstance(variables, list):
            return self._answers.refused(request, tuple(variables), BAD_USER_INPUT)
        ready = operation.ready
        try:
            plan = operation.plan(variables, context.viewer)
        except (Unplannable, GraphQLError):
            operations[name] = None
            return None
        if operation.ready > ready:
            self._documents.grew(request.query, PLAN_TOKENS_A_FIELD * asked.weight.fields)
        log = request.explain or request.traced
        answer = await plan.run(context.loaders.graph, context, variables, log=log)
        extensions = {"plan": [asdict(each) for each in answer.ran]} if request.explain else None
        result = ExecutionResult(answer.data, answer.errors or None, extensions)
        response = self._answers.whole(request, result)
        response.ran = answer.ran
        return response


def _chosen(
    document: DocumentNode, request: GraphQLRequest, *, streams: bool
) -> OperationDefinitionNode | str:
    """Return the operation to run, or why there is none; raise OnlyByPostError."""
    operation = operation_of(document, request.operation_name)
    if isinstance(operation, str):
        return operation
    kind, span = operation.operation, trace.get_current_span()
    span.update_name(kind.value)
    span.set_attribute(GRAPHQL_OPERATION_TYPE, kind.value)
    if operation.name:
        span.set_attribute(GRAPHQL_OPERATION_NAME, operation.name.value)
    if kind is OperationType.SUBSCRIPTION and not streams:
        return "A subscription wants `text/event-stream`, or a websocket."
    if kind is OperationType.MUTATION and request.by_get:
        raise OnlyByPostError("A mutation comes by POST.")
    return operation


def _in_parts(asked: Asked) -> bool:
    return asks_for_parts(asked.document, asked.operation, asked.request.variables)
