"""Loads settle conflicts: whatever was loaded, in any order, cut off or not, none is left to detect."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from graph.client import Graph
from graph.detecting import detect_conflicts
from graph.facts import RedirectFact, SourceFact, begin_source, write_facts
from graph.settling import Settled
from ingest import storing
from ingest.generated import generate_dataset
from ingest.load import SourceFormat, load
from ingest.reports import LoadReport, Silent
from tests.cwr.messages import Written, message, nwr, opu, pwr, spt, spu, swr, swt

CONFLICTS: Final = """
MATCH (conflict:Conflict)
WITH conflict ORDER BY conflict.id
RETURN collect([conflict.id, conflict.rule, conflict.right, conflict.status,
  size(conflict.openings), size(coalesce(conflict.closings, []))]) AS rows
"""
WORKS: Final = "MATCH (work:Work) WITH work ORDER BY work.id RETURN collect(work.id) AS rows"


async def nothing_to_do(graph: Graph) -> None:
    """Hold the conflicts that are stored against what going through every asset finds."""
    assert await detect_conflicts(graph, now=datetime.now(UTC)) == Settled()


async def stored(graph: Graph, folder: Path, name: str, raw: bytes) -> LoadReport:
    """Load one message."""
    (folder / name).write_bytes(raw)
    return await load(graph, SourceFormat.CWR, [folder / name])


def version(number: str, chance: random.Random) -> list[Written]:
    """Return one state of a work: it may claim too much, too little, or what is right."""
    share = chance.choice([4000, 5000, 5000, 7500])
    mechanical = chance.choice([10000, 10000, 6000])
    claimed = {"pr_share": share, "mr_share": mechanical, "sr_share": 10000}
    more = [opu(shares={"mr_share": 2500})] if chance.random() < 0.3 else []
    parts = [spu(shares=claimed), spt(shares=claimed), *more, swr(), swt(), pwr()]
    return [nwr("REV", number=number), *parts]


def messages(seed: int, folder: Path) -> list[Path]:
    """Write files of a few works and their revisions, and return them in the order of loading."""
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it.
    files: list[Path] = []
    for at in range(4):
        works = [
            version(f"W{each}", chance) for each in range(6) if at == 0 or chance.random() < 0.7
        ]
        path = folder / f"{at}.v22"
        path.write_bytes(message(*works, created=f"2026-01-0{at + 1}"))
        files.append(path)
    chance.shuffle(files)
    return files


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
async def test_after_a_load_there_is_nothing_to_detect(
    empty: Graph, tmp_path: Path, seed: int
) -> None:
    """Revisions in any order; the report counts what was opened and resolved."""
    counts: dict[str, int] = {}
    files = messages(seed, tmp_path)
    for path in files:
        report = await load(empty, SourceFormat.CWR, [path])
        for what, count in report.files[0].conflicts.items():
            counts[what] = counts.get(what, 0) + count
        await nothing_to_do(empty)
    rows = await empty.read("conflicts", CONFLICTS)
    assert rows
    assert counts["opened"] == len(rows)
    assert sum(row[4] for row in rows) == counts["opened"] + counts.get("reopened", 0)
    assert sum(row[5] for row in rows) == counts.get("resolved", 0)
    again = await load(empty, SourceFormat.CWR, files, force=True)
    assert [file.conflicts for file in again.files] == [{}] * 4


class CutOff(Silent):
    """Progress that ends a load after a number of batches."""

    def __init__(self, batches: int) -> None:
        self._left = batches

    def advanced(self, file: Path, *, records: int, facts: int) -> None:
        """Count down."""
        del file, records, facts
        self._left -= 1
        if self._left == 0:
            raise asyncio.CancelledError


@pytest.mark.timeout(300)
async def test_a_load_that_is_cut_off_has_settled_what_it_stored(
    empty: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Claims and conflicts are of one transaction: at no moment the one is without the other."""
    monkeypatch.setattr(storing, "BATCH_FACTS", 40)
    seen: list[int] = []
    for path in messages(3, tmp_path):
        with pytest.raises(asyncio.CancelledError):
            await load(empty, SourceFormat.CWR, [path], progress=CutOff(1))
        await nothing_to_do(empty)
        seen.append(len(await empty.read("conflicts", CONFLICTS)))
        await load(empty, SourceFormat.CWR, [path])
        await nothing_to_do(empty)
    assert seen[0] < len(await empty.read("conflicts", CONFLICTS))


@pytest.mark.timeout(300)
async def test_a_conflict_is_resolved_and_reopened_by_what_is_loaded(
    empty: Graph, tmp_path: Path
) -> None:
    """Under one id, as revisions come in."""

    def work(share: int) -> list[Written]:
        claimed = {"pr_share": 5000, "mr_share": share, "sr_share": 10000}
        return [nwr("REV"), spu(shares=claimed), spt(), swr(), swt(), pwr()]

    found: list[Any] = []
    lines: list[str] = []
    for at, share in enumerate((6000, 10000, 7000)):
        raw = message(work(share), created=f"2026-01-0{at + 1}")
        report = await stored(empty, tmp_path, f"{at}.v22", raw)
        lines.append(report.files[0].line)
        found.append([dict(report.files[0].conflicts), *await empty.read("rows", CONFLICTS)])
    id_ = found[0][1][0]
    assert found == [
        [{"opened": 1}, [id_, "W1", "MR", "OPEN", 1, 0]],
        [{"resolved": 1}, [id_, "W1", "MR", "RESOLVED", 1, 1]],
        [{"reopened": 1}, [id_, "W1", "MR", "OPEN", 2, 1]],
    ]
    assert [", 1 conflict opened." in line for line in lines] == [True, False, True]


@pytest.mark.timeout(300)
async def test_what_is_generated_has_its_conflicts(empty: Graph) -> None:
    """Any load that writes claims settles them."""
    report = await generate_dataset(empty, seed=1, scale=0.002)
    assert report.files[0].conflicts["opened"] > 0
    await nothing_to_do(empty)


@pytest.mark.timeout(300)
async def test_works_that_a_load_merges_conflict_with_each_other(
    empty: Graph, tmp_path: Path
) -> None:
    """Claims that come to stand on the survivor are settled there."""
    for at, sender in enumerate(("000000199", "000000297")):
        work = [nwr(), spu(), spt(), swr(), swt(), pwr()]
        raw = message(work, sender=sender, created=f"2026-01-0{at + 1}")
        await stored(empty, tmp_path, f"{at}.v22", raw)
    assert await empty.read("conflicts", CONFLICTS) == []
    survivor, merged = await empty.read("works", WORKS)
    source = SourceFact(name="merges", kind="GENERATED", licence="", uri="x:", digest="m")
    now = datetime.now(UTC)
    await begin_source(empty, source, now)
    settled = Settled()
    await write_facts(
        empty,
        [RedirectFact(id=merged, to=survivor, label="Work", reason="same ISWC")],
        source_id=source.id,
        recorded_at=now,
        position=1,
        settled=settled,
    )
    assert settled.opened
    assert {row[3] for row in await empty.read("conflicts", CONFLICTS)} == {"OPEN"}
    await nothing_to_do(empty)
