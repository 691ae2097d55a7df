"""What permission costs: the six operations with it and without, by plan, in this process.

The peer is the same plan for the same graph where nobody has to be permitted anything: every question is
answered with yes at once, and no plan is chosen by what the caller may. Neither has HTTP around it, beside
which the checks would look smaller. The two take turns; what is told are medians of the pairs.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Annotated, Any, Final
from unittest.mock import patch

import orjson
import typer

from bench.dataset import DataSet, loaded
from bench.engines import Engine
from bench.measure import asked_of
from bench.operations import Operation as Asked
from bench.operations import Variables, check
from bench.options import CACHE, Cache, Seed
from bench.planned import planned
from bench.serving import served
from resolvers.permission import Needs, Role, Viewer
from server.exits import run
from server.progress import shown

if TYPE_CHECKING:
    from graph.client import Graph

ROUNDS: Final = 20
ROUND_SECONDS: Final = 0.7
SERVICE: Final = Viewer(subject="bench", user="bench", roles=frozenset({Role.SERVICE}))


class Unchecked(Viewer):
    """Somebody of whom nothing is asked."""

    def may(self, needs: Needs) -> bool:
        """Say yes."""
        del needs
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionCost:
    """One operation: ms by the clock, one caller at a time, and of this process's time; medians of pairs."""

    operation: Asked
    checked_ms: float
    unchecked_ms: float
    throughput_lost: float
    """The part of the operations a second that the checks take; below 0 it is noise."""
    cpu_taken: float
    """What they add to our own processor time, as a part of it."""


Ask = Callable[[Variables], Awaitable[dict[str, Any]]]
Spent = tuple[float, float]


def permission(
    *,
    engine: Annotated[Engine, typer.Option(help="Which engine.")] = Engine.EMBEDDED,
    scale: Annotated[float, typer.Option(help="The size of the data.")] = 0.05,
    only: Annotated[str, typer.Option(help="Operations.")] = "q1,q2,q3,q4,q5,q6",
    seed: Seed = 1,
    data: Cache = CACHE,
) -> None:
    """Measure what permission takes of the throughput of the six operations, a line of JSON each."""

    async def work() -> None:
        set_ = DataSet(seed=seed, scale=scale)
        with shown() as progress:
            async with loaded(engine, set_, data, progress) as (running, _):
                async with served(running) as server:
                    asked = await asked_of(server.port, set_)
                async with running.graph() as graph:
                    for operation in map(Asked, only.lower().split(",")):
                        cost = await measure_permission(graph, operation, asked[operation])
                        typer.echo(orjson.dumps(asdict(cost)))

    run(work())


async def measure_permission(
    graph: Graph, operation: Asked, asked: list[Variables]
) -> PermissionCost:
    """Return what permission costs an operation; both ways' answers are held against each other."""
    checked = _asking(graph, operation, SERVICE)
    with patch("execution.plans.needs_by_name", return_value={}):
        unchecked = _asking(graph, operation, Unchecked(subject="bench", user="bench"))
    for each in asked:
        answer = await checked(each)
        check(operation, answer)
        if answer != await unchecked(each):
            raise RuntimeError(f"{operation}: permission changes the answer.")
    pairs = [
        await _pair(checked, unchecked, asked, swapped=bool(number % 2)) for number in range(ROUNDS)
    ]
    return PermissionCost(
        operation=operation,
        checked_ms=median(wall for (wall, _), _ in pairs) * 1_000,
        unchecked_ms=median(wall for _, (wall, _) in pairs) * 1_000,
        throughput_lost=1 - median(bare / wall for (wall, _), (bare, _) in pairs),
        cpu_taken=1 - median(bare / cpu for (_, cpu), (_, bare) in pairs),
    )


async def _pair(
    checked: Ask, unchecked: Ask, asked: list[Variables], *, swapped: bool
) -> tuple[Spent, Spent]:
    """Return what both ways take; each is the first of every second pair."""
    if swapped:
        bare = await _spent(unchecked, asked)
        return await _spent(checked, asked), bare
    return await _spent(checked, asked), await _spent(unchecked, asked)


async def _spent(ask: Ask, asked: list[Variables]) -> Spent:
    """Return the seconds of one operation by the clock and of this process."""
    gc.collect()
    done, cpu, began = 0, time.process_time(), time.perf_counter()
    while time.perf_counter() - began < ROUND_SECONDS or done < len(asked):
        await ask(asked[done % len(asked)])
        done += 1
    return (time.perf_counter() - began) / done, (time.process_time() - cpu) / done


def _asking(graph: Graph, asked: Asked, viewer: Viewer) -> Ask:
    run_plan = planned(graph, asked.document, viewer)

    async def ask(given: Variables) -> dict[str, Any]:
        answer = await run_plan(given)
        return {"data": answer.data, "errors": list(answer.errors)}

    return ask
