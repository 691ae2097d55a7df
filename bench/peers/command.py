"""`python -m bench peers`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated, Final

import orjson
import typer
from rich.console import Console

from bench.engines import Engine
from bench.node import NodeMissingError
from bench.operations import Operation, WrongAnswerError
from bench.options import CACHE, AsJson, AsMarkdown, Cache, Seed
from bench.peers.answers import DifferentAnswersError
from bench.peers.results import (
    cases,
    cpu_table,
    means,
    means_table,
    plain_case,
    throughput_table,
)
from bench.peers.rounds import Match, Timed, play
from bench.report import drawn, markdown
from bench.serving import ServerFailedError
from server.exits import Exit, fail, run, stderr
from server.progress import shown
from tests.engines.neo4j import Neo4jMissingError

_WIDE: Final = 200


def peers(  # noqa: PLR0913 - one argument an option.
    *,
    engine: Annotated[Engine, typer.Option(help="The peers know Neo4j only.")] = Engine.NEO4J,
    scale: Annotated[float, typer.Option(help="The size of the data.")] = 1.0,
    callers: Annotated[str, typer.Option(help="Numbers of callers.")] = "1,16,64",
    only: Annotated[str, typer.Option(help="Operations.")] = "q1,q2,q3,q4,q5,q6",
    rounds: Annotated[int, typer.Option(min=1, help="How often each is measured.")] = 3,
    seconds: Annotated[float, typer.Option(help="At least how long each is measured.")] = 5.0,
    warm: Annotated[
        float, typer.Option(help="Seconds that each server runs an operation before that.")
    ] = 4.0,
    floor: Annotated[
        bool, typer.Option(help="Measure a bare server that runs our statements as well.")
    ] = True,
    seed: Seed = 1,
    data: Cache = CACHE,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
) -> None:
    """Measure the six operations against Apollo Server and GraphQL Yoga with @neo4j/graphql."""
    if engine is not Engine.NEO4J:
        fail("The peers run on Neo4j only: leave out --engine, or say neo4j.", Exit.USAGE)
    match = Match(
        scale=scale,
        operations=[Operation(each) for each in only.lower().split(",")],
        callers=[int(each) for each in callers.split(",")],
        rounds=rounds,
        seconds=seconds,
        warm_seconds=warm,
        floor=floor,
        seed=seed,
        cache=data,
    )
    try:
        found = run(_played(match, as_json=as_json))
    except (NodeMissingError, Neo4jMissingError, ServerFailedError) as error:
        fail(str(error), Exit.UNAVAILABLE)
    except (DifferentAnswersError, WrongAnswerError) as error:
        fail(str(error), Exit.REFUSED)
    _tell(found, as_json=as_json, as_markdown=as_markdown)


async def _played(match: Match, *, as_json: bool) -> list[Timed]:
    found: list[Timed] = []
    with shown() as progress:
        async for each in play(match, progress):
            found.append(each)
            if as_json:
                typer.echo(orjson.dumps({"what": "timed", **asdict(each)}))
            stderr.print(
                f"{each.operation.upper()} {each.callers} callers, round {each.round}, "
                f"{each.contender.label}: {each.per_second:,.1f}/s, p50 {each.p50_ms:,.1f} ms",
                highlight=False,
            )
    return found


def _tell(found: list[Timed], *, as_json: bool, as_markdown: bool) -> None:
    compared = cases(found)
    averages = means(compared)
    if as_json:
        for case in compared:
            typer.echo(orjson.dumps(plain_case(case)))
        for each in averages:
            typer.echo(orjson.dumps({"what": "mean", **asdict(each)}))
        return
    console = Console() if sys.stdout.isatty() else Console(width=_WIDE)
    tables = {
        "Against the peers: requests a second and the slowest hundredth": throughput_table(
            compared
        ),
        "Processor time of one request": cpu_table(compared),
        "Geometric means": means_table(averages),
    }
    for title, table in tables.items():
        if as_markdown:
            typer.echo(f"\n{title}\n\n{markdown(table)}")
        else:
            console.print(drawn(title, table))
