"""Whether the process lives, and whether it can answer: for orchestrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response
from starlette.routing import Route

from graph.errors import GraphError

if TYPE_CHECKING:
    from starlette.requests import Request

    from server.service import Service


def health_routes() -> list[Route]:
    """Return `/livez`, which needs nothing, and `/readyz`, which asks the graph."""
    return [Route("/livez", _live), Route("/readyz", _ready)]


async def _live(_request: Request) -> Response:
    return _answer(200, status="live")


async def _ready(request: Request) -> Response:
    service: Service = request.app.state.service
    try:
        await service.check()
    except GraphError as error:
        return _answer(503, status="unavailable", code=error.code, message=str(error))
    return _answer(200, status="ready")


def _answer(http_status: int, **body: str) -> Response:
    headers = {"cache-control": "no-store"}
    return Response(orjson.dumps(body), http_status, headers, media_type="application/json")
