"""One connection to a Bolt server (Bolt 5.1–5.8), for reads of one column."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, Final, cast

from graph.bolt import packstream

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.engines import Endpoint

_HELLO, _LOGON, _RUN, _PULL = 0x01, 0x6A, 0x10, 0x3F
_SUCCESS, _RECORD, _FAILURE = 0x70, 0x71, 0x7F
# Four proposals: 5.8 down to 5.1, then nothing.
_HANDSHAKE: Final = bytes.fromhex("6060b017 00070805 00000000 00000000 00000000")
_VERSION_BYTES: Final = 4
_AGENT: Final = "content-graph"
_EVERYTHING: Final = {"n": -1}


class Refused(Exception):
    """The server answered with a failure; `code` is the database's own."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Silent(TimeoutError):
    """The server was asked, and said nothing in the time that a statement has."""


class Connection(asyncio.Protocol):
    """A logged-in connection that answers one read at a time; one that failed is closed for good."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._message = bytearray()
        self._agreed: asyncio.Future[bytes] = loop.create_future()
        # Whoever gave up connecting looks at no failure: asyncio would log it as lost.
        self._agreed.add_done_callback(lambda agreed: agreed.cancelled() or agreed.exception())
        self._answer: asyncio.Future[list[Any]] | None = None
        self._awaited = 0
        self._records: list[list[Any]] = []

    @property
    def usable(self) -> bool:
        """Say whether it can be asked: not closed by either side."""
        return self._transport is not None and not self._transport.is_closing()

    @classmethod
    async def open(cls, host: str, port: int, endpoint: Endpoint) -> Connection:
        """Return a connection that is logged in; raise OSError or Refused where none is to be had."""
        loop = asyncio.get_running_loop()
        _, self = await loop.create_connection(cls, host, port)
        try:
            await self._log_in(endpoint)
        except BaseException:
            self.close()
            raise
        return self

    async def _log_in(self, endpoint: Endpoint) -> None:
        major, minor = (await self._agreed)[:-3:-1]
        if major != 5:  # noqa: PLR2004 - the version proposed.
            raise ConnectionError("The server speaks no Bolt 5.1–5.8.")
        hello: dict[str, object] = {"user_agent": _AGENT}
        if minor >= 2:  # noqa: PLR2004 - since 5.2.
            hello["notifications_minimum_severity"] = "OFF"
        if minor >= 3:  # noqa: PLR2004 - since 5.3.
            hello["bolt_agent"] = {"product": _AGENT}
        user, password = endpoint.auth
        logon = {"scheme": "basic", "principal": user, "credentials": password}
        await self._ask(
            packstream.message(_HELLO, hello) + packstream.message(_LOGON, logon), answers=2
        )

    async def read(
        self, text: str, parameters: Mapping[str, Any], extra: Mapping[str, Any]
    ) -> list[Any]:
        """Return the values of the only column of a statement, run on its own.

        Whoever stops waiting closes the connection, and with it ends the statement. Raises Refused,
        ConnectionError, and ValueError for more or less than one column.
        """
        try:
            sent = packstream.message(_RUN, text, parameters, extra) + _PULL_ALL
            return [value for [value] in await self._ask(sent, answers=2)]
        except BaseException:
            self.close()
            raise

    async def _ask(self, sent: bytes, *, answers: int) -> list[list[Any]]:
        if self._transport is None or self._transport.is_closing():
            raise ConnectionError("The connection is closed.")
        self._awaited = answers
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(sent)
        try:
            return await self._answer
        finally:
            self._answer = None
            self._records = []  # An idle connection keeps no answer in memory.

    def close(self) -> None:
        """Hang up, at once."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Propose the versions spoken."""
        self._transport = cast("asyncio.Transport", transport)
        if wire := transport.get_extra_info("socket"):
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._transport.write(_HANDSHAKE)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self._transport = None
        self._fail(ConnectionError(f"The server hung up: {exc}" if exc else "The server hung up."))

    def data_received(self, data: bytes) -> None:
        """Take chunks; hand on each message that is whole."""
        received = self._received
        received += data
        if not self._agreed.done():
            if len(received) >= _VERSION_BYTES:
                self._agreed.set_result(bytes(received[:_VERSION_BYTES]))
                del received[:_VERSION_BYTES]
            return
        at, end = 0, len(received)
        while at + 2 <= end:
            size = received[at] << 8 | received[at + 1]
            if at + 2 + size > end:
                break
            at += 2
            if size:
                self._message += received[at : at + size]
                at += size
            elif self._message:  # Else it says no more than that the server is alive.
                self._take(self._message)
                self._message = bytearray()
        del received[:at]

    def _take(self, message: bytearray) -> None:
        tag = message[1]
        if self._answer is None:
            self.close()  # What nobody asked for would be taken for the next answer.
        elif tag == _RECORD:
            self._records.append(packstream.first_field(message))
        elif tag == _SUCCESS:
            self._awaited -= 1
            if not self._awaited and not self._answer.done():
                self._answer.set_result(self._records)
        elif tag == _FAILURE:
            told = packstream.first_field(message)
            code = told.get("neo4j_code") or told.get("code")
            self._fail(Refused(str(code), str(told.get("message"))))
        # Else it is IGNORED, after a failure that was told.

    def _fail(self, error: Exception) -> None:
        if not self._agreed.done():
            self._agreed.set_exception(error)
        elif self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)


_PULL_ALL: Final = packstream.message(_PULL, _EVERYTHING) if packstream.AVAILABLE else b""
