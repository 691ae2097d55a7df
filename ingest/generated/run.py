"""Storing what is generated, as resumable as the loading of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final

from graph.client import Graph
from graph.facts import SourceFact
from graph.facts.subjects import subjects_of
from ingest.generated.catalogue import Sizes, catalogue, subjects
from ingest.generated.layer import layer
from ingest.generated.parties import BLOCK, parties
from ingest.generated.subjects import Subject, Subjects
from ingest.records import Record
from ingest.reports import FileReport, LoadReport, Progress, Silent
from ingest.storing import store

KIND: Final = "GENERATED"
LICENCE: Final = "CC0-1.0"
# What is generated from a seed may change between versions of this software, and is then another
# source.
VERSION: Final = 2


async def generate_dataset(
    graph: Graph,
    *,
    seed: int = 1,
    scale: float = 1.0,
    sizes: Sizes | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Store a whole made-up catalogue with its rights, identities and flags, in constant memory.

    The same seed and sizes give the same facts; stored again, they change nothing.
    """
    wanted = (sizes or Sizes()).scaled(scale)
    source = _source(f"Generated data set, seed {seed}", f"{seed} {wanted}")

    def read(skip: int) -> Iterator[Record]:
        everything = chain(catalogue(seed, wanted), layer(seed, subjects(seed, wanted)))
        return islice(everything, skip, None)

    report = FileReport(file=source.name)
    path = Path(source.name)
    await store(graph, source, read, report, path=path, progress=progress or Silent())
    (progress or Silent()).finished(report)
    return LoadReport(files=[report])


async def generate_layer(
    graph: Graph, *, sources: Sequence[str], seed: int = 1, progress: Progress | None = None
) -> LoadReport:
    """Lay made-up rights, identities and flags over what the sources (by id) brought in."""
    artists = await _all(graph, "Artist", sources)
    recordings = await _all(graph, "Recording", sources)
    works = await _all(graph, "Work", sources)
    releases = await _all(graph, "Release", sources)
    # About one party for twelve assets, in whole blocks and every shape at least once.
    size = max(10, len(recordings) // (BLOCK * BLOCK)) * BLOCK
    over = Subjects(
        artists=artists,
        recordings=recordings,
        works=works,
        releases=releases,
        parties=parties(seed, size),
    )
    source = _source(
        f"Generated rights, identity and policy, seed {seed}", f"{seed} {sorted(sources)}"
    )
    report = FileReport(file=source.name)
    await store(
        graph,
        source,
        lambda skip: islice(layer(seed, over), skip, None),
        report,
        path=Path(source.name),
        progress=progress or Silent(),
    )
    (progress or Silent()).finished(report)
    return LoadReport(files=[report])


async def _all(graph: Graph, label: str, sources: Sequence[str]) -> Sequence[Subject]:
    found = await subjects_of(graph, label, list(sources))
    return [Subject(each, name) for each, name in found]


def _source(name: str, key: str) -> SourceFact:
    digest = hashlib.sha256(f"{VERSION} {key}".encode()).hexdigest()
    return SourceFact(name=name, kind=KIND, licence=LICENCE, uri="generated:", digest=digest)
