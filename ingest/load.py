"""Loading files into the graph: batched, resumable, in constant memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from graph.client import Graph
from graph.facts import (
    Fact,
    IdentifierFact,
    SourceFact,
    begin_source,
    source_state,
    write_facts,
)
from ingest import discogs, musicbrainz
from ingest.records import Record, digest
from ingest.reports import FileReport, LoadReport, Outcome, Progress, Rule, Silent

# Facts in a transaction: enough to amortise it, few enough to hold twice in memory.
BATCH_FACTS: Final = 4000


class SourceFormat(StrEnum):
    """The formats that files can be loaded from."""

    MUSICBRAINZ = "musicbrainz"
    DISCOGS = "discogs"


Reader = Callable[[Path, int], Iterator[Record]]

_READERS: Final[dict[SourceFormat, tuple[Reader, str, str]]] = {
    SourceFormat.MUSICBRAINZ: (musicbrainz.read, musicbrainz.KIND, musicbrainz.LICENCE),
    SourceFormat.DISCOGS: (discogs.read, discogs.KIND, discogs.LICENCE),
}


async def load(
    graph: Graph,
    source_format: SourceFormat,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    force: bool = False,
) -> LoadReport:
    """Load the files in order and report what was kept and what refused, with reasons.

    A file loaded before is skipped unless `force`; one that was cut off, by Ctrl-C or by a crash,
    goes on after its last stored batch. Loading again changes nothing that stands. When cancelled,
    `progress.interrupted` is told where the load stands before the cancellation goes on.
    """
    report = LoadReport()
    for path in paths:
        file = await _load_file(graph, source_format, path, progress or Silent(), force=force)
        report.files.append(file)
        (progress or Silent()).finished(file)
    return report


async def _load_file(
    graph: Graph, source_format: SourceFormat, path: Path, progress: Progress, *, force: bool
) -> FileReport:
    reader, kind, licence = _READERS[source_format]
    report = FileReport(file=str(path))
    try:
        found = await asyncio.to_thread(digest, path)
    except OSError as error:
        report.outcome = Outcome.REFUSED
        message = f"The file cannot be read: {error.strerror or error}."
        report.refuse(0, Rule.FILE_UNREADABLE, message)
        return report
    source = SourceFact(name=path.name, kind=kind, licence=licence, uri=path.name, digest=found)
    return await load_records(
        graph, source, lambda skip: reader(path, skip), report, path, progress, force=force
    )


async def load_records(  # noqa: PLR0913, PLR0917 - what a source is, how it is read, who watches.
    graph: Graph,
    source: SourceFact,
    read: Callable[[int], Iterator[Record]],
    report: FileReport,
    path: Path,
    progress: Progress,
    *,
    force: bool = False,
) -> FileReport:
    """Store a source's records after its checkpoint; return the report, filled in."""
    report.source_id = source.id
    state = await source_state(graph, source.id)
    if state is not None and state.complete and not force:
        report.outcome = Outcome.SKIPPED
        return report
    position = 0
    if state is not None and not state.complete:
        position = report.resumed_at = state.position
        report.outcome = Outcome.RESUMED if position else Outcome.LOADED
    now = datetime.now(UTC)
    await begin_source(graph, source, now)
    progress.started(path, resumed_at=position)
    batches = _batches(read(position), report)
    stored = 0
    try:
        # The next batch is read while this one is being stored.
        batch = await asyncio.to_thread(next, batches, None)
        while batch is not None:
            facts, records, last = batch
            position += records
            following = asyncio.create_task(asyncio.to_thread(next, batches, None))
            try:
                await write_facts(
                    graph,
                    facts,
                    source_id=source.id,
                    recorded_at=now,
                    position=position,
                    complete=last,
                )
            finally:
                # A thread cannot be stopped, only waited for.
                batch = await asyncio.shield(following)
            stored += len(facts)
            progress.advanced(path, records=position, facts=stored)
    except (asyncio.CancelledError, KeyboardInterrupt):
        progress.interrupted(path, position=position)
        raise
    if report.refused and not report.kept and not report.resumed_at:
        report.outcome = Outcome.REFUSED
    return report


def _batches(
    records: Iterator[Record], report: FileReport
) -> Iterator[tuple[list[Fact], int, bool]]:
    """Yield facts, how many records they are, and whether they are the last of the source.

    A file that cannot be read to its end has no last batch: it stays incomplete.
    """
    facts: list[Fact] = []
    count = 0
    for record in records:
        for line, rule, message in record.refused:
            report.refuse(line, rule, message)
        if record.fatal:
            yield facts, count, False
            return
        count += 1
        report.read += 1
        report.kept += bool(record.facts) or not record.refused
        report.unmapped.update(record.unmapped)
        report.facts.update(_kinds(record.facts))
        facts.extend(record.facts)
        if len(facts) >= BATCH_FACTS:
            yield facts, count, False
            facts, count = [], 0
    yield facts, count, True


def _kinds(facts: Sequence[Fact]) -> Iterator[str]:
    for fact in facts:
        yield type(fact).__name__.removesuffix("Fact")
        if isinstance(fact, IdentifierFact) and not fact.valid:
            yield "Identifier (invalid)"
