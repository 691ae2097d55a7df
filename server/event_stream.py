"""A subscription over HTTP: server-sent events, as graphql-sse's "distinct connections" have them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import orjson

from server.negotiation import EVENT_STREAM
from server.streams import TAKE_SECONDS, ClientGoneError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Send

    from server.streams import Streams

BEAT_SECONDS: Final = 12.0

_BEAT: Final = b":\n\n"
_EVENT: Final = b"event: next\ndata: %b\n\n"
_COMPLETE: Final = b"event: complete\ndata:\n\n"


class EventStream:
    """The events of one subscription on their way to one client; whoever made it closes it."""

    def __init__(
        self, send: Send, streams: Streams, caller: str, headers: Mapping[str, str]
    ) -> None:
        self._send = send
        self._streams = streams
        self._caller = caller
        self._headers = {
            "content-type": f"{EVENT_STREAM}; charset=utf-8",
            "x-accel-buffering": "no",  # As for answers in parts.
            **headers,
        }
        self._turn = asyncio.Lock()
        self._beating: asyncio.Task[None] | None = None
        self.began = False
        self.lost = False
        """Whether the client takes nothing any more."""

    async def begin(self) -> None:
        """Open the stream; raise TooManyStreamsError."""
        self._streams.begin(self._caller)
        self.began = True
        working = asyncio.current_task()
        assert working is not None  # noqa: S101 - a coroutine that runs has a task.
        self._streams.running(working)
        headers = [(name.encode(), value.encode()) for name, value in self._headers.items()]
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        await self._write(_BEAT)
        self._beating = asyncio.create_task(self._beat(working))

    async def event(self, body: dict[str, Any]) -> None:
        """Send an event; raise ClientGoneError."""
        await self._write(_EVENT % orjson.dumps(body))

    async def complete(self, errors: list[dict[str, Any]] | None) -> None:
        """Say that no event comes any more, and for which errors, if so."""
        last = _EVENT % orjson.dumps({"errors": errors}) if errors else b""
        await self._write(last + _COMPLETE, more=False)

    async def cut(self) -> None:
        """End the response: whoever reads it sees that the stream is not complete."""
        await self._write(b"", more=False)

    async def close(self) -> None:
        """Let go of what it holds."""
        if not self.began:
            return
        self._streams.end(self._caller)
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.gather(self._beating, return_exceptions=True)

    async def _beat(self, working: asyncio.Task[Any]) -> None:
        """Send comments: proxies and clients see that the stream is alive, and we that they are."""
        try:
            while True:
                await asyncio.sleep(BEAT_SECONDS)
                await self._write(_BEAT)
        except ClientGoneError:
            self.lost = True
            working.cancel()

    async def _write(self, data: bytes, *, more: bool = True) -> None:
        try:
            async with asyncio.timeout(TAKE_SECONDS), self._turn:
                await self._send({"type": "http.response.body", "body": data, "more_body": more})
        except TimeoutError:
            raise ClientGoneError from None
