"""Changes a second: through the API, recorded and chained; beside the bare driver, which records nothing."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Annotated, Any, Final

import orjson
import typer

from bench.callers import ask_once, post
from bench.engines import Engine, running
from bench.options import CACHE, Cache
from bench.serving import served
from graph.client import connect
from graph.journal import verify
from server.exits import run, stderr

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bench.engines import Running

_HEAD_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length:"
_MAKE: Final = "mutation($name: String!) { createArtist(input: {name: $name}) { artist { id } } }"
_EDIT: Final = """mutation($input: EditArtistInput!) {
  editArtist(input: $input) { artist { id name version } errors { code } }
}"""
_PUT: Final = "MERGE (artist:Artist {id: $id}) SET artist.name = $name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """Changes a second of one engine and number of callers: medians of rounds that took turns."""

    engine: Engine
    callers: int
    edits_per_second: float
    driver_per_second: float
    p50_ms: float
    p99_ms: float

    @property
    def ratio(self) -> float:
        """How many times the driver's writes a second are made, each recorded."""
        return self.edits_per_second / self.driver_per_second


def edits(
    *,
    engine: Annotated[str, typer.Option(help="embedded, neo4j or both.")] = "both",
    callers: Annotated[str, typer.Option(help="Numbers of callers.")] = "1,16,64",
    rounds: Annotated[int, typer.Option(help="How many rounds, each way in turn.")] = 3,
    seconds: Annotated[float, typer.Option(help="How long each round is.")] = 5.0,
    data: Cache = CACHE,
) -> None:
    """Measure changes through the API beside writes by the bare driver, in turns."""
    kinds = list(Engine) if engine == "both" else [Engine(engine)]

    async def work() -> None:
        for kind in kinds:
            async with running(kind, data / f"{kind}-edits") as each:
                for number in callers.split(","):
                    found = await _measure(each, int(number), rounds, seconds)
                    typer.echo(orjson.dumps({**asdict(found), "ratio": found.ratio}))

    run(work())


async def _measure(engine: Running, callers: int, rounds: int, seconds: float) -> Edited:
    ours: list[float] = []
    theirs: list[float] = []
    taken: list[float] = []
    async with engine.graph() as graph, served(engine) as server:
        ids = [await _made(server.port, f"artist {number}") for number in range(callers)]
        for number in range(rounds + 1):
            edited = await _timed(
                [lambda until, id_=id_: _edit(server.port, id_, until) for id_ in ids], seconds
            )

            async def put(until: float, id_: str) -> list[float]:
                return await _repeated(
                    until,
                    lambda count: graph.write("put", [(_PUT, {"id": id_, "name": f"{count}"})]),
                )

            written = await _timed(
                [lambda until, id_=f"bare {n}": put(until, id_) for n in range(callers)], seconds
            )
            if number:  # The first round warms both.
                ours.append(len(edited) / seconds)
                theirs.append(len(written) / seconds)
                taken += edited
    async with connect(engine.endpoint) as graph:
        verified = await verify(graph)
    if verified.flaw is not None:
        raise RuntimeError(f"The journal does not hold: {verified.flaw}")
    stderr.print(f"{engine.kind}: {verified.records:,} records hold", highlight=False)
    taken.sort()
    return Edited(
        engine=engine.kind,
        callers=callers,
        edits_per_second=round(median(ours), 1),
        driver_per_second=round(median(theirs), 1),
        p50_ms=round(1_000 * taken[len(taken) // 2], 2),
        p99_ms=round(1_000 * taken[int(len(taken) * 0.99)], 2),
    )


async def _made(port: int, name: str) -> str:
    answer = orjson.loads(
        await ask_once(port, post(port, {"query": _MAKE, "variables": {"name": name}}))
    )
    return answer["data"]["createArtist"]["artist"]["id"]


async def _timed(
    callers: Sequence[Callable[[float], Awaitable[list[float]]]], seconds: float
) -> list[float]:
    """Return what each call took, in seconds, of callers that go on until the time is over."""
    until = time.perf_counter() + seconds
    return [
        each for found in await asyncio.gather(*(one(until) for one in callers)) for each in found
    ]


async def _repeated(until: float, call: Callable[[int], Awaitable[Any]]) -> list[float]:
    found: list[float] = []
    while (began := time.perf_counter()) < until:
        await call(len(found))
        found.append(time.perf_counter() - began)
    return found


async def _edit(port: int, id_: str, until: float) -> list[float]:
    """Edit one artist again and again over one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def once(count: int) -> None:
        given = {
            "id": id_,
            "name": f"name {count} of {until}",
            "idempotencyKey": f"{until} {count} {id_}",
        }
        writer.write(post(port, {"query": _EDIT, "variables": {"input": given}}))
        head = await reader.readuntil(_HEAD_END)
        at = head.lower().index(_LENGTH) + len(_LENGTH)
        body = await reader.readexactly(int(head[at : head.index(b"\r", at)]))
        if b'"errors":[]' not in body:
            raise RuntimeError(f"An edit was refused: {body[:300]!r}")

    try:
        return await _repeated(until, once)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
