"""The benchmark's command line."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import orjson
import typer
from rich.console import Console

from bench.contract.command import contract
from bench.cwr import load_registrations, parse, written
from bench.dataset import DataSet, loaded
from bench.documents import measure_documents
from bench.edits import edits
from bench.engines import Engine
from bench.ern import messages
from bench.feed import feed
from bench.ingest import Ingested
from bench.ingest import ingest as ingesting
from bench.measure import Measured, Plan, Stored, measure
from bench.merges import merges
from bench.operations import Operation
from bench.options import CACHE, AsJson, AsMarkdown, Cache, Seed
from bench.peers.command import peers
from bench.permission import permission
from bench.report import (
    drawn,
    growth_table,
    ingest_table,
    markdown,
    operations_table,
    plain,
    stored_table,
)
from bench.rights import measure_depths, measure_matrix
from server.exits import run, stderr
from server.progress import shown

MILLION: Final = 1_000_000
_QUICK_SCALES: Final = (0.05, 0.1, 0.2)
_QUICK_RELATIONS: Final = 100_000
_FULL_SCALES: Final = (1.0, 2.0, 4.0)
_CALLERS: Final = (1, 16, 64)

app = typer.Typer(
    name="bench",
    help=(
        "Measure operations and the storing of facts, over generated data that is the same for "
        "the same seed.\n\n"
        "Without a command: the bounded run of `make bench`, below 20 minutes the first time: the "
        "embedded engine, at 1/20, 1/10 and 1/5 of the full data set, 3 s a measurement, and the "
        "storing of 100,000 relations. `--full` is everything, on both engines at 1×, 2× and 4× "
        "the full data set of 20,000 artists and 100,000 recordings, and a million relations: "
        "some hours the first time, since the data sets have to be stored."
    ),
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


class Engines(StrEnum):
    """Which engines to measure."""

    EMBEDDED = "embedded"
    NEO4J = "neo4j"
    BOTH = "both"

    @property
    def kinds(self) -> list[Engine]:
        """The engines meant."""
        return list(Engine) if self is Engines.BOTH else [Engine(self.value)]


Chosen = Annotated[Engines, typer.Option("--engine", help="Which engines.")]


class _Output:
    """Results as they come and the tables at the end, in the form that was asked for."""

    def __init__(self, *, as_json: bool, as_markdown: bool = False) -> None:
        self._json = as_json
        self._markdown = as_markdown
        # A file takes the tables as wide as they are.
        self._console = Console() if sys.stdout.isatty() else Console(width=160)
        self._found: list[Measured | Stored | Ingested] = []

    def tell(self, each: Measured | Stored | Ingested) -> None:
        """Take one result, and say so."""
        self._found.append(each)
        if self._json:
            typer.echo(orjson.dumps(plain(each)))
        elif isinstance(each, Measured):
            stderr.print(
                f"{each.engine} {each.scale:g}× {each.operation.upper()} {each.callers} callers: "
                f"{each.per_second:,.1f}/s, p50 {each.p50_ms:,.1f} ms",
                highlight=False,
            )

    def finish(self) -> None:
        """Print the tables."""
        if self._json:
            return
        measured = [each for each in self._found if isinstance(each, Measured)]
        stored = [each for each in self._found if isinstance(each, Stored)]
        ingested = [each for each in self._found if isinstance(each, Ingested)]
        tables = {
            "Data sets stored": stored_table(stored),
            "Operations": operations_table(measured),
            "Growth with the data": growth_table(measured),
            "Relations stored": ingest_table(ingested),
        }
        for title, table in tables.items():
            if not table[1]:
                continue
            if self._markdown:
                typer.echo(f"\n{title}\n\n{markdown(table)}")
            else:
                self._console.print(drawn(title, table))


@app.callback()
def main_command(  # noqa: PLR0913 - one argument an option.
    context: typer.Context,
    *,
    full: Annotated[bool, typer.Option("--full", help="Measure everything: hours.")] = False,
    seed: Seed = 1,
    data: Cache = CACHE,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
) -> None:
    """Run the bounded benchmark, or all of it."""
    if context.invoked_subcommand is not None:
        return
    output = _Output(as_json=as_json, as_markdown=as_markdown)
    engines = Engines.BOTH.kinds if full else Engines.EMBEDDED.kinds
    plan = Plan(
        engines=engines,
        scales=_FULL_SCALES if full else _QUICK_SCALES,
        operations=list(Operation),
        callers=_CALLERS,
        seconds=10.0 if full else 3.0,
        seed=seed,
        cache=data,
    )

    async def work() -> None:
        await _operations(plan, output)
        for engine in engines:
            relations = MILLION if full else _QUICK_RELATIONS
            output.tell(await ingesting(engine, seed, relations, data))

    run(work())
    output.finish()


@app.command()
def operations(  # noqa: PLR0913 - one argument an option.
    *,
    engine: Chosen = Engines.EMBEDDED,
    scale: Annotated[str, typer.Option(help="Sizes of the data, as 1,2,4.")] = "1",
    callers: Annotated[str, typer.Option(help="Numbers of callers.")] = "1,16,64",
    only: Annotated[str, typer.Option(help="Operations.")] = "q1,q2,q3,q4,q5,q6",
    seconds: Annotated[float, typer.Option(help="At least how long each is measured.")] = 5.0,
    seed: Seed = 1,
    data: Cache = CACHE,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
) -> None:
    """Measure the six operations: throughput, latency, CPU a request, growth with the data."""
    output = _Output(as_json=as_json, as_markdown=as_markdown)
    plan = Plan(
        engines=engine.kinds,
        scales=[float(each) for each in scale.split(",")],
        operations=[Operation(each) for each in only.lower().split(",")],
        callers=[int(each) for each in callers.split(",")],
        seconds=seconds,
        seed=seed,
        cache=data,
    )
    run(_operations(plan, output))
    output.finish()


@app.command()
def ingest(  # noqa: PLR0913 - one argument an option.
    *,
    engine: Chosen = Engines.EMBEDDED,
    relations: Annotated[int, typer.Option(help="How many to store.")] = MILLION,
    seed: Seed = 1,
    data: Cache = CACHE,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
) -> None:
    """Measure the storing of relations between things that stand, and memory over time."""
    output = _Output(as_json=as_json, as_markdown=as_markdown)

    async def work() -> None:
        for kind in engine.kinds:
            output.tell(await ingesting(kind, seed, relations, data))

    run(work())
    output.finish()


@app.command()
def documents(
    *,
    engine: Annotated[Engine, typer.Option(help="Which engine.")] = Engine.EMBEDDED,
    scale: Annotated[float, typer.Option(help="The size of the data.")] = 0.05,
    seconds: Annotated[float, typer.Option(help="How long each is measured.")] = 5.0,
    seed: Seed = 1,
    data: Cache = CACHE,
) -> None:
    """Measure what documents never seen before cost, and memory over 100,000 requests."""

    async def work() -> None:
        with shown() as progress:
            set_ = DataSet(seed=seed, scale=scale)
            async for each in measure_documents(engine, set_, data, seconds, progress):
                typer.echo(orjson.dumps(asdict(each)))

    run(work())


@app.command()
def cwr(
    *,
    engine: Chosen = Engines.EMBEDDED,
    works: Annotated[
        int, typer.Option(help="How many to load; ten times as many are read.")
    ] = 20_000,
    seed: Seed = 1,
    data: Cache = CACHE,
) -> None:
    """Measure the reading and loading of CWR records, and memory in files ten times as long."""
    data.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=data) as fresh:
        folder = Path(fresh)
        for size in (works, 10 * works):
            read = parse(written(folder, seed, size))
            typer.echo(orjson.dumps({**asdict(read), "per_second": read.per_second}))
        path = written(folder, seed, works)

        async def work() -> None:
            for kind in engine.kinds:
                found = await load_registrations(kind, path, works, folder / "engine")
                typer.echo(orjson.dumps({**asdict(found), "per_second": found.per_second}))

        run(work())


@app.command()
def rights(
    *,
    engine: Annotated[Engine, typer.Option(help="Which engine.")] = Engine.EMBEDDED,
    scale: Annotated[float, typer.Option(help="The size of the data.")] = 0.05,
    seed: Seed = 1,
    data: Cache = CACHE,
) -> None:
    """Measure ownership of 1,000 assets in 5 countries and 3 rights, and chains 1 to 32 deep."""

    async def work() -> None:
        with shown() as progress:
            set_ = DataSet(seed=seed, scale=scale)
            async with (
                loaded(engine, set_, data, progress) as (running, _),
                running.graph() as graph,
            ):
                typer.echo(orjson.dumps(asdict(await measure_matrix(graph, set_))))
        for each in measure_depths():
            typer.echo(orjson.dumps(asdict(each)))

    run(work())


app.command()(contract)
app.command()(edits)
app.command()(merges)
app.command()(messages)
app.command()(feed)
app.command()(peers)
app.command()(permission)


async def _operations(plan: Plan, output: _Output) -> None:
    with shown() as progress:
        async for each in measure(plan, progress):
            output.tell(each)


def main() -> None:
    """Run the command line."""
    app()
