"""`content-graph load`: files, the bundled sample, or generated facts into the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import orjson
import typer

from ingest.generated import generate_dataset
from ingest.load import SourceFormat, load
from ingest.sample import load_sample
from server.exits import Exit, run, stderr, stdout
from server.progress import shown
from server.service import graph_of
from server.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph.client import Graph
    from ingest.reports import LoadReport, Progress

SHOWN_REFUSALS: Final = 10

commands = typer.Typer(
    help="Put facts into the graph. Loading the same again changes nothing.",
    no_args_is_help=True,
)

Paths = Annotated[
    list[Path], typer.Argument(help="The files, plain or gzipped.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON, and nothing else.")]
Force = Annotated[bool, typer.Option("--force", help="Load files again that were loaded before.")]


@commands.command()
def musicbrainz(paths: Paths, *, as_json: AsJson = False, force: Force = False) -> None:
    """Load MusicBrainz JSON: dumps of one record a line, or answers of its web service."""
    _load_files(SourceFormat.MUSICBRAINZ, paths, as_json=as_json, force=force)


@commands.command()
def discogs(paths: Paths, *, as_json: AsJson = False, force: Force = False) -> None:
    """Load Discogs' monthly XML dumps."""
    _load_files(SourceFormat.DISCOGS, paths, as_json=as_json, force=force)


@commands.command()
def sample(*, as_json: AsJson = False) -> None:
    """Load the bundled sample."""
    _load(lambda graph, progress: load_sample(graph, progress=progress), as_json=as_json)


@commands.command()
def generated(
    *,
    seed: Annotated[int, typer.Option(help="The same seed gives the same facts.")] = 1,
    scale: Annotated[float, typer.Option(min=0.001, help="How much, 1 being the usual.")] = 1.0,
    as_json: AsJson = False,
) -> None:
    """Load made-up facts, under a source that says so to every client."""
    _load(
        lambda graph, progress: generate_dataset(graph, seed=seed, scale=scale, progress=progress),
        as_json=as_json,
    )


def _load_files(source: SourceFormat, paths: list[Path], *, as_json: bool, force: bool) -> None:
    _load(
        lambda graph, progress: load(graph, source, paths, progress=progress, force=force),
        as_json=as_json,
    )


def _load(work: Callable[[Graph, Progress], Awaitable[LoadReport]], *, as_json: bool) -> None:
    async def loading() -> LoadReport:
        async with graph_of(load_settings()) as graph:
            with shown(quiet=as_json) as progress:
                return await work(graph, progress)

    report = run(loading())
    if as_json:
        typer.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS))
    else:
        _print(report)
    if report.refused_by_rule:
        raise typer.Exit(Exit.REFUSED)


def _print(report: LoadReport) -> None:
    for file in report.files:
        stdout.print(file.line, markup=False, highlight=False, soft_wrap=True)
        for refusal in file.refused[:SHOWN_REFUSALS]:
            where = f"{refusal.file}:{refusal.line}: {refusal.rule}: {refusal.message}"
            stderr.print(where, style="yellow", markup=False, highlight=False, soft_wrap=True)
        more = file.refused_by_rule.total() - SHOWN_REFUSALS
        if more > 0:
            stderr.print(f"… and {more:,} more; --json tells the first hundred of each file.")
