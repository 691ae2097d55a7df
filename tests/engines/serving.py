"""Processes of the server over an engine that runs, as production has them."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.engines import Dialect

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from graph.engines import Endpoint

START_SECONDS: Final = 180.0
_OURS: Final = ("CONTENT_GRAPH_", "OTEL_", "PORT")


@dataclass(frozen=True, slots=True)
class Served:
    """A process that answers, and where."""

    process: asyncio.subprocess.Process
    address: str


@asynccontextmanager
async def serving(
    endpoint: Endpoint, log: Path, *options: str, data: Path | None = None
) -> AsyncGenerator[Served]:
    """Yield a process that serves while the block runs; `data` is an embedded engine's folder."""
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "server", "serve", "--port", "0", *options),
            env=_environment(endpoint, data),
            stdout=output,
            stderr=output,
        )
    try:
        async with asyncio.timeout(START_SECONDS):
            while not (address := _address(log)):
                assert process.returncode is None, f"the server did not start; {log} says why"
                await asyncio.sleep(0.1)
        yield Served(process, address)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _address(log: Path) -> str:
    found = re.search(r"http://[^\s\"]+/graphql", log.read_text(encoding="utf-8"))
    return found[0].replace("localhost", "127.0.0.1") if found else ""


def _environment(endpoint: Endpoint, data: Path | None) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    ours = {"CONTENT_GRAPH_PROFILE": "production", "CONTENT_GRAPH_ANONYMOUS_ROLES": "admin"}
    if endpoint.dialect is Dialect.EMBEDDED:
        return {
            **inherited,
            **ours,
            "CONTENT_GRAPH_URI": "embedded",
            "CONTENT_GRAPH_DATA": str(data),
        }
    return {
        **inherited,
        **ours,
        "CONTENT_GRAPH_URI": endpoint.uri,
        "CONTENT_GRAPH_USER": endpoint.user,
        "CONTENT_GRAPH_PASSWORD": endpoint.password,
        "CONTENT_GRAPH_DATABASE": endpoint.database,
    }
