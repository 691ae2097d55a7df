"""Answers in parts of the catalogue: what they come to is what an answer of one piece says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest
import pytest_asyncio

from graph.client import connect
from server.app import create_app
from server.service import Service
from server.settings import Settings
from tests.http.asking import JSON
from tests.http.listening import listening
from tests.http.parts import STREAMS, by_path, payloads, together

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from graph.engines import Endpoint
    from tests.reads.asking import Asker

OPERATIONS: Final = {
    "a slow field": """{
      recordings(first: 20) { nodes {
        title
        ... @defer(label: "owners") {
          ownership(right: MASTER, territory: "DE", at: "2026-01-01") {
            status owners(first: 2) { party { name } share { fraction } }
          }
        }
      } }
    }""",
    "one in another": """query($deep: Boolean! = true) {
      artists(first: 5) {
        totalCount
        nodes {
          name
          ...Credits @defer(label: "credits")
        }
      }
    }
    fragment Credits on Artist {
      recordings(first: 3) {
        nodes { title ... @defer(if: $deep, label: "more") { credits(first: 2) { nodes { role } } } }
      }
    }""",
    "a stream": """{
      artists(first: 20) {
        nodes @stream(initialCount: 3, label: "artists") {
          name
          recordings(first: 2) { nodes { title source { name } } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }""",
    "streams in streams, and deferred in them": """{
      releases(first: 6) {
        edges @stream { cursor node {
          title
          ... @defer { source { name kind } }
          labels(first: 2) { nodes @stream(initialCount: 1) { catalogueNumber label { name } } }
        } }
      }
    }""",
    "fields that are deferred and are not": """{
      works(first: 4) { nodes { title ... @defer { title source { name } } source { kind } } }
      ... @defer { works(first: 4) { totalCount nodes { id } } }
    }""",
    "errors and nulls": """{
      recordings(first: 4) { nodes {
        title
        ... @defer {
          credits(first: 2, after: "no cursor") { nodes { role } }
          isrc
        }
      } }
      ... @defer { recording(id: "nobody") { title } artists(first: 2, before: "x") { totalCount } }
    }""",
    "introspection, too": """{
      __schema { queryType { name } }
      ... @defer { artists(first: 2) { nodes { __typename name } } }
    }""",
}


@pytest_asyncio.fixture
async def server(sample: Endpoint) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of a server that listens, over the sample."""
    async with connect(sample) as graph:
        app = create_app(Settings(), service=Service(graph))
        async with (
            listening(app) as url,
            httpx.AsyncClient(base_url=url.removesuffix("/graphql")) as client,
        ):
            yield client


async def ask(client: httpx.AsyncClient, accept: str, query: str) -> httpx.Response:
    """Send one operation."""
    return await client.post("/graphql", json={"query": query}, headers={"accept": accept})


@pytest.mark.parametrize("accept", STREAMS)
@pytest.mark.parametrize("operation", OPERATIONS)
async def test_parts_come_to_the_whole(
    server: httpx.AsyncClient, operation: str, accept: str
) -> None:
    """The same data, nulls and errors; nothing comes twice, and something came later."""
    query = OPERATIONS[operation]
    parts = await ask(server, accept, query)
    plain = await ask(server, JSON, query)
    told = payloads(parts)
    assert len(told) > 2
    made = together(told)
    assert made.body == by_path(plain.json())
    assert not made.failed


async def test_what_is_streamed_or_deferred_is_read_in_batches(sampled: Asker) -> None:
    """Ten times the things are the same number of reads, as without parts."""
    counts: dict[int, dict[str, int]] = {}
    for first in (4, 40):
        counts[first] = {}
        for name in ("a slow field", "a stream"):
            query = OPERATIONS[name].replace("first: 20", f"first: {first}")
            counts[first][name] = await _reads(sampled, query)
    assert counts[4] == counts[40]


async def _reads(asker: Asker, query: str) -> int:
    async def deliver(_payload: dict[str, Any]) -> None:
        pass

    return len((await asker.in_parts(query, deliver)).reads)
