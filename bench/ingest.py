"""How fast generated relations are stored, and what memory that takes over time."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.engines import Engine, running
from bench.processes import cpu_seconds, memory_mb
from graph.client import Graph
from graph.facts import ArtistFact, CreditFact, Fact, RecordingFact, SourceFact
from ingest.generated import Sizes
from ingest.generated.catalogue import subjects
from ingest.generated.chance import chance, skewed
from ingest.generated.subjects import Subject
from ingest.records import Record
from ingest.reports import FileReport, Silent
from ingest.storing import store

_SAMPLES: Final = 20
# One recording has ten credits, and one artist fifty.
_CREDITS: Final = 10
_ARTISTS: Final = 50

COUNT_RELATIONS: Final = "MATCH (:Artist)-[credit:RECORDED]->() RETURN count(credit) AS rows"


class LostRelationsError(Exception):
    """The graph does not hold the relations that were stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Where a load stood at one moment."""

    seconds: float
    relations: int
    client_mb: float
    database_mb: float


@dataclass(slots=True, kw_only=True)
class Ingested:
    """One load of relations between things that stand, with samples over time."""

    engine: Engine
    things: int
    things_seconds: float = 0.0
    seconds: float = 0.0
    samples: list[Sample] = field(default_factory=list[Sample])
    client_cpu_seconds: float = 0.0
    database_cpu_seconds: float = 0.0
    load_average: float = 0.0

    @property
    def per_second(self) -> float:
        """Relations stored a second."""
        return self.samples[-1].relations / self.seconds


class _Watch(Silent):
    """Progress that takes the samples."""

    def __init__(self, database: int, every: int) -> None:
        self._database = database
        self._every = every
        self._began = time.perf_counter()
        self.samples: list[Sample] = []

    def advanced(self, file: Path, *, records: int, facts: int) -> None:
        """Take a sample where one is due."""
        del file, records
        if facts >= self._every * (len(self.samples) + 1):
            self.samples.append(
                Sample(
                    seconds=time.perf_counter() - self._began,
                    relations=facts,
                    client_mb=memory_mb(os.getpid()),
                    database_mb=memory_mb(self._database),
                )
            )


async def ingest(kind: Engine, seed: int, relations: int, folder: Path) -> Ingested:
    """Store that many generated credits over an empty graph of artists and recordings.

    Raises LostRelationsError where the graph holds another number of them afterwards.
    """
    sizes = Sizes(artists=max(1, relations // _ARTISTS), recordings=-(-relations // _CREDITS))
    everything = subjects(seed, sizes)
    # Made once, before anything is timed: a generated name costs more than a stored relation.
    artists, recordings = list(everything.artists), list(everything.recordings)
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as fresh:
        async with running(kind, Path(fresh)) as engine, engine.graph() as graph:
            done = Ingested(engine=kind, things=sizes.artists + sizes.recordings)
            began = time.perf_counter()
            await _store(graph, "things", _things(artists, recordings), Silent())
            done.things_seconds = time.perf_counter() - began
            watch = _Watch(engine.pid, max(1, relations // _SAMPLES))
            client, database = time.process_time(), cpu_seconds(engine.pid)
            began = time.perf_counter()
            await _store(
                graph, "relations", _relations(seed, artists, recordings, relations), watch
            )
            done.seconds = time.perf_counter() - began
            done.client_cpu_seconds = time.process_time() - client
            done.database_cpu_seconds = cpu_seconds(engine.pid) - database
            done.samples = watch.samples
            done.load_average = os.getloadavg()[0]
            found = await graph.read("count relations", COUNT_RELATIONS)
            if found != relations:
                raise LostRelationsError(f"{relations} were stored, {found} are there.")
            return done


async def _store(graph: Graph, name: str, facts: Iterator[Fact], watch: Silent) -> None:
    source = SourceFact(
        name=name, kind="GENERATED", licence="CC0-1.0", uri="generated:", digest=name
    )

    def records(skip: int) -> Iterator[Record]:
        del skip  # The graph was empty: nothing is resumed.
        return (Record(line=0, facts=[fact]) for fact in facts)

    report = FileReport(file=name)
    await store(graph, source, records, report, path=Path(name), progress=watch)


def _things(artists: Sequence[Subject], recordings: Sequence[Subject]) -> Iterator[Fact]:
    for artist in artists:
        yield ArtistFact(id=artist.id, name=artist.name, aliases=())
    for recording in recordings:
        yield RecordingFact(id=recording.id, title=recording.name, aliases=())


def _relations(
    seed: int, artists: Sequence[Subject], recordings: Sequence[Subject], count: int
) -> Iterator[Fact]:
    source = chance(seed, "benchmark")
    for at in range(count):
        yield CreditFact(
            type="RECORDED",
            artist_id=skewed(source, artists).id,
            thing_id=recordings[at // _CREDITS].id,
            role="MAIN" if at % _CREDITS == 0 else "PERFORMER",
            position=at % _CREDITS,
        )
