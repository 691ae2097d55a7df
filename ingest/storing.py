"""Storing a source's records: batch by batch, each with its checkpoint."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from graph.client import Graph
from graph.errors import GraphError
from graph.facts import (
    AcknowledgementFact,
    Fact,
    Finding,
    IdentifierFact,
    Met,
    RegistrationFact,
    SourceFact,
    begin_source,
    source_state,
    write_facts,
)
from graph.settling import Settled
from ingest.records import Record
from ingest.reports import AnyRule, FileReport, Outcome, Progress
from standards.cwr.faults import CwrRule

# Facts in a transaction: enough to amortise it, few enough to hold twice in memory.
BATCH_FACTS: Final = 4000

_RULES: Final[Mapping[Met, AnyRule]] = {
    Met.SEVERAL_ANSWERED: CwrRule.CWR_SEVERAL_ANSWERED,
    Met.WRITTEN_HERE: CwrRule.CWR_WRITTEN_HERE,
    Met.WITHDRAWN_HERE: CwrRule.CWR_WITHDRAWN_HERE,
    Met.DISPUTED_HERE: CwrRule.CWR_DISPUTED_HERE,
}


async def store(  # noqa: PLR0913 - what a source is, how it is read, who watches.
    graph: Graph,
    source: SourceFact,
    read: Callable[[int], Iterator[Record]],
    report: FileReport,
    *,
    path: Path,
    progress: Progress,
    force: bool = False,
) -> None:
    """Store a source's records after its checkpoint, and fill in the report.

    The conflicts about what is claimed are settled with each batch.
    """
    report.source_id = source.id
    state = await source_state(graph, source.id)
    if state is not None and state.complete and not force:
        report.outcome = Outcome.SKIPPED
        return
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
            facts, records, last, lines = batch
            settled = Settled()
            findings: list[Finding] = []
            following = asyncio.create_task(asyncio.to_thread(next, batches, None))
            try:
                await write_facts(
                    graph,
                    facts,
                    source_id=source.id,
                    recorded_at=now,
                    position=position + records,
                    complete=last,
                    settled=settled,
                    findings=findings,
                )
            finally:
                # A thread cannot be stopped, only waited for.
                batch = await asyncio.shield(following)
            position += records
            stored += len(facts)
            report.settled(settled)
            for each in findings:
                report.note(lines[each.fact], _RULES[each.met], each.message)
            progress.advanced(path, records=position, facts=stored)
    except (asyncio.CancelledError, KeyboardInterrupt, GraphError):
        progress.interrupted(path, position=position)
        raise
    if report.refused and not report.kept and not report.resumed_at:
        report.outcome = Outcome.REFUSED


def _batches(
    records: Iterator[Record], report: FileReport
) -> Iterator[tuple[list[Fact], int, bool, dict[str, int]]]:
    """Yield facts, how many records they are, whether they are the source's last, and lines by fact.

    The lines are of what the graph may come to tell of: registrations, and what answers them.
    A file that cannot be read to its end has no last batch: it stays incomplete.
    """
    facts: list[Fact] = []
    lines: dict[str, int] = {}
    count = 0
    for record in records:
        for line, rule, message in record.refused:
            report.refuse(line, rule, message)
        for line, rule, message in record.noted:
            report.note(line, rule, message)
        if record.fatal:
            yield facts, count, False, lines
            return
        count += 1
        report.read += 1
        report.kept += bool(record.facts) or not record.refused
        report.unmapped.update(record.unmapped)
        report.facts.update(_kinds(record.facts))
        facts.extend(record.facts)
        for fact in record.facts:
            if isinstance(fact, RegistrationFact | AcknowledgementFact):
                lines[fact.id] = record.line
        if len(facts) >= BATCH_FACTS:
            yield facts, count, False, lines
            facts, lines, count = [], {}, 0
    yield facts, count, True, lines


def _kinds(facts: Sequence[Fact]) -> Iterator[str]:
    for fact in facts:
        yield type(fact).__name__.removesuffix("Fact")
        if isinstance(fact, IdentifierFact) and not fact.valid:
            yield "Identifier (invalid)"
