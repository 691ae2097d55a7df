"""What the benchmark's hostile callers send is refused, each for what it is meant to be."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import orjson

from bench.contract.attacks import ATTACKS
from bench.contract.hostile import answer_of
from graph.client import connect
from server.app import create_app
from server.service import Service
from server.settings import Settings
from tests.http.asking import NOWHERE
from tests.http.listening import listening

BAD: Final = ("400", "BAD_REQUEST")
CODES: Final[dict[str, tuple[str, str | None]]] = {
    "null": BAD,
    "number": BAD,
    "string": BAD,
    "no json": BAD,
    "invalid UTF-8": BAD,
    "UTF-16": BAD,
    "lone surrogate": BAD,
    "gzip bomb": ("415", "UNSUPPORTED_MEDIA_TYPE"),
    "deep JSON": BAD,
    "long integer": BAD,
    "long integer in a document": ("400", "GRAPHQL_PARSE_FAILED"),
    "two operations, no name": ("400", "OPERATION_RESOLUTION_FAILURE"),
    "unknown operation": ("400", "OPERATION_RESOLUTION_FAILURE"),
    "mutation by GET": ("405", "METHOD_NOT_ALLOWED"),
    "100,000 tokens": ("400", "DOCUMENT_TOO_LONG"),
    "just below the tokens": ("400", "GRAPHQL_VALIDATION_FAILED"),
    "brackets": ("400", "TOO_DEEP"),
    "depth": ("400", "TOO_DEEP"),
    "fragments 30 deep": ("200", None),
    "aliases": ("400", "TOO_MANY_ALIASES"),
    "directives": ("400", "TOO_MANY_TOKENS"),
    "overlapping fields": ("400", "TOO_MANY_ALIASES"),
    "too many things": ("400", "TOO_MANY_NODES"),
    "unknown fields": ("400", "GRAPHQL_VALIDATION_FAILED"),
    "the schema, again and again": ("400", "GRAPHQL_VALIDATION_FAILED"),
}


async def test_each_attack_is_refused_for_what_it_is() -> None:
    """By its code, over a real connection; fragments that double at each level are merged, and answered."""
    assert CODES.keys() == ATTACKS.keys()
    async with (
        connect(NOWHERE) as graph,
        listening(create_app(Settings(), service=Service(graph))) as url,
    ):
        port = int(url.rsplit(":", 1)[1].partition("/")[0])
        found = {name: await _told(port, attack(1)) for name, attack in ATTACKS.items()}
    assert found == CODES


async def _told(port: int, raw: bytes) -> tuple[str, Any]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(raw)
        status, body, _ = await answer_of(reader)
    finally:
        writer.close()
    errors = orjson.loads(body).get("errors")
    return status, errors[0]["extensions"]["code"] if errors else None
