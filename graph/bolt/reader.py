"""A pool of connections for reads."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from graph.bolt import packstream
from graph.bolt.connection import Connection, Silent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graph.engines import Endpoint

DEFAULT_PORT = 7687
# What the database is late for its own deadline before its silence means that it is gone.
GRACE_SECONDS = 1.0


def readable(endpoint: Endpoint) -> bool:
    """Say whether a Reader can be had: one server, no TLS, and the driver's native codec."""
    return packstream.AVAILABLE and urlsplit(endpoint.uri).scheme == "bolt"


class Reader:
    """Reads from one server over as many connections as are asked of it at once.

    Whoever calls bounds how many those are. An idle connection is reused, the last used first.
    """

    def __init__(self, endpoint: Endpoint, *, connect_seconds: float, read_seconds: float) -> None:
        parts = urlsplit(endpoint.uri)
        self._host, self._port = parts.hostname or "localhost", parts.port or DEFAULT_PORT
        self._endpoint = endpoint
        self._connect_seconds = connect_seconds
        self._read_seconds = read_seconds
        self._extra = {
            "db": endpoint.database,
            "mode": "r",
            "tx_timeout": int(read_seconds * 1000),
        }
        self._idle: list[Connection] = []
        self._closed = False

    async def read(
        self, text: str, parameters: Mapping[str, Any], bookmarks: Collection[str] = ()
    ) -> list[Any]:
        """Return the values of a read of one column, one for each record.

        Raises Refused, Silent, TimeoutError where no connection is to be had in time, and OSError.
        """
        connection = await self._connection()
        extra = {**self._extra, "bookmarks": list(bookmarks)} if bookmarks else self._extra
        try:
            async with asyncio.timeout(self._read_seconds + GRACE_SECONDS):
                values = await connection.read(text, parameters, extra)
        except TimeoutError as error:
            raise Silent from error
        if self._closed:
            connection.close()
        else:
            self._idle.append(connection)
        return values

    async def _connection(self) -> Connection:
        while self._idle:
            if (connection := self._idle.pop()).usable:
                return connection
        async with asyncio.timeout(self._connect_seconds):
            return await Connection.open(self._host, self._port, self._endpoint)

    def close(self) -> None:
        """Hang up every idle connection; those in use follow when they are done."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()
