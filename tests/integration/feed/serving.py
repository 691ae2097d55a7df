"""Servers over one graph, and clients that listen to them as real ones do."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import httpx
import websockets

from graph.client import connect
from server.app import create_app
from server.service import Service
from tests.http.listening import listening_at
from tests.integration.feed.making import Maker

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from graph.engines import Endpoint
    from server.settings import Settings

PROTOCOL: Final = "graphql-transport-ws"
EVENTS: Final = {"accept": "text/event-stream"}
CHANGED: Final = """
subscription Changed($types: [String!], $ids: [ID!], $after: String) {
  changed(types: $types, ids: $ids, after: $after) { sequence cursor type action thing { id } }
}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, and what makes changes through it."""

    address: str
    service: Service
    maker: Maker
    streams: Any

    @property
    def graphql(self) -> str:
        """Where it answers over HTTP."""
        return f"{self.address}/graphql"

    @property
    def socket(self) -> str:
        """Where it takes websockets."""
        return self.graphql.replace("http", "ws", 1)

    @property
    def holding(self) -> tuple[int, bool, int]:
        """How many listen, whether the outbox is read, and how many streams are open."""
        return self.service.feed.listening, self.service.feed.reading, self.streams.open

    async def until_listening(self, count: int) -> None:
        """Return when so many listen."""
        while self.service.feed.listening != count:  # noqa: ASYNC110 - what begins is elsewhere.
            await asyncio.sleep(0.01)

    async def let_go(self) -> None:
        """Return when nobody listens any more."""
        while self.holding != (0, False, 0):  # noqa: ASYNC110 - what ends is elsewhere.
            await asyncio.sleep(0.01)


@asynccontextmanager
async def serving(endpoint: Endpoint, settings: Settings) -> AsyncGenerator[Server]:
    """Yield a server over a graph, with a connection of its own, as one of several processes has."""
    async with connect(endpoint) as graph:
        service = Service(graph)
        app = create_app(settings, service=service)
        async with listening_at(app) as address:
            yield Server(address, service, Maker(service.journal), app.state.streams)
            app.state.streams.stop()
        await service.journal.close()


class Stream:
    """Server-sent events, as one client reads them."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def message(self) -> tuple[str, Any]:
        """Return the next event's name and data; ("", None) at the end of the response."""
        name = ""
        async for line in self._lines:
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data:"):
                text = line.removeprefix("data:").strip()
                return name, json.loads(text) if text else None
        return "", None

    async def changes(self, count: int) -> list[dict[str, Any]]:
        """Return the next changes."""
        found: list[dict[str, Any]] = []
        for _ in range(count):
            name, data = await self.message()
            assert name == "next"
            assert "errors" not in data, data
            found.append(data["data"]["changed"])
        return found


@asynccontextmanager
async def listening_by_events(
    server: Server, token: str | None = None, **variables: Any
) -> AsyncGenerator[Stream]:
    """Yield a stream of changes over HTTP; what is changed from then on is in it."""
    bearing = {"authorization": f"Bearer {token}"} if token else {}
    body = {"query": CHANGED, "variables": variables}
    async with (
        httpx.AsyncClient(timeout=60) as client,
        client.stream("POST", server.graphql, json=body, headers=EVENTS | bearing) as response,
    ):
        assert response.status_code == 200
        yield Stream(response)


class Socket:
    """A connection by `graphql-transport-ws`, as one client has it."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection

    async def send(self, **message: Any) -> None:
        """Send a message."""
        await self.connection.send(json.dumps(message))

    async def message(self) -> dict[str, Any]:
        """Return the next message."""
        return json.loads(await self.connection.recv())

    async def init(self, **payload: Any) -> None:
        """Introduce the client."""
        await self.send(type="connection_init", payload=payload)
        assert await self.message() == {"type": "connection_ack"}

    async def subscribe(self, id_: str, query: str = CHANGED, **variables: Any) -> None:
        """Begin an operation; return when it has surely begun."""
        await self.send(type="subscribe", id=id_, payload={"query": query, "variables": variables})

    async def changes(self, count: int) -> list[dict[str, Any]]:
        """Return the next changes."""
        found: list[dict[str, Any]] = []
        for _ in range(count):
            message = await self.message()
            assert message["type"] == "next", message
            found.append(message["payload"]["data"]["changed"])
        return found

    async def closed(self) -> tuple[int, str]:
        """Return why the server closed it."""
        with suppress(websockets.ConnectionClosed):
            while True:
                await self.connection.recv()
        return self.connection.close_code or 0, self.connection.close_reason or ""


@asynccontextmanager
async def connected(server: Server, **options: Any) -> AsyncGenerator[Socket]:
    """Yield a connection that has not introduced itself yet."""
    given: dict[str, Any] = {"subprotocols": [PROTOCOL], "open_timeout": 60, **options}
    async with websockets.connect(server.socket, **given) as connection:
        yield Socket(connection)
