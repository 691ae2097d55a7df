"""The disk fills up while a load runs: it is told in words, and nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from graph.client import Graph, connect
from graph.engines import EngineOptions, embedded
from graph.errors import StorageFailed
from graph.facts import source_state
from graph.migrations import migrate
from ingest import storing
from ingest.load import SourceFormat, load
from ingest.reports import Outcome
from ingest.sample import SAMPLE
from tests.engines.wiping import wipe
from tests.integration.ingest.full_disk import Filling, small_disk
from tests.integration.ingest.whole_graph import contents

ROOT: Final = Path(__file__).resolve().parents[3]
LABELS: Final = SAMPLE / "discogs" / "discogs_20200806_labels.xml.gz"
OPTIONS: Final = EngineOptions(heap_mb=256)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a small file system."""
    with small_disk(tmp_path / "disk") as mounted:
        yield mounted


async def full(graph: Graph, filling: Filling) -> None:
    """Load until the disk is full, and see that it is told."""
    with pytest.raises(StorageFailed, match=r"disk is full .* before is kept") as told:
        await load(graph, SourceFormat.DISCOGS, [LABELS], progress=filling)
    assert told.value.code == "STORAGE_FAILED"
    assert filling.position > 0


async def resumed(graph: Graph, acknowledged: int) -> None:
    """Load again, and see that it goes on and ends as an unbroken load does."""
    report = await load(graph, SourceFormat.DISCOGS, [LABELS])
    [file] = report.files
    assert (file.outcome, file.resumed_at) == (Outcome.RESUMED, acknowledged)
    assert file.source_id
    state = await source_state(graph, file.source_id)
    assert state
    assert (state.position, state.complete) == (500, True)
    found = await contents(graph, times=False)
    await wipe(graph)
    await migrate(graph)
    await load(graph, SourceFormat.DISCOGS, [LABELS])
    assert await contents(graph, times=False) == found


@pytest.mark.timeout(300)
async def test_a_load_that_fills_the_disk_goes_on_after_a_restart(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told by the command too, with the engine running and before it can start."""
    monkeypatch.setattr(storing, "BATCH_FACTS", 200)
    filling = Filling(disk, room=0, after=5)
    data = disk / "data"
    async with embedded(data, OPTIONS) as endpoint, connect(endpoint) as graph:
        await migrate(graph)
        await full(graph, filling)
        code, errors = await asyncio.to_thread(command, data)
    assert code == 3
    assert errors.count("\n") == 1
    assert "disk is full (0 MB left)" in errors
    assert str(data) in errors
    filling.fill()  # The engine gave some back when it stopped.
    code, errors = await asyncio.to_thread(command, data)
    assert code == 3
    assert errors.count("\n") == 1
    assert "Free space" in errors
    filling.free()
    async with embedded(data, OPTIONS) as endpoint, connect(endpoint) as graph:
        await resumed(graph, filling.position)


@pytest.mark.timeout(300)
async def test_an_engine_that_met_a_full_disk_goes_on_without_a_restart(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it was full in the middle of what the engine writes on its own."""
    monkeypatch.setattr(storing, "BATCH_FACTS", 200)
    filling = Filling(disk, room=500_000, after=5)
    async with embedded(disk / "data", OPTIONS) as endpoint, connect(endpoint) as graph:
        await migrate(graph)
        await full(graph, filling)
        filling.free()
        await resumed(graph, filling.position)


def command(data: Path) -> tuple[int, str]:
    """Load by the command line; return its exit code and what it says on stderr."""
    ended = subprocess.run(  # noqa: S603 - our own program.
        [sys.executable, "-m", "server", "load", "discogs", str(LABELS), "--data", str(data)],
        cwd=ROOT,
        env={**os.environ, "CONTENT_GRAPH_HEAP_MB": "256"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return ended.returncode, ended.stderr
