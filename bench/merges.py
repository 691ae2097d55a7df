"""How long the largest merge takes, and its undoing: two artists, one with all that one may move."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

import orjson
import typer

from bench.engines import Engine, running
from bench.options import CACHE, Cache
from graph.facts import ArtistFact, CreditFact, RecordingFact, SourceFact, begin_source, write_facts
from graph.ids import random_id
from graph.journal import Attribution, Journal, Ref
from graph.merging import Merge, Unmerge
from graph.merging.moving import MOST
from server.exits import run

if TYPE_CHECKING:
    from graph.client import Graph
    from graph.journal import Command

_SOURCE: Final = SourceFact(
    name="bench", kind="GENERATED", licence="CC0-1.0", uri="bench:", digest="merges"
)
_BATCH: Final = 2_000
# As many of the merged thing's the survivor has too: they are set aside.
_SHARED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One merge and its undoing, in seconds."""

    engine: Engine
    relationships: int
    merge_seconds: float
    unmerge_seconds: float


def merges(
    *,
    engine: Annotated[str, typer.Option(help="embedded, neo4j or both.")] = "both",
    sizes: Annotated[str, typer.Option(help="Numbers of relationships.")] = f"1000,5000,{MOST}",
    data: Cache = CACHE,
) -> None:
    """Measure merging two artists with many credits, a tenth of which they share, and undoing it."""
    kinds = list(Engine) if engine == "both" else [Engine(engine)]

    async def work() -> None:
        for kind in kinds:
            async with running(kind, data / f"{kind}-merges") as each, each.graph() as graph:
                for size in map(int, sizes.split(",")):
                    typer.echo(orjson.dumps(asdict(await _measure(kind, graph, size))))

    run(work())


async def _measure(engine: Engine, graph: Graph, size: int) -> Merged:
    merged, survivor = [Ref("Artist", random_id()) for _ in range(2)]
    await _credited(graph, merged.id, survivor.id, size)
    journal = Journal(graph)
    return Merged(
        engine=engine,
        relationships=size,
        merge_seconds=await _timed(journal, Merge(merged, survivor)),
        unmerge_seconds=await _timed(journal, Unmerge(merged)),
    )


async def _timed(journal: Journal, command: Command) -> float:
    began = time.perf_counter()
    await journal.run(command, Attribution(actor="bench"))
    return round(time.perf_counter() - began, 2)


async def _credited(graph: Graph, merged: str, survivor: str, size: int) -> None:
    """Store two artists, one of them with so many credits."""
    now = datetime.now(UTC)
    await begin_source(graph, _SOURCE, now)
    songs = [random_id() for _ in range(size)]
    for start in range(0, size, _BATCH):
        part = songs[start : start + _BATCH]
        facts = [
            *(ArtistFact(id=each, name=each) for each in (merged, survivor)),
            *(RecordingFact(id=each, title=each) for each in part),
            *(_credit(merged, each) for each in part),
            *(_credit(survivor, each) for each in part[::_SHARED]),
        ]
        await write_facts(graph, facts, source_id=_SOURCE.id, recorded_at=now, position=start)


def _credit(artist: str, song: str) -> CreditFact:
    return CreditFact(type="RECORDED", artist_id=artist, thing_id=song, role="MAIN")
