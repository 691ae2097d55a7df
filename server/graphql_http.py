"""GraphQL over HTTP: one endpoint, to the letter of the specification's draft.

https://graphql.github.io/graphql-over-http/draft/
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from execution.errors import (
    INTERNAL_MESSAGE,
    OnlyByPostError,
    internal_extensions,
    record_defect,
)
from server.graphql_request import GRAPHQL_RESPONSE, JSON, BodyLimits, negotiate, read_request
from server.persisted import PersistedDocuments
from server.request_errors import DocumentNotFoundError, MutationByGetError, RequestError
from server.usage import count_use

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from execution.operations import ContextFactory, Operations

PLAN_HEADER: Final = "content-graph-plan"
NO_STORE: Final = {"cache-control": "no-store", "vary": "Accept"}


class GraphQLEndpoint:
    """The ASGI application at `/graphql`.

    `context` makes what the resolvers of one operation share, and cleans up after it.
    """

    def __init__(
        self,
        operations: Operations,
        context: ContextFactory,
        *,
        body: BodyLimits,
        explains: bool = False,
        documents: PersistedDocuments | None = None,
    ) -> None:
        """Take what requests may be; with `explains`, callers may ask how an answer came about."""
        self._documents = documents or PersistedDocuments()
        self._operations = operations
        self._context = context
        self._body = body
        self._explains = explains

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            response = await self._respond(Request(scope, receive))
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        media = JSON
        try:
            media = negotiate(",".join(request.headers.getlist("accept")))
            asked = await read_request(request, self._body)
            if self._explains and request.headers.get(PLAN_HEADER) == "true":
                asked = replace(asked, explain=True)
            resolved = self._documents.resolve(asked)
            try:
                answer = await self._operations.run(resolved.request, self._context)
            except OnlyByPostError as error:
                raise MutationByGetError(str(error)) from None
            if resolved.registers and not answer.request_error:
                self._documents.remember(resolved.request)
            count_use(resolved, request.headers)
            # The older media type tells a refused document with 200, as its callers expect.
            refused = answer.request_error and media == GRAPHQL_RESPONSE
            return _response(400 if refused else 200, answer.body, media)
        except RequestError as error:
            body = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
            unknown = isinstance(error, DocumentNotFoundError) and media == JSON
            return _response(200 if unknown else error.status, body, media, error.headers)
        except ClientDisconnect:
            raise
        except Exception as error:  # noqa: BLE001 - masked here; a caller always gets JSON.
            record_defect(error)
            extensions = internal_extensions()
            body = {"errors": [{"message": INTERNAL_MESSAGE, "extensions": extensions}]}
            return _response(500, body, media)


def _response(
    status: int, body: dict[str, Any], media: str, headers: dict[str, str] | None = None
) -> Response:
    return Response(
        orjson.dumps(body),
        status,
        {**NO_STORE, **(headers or {})},
        media_type=f"{media}; charset=utf-8",
    )
