"""The results as people read them, and as machines do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from bench.ingest import Ingested
from bench.measure import Measured, Stored

Row = tuple[str, ...]


def operations_table(found: Sequence[Measured]) -> tuple[Row, list[Row]]:
    """Return the head and the rows of the table of operations."""
    head = (
        "engine", "scale", "op", "callers", "requests/s", "p50 ms", "p99 ms",
        "server CPU ms", "database CPU ms", "kB", "wrong", "load",
    )  # fmt: skip
    rows = [
        (
            str(each.engine),
            f"{each.scale:g}×",
            each.operation.upper(),
            str(each.callers),
            f"{each.per_second:,.1f}",
            f"{each.p50_ms:,.1f}",
            f"{each.p99_ms:,.1f}",
            f"{each.server_cpu_ms:,.2f}",
            f"{each.database_cpu_ms:,.2f}",
            f"{each.answer_bytes / 1000:,.1f}",
            str(each.wrong),
            f"{each.load_average:.1f}",
        )
        for each in found
    ]
    return head, rows


def growth_table(found: Sequence[Measured]) -> tuple[Row, list[Row]]:
    """Return the head and the rows of how operations grow with the data.

    A factor is a median latency over the one at the smallest scale, with as many callers.
    """
    scales = sorted({each.scale for each in found})
    by_case: dict[tuple[str, str, int], dict[float, Measured]] = {}
    for each in found:
        case = (str(each.engine), each.operation.upper(), each.callers)
        by_case.setdefault(case, {})[each.scale] = each
    head = ("engine", "op", "callers", *(f"p50 at {scale:g}×" for scale in scales))
    rows: list[Row] = []
    for (engine, operation, callers), at in by_case.items():
        first = at.get(scales[0])
        if first is None or len(at) < len(scales):
            continue
        cells = [
            f"{at[scale].p50_ms:,.1f} ms (×{at[scale].p50_ms / first.p50_ms:.2f})"
            if first.p50_ms
            else "none"
            for scale in scales
        ]
        rows.append((engine, operation, str(callers), *cells))
    return head, rows if len(scales) > 1 else []


def stored_table(found: Sequence[Stored]) -> tuple[Row, list[Row]]:
    """Return the head and the rows of how long the data sets took to store."""
    rows = [
        (str(each.engine), f"{each.scale:g}×", f"{each.seconds:,.0f} s")
        for each in found
        if each.seconds
    ]
    return ("engine", "scale", "stored in"), rows


def ingest_table(found: Sequence[Ingested]) -> tuple[Row, list[Row]]:
    """Return the head and the rows of write rates, a row for each quarter of a load."""
    head = (
        "engine", "relations", "seconds", "relations/s", "client MB", "database MB",
    )  # fmt: skip
    rows: list[Row] = []
    for each in found:
        step = max(1, len(each.samples) // 4)
        before, taken = 0, 0.0
        for sample in each.samples[step - 1 :: step]:
            rate = (sample.relations - before) / max(1e-9, sample.seconds - taken)
            before, taken = sample.relations, sample.seconds
            rows.append(
                (
                    str(each.engine),
                    f"{sample.relations:,}",
                    f"{sample.seconds:,.0f}",
                    f"{rate:,.0f}",
                    f"{sample.client_mb:,.0f}",
                    f"{sample.database_mb:,.0f}",
                )
            )
        rows.append(
            (
                f"{each.engine}, all",
                f"{each.samples[-1].relations:,}",
                f"{each.seconds:,.0f}",
                f"{each.per_second:,.0f}",
                f"CPU {each.client_cpu_seconds:,.0f} s",
                f"CPU {each.database_cpu_seconds:,.0f} s",
            )
        )
    return head, rows


def drawn(title: str, table: tuple[Row, Iterable[Row]]) -> Table:
    """Return a table for a terminal."""
    head, rows = table
    made = Table(title=title, title_justify="left")
    for at, name in enumerate(head):
        made.add_column(name, justify="left" if at == 0 else "right")
    for row in rows:
        made.add_row(*row)
    return made


def markdown(table: tuple[Row, Iterable[Row]]) -> str:
    """Return a table for a document."""
    head, rows = table
    align = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, align, *rows))


def plain(each: Measured | Stored | Ingested) -> dict[str, Any]:
    """Return a result as an object for machines."""
    found = {"what": type(each).__name__.lower(), **asdict(each)}
    if isinstance(each, Ingested):
        found["per_second"] = each.per_second
    return found
