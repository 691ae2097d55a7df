"""`python -m bench contract`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import orjson
import typer

from bench.contract.defence import defended, measure_defence
from bench.contract.entities import measure_entities
from bench.contract.refusals import measure_refusals
from bench.contract.view import measure_view
from bench.dataset import DataSet, loaded
from bench.engines import Engine
from bench.options import CACHE, Cache, Seed
from bench.serving import served
from server.exits import run
from server.progress import shown


def contract(  # noqa: PLR0913 - one argument an option.
    *,
    engine: Annotated[Engine, typer.Option(help="Which engine.")] = Engine.EMBEDDED,
    scale: Annotated[float, typer.Option(help="The size of the data.")] = 0.05,
    seconds: Annotated[float, typer.Option(help="How long each is measured.")] = 4.0,
    pause: Annotated[
        float, typer.Option(help="How many seconds a hostile caller waits after an answer.")
    ] = 0.1,
    seed: Seed = 1,
    data: Cache = CACHE,
) -> None:
    """Measure the view and its limits, entities by reference, refusals, and hostile callers' effect.

    A line of JSON each.
    """

    async def work() -> None:
        set_ = DataSet(seed=seed, scale=scale)
        with shown() as progress:
            async with loaded(engine, set_, data, progress) as (running, _):
                async with running.graph() as graph:
                    typer.echo(orjson.dumps(asdict(await measure_view(graph, set_))))
                async with served(running) as server:
                    entities = await measure_entities(server, set_, seconds)
                    told = {**asdict(entities), "ratio": entities.ratio}
                    typer.echo(orjson.dumps(told))
                async with defended(running) as (server, token):
                    typer.echo(orjson.dumps(asdict(await measure_refusals(server, token))))
                    for wait in (pause, 0.0):
                        defence = await measure_defence(server, token, set_, seconds, wait)
                        told = {**asdict(defence), "ratio": defence.ratio}
                        typer.echo(orjson.dumps(told))

    run(work())
