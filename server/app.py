"""The server's assembly: settings in, an ASGI application out."""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Final

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from execution.errors import INTERNAL_MESSAGE, internal_extensions, record_defect
from execution.operations import Operations
from loaders import Loaders
from resolvers.context import Context, Served
from schema import schema as content_schema
from schema.fields import end_field_spans
from schema.subgraphs import subgraph
from server.answering import Answering
from server.authentication.issuers import issuers_of
from server.budgets import allowance_of
from server.callers import Callers
from server.explorer import explorer_routes
from server.graphql_http import GraphQLEndpoint, Manners
from server.graphql_request import BodyLimits
from server.graphql_websocket import GraphQLSocket, Sockets
from server.health import health_routes
from server.http_tracing import HTTPTracing
from server.persisted import persisted_documents
from server.refusals import Refusals
from server.service import serving
from server.streams import Streams

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Mapping

    import strawberry
    from starlette.requests import Request

    from execution.requests import Caller
    from resolvers.permission import Viewer
    from server.persisted import PersistedDocuments
    from server.service import Service
    from server.settings import Settings

STATUS_CODES: Final = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}


def create_app(
    settings: Settings,
    *,
    service: Service | None = None,
    schema: strawberry.Schema | None = None,
    documents: PersistedDocuments | None = None,
) -> Starlette:
    """Return the application; without a `service` its lifespan brings one up and down.

    It serves the part of the schema that the settings name, unless another `schema` is at hand.
    The documents that it knows by id are the settings', unless they are at hand; raises ManifestError
    where those cannot be read.
    """
    part = subgraph(settings.subgraph) if schema is None else None
    served = part.served if part else Served()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        if service is not None:
            app.state.service = service
            yield
        else:
            async with serving(settings) as own:
                app.state.service = own
                yield
        if allowance is not None:
            await allowance.close()
        await callers.close()

    @contextmanager
    def context(caller: Caller) -> Generator[Context]:
        running: Service = app.state.service
        made = Context(
            loaders=Loaders(running.graph),
            served=served,
            viewer=caller.viewer,
            writer=running.journal,
            following=running.feed,
            grants=running.grants,
            anew=caller.viewer_now,
        )
        try:
            yield made
        finally:
            made.loaders.close()
            end_field_spans(made)

    async def in_force(viewer: Viewer) -> Viewer:
        running: Service = app.state.service
        return await running.grants.in_force(viewer)

    allowance = allowance_of(settings)
    callers = Callers(
        issuers_of(settings),
        anonymous=settings.anonymous,
        budgets=settings.budgets_in_force,
        in_force=in_force,
    )
    refusals = Refusals(allowance)
    streams = Streams(settings.max_streams)
    answering = Answering(
        Operations(
            schema or content_schema,
            settings.limits,
            core=part.core if part else None,
            introspection=settings.told_of_schema,
            allowance=allowance,
        ),
        context,
        documents or persisted_documents(settings),
        clients=settings.clients,
        refusals=refusals,
    )
    manners = Manners(
        body=BodyLimits(bytes=settings.max_body_bytes, seconds=settings.body_seconds),
        explains=settings.told_of_plans,
        traces=settings.told_of_traces,
        refusals=refusals,
        cache_seconds=settings.cache_seconds,
    )
    sockets = Sockets(answering, callers, streams, settings.max_socket_operations)
    app = Starlette(
        routes=[
            Route("/graphql", GraphQLEndpoint(answering, callers, manners, streams)),
            WebSocketRoute("/graphql", GraphQLSocket(sockets)),
            *health_routes(),
            *(explorer_routes() if settings.development else ()),
        ],
        middleware=[Middleware(HTTPTracing, failed=_failed)],
        exception_handlers={HTTPException: _refused},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # Whoever asks over TLS would be sent away from it.
    app.state.streams = streams
    return app


async def _refused(_request: Request, error: Exception) -> Response:
    """Answer what routing refuses: an address nobody has, or a method it does not take."""
    if not isinstance(error, HTTPException):
        raise error
    code = STATUS_CODES.get(error.status_code, "BAD_REQUEST")
    return _errors(error.status_code, f"{error.detail}.", {"code": code}, error.headers)


def _failed(error: Exception) -> Response:
    record_defect(error)
    return _errors(500, INTERNAL_MESSAGE, internal_extensions(), None)


def _errors(
    status: int, message: str, extensions: dict[str, Any], headers: Mapping[str, str] | None
) -> Response:
    body = orjson.dumps({"errors": [{"message": message, "extensions": extensions}]})
    return Response(body, status, headers, media_type="application/json")
