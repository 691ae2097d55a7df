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

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bench.dataset import DataSet
    from bench.serving import Server

GOOD: Final = 16
HOSTILE: Final = 50
ROUNDS: Final = 3
_LOOK_SECONDS: Final = 0.1


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


async def measure_defence(server: Server, data: DataSet, seconds: float, pause: float) -> Defence:
    """Return what hostile callers do to good ones; raises RuntimeError where a good answer is wrong."""
    requests = [
        await _request(server, each) for each in variables(data.seed, data.sizes)[Operation.Q1]
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
        refused = max(refused, sum(each["count"] for each in found.values()) / (seconds + 1))
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


async def _request(server: Server, given: dict[str, Any]) -> Request:
    raw = post(server.port, {"query": Operation.Q1.document, "variables": given})
    return Request(raw=raw, expected=await patiently(server.port, raw))


async def _asked(server: Server, requests: list[Request], seconds: float) -> tuple[float, float]:
    load = Load(callers=GOOD, seconds=seconds)
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
