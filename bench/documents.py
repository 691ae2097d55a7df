"""What many different documents cost: a part never seen before, and memory over many requests.

The documents differ in their operation's name only, so that every answer is known.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Final

from bench.callers import Load, Request, post, run
from bench.dataset import DataSet, loaded
from bench.engines import Engine
from bench.measure import patiently
from bench.operations import Operation, Variables, variables
from bench.processes import memory_mb
from bench.serving import Server, served
from ingest.reports import Progress

ROUNDS: Final = 3
# Of five requests, one has a document never seen before.
_UNSEEN_IN: Final = 5
_ENOUGH: Final = 40_000
_DOCUMENTS: Final = 1_000
_CALLERS: Final = 16
_SAMPLES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """Requests a second, medians of rounds that took turns: one document, and a fifth unseen ones."""

    operation: Operation
    warm_per_second: float
    mixed_per_second: float

    @property
    def ratio(self) -> float:
        """How much of the throughput is left."""
        return self.mixed_per_second / self.warm_per_second


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """The server's memory in MB while so many requests asked a thousand documents in turn."""

    requests: int
    memory_mb: list[float]


class _Documents:
    """One operation under any number of names."""

    def __init__(self, port: int, operation: Operation, asked: Variables, answer: bytes) -> None:
        self._port = port
        self._text = operation.document
        self._asked = asked
        self._answer = answer
        self._numbers = count()

    def known(self) -> Request:
        """Return the request that was answered first."""
        return self._request(self._text)

    def next(self) -> Request:
        """Return the same request under a name that no other had."""
        name = f"query Unseen{next(self._numbers)}"
        head, _, rest = self._text.partition("(")
        del head
        return self._request(f"{name}({rest}")

    def _request(self, text: str) -> Request:
        body = {"query": text, "variables": self._asked}
        return Request(raw=post(self._port, body), expected=self._answer)


async def measure_documents(
    engine: Engine, data: DataSet, cache: Path, seconds: float, progress: Progress
) -> AsyncGenerator[Mixed | Remembered]:
    """Yield what a fifth of unseen documents costs for two operations, then the memory."""
    async with loaded(engine, data, cache, progress) as (running, _), served(running) as server:
        asked = variables(data.seed, data.sizes)
        for operation in (Operation.Q1, Operation.Q2):
            documents = await _documents(server, operation, asked[operation][0])
            yield await _mixed(server, operation, documents, seconds)
        documents = await _documents(server, Operation.Q1, asked[Operation.Q1][0])
        yield await _remembered(server, documents)


async def _documents(server: Server, operation: Operation, asked: Variables) -> _Documents:
    raw = post(server.port, {"query": operation.document, "variables": asked})
    return _Documents(server.port, operation, asked, await patiently(server.port, raw))


async def _mixed(
    server: Server, operation: Operation, documents: _Documents, seconds: float
) -> Mixed:
    warm: list[float] = []
    mixed: list[float] = []
    known = documents.known()
    for _ in range(ROUNDS):
        warm.append(await _per_second(server, [known], seconds))
        # One caller asks them in turn, so that none is asked twice.
        unseen = [documents.next() if at % _UNSEEN_IN == 0 else known for at in range(_ENOUGH)]
        mixed.append(await _per_second(server, unseen, seconds))
    return Mixed(operation=operation, warm_per_second=median(warm), mixed_per_second=median(mixed))


async def _per_second(server: Server, requests: list[Request], seconds: float) -> float:
    seen, passed = await run(server.port, requests, Load(callers=1, seconds=seconds), lambda: None)
    if seen.wrong:
        raise RuntimeError(f"{seen.wrong} answers were wrong.")
    return len(seen.latencies) / passed


async def _remembered(server: Server, documents: _Documents) -> Remembered:
    requests = [documents.next() for _ in range(_DOCUMENTS)]
    memory: list[float] = []
    answered = 0
    for _ in range(_SAMPLES):
        wanted = answered + 100_000 // _SAMPLES
        while answered < wanted:
            load = Load(callers=_CALLERS, seconds=2.0, start_seconds=0.0)
            seen, _ = await run(server.port, requests, load, lambda: None)
            answered += len(seen.latencies)
        memory.append(round(memory_mb(server.pid), 1))
    return Remembered(requests=answered, memory_mb=memory)
