"""`content-graph conflicts`: what the claims on assets disagree about, found by rule."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from graph.detecting import detect_conflicts, sources_called
from server.exits import run, stderr, stdout
from server.service import graph_of
from server.settings import load_settings

if TYPE_CHECKING:
    from graph.settling import Settled

commands = typer.Typer(
    help="Conflicts among claims. Nothing is ever scaled to fit.", no_args_is_help=True
)


@commands.callback()
def about() -> None:
    """Conflicts among claims. Nothing is ever scaled to fit."""


@commands.command()
def detect(
    *,
    source: Annotated[
        list[str] | None,
        typer.Option(help="Only assets that this source has claims on, by its name or id."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
    data: Annotated[Path | None, typer.Option(help="The embedded engine's folder.")] = None,
) -> None:
    """Open, update, resolve and reopen the conflicts of all assets. Again, it changes nothing.

    One that was interrupted goes on where it was.
    """
    given = {"data": data} if data else {}

    async def detecting() -> Settled:
        async with graph_of(load_settings(**given)) as graph:
            sources = await sources_called(graph, source) if source else []
            if source and not sources:
                raise typer.BadParameter(f"No source is called {', '.join(source)}.")
            with stderr.status("Looking at claims") as status:

                def told(label: str, seen: int, settled: Settled) -> None:
                    status.update(f"{label}s: {seen:,} looked at, {len(settled.opened):,} opened")

                return await detect_conflicts(
                    graph, now=datetime.now(UTC), sources=sources, told=told
                )

    settled = run(detecting())
    counts = settled.counts
    if as_json:
        typer.echo(orjson.dumps(counts))
        return
    stdout.print(", ".join(f"{count:,} {what}" for what, count in counts.items()), highlight=False)
    for asset in settled.unreadable[:10]:
        stderr.print(f"The claims on {asset} make no sense.", style="yellow", highlight=False)
