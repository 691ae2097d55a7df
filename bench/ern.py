"""How fast one large ERN message is read and stored, and what memory that takes: one JSON line a size."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import orjson
import typer

from bench.engines import Engine, running
from bench.processes import cpu_seconds, memory_mb
from ingest import ern
from ingest.load import SourceFormat, load
from ingest.reports import Silent
from server.exits import run

_TRACKS: Final = 10
_MB: Final = 1 << 20


class IncompleteError(Exception):
    """Not all of the message's deals are in the graph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """One message loaded; memory is this process's largest while it did."""

    engine: Engine
    releases: int
    message_mb: float
    read_cpu_seconds: float
    read_mb: float
    facts: int
    load_seconds: float
    load_cpu_seconds: float
    database_cpu_seconds: float
    load_mb: float
    facts_per_second: float
    load_average: float


class _Watch(Silent):
    """Progress that keeps the largest memory."""

    def __init__(self) -> None:
        self.largest = memory_mb(os.getpid())
        self.facts = 0

    def advanced(self, file: Path, *, records: int, facts: int) -> None:
        """Look at the memory."""
        del file, records
        self.facts = facts
        self.largest = max(self.largest, memory_mb(os.getpid()))


def message(releases: int) -> Iterator[str]:
    """Yield the text of a 3.8.2 message of so many albums of ten tracks, each with a deal."""
    yield (
        '<m:NewReleaseMessage xmlns:m="http://ddex.net/xml/ern/382"><MessageHeader><MessageId>'
        "M1</MessageId><MessageSender><PartyId>PADPIDA2014120301L</PartyId></MessageSender>"
        "<MessageCreatedDateTime>2024-03-01T10:00:00Z</MessageCreatedDateTime></MessageHeader>"
        "<ResourceList>\n"
    )
    for number in range(releases * _TRACKS):
        yield (
            f"<SoundRecording><SoundRecordingId><ISRC>ZZBEN{number:07}</ISRC></SoundRecordingId>"
            f"<ResourceReference>A{number}</ResourceReference><ReferenceTitle><TitleText>Track "
            f"{number}</TitleText></ReferenceTitle><Duration>PT3M45S</Duration>"
            "<SoundRecordingDetailsByTerritory><TerritoryCode>Worldwide</TerritoryCode>"
            f"<DisplayArtist><PartyName><FullName>Artist {number // _TRACKS}</FullName></PartyName>"
            "<ArtistRole>MainArtist</ArtistRole></DisplayArtist><PLine><Year>2024</Year>"
            "<PLineText>A Label</PLineText></PLine></SoundRecordingDetailsByTerritory>"
            "</SoundRecording>\n"
        )
    yield "</ResourceList><ReleaseList>\n"
    for number in range(releases):
        tracks = range(number * _TRACKS, (number + 1) * _TRACKS)
        references = "".join(
            f"<ReleaseResourceReference>A{each}</ReleaseResourceReference>" for each in tracks
        )
        yield (
            f"<Release><ReleaseId><ProprietaryId>R{number}</ProprietaryId></ReleaseId>"
            f"<ReleaseReference>R{number}</ReleaseReference><ReferenceTitle><TitleText>Album "
            f"{number}</TitleText></ReferenceTitle><ReleaseResourceReferenceList>{references}"
            "</ReleaseResourceReferenceList><ReleaseType>Album</ReleaseType></Release>\n"
        )
    yield "</ReleaseList><DealList>\n"
    for number in range(releases):
        yield (
            f"<ReleaseDeal><DealReleaseReference>R{number}</DealReleaseReference><Deal><DealTerms>"
            "<CommercialModelType>SubscriptionModel</CommercialModelType><Usage>"
            "<UseType>OnDemandStream</UseType></Usage><TerritoryCode>Worldwide</TerritoryCode>"
            "<ValidityPeriod><StartDate>2024-03-15</StartDate></ValidityPeriod></DealTerms></Deal>"
            "</ReleaseDeal>\n"
        )
    yield "</DealList></m:NewReleaseMessage>\n"


async def _measured(kind: Engine, releases: int, folder: Path) -> Loaded:
    path = folder / "message.xml"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(message(releases))
    began = time.process_time()
    largest = 0.0
    for at, _ in enumerate(ern.read(path)):
        if at % 1_000 == 0:
            largest = max(largest, memory_mb(os.getpid()))
    read = time.process_time() - began
    async with running(kind, folder / "engine") as engine, engine.graph() as graph:
        watch = _Watch()
        began, cpu = time.perf_counter(), time.process_time()
        database = cpu_seconds(engine.pid)
        await load(graph, SourceFormat.ERN, [path], progress=watch)
        taken, cpu = time.perf_counter() - began, time.process_time() - cpu
        database = cpu_seconds(engine.pid) - database
        found = await graph.read("count deals", "MATCH (deal:Deal) RETURN count(deal) AS rows")
    if found != releases:
        raise IncompleteError(f"{releases} deals were sent, {found} are there.")
    return Loaded(
        engine=kind,
        releases=releases,
        message_mb=round(path.stat().st_size / _MB, 1),
        read_cpu_seconds=round(read, 1),
        read_mb=round(largest, 1),
        facts=watch.facts,
        load_seconds=round(taken, 1),
        load_cpu_seconds=round(cpu, 1),
        database_cpu_seconds=round(database, 1),
        load_mb=round(watch.largest, 1),
        facts_per_second=round(watch.facts / taken),
        load_average=round(os.getloadavg()[0], 1),
    )


def messages(
    *,
    engine: Annotated[Engine, typer.Option(help="Which engine.")] = Engine.EMBEDDED,
    releases: Annotated[str, typer.Option(help="Albums in a message, as 500,5000.")] = "500,5000",
) -> None:
    """Measure the reading and loading of one large ERN message, and memory by its size."""

    async def work() -> None:
        for size in releases.split(","):
            with await asyncio.to_thread(TemporaryDirectory) as folder:
                typer.echo(orjson.dumps(asdict(await _measured(engine, int(size), Path(folder)))))

    run(work())
