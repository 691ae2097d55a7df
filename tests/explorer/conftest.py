"""A small server to test the page against."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest
import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL

from server.explorer import explorer_routes

if TYPE_CHECKING:
    from collections.abc import Iterator


@strawberry.type
class Query:
    """The root."""

    @strawberry.field
    def hello(self, name: str = "world") -> str:
        """Greet by name."""
        return f"Hello, {name}"


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """Serve the explorer over a schema of one field."""
    graphql = GraphQL[None, None](strawberry.Schema(Query), graphql_ide=None)
    app = Starlette(routes=[*explorer_routes(), Route("/graphql", graphql)])
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()
