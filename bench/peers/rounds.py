"""Measuring ours against the peers: the same operations over the same Neo4j, in turn, in rounds."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from bench.callers import Load, Request, ask_once, post, run
from bench.dataset import DataSet, loaded
from bench.engines import Engine, Running
from bench.floor_reads import Reads
from bench.floor_reads import reads as written_reads
from bench.measure import asked_of, patiently
from bench.node import install
from bench.operations import Operation, Variables, WrongAnswerError, check
from bench.peers.answers import compare
from bench.peers.asked import peer_document, peer_variables
from bench.peers.items import Items
from bench.peers.ours import our_items
from bench.peers.servers import FOLDER, PEERS, Contender, contending
from bench.serving import Server
from bench.timing import Timing, timed
from ingest.reports import Progress

_WARM_CALLERS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What is measured."""

    scale: float
    operations: Sequence[Operation]
    callers: Sequence[int]
    rounds: int
    seconds: float
    warm_seconds: float
    floor: bool
    seed: int
    cache: Path

    @property
    def contenders(self) -> list[Contender]:
        """Who takes part, in the order of every round."""
        return [who for who in Contender if self.floor or who is not Contender.FLOOR]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed(Timing):
    """One server at one operation in one round."""

    operation: Operation
    callers: int
    round: int
    contender: Contender


async def play(
    match: Match, progress: Progress, reads: Reads = written_reads
) -> AsyncGenerator[Timed]:
    """Yield each measurement as it is made.

    Raises NodeMissingError, DifferentAnswersError or WrongAnswerError before anything is timed.
    """
    await install(FOLDER)
    data = DataSet(seed=match.seed, scale=match.scale)
    async with (
        loaded(Engine.NEO4J, data, match.cache, progress) as (running, _),
        AsyncExitStack() as stack,
    ):
        ours = await stack.enter_async_context(contending(Contender.OURS, running, Path()))
        asked = await asked_of(ours.port, data)
        prepared = running.folder / "floor.json"
        prepared.write_bytes(orjson.dumps(_prepared(reads, asked)))
        servers = {Contender.OURS: ours}
        for who in match.contenders[1:]:
            servers[who] = await stack.enter_async_context(contending(who, running, prepared))
        requests = {
            operation: await _requests(servers, operation, asked[operation])
            for operation in match.operations
        }
        for operation in match.operations:
            async for each in _rounds(match, running, servers, operation, requests[operation]):
                yield each


async def _rounds(
    match: Match,
    running: Running,
    servers: Mapping[Contender, Server],
    operation: Operation,
    requests: Mapping[Contender, Sequence[Request]],
) -> AsyncGenerator[Timed]:
    for who, server in servers.items():
        warm = Load(callers=_WARM_CALLERS, seconds=match.warm_seconds, start_seconds=0.0)
        await run(server.port, requests[who], warm, lambda: None)
    for callers in match.callers:
        for number in range(1, match.rounds + 1):
            for who, server in servers.items():
                load = Load(callers=callers, seconds=match.seconds)
                timing = await timed(server, running.pid, requests[who], load)
                yield Timed(
                    operation=operation,
                    callers=callers,
                    round=number,
                    contender=who,
                    **asdict(timing),
                )


def _prepared(reads: Reads, asked: Mapping[Operation, Sequence[Variables]]) -> dict[str, Any]:
    return {
        operation.value: [reads(operation, each) for each in choices]
        for operation, choices in asked.items()
    }


async def _requests(
    servers: Mapping[Contender, Server], operation: Operation, asked: Sequence[Variables]
) -> dict[Contender, list[Request]]:
    """Return each server's requests, its answers held against ours."""
    found: dict[Contender, list[Request]] = {who: [] for who in servers}
    for choice, each in enumerate(asked):
        port = servers[Contender.OURS].port
        raw = post(port, {"query": operation.document, "variables": each})
        body = await patiently(port, raw)
        answer = orjson.loads(body)
        check(operation, answer)
        items = our_items(operation, answer["data"])
        found[Contender.OURS].append(Request(raw=raw, expected=body))
        for peer in PEERS:
            request = await _peer_request(servers[peer].port, peer, operation, each, items)
            found[peer].append(request)
        if floor := servers.get(Contender.FLOOR):
            raw = post(floor.port, {"operation": operation, "choice": choice})
            body = await ask_once(floor.port, raw)
            if not all(orjson.loads(body)):
                raise WrongAnswerError(f"{operation.upper()}: the floor reads nothing.")
            found[Contender.FLOOR].append(Request(raw=raw, expected=body))
    return found


async def _peer_request(
    port: int, peer: Contender, operation: Operation, asked: Variables, items: Items
) -> Request:
    variables = peer_variables(operation, asked)
    raw = post(port, {"query": peer_document(operation), "variables": variables})
    body = await ask_once(port, raw)
    answer = orjson.loads(body)
    if answer.get("errors"):
        raise WrongAnswerError(
            f"{operation.upper()}: {peer.label}: {answer['errors'][0]['message']}"
        )
    compare(operation, peer.label, items, answer["data"])
    return Request(raw=raw, expected=body)
