"""The floor: the least that a Python server over this graph has to do for an operation.

A bare ASGI application under uvicorn. A request names an operation and one of its choices of
variables; the statements prepared for it are run over the official driver, in managed transactions
as everywhere here, and what they return is written out as it is: no GraphQL, no types, no limits.

`python -m bench.floor READS` runs it; READS is a JSON file of statements by operation and choice, and
where to listen and read stands in the environment.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import neo4j
import orjson
import uvicorn
import uvloop

if TYPE_CHECKING:
    from typing import LiteralString

    from starlette.types import Receive, Scope, Send

    from bench.floor_reads import Prepared

READY = "READY"


class Floor:
    """The application."""

    def __init__(self, driver: neo4j.AsyncDriver, database: str, reads: Prepared) -> None:
        self._driver = driver
        self._database = database
        self._reads = reads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        del scope
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        operation, choice = _asked(body)
        reads = self._reads[operation][choice]
        if len(reads) == 1:
            values = [await self._read(*reads[0])]
        else:
            values = await asyncio.gather(*(self._read(*read) for read in reads))
        content = orjson.dumps(values)
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(content)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _read(self, text: str, parameters: dict[str, Any]) -> Any:
        async def work(transaction: neo4j.AsyncManagedTransaction) -> Any:
            result = await transaction.run(cast("LiteralString", text), parameters)
            record = await result.single(strict=True)
            return record[0]

        async with self._driver.session(  # pyright: ignore[reportUnknownMemberType] - **config is untyped.
            database=self._database, default_access_mode=neo4j.READ_ACCESS
        ) as session:
            return await session.execute_read(work)


def _asked(body: bytes) -> tuple[str, int]:
    asked = orjson.loads(body)
    return asked["operation"], asked["choice"]


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()


async def main(reads: Prepared) -> None:
    """Run the floor until it is told to end."""
    driver = neo4j.AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType] - **config is untyped.
        os.environ["NEO4J_URI"],
        auth=(os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"]),
    )
    async with driver:
        config = uvicorn.Config(
            Floor(driver, os.environ["NEO4J_DATABASE"], reads),
            host="127.0.0.1",
            port=int(os.environ["PORT"]),
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
        )
        await _Server(config).serve()


if __name__ == "__main__":
    uvloop.run(main(orjson.loads(Path(sys.argv[1]).read_bytes())))
