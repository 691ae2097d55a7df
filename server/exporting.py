"""`content-graph export`: from the graph to the files of others."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import orjson
import typer

from export.cwr import acknowledge, export_catalogue
from export.cwr.writing import From
from server.exits import Exit, fail, run, stderr, stdout
from server.service import graph_of
from server.settings import load_settings
from standards.cwr.records import Version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from export.reports import ExportReport

commands = typer.Typer(help="Write files from the graph.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON, and nothing else.")]
Data = Annotated[Path | None, typer.Option(help="The embedded engine's folder.")]

SHOWN: Final = 10
_VERSIONS: Final = ("2.2", "3.0")


@commands.command()
def cwr(
    path: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    *,
    party: Annotated[str, typer.Option(help="Whose catalogue: our id, or an IPI name number.")],
    version: Annotated[str, typer.Option(help="2.2 or 3.0.")] = "2.2",
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Write a party's catalogue as CWR: every registration that stands and names it."""
    if version not in _VERSIONS:
        fail(f"CWR is written in version 2.2 or 3.0, not {version}.", Exit.USAGE)
    given = {"data": data} if data else {}

    async def work() -> ExportReport:
        async with graph_of(load_settings(**given)) as graph:
            return await export_catalogue(graph, party, Version(version), path, datetime.now(UTC))

    _tell([run(work())], as_json=as_json)


@commands.command()
def ack(  # noqa: PLR0913 - one argument an option.
    paths: Annotated[
        list[Path], typer.Argument(help="CWR files that were loaded.", show_default=False)
    ],
    *,
    to: Annotated[
        Path | None, typer.Option(help="The folder to write into; theirs, if not told.")
    ] = None,
    sender: Annotated[
        str, typer.Option(help="Who answers: SO and a society's code.")
    ] = "SO000000000",
    sender_name: Annotated[str, typer.Option(help="The name of who answers.")] = "CONTENT GRAPH",
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Write an acknowledgement of each file, FILE.ack: what was accepted, and what was not, and why."""
    given = {"data": data} if data else {}

    async def work() -> list[ExportReport]:
        reports: list[ExportReport] = []
        async with graph_of(load_settings(**given)) as graph:
            for path in paths:
                target = (to or path.parent) / f"{path.name}.ack"
                said = From(code=sender, name=sender_name)
                try:
                    report = await acknowledge(graph, path, target, said, datetime.now(UTC))
                except OSError as error:
                    fail(f"{path}: {error.strerror or error}.", Exit.USAGE)
                reports.append(report)
        return reports

    _tell(run(work()), as_json=as_json)


def _tell(reports: Sequence[ExportReport], *, as_json: bool) -> None:
    if as_json:
        typer.echo(orjson.dumps(reports, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS))
        return
    for report in reports:
        statuses = ", ".join(f"{count:,} {each}" for each, count in report.statuses.items())
        line = f"{report.line[:-1]} ({statuses})." if statuses else report.line
        stdout.print(line, markup=False, highlight=False, soft_wrap=True)
        for note in report.noted[:SHOWN]:
            text = f"{report.file}: {note.about}: {note.rule}: {note.message}"
            stderr.print(text, style="yellow", markup=False, highlight=False, soft_wrap=True)
