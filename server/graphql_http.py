"""GraphQL over HTTP: one endpoint, to the letter of the specification's draft.

https://graphql.github.io/graphql-over-http/draft/
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from execution.documents import ServerBusyError
from execution.errors import (
    INTERNAL_MESSAGE,
    OnlyByPostError,
    internal_extensions,
    record_defect,
)
from execution.spending import RateLimitedError
from server.answering import code_of
from server.caching import cacheable
from server.event_stream import EventStream
from server.graphql_request import BodyLimits, read_request
from server.http_tracing import SERVER_FAULT
from server.negotiation import EVENT_STREAM, GRAPHQL_RESPONSE, JSON, negotiate
from server.refusals import Refusals
from server.request_errors import DocumentNotFoundError, MutationByGetError, RequestError
from server.streaming import PartsResponse, while_there
from server.streams import ClientGoneError, TooManyStreamsError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.types import Receive, Scope, Send

    from execution.requests import GraphQLRequest
    from execution.responses import Response as Answer
    from resolvers.permission import Needs
    from server.answering import Answering
    from server.callers import Callers
    from server.persisted import Resolved
    from server.streams import Streams

PLAN_HEADER: Final = "content-graph-plan"
TRACE_HEADER: Final = "apollo-federation-include-trace"
COST_HEADER: Final = "content-graph-cost"
LATER: Final = {
    RateLimitedError.code: 429,
    TooManyStreamsError.code: 429,
    ServerBusyError.code: 503,
}
NO_STORE: Final = {"cache-control": "no-store", "vary": "Accept, Authorization"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the endpoint deals with its callers."""

    body: BodyLimits
    explains: Needs | None = None
    """The roles that may ask how an answer came about; None for nobody."""
    traces: Needs | None = None
    """The roles that may ask for a trace of each answer's fields; None for nobody."""
    refusals: Refusals = field(default_factory=Refusals)
    """What refusals cost."""
    cache_seconds: int = 0
    """How long the answers of trusted documents may be kept where the schema declares nothing."""


class GraphQLEndpoint:
    """The ASGI application at `/graphql`.

    It takes what runs operations, what tells who asks, what requests may be, and the streams that are open.
    """

    def __init__(
        self, answering: Answering, callers: Callers, manners: Manners, streams: Streams
    ) -> None:
        self._answering = answering
        self._callers = callers
        self._manners = manners
        self._streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            response = await self._respond(Request(scope, receive), send)
        except ClientDisconnect:
            return
        if response is not None:
            await response(scope, receive, send)

    async def _respond(self, request: Request, send: Send) -> Response | None:
        """Return the response, or None where it was sent in parts, as far as that went."""
        media = JSON
        parts: PartsResponse | None = None
        events: EventStream | None = None
        caller = self._callers.nameless(request)
        try:
            accepted = negotiate(",".join(request.headers.getlist("accept")))
            media = accepted.json
            caller = await self._callers.of(request)  # Before a body is read of who is refused.
            asked = await read_request(request, self._manners.body)
            asked = replace(
                asked,
                caller=caller,
                explain=request.headers.get(PLAN_HEADER) == "true"
                and caller.may(self._manners.explains),
                traced=request.headers.get(TRACE_HEADER) == "ftv1"
                and caller.may(self._manners.traces),
                tells_cost=request.headers.get(COST_HEADER) == "true",
            )
            if accepted.parts is None:
                return await self._answered(request, asked, media, None)
            parts = PartsResponse(send, accepted.parts, NO_STORE)
            if accepted.parts == EVENT_STREAM:
                events = EventStream(send, self._streams, caller.key, NO_STORE)
            answering = self._answered(request, asked, accepted.single, parts, events)
            return await self._while_it_lasts(while_there(answering, request.receive), events)
        except RequestError as error:
            if error.status < SERVER_FAULT:
                await self._manners.refusals.charge(caller)
            body = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
            unknown = isinstance(error, DocumentNotFoundError) and media == JSON
            return _response(200 if unknown else error.status, body, media, error.headers)
        except ClientDisconnect:
            raise
        except Exception as error:  # noqa: BLE001 - masked here; a caller always gets JSON.
            record_defect(error)
            if (parts is not None and parts.began) or (events is not None and events.began):
                return None
            extensions = internal_extensions()
            body = {"errors": [{"message": INTERNAL_MESSAGE, "extensions": extensions}]}
            return _response(500, body, media)
        finally:
            if events is not None:
                await events.close()

    async def _while_it_lasts(
        self, answering: Awaitable[Response | None], events: EventStream | None
    ) -> Response | None:
        """Return the response; of a stream that is ended from here what its client has is all of it."""
        try:
            return await answering
        except ClientGoneError:
            raise ClientDisconnect from None
        except asyncio.CancelledError:
            if events is None or not events.began or not (events.lost or self._streams.stopped):
                raise
            with suppress(ClientGoneError):
                await events.cut()
            return None

    async def _answered(
        self,
        request: Request,
        asked: GraphQLRequest,
        media: str | None,
        parts: PartsResponse | None,
        events: EventStream | None = None,
    ) -> Response | None:
        """Run what is asked; one of the media type and the parts is there, or both."""
        try:
            resolved, answer = await self._answering.answer(asked, request.headers, parts, events)
        except OnlyByPostError as error:
            raise MutationByGetError(str(error)) from None
        if answer.retry_after is not None:
            later = {"retry-after": str(answer.retry_after)}
            return _response(LATER[code_of(answer)], answer.body, media or JSON, later)
        if answer.delivered:
            if events is not None and events.began:
                await events.complete(answer.body.get("errors"))
            return None
        if media is None and parts is not None:
            await parts.whole(answer.body)
            return None
        # The older media type tells a refused document with 200, as its callers expect.
        refused = answer.request_error and media == GRAPHQL_RESPONSE
        response = _response(400 if refused else 200, answer.body, media or JSON)
        return self._cacheable(request, resolved, answer, response)

    def _cacheable(
        self, request: Request, resolved: Resolved, answer: Answer, response: Response
    ) -> Response:
        """Let the answer of a trusted document that came by GET be kept, as the schema declares it."""
        asked = resolved.request
        if not (asked.by_get and resolved.trusted and answer.document):
            return response
        if "errors" in answer.body or "extensions" in answer.body:
            return response  # Another time it is another, or it is of this one caller.
        freshness = self._answering.operations.freshness(answer.document, asked.operation_name)
        return cacheable(
            response,
            seconds=freshness.seconds(self._manners.cache_seconds),
            private=freshness.private or asked.caller.viewer.subject is not None,
            known=request.headers.getlist("if-none-match"),
        )


def _response(
    status: int, body: dict[str, Any], media: str, headers: dict[str, str] | None = None
) -> Response:
    return Response(
        orjson.dumps(body),
        status,
        {**NO_STORE, **(headers or {})},
        media_type=f"{media}; charset=utf-8",
    )
