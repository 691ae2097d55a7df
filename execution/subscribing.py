"""A subscription as it runs: an execution for each event, charged and permitted as any operation is."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from graphql import ExecutionResult, GraphQLError
from opentelemetry import metrics

from execution import core as graphql_core
from execution.answers import late
from execution.responses import Response
from execution.spending import OPERATION_COST, RateLimitedError, cost_of
from resolvers.errors import Unauthenticated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graphql import GraphQLSchema

    from execution.answers import Answers
    from execution.core import Asked
    from execution.limits import Limits
    from execution.operations import ContextFactory
    from execution.spending import Spending

ENDED: Final = "Your token has ended: go on with a new one, after the last event that you have."

_meter = metrics.get_meter("content_graph.execution")
_active = _meter.create_up_down_counter(
    "content_graph.subscriptions.active", description="Subscriptions that run."
)
_events = _meter.create_counter("content_graph.subscriptions.events", description="Events sent.")


class Events(Protocol):
    """Takes the events of one subscription to the client."""

    async def begin(self) -> None:
        """Say that events will come; raise LimitError where they may not."""
        ...

    async def event(self, body: dict[str, Any]) -> None:
        """Send an event; return when the next may be sent."""
        ...


class Subscriptions:
    """Runs the subscriptions of one schema."""

    def __init__(
        self, schema: GraphQLSchema, limits: Limits, answers: Answers, spending: Spending
    ) -> None:
        self._schema = schema
        self._limits = limits
        self._answers = answers
        self._spending = spending

    async def run(self, asked: Asked, context: ContextFactory, events: Events) -> Response:
        """Send events until they end, and return why they did, if for an error; or what refuses all.

        Raises LimitError for one caller too many, and where its budget does not suffice to begin.
        """
        request = asked.request
        await self._spending.take(request, OPERATION_COST)
        try:
            async with asyncio.timeout(self._limits.seconds):
                with context(request.caller) as value:
                    source = await graphql_core.source_of(self._schema, asked, value)
        except TimeoutError:
            errors = self._answers.errors(request, (late(self._limits.seconds),))
            return Response(body={"errors": errors, "data": None})
        if isinstance(source, ExecutionResult):
            return self._answers.whole(request, source)
        # What is listened to is more than the iterator that graphql-core promises.
        stream = cast("Any", source)
        try:
            await events.begin()
            _active.add(1)
            try:
                return await self._until_it_ends(asked, context, stream, events)
            finally:
                _active.add(-1)
        finally:
            await stream.aclose()

    async def _until_it_ends(
        self, asked: Asked, context: ContextFactory, stream: AsyncIterator[Any], events: Events
    ) -> Response:
        left = asked.request.caller.until - time.time()
        token = asyncio.timeout(None if left == float("inf") else max(left, 0.0))
        try:
            async with token:
                async for event in stream:
                    await events.event(await self._event(asked, context, event))
                    _events.add(1)
        except TimeoutError as error:
            if not token.expired():
                raise
            return self._ended(asked, Unauthenticated(ENDED), error)
        except OSError:
            raise  # The client's, who is gone.
        except Exception as error:  # noqa: BLE001 - told to the client, masked where it is a defect.
            return self._ended(asked, error, error)
        return Response(body={}, delivered=True)

    def _ended(self, asked: Asked, error: Exception, cause: Exception) -> Response:
        told = GraphQLError(str(error), original_error=error)
        told.__cause__ = cause
        errors = self._answers.errors(asked.request, (told,))
        return Response(body={"errors": errors}, delivered=True)

    async def _event(self, asked: Asked, context: ContextFactory, event: Any) -> dict[str, Any]:
        """Return what an event comes to, for the caller as it stands now.

        One whose caller has used its budget up waits for it.
        """
        request = replace(asked.request, caller=await asked.request.caller.now())
        while True:
            try:
                await self._spending.take(request, cost_of(asked.weight))
                break
            except RateLimitedError as error:
                await asyncio.sleep(error.retry_after or 1)
        deadline = asyncio.timeout(self._limits.seconds)
        try:
            async with deadline:
                with context(request.caller) as value:
                    result = await graphql_core.event(self._schema, asked, value, event)
            response = self._answers.whole(request, result)
        except TimeoutError:
            if not deadline.expired():
                raise
            errors = self._answers.errors(request, (late(self._limits.seconds),))
            response = Response(body={"errors": errors, "data": None})
        await self._spending.settle(
            request, asked.prepared, asked.operation, asked.weight, response
        )
        return response.body
