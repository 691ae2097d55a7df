"""Changes on their way to those who listen: how long one takes, and what idle listeners hold."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from random import random
from statistics import median
from typing import TYPE_CHECKING, Annotated, Final

import orjson
import typer

from bench.callers import ask_once, post
from bench.engines import Engine, running
from bench.options import CACHE, Cache
from bench.processes import memory_mb
from bench.serving import served
from graph.editing import CreateThing
from graph.journal import Attribution, Journal
from server.exits import run

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bench.engines import Running
    from bench.serving import Server

_MAKE: Final = "mutation($name: String!) { createArtist(input: {name: $name}) { artist { id } } }"
_CHANGED: Final = {"query": "subscription { changed { sequence cursor action thing { id } } }"}
_EVENT: Final = b"data: "
# As long as it takes the server to say that it has begun.
_BEGUN: Final = b":\n"
WARMING: Final = 20
_SETTINGS: Final = {"CONTENT_GRAPH_MAX_STREAMS": "100000"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fed:
    """What was measured on one engine, from asking for a change to its event's arrival."""

    engine: Engine
    p50_ms: float
    p99_ms: float
    after_p50_ms: float
    """How much of it is left when whoever asked for the change has the answer."""
    elsewhere_p50_ms: float
    """Of a change that another process made."""
    elsewhere_p99_ms: float
    elsewhere_after_p50_ms: float
    idle: int
    idle_mb: float
    """What all idle listeners together hold, in the server."""


def feed(
    *,
    engine: Annotated[str, typer.Option(help="embedded, neo4j or both.")] = "both",
    changes: Annotated[
        int, typer.Option(help="How many changes are made, one after another.")
    ] = 200,
    idle: Annotated[int, typer.Option(help="How many listen and are told nothing.")] = 1_000,
    data: Cache = CACHE,
) -> None:
    """Measure how changes reach those who listen, in the same process and in another."""
    kinds = list(Engine) if engine == "both" else [Engine(engine)]

    async def work() -> None:
        for kind in kinds:
            async with running(kind, data / f"{kind}-edits") as each:
                typer.echo(orjson.dumps(asdict(await _measure(each, changes, idle))))

    run(work())


async def _measure(engine: Running, changes: int, idle: int) -> Fed:
    async with AsyncExitStack() as stack:
        journal = Journal(await stack.enter_async_context(engine.graph()))
        server = await stack.enter_async_context(served(engine, _SETTINGS))
        reader, _ = listening = await _listening(server)

        async def theirs(number: int) -> None:
            """Ask the server for a change."""
            body = {"query": _MAKE, "variables": {"name": f"fed {number}"}}
            await ask_once(server.port, post(server.port, body))

        async def ours(number: int) -> None:
            """Make a change from here, which is another process."""
            command = CreateThing("Artist", {"name": f"fed {number}"})
            await journal.run(command, Attribution(actor="bench"))

        same = await _timed(reader, theirs, changes)
        elsewhere = await _timed(reader, ours, changes)
        before = memory_mb(server.pid)
        idlers = [listening, *[await _listening(server) for _ in range(idle)]]
        held = memory_mb(server.pid) - before
        for _, writer in idlers:
            writer.close()
    (p50, p99, after), (other_p50, other_p99, other_after) = _figures(same), _figures(elsewhere)
    return Fed(
        engine=engine.kind,
        p50_ms=p50,
        p99_ms=p99,
        after_p50_ms=after,
        elsewhere_p50_ms=other_p50,
        elsewhere_p99_ms=other_p99,
        elsewhere_after_p50_ms=other_after,
        idle=idle,
        idle_mb=round(held, 1),
    )


def _figures(taken: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the median and 99th percentile of arrivals, and the median after answers, in ms."""
    arrivals = sorted(arrived for arrived, _ in taken)
    after = median(max(0.0, arrived - answered) for arrived, answered in taken)
    p99 = arrivals[int(len(arrivals) * 0.99)]
    return round(1_000 * median(arrivals), 1), round(1_000 * p99, 1), round(1_000 * after, 1)


async def _timed(
    reader: asyncio.StreamReader, make: Callable[[int], Awaitable[None]], changes: int
) -> list[tuple[float, float]]:
    """Return how long each change took to arrive, and to be answered, in seconds from asking for it."""

    async def answered(number: int) -> float:
        await make(number)
        return time.perf_counter()

    taken: list[tuple[float, float]] = []
    for number in range(changes + WARMING):
        await asyncio.sleep(random() * 0.1)  # noqa: S311 - so that no change meets the reader in step.
        began = time.perf_counter()
        done, arrived = await asyncio.gather(answered(number), _arrival(reader))
        taken.append((arrived - began, done - began))
    return taken[WARMING:]


async def _listening(server: Server) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Begin to listen, and return what is told."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    asked = post(server.port, _CHANGED)
    writer.write(asked.replace(b"application/graphql-response+json", b"text/event-stream"))
    while (line := await reader.readline()) != _BEGUN:
        if not line:
            raise RuntimeError("The server does not let anybody listen.")
    return reader, writer


async def _arrival(reader: asyncio.StreamReader) -> float:
    """Return when the next event came."""
    while line := await reader.readline():
        if line.startswith(_EVENT):
            return time.perf_counter()
    raise RuntimeError("The stream has ended.")
