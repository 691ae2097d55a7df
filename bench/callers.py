"""Callers that ask one after another over kept connections, and what they saw.

Each caller sends its next request as soon as it has the answer to its last, as wrk's do. Every
answer is compared, byte by byte, with the one that was checked before; and every latency is kept,
so percentiles are exact.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, cast

import orjson

_HEAD_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length:"
# A measurement of slow answers goes on until each caller has had some, but not for ever.
_ANSWERS_EACH: Final = 2
_AT_MOST: Final = 4
_DRAIN_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it is sent, and the body that must answer it."""

    raw: bytes
    expected: bytes = b""


@dataclass(slots=True, kw_only=True)
class Seen:
    """What callers saw while it was measured: the latencies of right answers, and how many wrong."""

    latencies: list[float] = field(default_factory=list[float])
    wrong: int = 0
    bytes_read: int = 0

    def percentile(self, share: float) -> float:
        """Return the latency in seconds that this share of answers did not exceed."""
        if not self.latencies:
            return 0.0
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def post(port: int, body: object, *, token: str = "") -> bytes:
    """Return a GraphQL request over HTTP/1.1, with a bearer token where there is one."""
    content = orjson.dumps(body)
    bearer = f"authorization: Bearer {token}\r\n" if token else ""
    head = (
        f"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n"
        "content-type: application/json\r\naccept: application/graphql-response+json\r\n"
        f"{bearer}content-length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


class _Caller(asyncio.Protocol):
    """One kept connection."""

    def __init__(self, requests: Sequence[Request], first: int, seen: Callable[..., bool]) -> None:
        self._requests = requests
        self._next = first
        self._seen = seen
        self._buffer = bytearray()
        self._body = -1
        self._sent = 0.0
        self._transport: asyncio.Transport | None = None
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._body < 0:
            head = self._buffer.find(_HEAD_END)
            if head < 0:
                return
            self._body = head + len(_HEAD_END)
            at = self._buffer.lower().index(_LENGTH, 0, head + 2) + len(_LENGTH)
            self._total = self._body + int(self._buffer[at : self._buffer.index(b"\r", at)])
        if len(self._buffer) < self._total:
            return
        taken = time.perf_counter() - self._sent
        right = bytes(self._buffer[self._body :]) == self._requests[self._next].expected
        self._next = (self._next + 1) % len(self._requests)
        if self._seen(taken, len(self._buffer), right=right):
            self._buffer.clear()
            self._body = -1
            self._ask()
        else:
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(exc or ConnectionError("The server closed a connection."))

    def close(self) -> None:
        """Hang up."""
        if not self.ended.done():
            self.ended.set_result(None)
        if self._transport is not None:
            self._transport.abort()

    def _ask(self) -> None:
        self._sent = time.perf_counter()
        if self._transport is not None:
            self._transport.write(self._requests[self._next].raw)


async def ask_once(port: int, raw: bytes) -> bytes:
    """Return the body that answers one request."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(raw)
        head = await reader.readuntil(_HEAD_END)
        at = head.lower().index(_LENGTH) + len(_LENGTH)
        return await reader.readexactly(int(head[at : head.index(b"\r", at)]))
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How hard to ask: how many callers, for how long, after how long a start that is left out."""

    callers: int
    seconds: float
    start_seconds: float = 1.0


async def run(
    port: int, requests: Sequence[Request], load: Load, mark: Callable[[], None]
) -> tuple[Seen, float]:
    """Ask for as long as told; return what was seen and for how many seconds.

    `mark` is called when the measured time begins and when it ends. Slow answers are waited for:
    the time is up to four times longer, until there were two answers for each caller. Raises
    ConnectionError where the server hangs up.
    """
    loop = asyncio.get_running_loop()
    seen = Seen()
    measuring = ending = False

    def answered(taken: float, size: int, *, right: bool) -> bool:
        if measuring and right:
            seen.latencies.append(taken)
            seen.bytes_read += size
        elif measuring:
            seen.wrong += 1
        return not ending

    callers: list[_Caller] = []
    for number in range(load.callers):
        first = number * 7 % len(requests)  # Callers don't ask for the same at the same time.
        _, caller = await loop.create_connection(
            lambda first=first: _Caller(requests, first, answered), "127.0.0.1", port
        )
        callers.append(caller)
    try:
        await asyncio.sleep(load.start_seconds)
        mark()
        measuring, began = True, time.perf_counter()
        while (passed := time.perf_counter() - began) < load.seconds * _AT_MOST:
            enough = len(seen.latencies) + seen.wrong >= load.callers * _ANSWERS_EACH
            if passed >= load.seconds and enough:
                break
            await asyncio.sleep(0.01)
            for caller in callers:
                if caller.ended.done():
                    caller.ended.result()  # Raises why.
        mark()
        measuring = False
        # Nobody hangs up on an answer: the server would still be busy in the next measurement.
        ending = True
        await asyncio.wait([caller.ended for caller in callers], timeout=_DRAIN_SECONDS)
        return seen, passed
    finally:
        for caller in callers:
            caller.close()
            with suppress(OSError):
                await caller.ended
