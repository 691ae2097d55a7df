"""`content-graph load`: files, the bundled sample, or generated facts into the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from ingest.generated import generate_dataset
from ingest.load import SourceFormat, load
from ingest.sample import load_sample
from server.exits import Exit, run, stdout
from server.progress import shown, tell
from server.service import graph_of
from server.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph.client import Graph
    from ingest.reports import LoadReport, Progress

commands = typer.Typer(
    help="Put facts into the graph. Loading the same again changes nothing.",
    no_args_is_help=True,
)

Paths = Annotated[
    list[Path], typer.Argument(help="The files, plain or gzipped.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON, and nothing else.")]
Data = Annotated[Path | None, typer.Option(help="The embedded engine's folder.")]
Force = Annotated[bool, typer.Option("--force", help="Load files again that were loaded before.")]


@commands.command()
def musicbrainz(
    paths: Paths, *, as_json: AsJson = False, force: Force = False, data: Data = None
) -> None:
    """Load MusicBrainz JSON: dumps of one record a line, or answers of its web service."""
    _load_files(SourceFormat.MUSICBRAINZ, paths, data, as_json=as_json, force=force)


@commands.command()
def discogs(
    paths: Paths, *, as_json: AsJson = False, force: Force = False, data: Data = None
) -> None:
    """Load Discogs' monthly XML dumps."""
    _load_files(SourceFormat.DISCOGS, paths, data, as_json=as_json, force=force)


@commands.command()
def ern(paths: Paths, *, as_json: AsJson = False, force: Force = False, data: Data = None) -> None:
    """Load DDEX ERN messages: new releases, updates, take-downs and purges."""
    _load_files(SourceFormat.ERN, paths, data, as_json=as_json, force=force)


@commands.command()
def cwr(paths: Paths, *, as_json: AsJson = False, force: Force = False, data: Data = None) -> None:
    """Load CWR files: registrations, agreements, acknowledgements; versions 2.1, 2.2 and 3.0."""
    _load_files(SourceFormat.CWR, paths, data, as_json=as_json, force=force)


@commands.command()
def sample(*, as_json: AsJson = False, data: Data = None) -> None:
    """Load the bundled sample."""
    _load(lambda graph, progress: load_sample(graph, progress=progress), data, as_json=as_json)


@commands.command()
def generated(
    *,
    seed: Annotated[int, typer.Option(help="The same seed gives the same facts.")] = 1,
    scale: Annotated[float, typer.Option(min=0.001, help="How much, 1 being the usual.")] = 1.0,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Load made-up facts, under a source that says so to every client."""
    _load(
        lambda graph, progress: generate_dataset(graph, seed=seed, scale=scale, progress=progress),
        data,
        as_json=as_json,
    )


def _load_files(
    source: SourceFormat, paths: list[Path], data: Path | None, *, as_json: bool, force: bool
) -> None:
    _load(
        lambda graph, progress: load(graph, source, paths, progress=progress, force=force),
        data,
        as_json=as_json,
    )


def _load(
    work: Callable[[Graph, Progress], Awaitable[LoadReport]], data: Path | None, *, as_json: bool
) -> None:
    given = {"data": data} if data else {}

    async def loading() -> LoadReport:
        async with graph_of(load_settings(**given), makes=True) as graph:
            with shown(quiet=as_json) as progress:
                return await work(graph, progress)

    report = run(loading())
    if as_json:
        typer.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS))
    else:
        tell(report, stdout)
    if report.refused_by_rule:
        raise typer.Exit(Exit.REFUSED)
