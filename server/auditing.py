"""`content-graph audit`: whether the history is what it was."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import orjson
import typer
from rich.progress import Progress as Bars

from graph.journal import head, verify
from server.exits import Exit, fail, run, stderr, stdout
from server.service import graph_of
from server.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from graph.journal import Verified

commands = typer.Typer(
    help="Look whether the history of changes is what it was.", no_args_is_help=True
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")]
Data = Annotated[Path | None, typer.Option(help="The embedded engine's folder.")]

_HEAD: Final = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@commands.command("verify")
def verify_history(
    noted: Annotated[
        str | None,
        typer.Option("--head", help="A head that was noted earlier: NUMBER:HASH, of `audit head`."),
    ] = None,
    *,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Follow the history from its beginning; exit with 1 at the first record that is not what it was."""
    known = _noted(noted)

    async def work() -> Verified:
        given = {"data": data} if data else {}
        async with graph_of(load_settings(**given)) as graph:
            with _shown(quiet=as_json) as progress:
                return await verify(graph, noted=known, progress=progress)

    verified = run(work())
    if as_json:
        typer.echo(orjson.dumps(verified, option=orjson.OPT_INDENT_2))
    else:
        _tell(verified)
    if verified.flaw is not None:
        raise typer.Exit(Exit.REFUSED)


@commands.command("head")
def print_head(*, data: Data = None) -> None:
    """Print the history's last record as NUMBER:HASH, to be noted where nobody can change it."""

    async def work() -> tuple[int, str]:
        given = {"data": data} if data else {}
        async with graph_of(load_settings(**given)) as graph:
            return await head(graph)

    sequence, digest = run(work())
    typer.echo(f"{sequence}:{digest}")


def _noted(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    match = _HEAD.fullmatch(text)
    if match is None:
        fail("--head is NUMBER:HASH, as `content-graph audit head` prints it.", Exit.USAGE)
    return int(match[1]), match[2]


def _tell(verified: Verified) -> None:
    if verified.flaw is not None:
        flaw = verified.flaw
        stderr.print(
            f"The history is not what it was: record {flaw.sequence:,} {flaw.what}. "
            f"The {_holding(verified):,} before it hold.",
            style="red",
            highlight=False,
            soft_wrap=True,
        )
        return
    erased = f", the details of {verified.erased:,} erased" if verified.erased else ""
    text = f"The history holds: {verified.records:,} records{erased}. Its head is"
    stdout.print(f"{text} {verified.records}:{verified.hash}", highlight=False, soft_wrap=True)


def _holding(verified: Verified) -> int:
    """Return how many records hold in front of the flaw: all, where that is beside the journal."""
    at = verified.flaw.sequence if verified.flaw else 0
    return at - 1 if 0 < at <= verified.records else verified.records


@contextmanager
def _shown(*, quiet: bool) -> Generator[Callable[[int, int], None]]:
    """Yield what draws how far it is, on a terminal."""
    if quiet or not stderr.is_terminal:
        yield lambda _done, _all: None
        return
    with Bars(console=stderr, transient=True) as bars:
        line = bars.add_task("Following the history")
        yield lambda done, whole: bars.update(line, completed=done, total=whole)
