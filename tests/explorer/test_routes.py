"""The page and its files over HTTP."""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette

from server.explorer import EXPLORER, explorer_routes, load_bundle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

BUNDLE = load_bundle(EXPLORER / "dist")
SCRIPT = next(name for name in BUNDLE if name.startswith("main-") and name.endswith(".js"))


def client_of(explorer: Path) -> httpx.AsyncClient:
    """Return a client of an app with nothing but the explorer's routes."""
    app = Starlette(routes=explorer_routes(explorer))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Serve the committed bundle."""
    async with client_of(EXPLORER) as client:
        yield client


async def test_the_page_is_html_that_every_visit_checks_again(client: httpx.AsyncClient) -> None:
    """A new bundle is seen at once, since only the page names its files."""
    answer = await client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "<title>Content Graph</title>" in answer.text


@pytest.mark.parametrize("path", ["/", f"/explorer/{SCRIPT}", "/explorer/examples.json"])
async def test_scripts_come_from_this_origin_only(client: httpx.AsyncClient, path: str) -> None:
    """Every answer, workers' scripts too, carries the policy."""
    headers = (await client.get(path)).headers
    policy = dict(
        directive.split(" ", 1) for directive in headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["worker-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not any(word in headers["content-security-policy"] for word in ("http", "*", "eval"))
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", BUNDLE)
async def test_each_file_arrives_alike_packed_and_plain(
    client: httpx.AsyncClient, name: str
) -> None:
    """Whoever does not take gzip gets the same bytes unpacked, under another tag."""
    packed = await client.get(f"/explorer/{name}", headers={"accept-encoding": "gzip"})
    plain = await client.get(f"/explorer/{name}", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert hashlib.sha256(packed.content).hexdigest() == BUNDLE[name].digest
    assert packed.content == plain.content
    assert packed.headers["content-length"] == str(len(BUNDLE[name].packed))
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br, *", "gzip"),
        ("gzip;q=0, *", None),
        ("gzip; q=0.000", None),
        ("*;q=0", None),
        ("br", None),
        ("", None),
    ],
)
async def test_the_encoding_is_the_callers_choice(
    client: httpx.AsyncClient, accept: str, encoding: str | None
) -> None:
    """Weights and the wildcard count as RFC 9110 says."""
    answer = await client.get("/", headers={"accept-encoding": accept})
    assert answer.headers.get("content-encoding") == encoding
    assert "<title>" in answer.text


async def test_a_hashed_file_never_needs_asking_again(client: httpx.AsyncClient) -> None:
    """Its name changes with its content."""
    answer = await client.get(f"/explorer/{SCRIPT}")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("path", ["/", f"/explorer/{SCRIPT}", "/explorer/examples.json"])
async def test_what_the_caller_holds_is_not_sent_twice(
    client: httpx.AsyncClient, path: str
) -> None:
    """A matching tag, weak or one of several, answers 304; another answers whole."""
    tag = (await client.get(path)).headers["etag"]
    for condition in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await client.get(path, headers={"if-none-match": condition})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "content-encoding" not in again.headers
    assert (await client.get(path, headers={"if-none-match": '"other"'})).status_code == 200


async def test_head_answers_as_get_without_the_body(client: httpx.AsyncClient) -> None:
    """Probes and link checkers get the same headers."""
    get, head = await client.get("/"), await client.head("/")
    assert head.headers == get.headers
    assert head.content == b""


@pytest.mark.parametrize(
    "path",
    [
        "/explorer/absent.js",
        "/explorer/manifest.json",
        f"/explorer/{SCRIPT}.gz",
        "/explorer/..%2Fpackage.json",
        "/explorer/%2e%2e%2fpackage.json",
        "/explorer/..%5cpackage.json",
        "/explorer/%2Fetc%2Fpasswd",
        "/explorer/index.html%00.js",
    ],
)
async def test_nothing_but_listed_files_is_served(client: httpx.AsyncClient, path: str) -> None:
    """A name is looked up in the manifest, never on the disk."""
    assert (await client.get(path)).status_code == 404


async def test_examples_follow_their_files_without_a_rebuild(tmp_path: Path) -> None:
    """Order by name, title from the first comment, variables beside; new files show at once."""
    examples = tmp_path / "examples"
    examples.mkdir()
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "manifest.json").write_text(f'{{"files": {{"index.html": "{"0" * 64}"}}}}')
    (dist / "index.html.gz").write_bytes(gzip.compress(b""))
    (examples / "20-b.graphql").write_text("# Who owns this\n{ b }\n")
    (examples / "20-b.json").write_text('{"id": "1"}')
    async with client_of(tmp_path) as client:
        assert (await client.get("/explorer/examples.json")).json() == [
            {
                "name": "20-b",
                "title": "Who owns this",
                "query": "# Who owns this\n{ b }\n",
                "variables": '{"id": "1"}',
            }
        ]
        (examples / "10-a.graphql").write_text("{ a }")
        both = (await client.get("/explorer/examples.json")).json()
    assert [(one["name"], one["title"], one["variables"]) for one in both] == [
        ("10-a", "10-a", None),
        ("20-b", "Who owns this", '{"id": "1"}'),
    ]
