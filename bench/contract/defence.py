"""Good callers alone, and beside hostile ones, in turns: their slowest hundredth, and the server's memory."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import orjson

from bench.callers import Load, Request, post, run
from bench.measure import patiently
from bench.operations import Operation, variables
from bench.processes import memory_mb
from bench.serving import served
from tests.authentication.issuing import AUDIENCE, issuing

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bench.dataset import DataSet
    from bench.engines import Running
    from bench.serving import Server

GOOD: Final = 16
HOSTILE: Final = 50
ROUNDS: Final = 3
_LOOK_SECONDS: Final = 0.1
# Till those who attack have used up what they may ask for at once.
_START_SECONDS: Final = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Defence:
    """Good callers' answers, medians of rounds that took turns, and what the hostile ones got.

    `pause_ms` is how long a hostile caller waits after each answer.
    """

    pause_ms: float
    alone_per_second: float
    alone_p99_ms: float
    beside_per_second: float
    beside_p99_ms: float
    refused_per_second: float
    memory_mb: float
    """The most that the server held."""
    attacks: dict[str, Any]

    @property
    def ratio(self) -> float:
        """How many times slower the slowest hundredth is beside hostile callers."""
        return self.beside_p99_ms / self.alone_p99_ms


@asynccontextmanager
async def defended(engine: Running) -> AsyncGenerator[tuple[Server, str]]:
    """Yield a server as production has it, and the token of its good callers.

    They are a service of an issuer, with a budget that suffices; whoever has no token has the default one.
    """
    async with issuing() as issuer:
        settings = {
            "CONTENT_GRAPH_ISSUER": issuer.name,
            "CONTENT_GRAPH_AUDIENCE": AUDIENCE,
            "CONTENT_GRAPH_JWKS_URL": issuer.jwks_url,
            "CONTENT_GRAPH_ANONYMOUS_ROLES": "none",
            "CONTENT_GRAPH_BUDGETS": "anonymous=100000/2000, service=100000000/100000",
        }
        async with served(engine, settings) as server:
            yield server, issuer.token(roles=["service"])


async def measure_defence(
    server: Server, token: str, data: DataSet, seconds: float, pause: float
) -> Defence:
    """Return what hostile callers do to good ones; raises RuntimeError where a good answer is wrong."""
    requests = [
        await _request(server, token, each)
        for each in variables(data.seed, data.sizes)[Operation.Q1]
    ]
    alone: list[tuple[float, float]] = []
    beside: list[tuple[float, float]] = []
    found: dict[str, Any] = {}
    memory = [memory_mb(server.pid)]
    refused = 0.0
    for _ in range(ROUNDS):
        alone.append(await _asked(server, requests, seconds))
        async with _attacked(server, pause, found), _watched(server, memory):
            beside.append(await _asked(server, requests, seconds))
        refused = max(
            refused, sum(each["count"] for each in found.values()) / (seconds + _START_SECONDS)
        )
    return Defence(
        pause_ms=pause * 1_000,
        alone_per_second=median(each for each, _ in alone),
        alone_p99_ms=median(each for _, each in alone),
        beside_per_second=median(each for each, _ in beside),
        beside_p99_ms=median(each for _, each in beside),
        refused_per_second=refused,
        memory_mb=max(memory),
        attacks=found,
    )


async def _request(server: Server, token: str, given: dict[str, Any]) -> Request:
    raw = post(server.port, {"query": Operation.Q1.document, "variables": given}, token=token)
    return Request(raw=raw, expected=await patiently(server.port, raw))


async def _asked(server: Server, requests: list[Request], seconds: float) -> tuple[float, float]:
    load = Load(callers=GOOD, seconds=seconds, start_seconds=_START_SECONDS)
    seen, passed = await run(server.port, requests, load, lambda: None)
    if seen.wrong:
        raise RuntimeError(f"{seen.wrong} good answers were wrong.")
    return len(seen.latencies) / passed, seen.percentile(0.99) * 1_000


@asynccontextmanager
async def _attacked(server: Server, pause: float, found: dict[str, Any]) -> AsyncGenerator[None]:
    """Have the server attacked while the block runs; `found` takes what its attackers saw last."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.contract.hostile"),
        *(str(server.port), str(HOSTILE), str(pause)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield
    finally:
        told, _ = await process.communicate(b"")
    found.update(orjson.loads(told))


@asynccontextmanager
async def _watched(server: Server, memory: list[float]) -> AsyncGenerator[None]:
    async def watch() -> None:
        while True:
            memory.append(memory_mb(server.pid))
            await asyncio.sleep(_LOOK_SECONDS)

    task = asyncio.create_task(watch())
    try:
        yield
    finally:
        task.cancel()
