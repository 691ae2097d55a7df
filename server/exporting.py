"""`content-graph export`: from the graph to the files of others."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import orjson
import typer

from export.cwr import acknowledge, export_catalogue
from export.cwr.writing import From
from export.prov import Asked, export_provenance
from resolvers.errors import ArgumentInvalid
from schema.ids import parse_global_id
from server.exits import Exit, fail, run, stderr, stdout
from server.service import graph_of
from server.settings import load_settings
from standards.cwr.records import Version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from export.prov import ProvenanceReport
    from export.reports import ExportReport

commands = typer.Typer(help="Write files from the graph.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON, and nothing else.")]
Data = Annotated[Path | None, typer.Option(help="The embedded engine's folder.")]

SHOWN: Final = 10
_VERSIONS: Final = ("2.2", "3.0")
_SENDER: Final = re.compile(r"(?:SO|AA|PB|WR)[0-9A-Z]{1,9}")
_WAYS: Final = ("--work", "--recording", "--party", "--claim")


@commands.command()
def cwr(  # noqa: PLR0913 - one argument an option.
    path: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    *,
    party: Annotated[str, typer.Option(help="Whose catalogue: its id, or an IPI name number.")],
    version: Annotated[str, typer.Option(help="2.2 or 3.0.")] = "2.2",
    at: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="As of which day; today, if not told.", show_default=False
        ),
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Write a party's catalogue as CWR: every work that it is named or claims in, as it stands on a day."""
    if version not in _VERSIONS:
        fail(f"CWR is written in version 2.2 or 3.0, not {version}.", Exit.USAGE)
    given = {"data": data} if data else {}
    called = _own("--party", "Party", party)

    async def work() -> ExportReport:
        async with graph_of(load_settings(**given)) as graph:
            now = datetime.now(UTC)
            day = at.date() if at else None
            try:
                return await export_catalogue(graph, called, Version(version), path, now, at=day)
            except OSError as error:
                fail(_unusable(error, path), Exit.USAGE)

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
        str, typer.Option(help="Who answers: SO and a society's code, 9 digits.")
    ] = "SO000000000",
    sender_name: Annotated[str, typer.Option(help="The name of who answers.")] = "CONTENT GRAPH",
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Write an acknowledgement of each file, FILE.ack: what was accepted, and what was not, and why."""
    if not _SENDER.fullmatch(sender):
        fail(f"--sender is SO and a society's code, such as SO000000052, not {sender}.", Exit.USAGE)
    given = {"data": data} if data else {}
    targets = [(to or path.parent) / f"{path.name}.ack" for path in paths]
    if len({*targets, *paths}) < len(targets) + len(paths):
        fail("Two of the files would be written over each other: name them apart.", Exit.USAGE)

    async def work() -> list[ExportReport]:
        reports: list[ExportReport] = []
        async with graph_of(load_settings(**given)) as graph:
            for path, target in zip(paths, targets, strict=True):
                said = From(code=sender, name=sender_name)
                try:
                    report = await acknowledge(graph, path, target, said, datetime.now(UTC))
                except OSError as error:
                    fail(_unusable(error, path), Exit.USAGE)
                reports.append(report)
        return reports

    _tell(run(work()), as_json=as_json)


@commands.command()
def prov(  # noqa: PLR0913 - one argument an option.
    path: Annotated[
        str, typer.Argument(help="The file to write; - is stdout.", show_default=False)
    ],
    *,
    work: Annotated[str | None, typer.Option(help="All claims on this work, by its id.")] = None,
    recording: Annotated[str | None, typer.Option(help="All claims on this recording.")] = None,
    party: Annotated[
        str | None, typer.Option(help="All claims of this party: its id, or an IPI name number.")
    ] = None,
    claim: Annotated[
        list[str] | None, typer.Option(help="These claims, with what they revise or became.")
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Write where claims came from as JSON-LD in the words of W3C PROV: every one ever recorded."""
    asked = Asked(
        work=work and _own("--work", "Work", work),
        recording=recording and _own("--recording", "Recording", recording),
        party=party and _own("--party", "Party", party),
        claims=[_own("--claim", "Claim", each) for each in claim or ()],
    )
    if [work, recording, party, claim or None].count(None) != len(_WAYS) - 1:
        fail(f"Name one of {', '.join(_WAYS)}.", Exit.USAGE)
    target = None if path == "-" else Path(path)
    given = {"data": data} if data else {}

    async def writing() -> ProvenanceReport:
        async with graph_of(load_settings(**given)) as graph:
            with stderr.status("Writing claims") as status:

                def told(report: ProvenanceReport) -> None:
                    status.update(f"{report.claims:,} claims written")

                try:
                    return await export_provenance(graph, asked, target, told)
                except OSError as error:
                    fail(_unusable(error, path), Exit.USAGE)

    report = run(writing())
    console = stdout if target else stderr  # The document itself may be on stdout.
    if as_json:
        typer.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2), err=target is None)
    else:
        console.print(report.line, markup=False, highlight=False, soft_wrap=True)


def _unusable(error: OSError, path: Path | str) -> str:
    """Return what is wrong with the file that the system names, or else with `path`."""
    return f"{error.filename or path}: {error.strerror or error}."


def _own(option: str, type_name: str, called: str) -> str:
    """Return our id of what an id of the API's names; whatever else names something as it is."""
    try:
        named, key = parse_global_id(called)
    except ArgumentInvalid:
        return called
    if named != type_name:
        fail(f"{option}: this is the id of a thing of the type {named}.", Exit.USAGE)
    return key


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
