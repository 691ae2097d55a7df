"""What is loaded is loaded once, whatever happens on the way, and alike on both engines."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.client import Graph
from graph.engines import Endpoint
from graph.facts import (
    ArtistFact,
    CreditFact,
    RecordingFact,
    SourceFact,
    begin_source,
    merge_redirect,
    source_state,
    write_facts,
)
from graph.migrations import migrate
from ingest import storing
from ingest.load import SourceFormat, load
from ingest.reports import Outcome, Rule, Silent
from ingest.sample import SAMPLE, load_sample
from tests.engines.wiping import wipe
from tests.integration.ingest.whole_graph import contents, counts

ROOT = Path(__file__).resolve().parents[3]
LABELS = SAMPLE / "discogs" / "discogs_20200806_labels.xml.gz"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
SOURCE = SourceFact(name="test", kind="GENERATED", licence="CC0-1.0", uri="test:", digest="1")

GOLDEN = {
    "ABOUT": 591,
    "ACQUIRED_BY": 137,
    "ALIAS_OF": 521,
    "ASSIGNS": 137,
    "Agreement": 137,
    "Artist": 4783,
    "CLAIMED_BY": 6745,
    "Claim": 6745,
    "Conflict": 591,
    "FLAGS": 212,
    "HAS_IDENTIFIER": 4512,
    "HAS_IDENTITY_LINK": 8752,
    "HAS_TRACK": 4600,
    "IDENTIFIES": 8752,
    "ISSUED_BY": 600,
    "Identifier": 4512,
    "Identity": 8577,
    "IdentityLink": 8752,
    "Journal": 1,
    "KNOWN_AS": 140,
    "Label": 1061,
    "MEMBER_OF": 428,
    "ON": 6745,
    "OPERATES": 116,
    "PARENT_OF": 148,
    "PASSES_TO": 103,
    "Party": 528,
    "PolicyFlag": 212,
    "RECORDED": 9901,
    "RECORDING_OF": 13,
    "RELEASED": 2398,
    "Recording": 4944,
    "Release": 915,
    "SUBLABEL_OF": 64,
    "Source": 8,
    "WROTE": 7,
    "Work": 37,
}


@pytest.mark.timeout(600)
async def test_the_sample_is_the_same_on_both_engines_and_loads_once(empty: Graph) -> None:
    """Counts are golden; loading again skips every source and changes nothing."""
    report = await load_sample(empty)
    assert {file.outcome for file in report.files} == {Outcome.LOADED}
    assert report.refused_by_rule == {Rule.MB_NO_ID: 5}
    assert await counts(empty) == GOLDEN
    before = await contents(empty, times=True)
    again = await load_sample(empty)
    assert {file.outcome for file in again.files} == {Outcome.SKIPPED}
    assert await contents(empty, times=True) == before


@pytest.mark.timeout(300)
async def test_a_forced_second_load_changes_nothing(empty: Graph) -> None:
    """Every fact stored again finds itself, down to when it was first recorded."""
    files = sorted((SAMPLE / "musicbrainz").iterdir())
    await load(empty, SourceFormat.MUSICBRAINZ, files)
    before = await contents(empty, times=True)
    again = await load(empty, SourceFormat.MUSICBRAINZ, files, force=True)
    assert again.kept > 90
    assert await contents(empty, times=True) == before


@pytest.mark.timeout(300)
async def test_a_killed_load_goes_on_where_it_stopped(
    empty: Graph, scratch: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After kill -9 the same command completes the graph to what an unbroken load gives."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.integration.ingest.killed_load",
        str(LABELS),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert child.stdin
    assert child.stdout
    child.stdin.write(json.dumps(asdict(scratch)).encode() + b"\n")
    await child.stdin.drain()
    for _ in range(3):
        assert await child.stdout.readline()
    child.kill()
    await child.wait()
    monkeypatch.setattr(storing, "BATCH_FACTS", 200)
    report = await load(empty, SourceFormat.DISCOGS, [LABELS])
    (file,) = report.files
    assert file.outcome is Outcome.RESUMED
    assert 0 < file.resumed_at < 500
    assert file.resumed_at + file.read == 500
    resumed = await contents(empty, times=False)
    await wipe(empty)
    await migrate(empty)
    await load(empty, SourceFormat.DISCOGS, [LABELS])
    assert await contents(empty, times=False) == resumed


async def test_a_cancelled_load_says_where_it_stands(
    empty: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C leaves whole batches with their checkpoint, and the position told is that one."""
    monkeypatch.setattr(storing, "BATCH_FACTS", 200)
    told: list[int] = []

    class Cancelling(Silent):
        def advanced(self, file: Path, *, records: int, facts: int) -> None:
            assert (file, records > 0) == (LABELS, True)
            if facts > 400:
                task.cancel()

        def interrupted(self, file: Path, *, position: int) -> None:
            assert file == LABELS
            told.append(position)

    task = asyncio.create_task(
        load(empty, SourceFormat.DISCOGS, [LABELS], progress=Cancelling()),
    )
    with pytest.raises(asyncio.CancelledError):
        await task
    report = await load(empty, SourceFormat.DISCOGS, [LABELS])
    assert report.files[0].outcome is Outcome.RESUMED
    assert [report.files[0].resumed_at] == told


