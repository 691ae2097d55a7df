"""The view and its limits: processor time of one Q1 through the whole application, and without it.

Both run in this process over the same graph, in turns. The peer is the plan itself, run and written out
as JSON: no HTTP, no parsing of a body, no limits, no budget, no span, no metric.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import orjson
from pydantic import SecretStr

from bench.operations import Operation as Asked
from bench.operations import variables
from bench.planned import planned
from execution.budgets import Budget
from resolvers.permission import EVERYTHING, Role
from server.app import create_app
from server.service import Service
from server.settings import Profile, Settings

if TYPE_CHECKING:
    from starlette.types import Message, Scope

    from bench.dataset import DataSet
    from graph.client import Graph

ROUNDS: Final = 11
REQUESTS: Final = 300
# A budget is kept and charged, and nobody uses it up.
_BUDGET: Final = Budget(10**9, 10**6)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCost:
    """Processor time of one request in ms, medians of rounds that took turns."""

    application_ms: float
    plan_ms: float
    view_ms: float
    """The difference, the median of each round's."""


async def measure_view(graph: Graph, data: DataSet) -> ViewCost:
    """Return what the view costs on Q1, everything on; its answers are held against the plan's."""
    asked = variables(data.seed, data.sizes)[Asked.Q1]
    plain = _plain(graph)
    application: list[float] = []
    bare: list[float] = []
    app = create_app(_settings(), service=Service(graph))
    async with app.router.lifespan_context(app):
        through = _through(app)
        for each in asked:
            told, expected = await through(each), await plain(each)
            if orjson.loads(told) != orjson.loads(expected):
                raise RuntimeError("The view and the plan answer differently.")
        for _ in range(ROUNDS):
            application.append(await _spent(through, asked))
            bare.append(await _spent(plain, asked))
    differences = [one - other for one, other in zip(application, bare, strict=True)]
    return ViewCost(
        application_ms=median(application), plan_ms=median(bare), view_ms=median(differences)
    )


def _settings() -> Settings:
    """Return production's, with permission, limits and budgets in force."""
    return Settings(
        profile=Profile.PRODUCTION,
        uri="bolt://127.0.0.1:1",
        password=SecretStr("of no database"),
        anonymous_roles=frozenset({Role.ADMIN}),
        budgets={"anonymous": _BUDGET, Role.ADMIN.value: _BUDGET},
        log_level="WARNING",
    )


async def _spent(
    ask: Callable[[dict[str, Any]], Awaitable[bytes]], asked: list[dict[str, Any]]
) -> float:
    gc.collect()
    began = time.process_time()
    for number in range(REQUESTS):
        await ask(asked[number % len(asked)])
    return (time.process_time() - began) / REQUESTS * 1_000


def _plain(graph: Graph) -> Callable[[dict[str, Any]], Awaitable[bytes]]:
    run_plan = planned(graph, Asked.Q1.document, EVERYTHING)

    async def ask(given: dict[str, Any]) -> bytes:
        return orjson.dumps({"data": (await run_plan(given)).data})

    return ask


def _through(app: Any) -> Callable[[dict[str, Any]], Awaitable[bytes]]:
    text = Asked.Q1.document

    async def ask(given: dict[str, Any]) -> bytes:
        body = orjson.dumps({"query": text, "variables": given})
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": "/graphql",
            "raw_path": b"/graphql",
            "root_path": "",
            "query_string": b"",
            "headers": [
                (b"host", b"127.0.0.1"),
                (b"content-type", b"application/json"),
                (b"accept", b"application/graphql-response+json"),
                (b"content-length", str(len(body)).encode()),
            ],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        told: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            told.append(message.get("body", b""))

        await app(scope, receive, send)
        return b"".join(told)

    return ask
