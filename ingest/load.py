"""Loading files into the graph: batched, resumable, in constant memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from graph.client import Graph
from graph.facts import SourceFact
from ingest import cwr, discogs, ern, musicbrainz
from ingest.records import Record, digest
from ingest.reports import FileReport, LoadReport, Outcome, Progress, Rule, Silent
from ingest.storing import store


class SourceFormat(StrEnum):
    """The formats that files can be loaded from."""

    MUSICBRAINZ = "musicbrainz"
    DISCOGS = "discogs"
    ERN = "ern"
    CWR = "cwr"


Reader = Callable[[Path, int], Iterator[Record]]

_READERS: Final[dict[SourceFormat, tuple[Reader, str, str]]] = {
    SourceFormat.MUSICBRAINZ: (musicbrainz.read, musicbrainz.KIND, musicbrainz.LICENCE),
    SourceFormat.DISCOGS: (discogs.read, discogs.KIND, discogs.LICENCE),
    SourceFormat.ERN: (ern.read, ern.KIND, ern.LICENCE),
    SourceFormat.CWR: (cwr.read, cwr.KIND, cwr.LICENCE),
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
    goes on after its last stored batch. Loading again changes nothing that stands. When cancelled, or
    when the graph fails, `progress.interrupted` is told where the load stands before that goes on.
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
    await store(
        graph,
        source,
        lambda skip: reader(path, skip),
        report,
        path=path,
        progress=progress,
        force=force,
    )
    return report
