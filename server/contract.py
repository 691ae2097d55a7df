"""`content-graph schema`: the public contract, and what of it a change would break."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from graphql import (
    BreakingChange,
    DangerousChange,
    GraphQLError,
    GraphQLSchema,
    SchemaChange,
    build_schema,
    find_schema_changes,
)

from schema.subgraphs import Domain, clients_text, federated_text, subgraph
from server.exits import Exit, fail, stdout

if TYPE_CHECKING:
    from collections.abc import Sequence

commands = typer.Typer(
    help="Print the GraphQL schema, or compare it with an earlier one.", no_args_is_help=True
)

Old = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, readable=True, help="The earlier schema, as SDL."),
]


@commands.command("print")
def print_schema(
    part: Annotated[
        Domain | None, typer.Option("--subgraph", help="What a gateway composes: only this part.")
    ] = None,
    *,
    federation: Annotated[
        bool, typer.Option("--federation", help="The whole, as a gateway composes it.")
    ] = False,
    permission: Annotated[
        bool,
        typer.Option("--permission", help="With the roles that fields are for, for gateways."),
    ] = False,
) -> None:
    """Print the schema in GraphQL's own language."""
    if permission:
        told = federated_text(subgraph(part).core, permission=True)
    else:
        told = subgraph(part).served.sdl if part or federation else clients_text()
    typer.echo(told.rstrip())


@commands.command()
def check(old: Old) -> None:
    """List what has changed since an earlier schema; exit with 1 where clients would break."""
    changes = find_schema_changes(_built(old.read_text("utf-8"), str(old)), current())
    breaking = [change for change in changes if isinstance(change, BreakingChange)]
    dangerous = [change for change in changes if isinstance(change, DangerousChange)]
    safe = len(changes) - len(breaking) - len(dangerous)
    _list("Breaks clients:", breaking)
    _list("May surprise clients:", dangerous)
    typer.echo(f"{len(breaking)} breaking, {len(dangerous)} dangerous, {safe} safe changes.")
    if breaking:
        raise typer.Exit(Exit.REFUSED)


def current() -> GraphQLSchema:
    """Return this version's schema, read back from what clients see of it."""
    return _built(clients_text(), "This schema")


def _built(text: str, name: str) -> GraphQLSchema:
    try:
        return build_schema(text, assume_valid_sdl=True)
    except (GraphQLError, TypeError) as error:
        fail(f"{name} is no GraphQL schema: {error}", Exit.USAGE)


def _list(title: str, changes: Sequence[SchemaChange]) -> None:
    if changes:
        stdout.print(title, style="bold")
        for change in sorted(changes, key=lambda change: change.description):
            typer.echo(f"  {change.type.name}: {change.description}")
