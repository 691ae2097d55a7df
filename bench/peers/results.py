"""What the rounds say: medians, ratios and their geometric means, as tables and for machines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.operations import Operation
from bench.peers.rounds import Timed
from bench.peers.servers import PEERS, Contender
from bench.report import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Typical:
    """One server's medians over the rounds; wrong answers are counted over all of them."""

    per_second: float
    p50_ms: float
    p99_ms: float
    server_cpu_ms: float
    database_cpu_ms: float
    wrong: int
    load_average: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One operation at one number of callers: every server's medians, and ours over theirs."""

    operation: Operation
    callers: int
    typical: Mapping[Contender, Typical]

    @property
    def throughput_ratio(self) -> float:
        """Our throughput over the better peer's: above 1, ours is faster."""
        better = max(self.typical[peer].per_second for peer in PEERS)
        return _ratio(self.typical[Contender.OURS].per_second, better)

    @property
    def p99_ratio(self) -> float:
        """Our 99th percentile over the lower of the peers': below 1, ours is faster."""
        lower = min(self.typical[peer].p99_ms for peer in PEERS)
        return _ratio(self.typical[Contender.OURS].p99_ms, lower)

    @property
    def floor_ratio(self) -> float | None:
        """Our throughput over the floor's; None where the floor was left out."""
        floor = self.typical.get(Contender.FLOOR)
        return _ratio(self.typical[Contender.OURS].per_second, floor.per_second) if floor else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """Geometric means of the ratios, at one number of callers; `callers` None is all of them."""

    callers: int | None
    throughput_ratio: float
    p99_ratio: float
    floor_ratio: float | None


def cases(found: Sequence[Timed]) -> list[Case]:
    """Return the medians of each operation and number of callers that all servers took part in."""
    by_case: dict[tuple[Operation, int], dict[Contender, list[Timed]]] = {}
    everyone = {each.contender for each in found}
    for each in found:
        case = by_case.setdefault((each.operation, each.callers), {})
        case.setdefault(each.contender, []).append(each)
    return [
        Case(
            operation=operation,
            callers=callers,
            typical={who: _typical(rounds) for who, rounds in by_contender.items()},
        )
        for (operation, callers), by_contender in by_case.items()
        if by_contender.keys() == everyone
    ]


def means(found: Sequence[Case]) -> list[Mean]:
    """Return the geometric means at each number of callers, then over all."""
    groups: list[tuple[int | None, list[Case]]] = [
        (callers, [case for case in found if case.callers == callers])
        for callers in sorted({case.callers for case in found})
    ]
    if len(groups) > 1:
        groups.append((None, list(found)))
    return [
        Mean(
            callers=callers,
            throughput_ratio=geometric_mean(case.throughput_ratio for case in group),
            p99_ratio=geometric_mean(case.p99_ratio for case in group),
            floor_ratio=geometric_mean(ratio for case in group if (ratio := case.floor_ratio))
            or None,
        )
        for callers, group in groups
    ]


def geometric_mean(ratios: Iterable[float]) -> float:
    """Return the geometric mean; 0 of nothing, and where one of them is 0."""
    values = list(ratios)
    if not values or min(values) <= 0:
        return 0.0
    return math.exp(math.fsum(map(math.log, values)) / len(values))


def throughput_table(found: Sequence[Case]) -> tuple[Row, list[Row]]:
    """Return the head and the rows of throughput and latency, and how busy the machine was."""
    everyone = _everyone(found)
    head = (
        "op",
        "callers",
        *(f"{who.value}/s" for who in everyone),
        "ours ÷ peer",
        *(("ours ÷ floor",) if Contender.FLOOR in everyone else ()),
        *(f"{who.value} p99 ms" for who in everyone),
        "p99 ÷ peer",
        "wrong",
        "load",
    )
    rows = [
        (
            case.operation.upper(),
            str(case.callers),
            *(f"{case.typical[who].per_second:,.1f}" for who in everyone),
            f"{case.throughput_ratio:.2f}",
            *((f"{ratio:.2f}",) if (ratio := case.floor_ratio) is not None else ()),
            *(f"{case.typical[who].p99_ms:,.1f}" for who in everyone),
            f"{case.p99_ratio:.2f}",
            str(sum(each.wrong for each in case.typical.values())),
            f"{max(each.load_average for each in case.typical.values()):.1f}",
        )
        for case in found
    ]
    return head, rows


def cpu_table(found: Sequence[Case]) -> tuple[Row, list[Row]]:
    """Return the head and the rows of the processor time of one request."""
    everyone = _everyone(found)
    head = (
        "op",
        "callers",
        *(f"{who.value} server ms" for who in everyone),
        *(f"{who.value} database ms" for who in everyone),
    )
    rows = [
        (
            case.operation.upper(),
            str(case.callers),
            *(f"{case.typical[who].server_cpu_ms:,.2f}" for who in everyone),
            *(f"{case.typical[who].database_cpu_ms:,.2f}" for who in everyone),
        )
        for case in found
    ]
    return head, rows


def means_table(found: Sequence[Mean]) -> tuple[Row, list[Row]]:
    """Return the head and the rows of the geometric means."""
    head = ("callers", "throughput, ours ÷ peer", "p99, ours ÷ peer", "throughput, ours ÷ floor")
    rows = [
        (
            "all" if each.callers is None else str(each.callers),
            f"{each.throughput_ratio:.2f}",
            f"{each.p99_ratio:.2f}",
            "" if each.floor_ratio is None else f"{each.floor_ratio:.2f}",
        )
        for each in found
    ]
    return head, rows


def plain_case(case: Case) -> dict[str, Any]:
    """Return a case as an object for machines."""
    return {
        "what": "case",
        "operation": case.operation,
        "callers": case.callers,
        "throughput_ratio": case.throughput_ratio,
        "p99_ratio": case.p99_ratio,
        "floor_ratio": case.floor_ratio,
        "medians": {who.value: typical for who, typical in case.typical.items()},
    }


def _everyone(found: Sequence[Case]) -> list[Contender]:
    return [who for who in Contender if found and who in found[0].typical]


def _typical(rounds: Sequence[Timed]) -> Typical:
    return Typical(
        per_second=median(each.per_second for each in rounds),
        p50_ms=median(each.p50_ms for each in rounds),
        p99_ms=median(each.p99_ms for each in rounds),
        server_cpu_ms=median(each.server_cpu_ms for each in rounds),
        database_cpu_ms=median(each.database_cpu_ms for each in rounds),
        wrong=sum(each.wrong for each in rounds),
        load_average=median(each.load_average for each in rounds),
    )


def _ratio(one: float, other: float) -> float:
    return one / other if other else 0.0
