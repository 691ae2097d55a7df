"""Measuring the six operations: every engine, scale and number of callers in turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import orjson

from bench.callers import Load, Request, ask_once, post
from bench.dataset import DataSet, loaded
from bench.engines import Engine, Running
from bench.operations import CHOICES, Operation, Variables, check, paged, variables
from bench.serving import Server, served
from bench.timing import Timing, timed
from ingest.reports import Progress

_BUSY: Final = b'"SERVICE_UNAVAILABLE"'
_TRIES: Final = 10
_CURSOR: Final = {
    name: f"query($after: String) {{ {name}(first: 100, after: $after) "
    "{ pageInfo { endCursor hasNextPage } } }"
    for name in ("recordings", "artists")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is measured."""

    engines: Sequence[Engine]
    scales: Sequence[float]
    operations: Sequence[Operation]
    callers: Sequence[int]
    seconds: float
    seed: int
    cache: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(Timing):
    """One operation at one number of callers."""

    engine: Engine
    scale: float
    operation: Operation
    callers: int
    answer_things: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """How long the data set took to store; 0 where it was found stored."""

    engine: Engine
    scale: float
    seconds: float


async def measure(plan: Plan, progress: Progress) -> AsyncGenerator[Measured | Stored]:
    """Yield each measurement as it is made; raise WrongAnswerError before timing a wrong answer."""
    for engine in plan.engines:
        for scale in plan.scales:
            data = DataSet(seed=plan.seed, scale=scale)
            async with loaded(engine, data, plan.cache, progress) as (running, seconds):
                yield Stored(engine=engine, scale=scale, seconds=seconds)
                async with served(running) as server:
                    async for each in _measure(plan, data, running, server):
                        yield each


async def _measure(
    plan: Plan, data: DataSet, running: Running, server: Server
) -> AsyncGenerator[Measured]:
    asked = await asked_of(server.port, data)
    for operation in plan.operations:
        requests, things = await _checked(server.port, operation, asked[operation])
        for callers in plan.callers:
            load = Load(callers=callers, seconds=plan.seconds)
            timing = await timed(server, running.pid, requests, load)
            yield Measured(
                engine=running.kind,
                scale=data.scale,
                operation=operation,
                callers=callers,
                answer_things=things,
                **asdict(timing),
            )


async def asked_of(port: int, data: DataSet) -> dict[Operation, list[Variables]]:
    """Return what each operation is asked with; our server is asked for the cursors of lists."""
    cursors = {name: await _cursors(port, name) for name in _CURSOR}
    return variables(data.seed, data.sizes) | paged(cursors)


async def _checked(
    port: int, operation: Operation, asked: Sequence[Variables]
) -> tuple[list[Request], float]:
    """Return the requests with the answers they got, each checked, and the things in one."""
    requests: list[Request] = []
    things = 0
    for each in asked:
        raw = post(port, {"query": operation.document, "variables": each})
        answer = await patiently(port, raw)
        things += check(operation, orjson.loads(answer))
        requests.append(Request(raw=raw, expected=answer))
    return requests, things / len(requests)


async def patiently(port: int, raw: bytes) -> bytes:
    """Return the body that answers a request, asked again while the server says it is too busy."""
    answer = await ask_once(port, raw)
    for _ in range(_TRIES):
        if _BUSY not in answer:
            break
        await asyncio.sleep(1.0)
        answer = await ask_once(port, raw)
    return answer


async def _cursors(port: int, name: str) -> list[str]:
    """Return where the first pages of 100 of a list end."""
    found: list[str] = []
    after: str | None = None
    for _ in range(CHOICES):
        body = {"query": _CURSOR[name], "variables": {"after": after}}
        answer = orjson.loads(await patiently(port, post(port, body)))
        page = answer["data"][name]["pageInfo"]
        if not page["hasNextPage"]:
            return found[:-1]  # The page after the last of them may not be a full one.
        after = page["endCursor"]
        found.append(str(after))
    return found
