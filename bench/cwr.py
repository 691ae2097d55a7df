"""How fast CWR is read and stored, and what memory that takes in a file of any length."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.engines import Engine, running
from bench.processes import cpu_seconds, memory_mb
from bench.registrations import cwr_lines
from ingest.cwr.lines import numbered
from ingest.load import SourceFormat, load
from standards.cwr.transactions import transactions


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A file read into transactions, and nothing done with them."""

    records: int
    seconds: float
    cpu_seconds: float
    memory_mb: tuple[float, float]
    load_average: float

    @property
    def per_second(self) -> float:
        """Records read a second."""
        return self.records / self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A file loaded into an empty graph."""

    engine: Engine
    records: int
    seconds: float
    client_cpu_seconds: float
    database_cpu_seconds: float
    memory_mb: tuple[float, float]
    load_average: float

    @property
    def per_second(self) -> float:
        """Records loaded a second."""
        return self.records / self.seconds


class LostTransactionsError(Exception):
    """Something of the file was refused, or is not there."""


def written(folder: Path, seed: int, works: int) -> Path:
    """Write a file of that many works and return its path."""
    path = folder / f"works-{works}.v22"
    with path.open("w", encoding="ascii", newline="") as file:
        file.writelines(cwr_lines(seed, works))
    return path


def parse(path: Path) -> Parsed:
    """Read a file; memory is told at its beginning and at its end."""
    lines = _lines(path)
    before, cpu, began = memory_mb(os.getpid()), time.process_time(), time.perf_counter()
    with path.open("rb") as file:
        for transaction in transactions(numbered(file)):
            if transaction.faults:
                raise LostTransactionsError(transaction.faults[0].sentence)
    return Parsed(
        records=lines,
        seconds=time.perf_counter() - began,
        cpu_seconds=time.process_time() - cpu,
        memory_mb=(before, memory_mb(os.getpid())),
        load_average=os.getloadavg()[0],
    )


async def load_registrations(kind: Engine, path: Path, works: int, folder: Path) -> Loaded:
    """Load a file into an empty graph through the path of every load."""
    lines = await asyncio.to_thread(_lines, path)
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as fresh:
        async with running(kind, Path(fresh)) as engine, engine.graph() as graph:
            before = memory_mb(os.getpid())
            client, database = time.process_time(), cpu_seconds(engine.pid)
            began = time.perf_counter()
            report = await load(graph, SourceFormat.CWR, [path])
            found = Loaded(
                engine=kind,
                records=lines,
                seconds=time.perf_counter() - began,
                client_cpu_seconds=time.process_time() - client,
                database_cpu_seconds=cpu_seconds(engine.pid) - database,
                memory_mb=(before, memory_mb(os.getpid())),
                load_average=os.getloadavg()[0],
            )
    if report.kept != works or report.refused or report.files[0].noted:
        raise LostTransactionsError(f"Of {works} works {report.kept} were kept.")
    return found


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)
