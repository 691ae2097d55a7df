"""One load on one server: how fast it answered, and what it and its database worked for an answer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from bench.callers import Load, Request, run
from bench.processes import cpu_seconds
from bench.serving import Server


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What was measured. Latencies, and CPU an answer, are in milliseconds."""

    requests: int
    wrong: int
    per_second: float
    p50_ms: float
    p99_ms: float
    server_cpu_ms: float
    database_cpu_ms: float
    answer_bytes: int
    load_average: float


async def timed(
    server: Server, database_pid: int, requests: Sequence[Request], load: Load
) -> Timing:
    """Put the load on the server and return what it took."""
    spent: list[tuple[float, float]] = []
    seen, seconds = await run(
        server.port,
        requests,
        load,
        lambda: spent.append((cpu_seconds(server.pid), cpu_seconds(database_pid))),
    )
    answers = max(1, len(seen.latencies))
    (server_began, database_began), (server_ended, database_ended) = spent
    return Timing(
        requests=len(seen.latencies),
        wrong=seen.wrong,
        per_second=len(seen.latencies) / seconds,
        p50_ms=seen.percentile(0.50) * 1000,
        p99_ms=seen.percentile(0.99) * 1000,
        server_cpu_ms=(server_ended - server_began) / answers * 1000,
        database_cpu_ms=(database_ended - database_began) / answers * 1000,
        answer_bytes=seen.bytes_read // answers,
        load_average=os.getloadavg()[0],
    )
