"""The server under measurement: its own process, started as users start it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.engines import HEAP_MB, Engine

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from bench.engines import Running

_ROOT: Final = Path(__file__).resolve().parents[1]
_READY: Final = b"GET /readyz HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n"
_START_SECONDS: Final = 60.0


class ServerFailedError(Exception):
    """The server under measurement did not start; its log says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that answers: where, and as which process."""

    port: int
    pid: int


@asynccontextmanager
async def served(
    engine: Running, settings: Mapping[str, str] | None = None
) -> AsyncGenerator[Server]:
    """Run one `content-graph serve`, of one process, over an engine while the block runs.

    Callers may do everything and are charged for nothing, unless other settings are told.
    """
    port = free_port()
    log = engine.folder / "server.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "server",
            "serve",
            f"--port={port}",
            cwd=_ROOT,
            env=_environment(engine) | dict(settings or {}),
            stdout=output,
            stderr=output,
        )
        try:
            await _ready(process, port, log)
            yield Server(port=port, pid=process.pid)
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


def _environment(engine: Running) -> dict[str, str]:
    ours = {
        "CONTENT_GRAPH_PROFILE": "production",
        "CONTENT_GRAPH_ANONYMOUS_ROLES": "admin",
        "CONTENT_GRAPH_LOG_LEVEL": "WARNING",
        # One caller asks for everything here: any budget would be used up.
        "CONTENT_GRAPH_BUDGETS": "off",
        "CONTENT_GRAPH_DATA": str(engine.folder),
        "CONTENT_GRAPH_HEAP_MB": str(HEAP_MB),
    }
    if engine.kind is Engine.EMBEDDED:
        ours["CONTENT_GRAPH_URI"] = "embedded"
    else:
        ours["CONTENT_GRAPH_URI"] = engine.endpoint.uri
        ours["CONTENT_GRAPH_USER"] = engine.endpoint.user
        ours["CONTENT_GRAPH_PASSWORD"] = engine.endpoint.password
        ours["CONTENT_GRAPH_DATABASE"] = engine.endpoint.database
    theirs = ("CONTENT_GRAPH_", "OTEL_")
    return {name: value for name, value in os.environ.items() if not name.startswith(theirs)} | ours


async def _ready(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    try:
        async with asyncio.timeout(_START_SECONDS):
            while not await _answers(port):
                if process.returncode is not None:
                    break
                await asyncio.sleep(0.1)
            else:
                return
    except TimeoutError:
        pass
    raise ServerFailedError(f"The server did not start; its log is {log}.")


async def _answers(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    try:
        writer.write(_READY)
        return b" 200 " in await reader.readline()
    except OSError:
        return False
    finally:
        writer.close()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