async def test_a_mention_never_changes_what_a_record_said(empty: Graph) -> None:
    """Mentions fill gaps, records overwrite, whichever comes first and in whichever batch."""
    mention = ArtistFact(id="a", mention=True, name="A (mention)", country="DE", gender="FEMALE")
    record = ArtistFact(id="a", name="A", aliases=("Aa",), country="FR")
    found: list[object] = []
    for batches in (
        [[mention], [record]],
        [[record], [mention]],
        [[mention, record]],
        [[record, mention]],
        [[record, mention], [mention, record], [mention]],
    ):
        await wipe(empty)
        await begin_source(empty, SOURCE, NOW)
        for position, facts in enumerate(batches):
            await write_facts(empty, facts, source_id=SOURCE.id, recorded_at=NOW, position=position)
        found.append(
            await empty.read(
                "artist",
                "MATCH (n:Artist) RETURN collect([n.name, n.country, n.gender, n.sortKey,"
                " n.searchText, n.aliases]) AS rows",
            )
        )
    assert found == [[["A", "FR", "FEMALE", "a", "a aa", ["Aa"]]]] * 5


async def test_a_credit_stands_once(empty: Graph) -> None:
    """One relationship per artist, thing, role and position; its other properties follow."""
    await begin_source(empty, SOURCE, NOW)
    things = [ArtistFact(id="a", name="A"), RecordingFact(id="r", title="R")]
    for name in ("one", "two"):
        credit = CreditFact(
            type="RECORDED", artist_id="a", thing_id="r", role="MAIN", credited_as=name
        )
        await write_facts(
            empty,
            [*things, credit, credit],
            source_id=SOURCE.id,
            recorded_at=NOW,
            position=1,
            complete=True,
        )
    rows = await empty.read(
        "credits",
        "MATCH (:Artist)-[c:RECORDED]->(:Recording)"
        " RETURN collect([c.role, c.position, c.creditedAs, c.sourceId]) AS rows",
    )
    assert rows == [["MAIN", 0, "two", SOURCE.id]]
    state = await source_state(empty, SOURCE.id)
    assert state
    assert state.complete


async def test_redirects_always_point_to_the_survivor(empty: Graph) -> None:
    """Chains are shortened in either order of writing, and no loop can be closed."""
    for first, second in (("a", "b"), ("b", "c"), ("x", "a"), ("c", "a"), ("y", "y")):
        await merge_redirect(
            empty, "Artist", first, second, reason="TEST", source_id="s", recorded_at=NOW
        )
    rows = await empty.read("redirects", "MATCH (r:Redirect) RETURN collect([r.id, r.to]) AS rows")
    assert sorted(rows) == [["a", "c"], ["b", "c"], ["x", "c"]]


@pytest.fixture
def dump(tmp_path: Path) -> Callable[[str], Path]:
    """Return a writer of dumps."""

    def write(text: str) -> Path:
        path = tmp_path / "dump.xml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


async def test_refusals_come_with_file_line_and_rule(
    empty: Graph, dump: Callable[[str], Path], tmp_path: Path
) -> None:
    """A malformed record is left out and told; a hostile or missing file writes nothing."""
    path = dump(
        "<labels>\n<label><id>1</id><name>One</name></label>\n"
        "<label><id>2</id><name>Two</label>\n<label><id>3</id><name>Three</name></label>\n</labels>"
    )
    report = await load(empty, SourceFormat.DISCOGS, [path, tmp_path / "missing.xml"])
    assert (report.read, report.kept) == (3, 2)
    assert [(each.file, each.line, each.rule) for each in report.refused] == [
        (str(path), 3, Rule.XML_SYNTAX),
        (str(tmp_path / "missing.xml"), 0, Rule.FILE_UNREADABLE),
    ]
    assert (await counts(empty))["Label"] == 2
    await wipe(empty)
    path = dump("<!DOCTYPE labels><labels><label><id>1</id><name>One</name></label></labels>")
    report = await load(empty, SourceFormat.DISCOGS, [path])
    assert [file.outcome for file in report.files] == [Outcome.REFUSED]
    assert report.refused_by_rule == {Rule.XML_DTD: 1}
    assert await counts(empty) == {"Source": 1}


async def test_a_dump_cut_off_between_records_stays_incomplete(
    empty: Graph, dump: Callable[[str], Path]
) -> None:
    """What it holds is kept; the source is never taken for whole, however often it is loaded."""
    path = dump("<labels>\n<label><id>1</id><name>One</name></label>\n")
    for kept in (1, 0):
        report = await load(empty, SourceFormat.DISCOGS, [path])
        [file] = report.files
        assert (file.kept, file.refused_by_rule) == (kept, {Rule.XML_UNTERMINATED: 1})
        assert file.source_id
        state = await source_state(empty, file.source_id)
        assert state
        assert (state.position, state.complete) == (1, False)
    assert (await counts(empty))["Label"] == 1
