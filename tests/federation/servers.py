"""Processes of the server over one Neo4j, as production has them: the whole schema, and each part."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

from schema.subgraphs import Domain

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from graph.engines import Endpoint

START_SECONDS: Final = 180.0
_OURS: Final = ("CONTENT_GRAPH_", "OTEL_", "PORT")


@asynccontextmanager
async def all_served(endpoint: Endpoint, folder: Path) -> AsyncGenerator[dict[str, str]]:
    """Yield where each domain's subgraph answers, and `whole`, while the block runs."""
    async with AsyncExitStack() as stack:
        names = [*(domain.value for domain in Domain), "whole"]
        addresses = await asyncio.gather(
            *(stack.enter_async_context(served(name, endpoint, folder)) for name in names)
        )
        yield dict(zip(names, addresses, strict=True))


@asynccontextmanager
async def served(name: str, endpoint: Endpoint, folder: Path) -> AsyncGenerator[str]:
    """Yield where one process answers while the block runs."""
    part = () if name == "whole" else ("--subgraph", name)
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "server", "serve", "--port", "0", *part),
            env=_environment(endpoint),
            stdout=output,
            stderr=output,
        )
    try:
        async with asyncio.timeout(START_SECONDS):
            while not (address := _address(log)):
                assert process.returncode is None, f"{name} did not start; {log} says why"
                await asyncio.sleep(0.1)
        yield address
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _address(log: Path) -> str:
    found = re.search(r"http://[^\s\"]+/graphql", log.read_text(encoding="utf-8"))
    return found[0].replace("localhost", "127.0.0.1") if found else ""


def _environment(endpoint: Endpoint) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return {
        **inherited,
        "CONTENT_GRAPH_PROFILE": "production",
        "CONTENT_GRAPH_ANONYMOUS_ROLES": "admin",
        "CONTENT_GRAPH_URI": endpoint.uri,
        "CONTENT_GRAPH_USER": endpoint.user,
        "CONTENT_GRAPH_PASSWORD": endpoint.password,
        "CONTENT_GRAPH_DATABASE": endpoint.database,
    }
