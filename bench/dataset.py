"""The data set in an engine: generated and stored once, then found again in its folder."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.engines import Engine, Running, running
from ingest.generated import Sizes, generate_dataset

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from ingest.reports import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """Which data set: `scale` 1 has 20,000 artists, 100,000 recordings and what belongs to them."""

    seed: int
    scale: float

    @property
    def sizes(self) -> Sizes:
        """How many of each it has."""
        return Sizes().scaled(self.scale)


@asynccontextmanager
async def loaded(
    kind: Engine, data: DataSet, cache: Path, progress: Progress
) -> AsyncGenerator[tuple[Running, float]]:
    """Yield an engine that holds the data set, and the seconds that storing it took now."""
    folder = cache / f"{kind}-seed{data.seed}-scale{data.scale:g}"
    async with running(kind, folder) as engine:
        began = time.perf_counter()
        async with engine.graph() as graph:
            report = await generate_dataset(
                graph, seed=data.seed, scale=data.scale, progress=progress
            )
        seconds = time.perf_counter() - began if report.read else 0.0
        yield engine, seconds
