"""Answers in parts over HTTP: `multipart/mixed`, and server-sent events.

The events are those of graphql-sse's "distinct connections".
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, TypeVar

import orjson
from starlette.requests import ClientDisconnect

from server.negotiation import EVENT_STREAM, MULTIPART

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

    from starlette.types import Receive, Send

Done = TypeVar("Done")

# Whoever reads a part sees that it is whole by the boundary after it: each is sent with that.
_BOUNDARY: Final = b"---"
_PART: Final = b"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n%b\r\n"
_EVENT: Final = b"event: next\ndata: %b\n\n"
_COMPLETE: Final = b"event: complete\ndata:\n\n"
_TYPES: Final = {
    MULTIPART: 'multipart/mixed; boundary="-"; incrementalSpec=v0.2',
    EVENT_STREAM: "text/event-stream; charset=utf-8",
}


class PartsResponse:
    """A response of payloads, begun with the first and ended with the one that says so.

    A payload that the client does not take yet is waited for: no more than it is held.
    """

    def __init__(self, send: Send, media: str, headers: Mapping[str, str]) -> None:
        self._send = send
        self._media = media
        self._headers = {
            "content-type": _TYPES[media],
            # Proxies that hold answers back would undo it all; this is what nginx asks for.
            "x-accel-buffering": "no",
            **headers,
        }
        self.began = False

    async def __call__(self, payload: Mapping[str, Any]) -> None:
        """Send a payload; return when the client takes more."""
        await self._write(payload, last=not payload["hasNext"])

    async def whole(self, body: Mapping[str, Any]) -> None:
        """Send an answer that has no parts, to a client that takes nothing else."""
        more = {"hasNext": False} if self._media == MULTIPART else {}
        await self._write({**body, **more}, last=True)

    async def _write(self, payload: Mapping[str, Any], *, last: bool) -> None:
        body = self._part(orjson.dumps(payload), first=not self.began, last=last)
        if not self.began:
            self.began = True
            headers = [(name.encode(), value.encode()) for name, value in self._headers.items()]
            await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        await self._send({"type": "http.response.body", "body": body, "more_body": not last})

    def _part(self, payload: bytes, *, first: bool, last: bool) -> bytes:
        if self._media == EVENT_STREAM:
            return _EVENT % payload + (_COMPLETE if last else b"")
        opening = _BOUNDARY if first else b""
        return opening + _PART % payload + _BOUNDARY + (b"--\r\n" if last else b"")


async def while_there(work: Coroutine[Any, Any, Done], receive: Receive) -> Done:
    """Return what the work comes to; raise ClientDisconnect, the work cancelled, when the client goes."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
