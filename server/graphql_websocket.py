"""GraphQL over WebSocket: the protocol `graphql-transport-ws`.

https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect

from server.graphql_request import json_object, parameters_of
from server.request_errors import RequestError
from server.streams import TAKE_SECONDS, ClientGoneError, TooManyStreamsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send

    from execution.requests import Caller, GraphQLRequest
    from server.answering import Answering
    from server.callers import Callers
    from server.streams import Streams

PROTOCOL: Final = "graphql-transport-ws"
INIT_SECONDS: Final = 10.0


class Code(IntEnum):
    """Why a connection is closed."""

    AGAIN_LATER = 1013
    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INITIALISATION_TIMEOUT = 4408
    SUBSCRIBER_EXISTS = 4409
    TOO_MANY_INITIALISATIONS = 4429


class Closing(Exception):
    """The connection is to be closed."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sockets:
    """What connections have in common."""

    answering: Answering
    callers: Callers
    streams: Streams
    operations: int
    """How many operations may run on one connection."""


class GraphQLSocket:
    """The ASGI application at `/graphql` for websockets."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection until either side ends it."""
        socket = WebSocket(scope, receive, send)
        if PROTOCOL not in scope.get("subprotocols", ()):
            await socket.accept()
            await socket.close(Code.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
            return
        await socket.accept(subprotocol=PROTOCOL)
        await _Connection(self._sockets, socket).serve()


class _Connection:
    def __init__(self, sockets: Sockets, socket: WebSocket) -> None:
        self._shared = sockets
        self._socket = socket
        self._running: dict[str, asyncio.Task[None]] = {}
        self._serving: asyncio.Task[Any] | None = asyncio.current_task()
        self._lost = False

    async def serve(self) -> None:
        """Talk until the end; nothing of the connection runs then any more."""
        try:
            await self._talk()
        except Closing as closing:
            with suppress(WebSocketDisconnect, RuntimeError):
                await self._socket.close(closing.code, str(closing))
        except (WebSocketDisconnect, ClientGoneError):
            pass  # Nobody is there to be told.
        except asyncio.CancelledError:
            if not self._lost:
                raise
        finally:
            tasks = list(self._running.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _talk(self) -> None:
        try:
            async with asyncio.timeout(INIT_SECONDS):
                caller = await self._introduced()
        except TimeoutError:
            raise Closing(
                Code.INITIALISATION_TIMEOUT, "Connection initialisation timeout"
            ) from None
        streams = self._shared.streams
        try:
            streams.begin(caller.key)
        except TooManyStreamsError as error:
            raise Closing(Code.AGAIN_LATER, str(error)) from None
        try:
            await self._send({"type": "connection_ack"})
            left = caller.until - time.time()
            async with asyncio.timeout(None if left == float("inf") else max(left, 0.0)):
                while True:
                    await self._take(await self._message(), caller)
        except TimeoutError:
            # Clients that know this code connect again, with a new token.
            raise Closing(Code.FORBIDDEN, "Forbidden: the token has ended") from None
        finally:
            streams.end(caller.key)

    async def _introduced(self) -> Caller:
        """Return who is there, once they said so."""
        while True:
            message = await self._message()
            match message.get("type"):
                case "connection_init":
                    return await self._caller(message.get("payload"))
                case "subscribe":
                    raise Closing(Code.UNAUTHORIZED, "Unauthorized")
                case _:
                    await self._aside(message)

    async def _caller(self, payload: Any) -> Caller:
        if payload is not None and not isinstance(payload, dict):
            raise Closing(Code.BAD_REQUEST, "`payload` must be an object")
        given = cast("Mapping[str, Any]", payload or {})
        told = next((each for name, each in given.items() if name.lower() == "authorization"), None)
        callers = self._shared.callers
        try:
            if told is None:
                caller = await callers.of(self._socket)
            else:
                caller = await callers.telling(str(told))
        except RequestError as error:
            code = Code.AGAIN_LATER if error.status == 503 else Code.FORBIDDEN  # noqa: PLR2004
            raise Closing(code, f"Forbidden: {error}"[:120]) from None
        if caller.viewer.subject is None and self._from_elsewhere():
            # Any page can have a browser connect to here: only who brings a token is believed.
            raise Closing(Code.FORBIDDEN, "Forbidden: from another site this wants a token")
        return caller

    def _from_elsewhere(self) -> bool:
        origin = self._socket.headers.get("origin")
        return origin is not None and urlsplit(origin).netloc != self._socket.headers.get("host")

    async def _take(self, message: Mapping[str, Any], caller: Caller) -> None:
        match message.get("type"):
            case "subscribe":
                await self._subscribe(message, caller)
            case "complete":
                task = self._running.pop(str(message.get("id")), None)
                if task is not None:
                    task.cancel()
            case "connection_init":
                raise Closing(Code.TOO_MANY_INITIALISATIONS, "Too many initialisation requests")
            case _:
                await self._aside(message)

    async def _aside(self, message: Mapping[str, Any]) -> None:
        if message.get("type") == "ping":
            await self._send({"type": "pong"})
        elif message.get("type") != "pong":
            raise Closing(Code.BAD_REQUEST, "Invalid message")

    async def _subscribe(self, message: Mapping[str, Any], caller: Caller) -> None:
        id_, payload = message.get("id"), message.get("payload")
        if not isinstance(id_, str) or not id_ or not isinstance(payload, dict):
            raise Closing(Code.BAD_REQUEST, "Invalid message")
        if id_ in self._running:
            raise Closing(Code.SUBSCRIBER_EXISTS, f"Subscriber for {id_[:60]} already exists")
        if len(self._running) >= self._shared.operations:
            text = f"At most {self._shared.operations} operations run on one connection."
            error = {"message": text, "extensions": {"code": TooManyStreamsError.code}}
            await self._send({"id": id_, "type": "error", "payload": [error]})
            return
        try:
            asked = parameters_of(cast("Mapping[str, Any]", payload), by_get=False)
        except RequestError as error:
            raise Closing(Code.BAD_REQUEST, str(error)[:120]) from None
        task = asyncio.create_task(self._operate(id_, replace(asked, caller=caller)))
        self._running[id_] = task

    async def _operate(self, id_: str, asked: GraphQLRequest) -> None:
        try:
            # A connection outlives what its caller's memberships granted at its beginning.
            asked = replace(asked, caller=await asked.caller.now())
            answer = await self._shared.answering.over_socket(
                asked, self._socket.headers, _Events(self, id_)
            )
            if not answer.delivered and not answer.request_error:
                await self._send({"id": id_, "type": "next", "payload": answer.body})
            elif errors := answer.body.get("errors"):
                await self._send({"id": id_, "type": "error", "payload": errors})
                return
            await self._send({"id": id_, "type": "complete"})
        except ClientGoneError:
            self._lost = True
            if self._serving is not None:
                self._serving.cancel()
        finally:
            if self._running.get(id_) is asyncio.current_task():
                del self._running[id_]

    async def next(self, id_: str, body: dict[str, Any]) -> None:
        """Send an event of an operation."""
        await self._send({"id": id_, "type": "next", "payload": body})

    async def _message(self) -> Mapping[str, Any]:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code") or 1005)
        text = message.get("text")
        if text is None:
            raise Closing(Code.BAD_REQUEST, "Messages are text")
        try:
            return json_object(text.encode(), "The message")
        except RequestError as error:
            raise Closing(Code.BAD_REQUEST, str(error)) from None

    async def _send(self, message: Mapping[str, Any]) -> None:
        try:
            async with asyncio.timeout(TAKE_SECONDS):
                await self._socket.send_text(orjson.dumps(message).decode())
        except (TimeoutError, RuntimeError, WebSocketDisconnect):
            raise ClientGoneError from None  # The last two are of a socket that is closed.


class _Events:
    def __init__(self, connection: _Connection, id_: str) -> None:
        self._connection = connection
        self._id = id_

    async def begin(self) -> None:
        """Nothing is said before the first event."""

    async def event(self, body: dict[str, Any]) -> None:
        """Send an event."""
        await self._connection.next(self._id, body)
