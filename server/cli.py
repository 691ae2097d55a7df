"""`content-graph`, the same as `python -m server`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schema.subgraphs import Domain
from server import auditing, conflicts, contract, documents, exporting, issuing, loading
from server.exits import run
from server.settings import load_settings

app = typer.Typer(
    name="content-graph",
    help=(
        "A GraphQL content graph for music.\n\n"
        "Settings come from the environment (docs/settings.md). Every command shares the engine "
        "that runs over its data folder, or starts one for as long as it needs it.\n\n"
        "Exit codes: 0 done; 1 records or documents were refused, a schema change breaks clients, "
        "or the history is not what it was; 2 wrong usage or settings; 3 the graph, its engine or "
        "the port cannot be had; 130 interrupted."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.add_typer(loading.commands, name="load")
app.add_typer(exporting.commands, name="export")
app.add_typer(conflicts.commands, name="conflicts")
app.add_typer(contract.commands, name="schema")
app.add_typer(auditing.commands, name="audit")
app.add_typer(documents.commands, name="documents")
app.command()(issuing.token)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Where to listen.")] = None,
    port: Annotated[int | None, typer.Option(help="The port; 0 takes a free one.")] = None,
    data: Annotated[Path | None, typer.Option(help="The embedded engine's folder.")] = None,
    subgraph: Annotated[
        Domain | None, typer.Option(help="Only this part of the schema, for a gateway.")
    ] = None,
) -> None:
    """Serve the graph and, in development, the explorer."""
    from server.serve import serve as serving  # noqa: PLC0415 - only serving pays for HTTP.

    given = {"host": host, "port": port, "data": data, "subgraph": subgraph}

    async def work() -> None:
        chosen = {name: value for name, value in given.items() if value is not None}
        await serving(load_settings(**chosen))

    run(work())


def main() -> None:
    """Run the command line."""
    app()
