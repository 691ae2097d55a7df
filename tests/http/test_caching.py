"""Answers that may be kept: those of trusted documents, by GET."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest
import pytest_asyncio

from server.settings import Settings
from tests.http.asking import GRAPHQL, JSON, client_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    import httpx

DOCUMENTS = {
    "hello": 'query Hello($name: String! = "you") { hello(name: $name) }',
    "failing": "{ unavailable }",
}  # fmt: skip


@pytest_asyncio.fixture
async def trusting(tmp_path: Path) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of an application with trusted documents."""
    path = tmp_path / "manifest.json"
    path.write_bytes(orjson.dumps(DOCUMENTS))
    async with client_of(Settings(documents=path, cache_seconds=30)) as client:
        yield client


async def get(client: httpx.AsyncClient, **headers: str) -> httpx.Response:
    """Ask for the document that answers."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.get("/graphql", params={"documentId": "hello"}, headers=given)


async def test_the_answer_of_a_trusted_document_may_be_kept(trusting: httpx.AsyncClient) -> None:
    """For as long as is declared; who has it already is told so, and nothing more."""
    first = await get(trusting)
    assert first.headers["cache-control"] == "public, max-age=30"
    assert first.headers["vary"] == "Accept, Authorization"
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await get(trusting, if_none_match=known)
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == "public, max-age=30"
    other = await get(trusting, if_none_match='"other"')
    assert (other.status_code, other.json()) == (200, first.json())


async def test_another_answer_has_another_tag(trusting: httpx.AsyncClient) -> None:
    """Also the same one in another media type."""
    asked = {"documentId": "hello", "variables": '{"name": "me"}'}
    other = await trusting.get("/graphql", params=asked)
    tags = [
        other.headers["etag"],
        *[(await get(trusting, accept=media)).headers["etag"] for media in (GRAPHQL, JSON)],
    ]
    assert len(set(tags)) == 3
    assert (await get(trusting, accept=GRAPHQL)).headers["etag"] == tags[1]


@pytest.mark.parametrize(
    ("parameters", "headers"),
    [
        ({"documentId": "failing"}, {}),
        ({"query": "{ hello }"}, {}),
        ({"documentId": "hello"}, {"content-graph-cost": "true"}),
        ({"documentId": "hello", "variables": '{"name": 7}'}, {}),
    ],
)
async def test_nothing_else_may_be_kept(
    trusting: httpx.AsyncClient, parameters: dict[str, str], headers: dict[str, str]
) -> None:
    """Neither errors, nor documents that anybody made up, nor what is of this caller only."""
    response = await trusting.get("/graphql", params=parameters, headers=headers)
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


async def test_what_comes_by_post_may_not_be_kept(trusting: httpx.AsyncClient) -> None:
    """Caches would not look for it."""
    response = await trusting.post("/graphql", json={"documentId": "hello"})
    assert response.headers["cache-control"] == "no-store"
