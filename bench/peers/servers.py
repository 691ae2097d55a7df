"""The servers that are held against each other: ours, the peers and the floor, one process each."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.floor import READY
from bench.node import program
from bench.serving import Server, ServerFailedError, free_port, served

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from bench.engines import Running

FOLDER: Final = Path(__file__).parent
_ROOT: Final = FOLDER.parents[1]
_START_SECONDS: Final = 60.0


class Contender(StrEnum):
    """One of the servers; measured in this order in every round."""

    OURS = "ours"
    APOLLO = "apollo"
    YOGA = "yoga"
    FLOOR = "floor"

    @property
    def label(self) -> str:
        """Its name in a sentence."""
        return _LABELS[self]


_LABELS: Final = {
    Contender.OURS: "Content Graph",
    Contender.APOLLO: "Apollo Server",
    Contender.YOGA: "GraphQL Yoga",
    Contender.FLOOR: "the floor",
}
PEERS: Final = (Contender.APOLLO, Contender.YOGA)


@asynccontextmanager
async def contending(who: Contender, engine: Running, reads: Path) -> AsyncGenerator[Server]:
    """Run one of the servers over an engine while the block runs; `reads` is what the floor reads."""
    match who:
        case Contender.OURS:
            running = served(engine)
        case Contender.FLOOR:
            running = _started(who, engine, [sys.executable, "-m", "bench.floor", str(reads)])
        case Contender.APOLLO | Contender.YOGA:
            script = str(FOLDER / f"{who.value}.js")
            running = _started(who, engine, [program("node"), script])
    async with running as server:
        yield server


@asynccontextmanager
async def _started(
    who: Contender, engine: Running, program: Sequence[str]
) -> AsyncGenerator[Server]:
    port = free_port()
    log = engine.folder / f"{who.value}.log"
    theirs = ("CONTENT_GRAPH_", "OTEL_", "NEO4J_", "NODE_", "APOLLO_", "DEBUG")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(theirs)},
        "NODE_ENV": "production",
        "NEO4J_URI": engine.endpoint.uri,
        "NEO4J_USER": engine.endpoint.user,
        "NEO4J_PASSWORD": engine.endpoint.password,
        "NEO4J_DATABASE": engine.endpoint.database,
        "PORT": str(port),
    }
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *program, cwd=_ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            await _ready(who, process, log)
            yield Server(port=port, pid=process.pid)
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


async def _ready(who: Contender, process: asyncio.subprocess.Process, log: Path) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(_START_SECONDS):
            while process.returncode is None:
                if READY in _lines(log):
                    return
                await asyncio.sleep(0.1)
    raise ServerFailedError(f"{who.label} did not start; its log is {log}.")


def _lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8", errors="replace").splitlines()
