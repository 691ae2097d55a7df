"""A connection of which nobody takes more than a part of memory and time, whatever comes over it.

uvicorn's own reads a head of any length, for as long as it comes; it reads on while requests that came
before wait for their answers, and what nobody takes of an answer it keeps for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import httptools
import orjson
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

HEADERS_TOO_LARGE: Final = "HEADERS_TOO_LARGE"
MOST_HEAD_BYTES: Final = 65_536
"""Of an address and headers: a document of the greatest length comes by GET."""
HEAD_SECONDS: Final = 10.0
# What is read at once: requests that came together wait, all but those in so much unread.
PIECE_BYTES: Final = 8_192

_FRAMING: Final = frozenset({b"content-length", b"transfer-encoding"})


class Connection(HttpToolsProtocol):
    """One connection: its heads are bounded, and requests are not read far ahead of their answers.

    What is no HTTP is refused in JSON. An upgrade that is not served is passed over: the request is answered.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unread = b""
        self._in_head = False
        self._head_bytes = 0
        self._replaying = False
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(  # pyright: ignore[reportIncompatibleMethodOverride] - as uvicorn declares it.
        self, transport: asyncio.Transport
    ) -> None:
        """Wait for a first request, not for ever."""
        super().connection_made(transport)
        self.flow = _Reading(transport, lambda: bool(self.pipeline or self._unread))
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        self._unset_keepalive_if_required()
        self._unread = b""
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came, as far as it is its turn."""
        self._unread += data
        self._read()

    def _read(self) -> None:
        self._unset_keepalive_if_required()
        data, at = self._unread, 0
        while at < len(data) and not self.pipeline and not self.transport.is_closing():
            piece = data[at : at + PIECE_BYTES]
            at += len(piece)
            self._parse(piece)
            if self._in_head:
                self._in_head_after(len(piece))
        self._unread = data[at:]
        if self._unread:
            self.flow.pause_reading()

    def _parse(self, data: bytes) -> None:
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            if self._should_upgrade():
                self.handle_websocket_upgrade()
            else:
                self._without_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            self.send_400_response("This is no HTTP request.")

    def _without_upgrade(self, rest: bytes) -> None:
        """Read on as if no upgrade had been asked for: the parser takes the body for another protocol."""
        framing = [b"%b: %b\r\n" % each for each in self.headers if each[0] in _FRAMING]
        self.parser = httptools.HttpRequestParser(self)
        self._replaying = True
        self._parse(b"POST / HTTP/1.1\r\n%b\r\n" % b"".join(framing))
        self._replaying = False
        if rest:
            self._parse(rest)

    def _in_head_after(self, more: int) -> None:
        self._head_bytes += more
        if self._head_bytes > MOST_HEAD_BYTES:
            message = f"The address and the headers are larger than {MOST_HEAD_BYTES} bytes."
            self._refuse(431, HEADERS_TOO_LARGE, message)
        elif self._waiting is None:
            self._wait()

    def on_message_begin(self) -> None:
        """Begin a head."""
        if not self._replaying:
            self._in_head, self._head_bytes = True, 0
            super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Take a part of the address."""
        if not self._replaying:
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        if not self._replaying:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin to answer, or wait for the request before."""
        if not self._replaying:
            self._in_head = False
            self._stop_waiting()
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a body; that of one who asks for an upgrade is still to come."""
        if not self.parser.should_upgrade() or self._should_upgrade():
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Go on with what came meanwhile; an answer on a connection that ends is sent, or given up."""
        super().on_response_complete()
        if self.transport.is_closing():
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.transport.abort
            )
        elif self._unread:
            self._read()
            self.flow.resume_reading()

    def timeout_keep_alive_handler(self) -> None:
        """End a connection that is not used; who has not taken the last answer by now never will."""
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        else:
            super().timeout_keep_alive_handler()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP."""
        self._refuse(400, "BAD_REQUEST", msg)

    def _refuse(self, status: int, code: str, message: str) -> None:
        """Answer, unless another answer is being sent, and hang up."""
        if not (self._answering and self.cycle.response_started):
            body = orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
            head = (
                b"content-type: application/json; charset=utf-8\r\ncache-control: no-store\r\n"
                b"connection: close\r\ncontent-length: %d\r\n\r\n" % len(body)
            )
            self.transport.write(STATUS_LINE[status] + head + body)
        self.transport.close()

    @property
    def _answering(self) -> bool:
        return bool(self.cycle and not self.cycle.response_complete)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEAD_SECONDS, self._waited)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _waited(self) -> None:
        if self._answering:
            self._wait()  # It is we who did not read.
        elif self._in_head:
            message = f"The headers did not come within {HEAD_SECONDS:g} s."
            self._refuse(408, "REQUEST_TIMEOUT", message)
        else:
            self.transport.close()


class _Reading(FlowControl):
    """Reads no more while what was read is `held`."""

    def __init__(self, transport: asyncio.Transport, held: Callable[[], bool]) -> None:
        super().__init__(transport)
        self._held = held

    def resume_reading(self) -> None:
        """Read on, unless what was read is to be answered first."""
        if not self._held():
            super().resume_reading()
