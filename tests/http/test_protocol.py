"""GraphQL over HTTP: methods, media types, status codes and bodies."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from tests.http.asking import GRAPHQL, JSON, codes, post

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        ("APPLICATION/JSON", JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
        (f"{JSON}, */*", JSON),
        (f"{GRAPHQL}, */*", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON};q=0.9", JSON),
        (f"{GRAPHQL};q=0.9, {JSON};q=0.5", GRAPHQL),
        (f"{GRAPHQL};q=0.4, */*;q=0.1", GRAPHQL),
        (f"{GRAPHQL};q=0, */*", JSON),
        (f"{JSON};q=0, */*", GRAPHQL),
        ("text/html, application/xhtml+xml, */*;q=0.8", JSON),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL};q=nonsense, {JSON};q=0.1", JSON),
    ],
)
async def test_the_answer_has_the_media_type_that_weighs_most(
    client: httpx.AsyncClient, accept: str, media: str
) -> None:
    """The answer has the media type that weighs most."""
    response = await post(client, accept, query="{ hello }")
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert response.json() == {"data": {"hello": "Hello, world"}}


@pytest.mark.parametrize("accept", ["text/html", "image/*", f"{JSON};q=0", "*/*;q=0", "nonsense"])
async def test_a_caller_that_takes_neither_type_is_told(
    client: httpx.AsyncClient, accept: str
) -> None:
    """A caller that takes neither type is told."""
    response = await post(client, accept, query="{ hello }")
    assert response.status_code == 406
    assert codes(response) == ["NOT_ACCEPTABLE"]


async def test_several_accept_headers_are_one_list(client: httpx.AsyncClient) -> None:
    """Several accept headers are one list."""
    headers = [("accept", "text/html"), ("accept", GRAPHQL)]
    response = await client.post("/graphql", json={"query": "{ hello }"}, headers=headers)
    assert response.headers["content-type"].startswith(GRAPHQL)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
async def test_other_methods_are_refused(client: httpx.AsyncClient, method: str) -> None:
    """Other methods are refused."""
    response = await client.request(method, "/graphql")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"


async def test_a_query_comes_by_get_with_its_parameters(client: httpx.AsyncClient) -> None:
    """A query comes by get with its parameters."""
    parameters = {
        "query": "query A { __typename } query B($n: String!) { hello(name: $n) }",
        "operationName": "B",
        "variables": '{"n": "Zoë"}',
        "extensions": "{}",
        "other": "is left alone",
    }
    response = await client.get("/graphql", params=parameters)
    assert response.json() == {"data": {"hello": "Hello, Zoë"}}


async def test_a_mutation_does_not_come_by_get(client: httpx.AsyncClient) -> None:
    """A mutation does not come by get."""
    response = await client.get("/graphql", params={"query": "mutation { bump }"})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert codes(response) == ["METHOD_NOT_ALLOWED"]
    response = await post(client, query="mutation { bump }")
    assert response.json() == {"data": {"bump": 1}}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "query=",
        "query=%7Bhello%7D&query=%7Bhello%7D",
        "query=%7Bhello%7D&variables=7",
        "query=%7Bhello%7D&variables=%7B",
        "query=%7Bhello%7D&extensions=[]",
        "query=%FF",
    ],
)
async def test_a_bad_address_is_refused(client: httpx.AsyncClient, query: str) -> None:
    """A bad address is refused."""
    response = await client.get(f"/graphql?{query}")
    assert response.status_code == 400
    assert codes(response) == ["BAD_REQUEST"]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/jsonp",
        "multipart/form-data",
        "application/json; charset=latin1",
    ],
)
async def test_a_body_of_another_type_is_refused(
    client: httpx.AsyncClient, content_type: str
) -> None:
    """A body of another type is refused."""
    headers = {"content-type": content_type}
    response = await client.post("/graphql", content=b'{"query": "{hello}"}', headers=headers)
    assert response.status_code == 415
    assert codes(response) == ["UNSUPPORTED_MEDIA_TYPE"]


@pytest.mark.parametrize("content_type", ["Application/JSON", 'application/json;charset="UTF-8"'])
async def test_a_json_type_is_known_in_every_spelling(
    client: httpx.AsyncClient, content_type: str
) -> None:
    """A json type is known in every spelling."""
    headers = {"content-type": content_type}
    response = await client.post("/graphql", content=b'{"query": "{hello}"}', headers=headers)
    assert response.status_code == 200


async def test_a_compressed_body_is_refused(client: httpx.AsyncClient) -> None:
    """A compressed body is refused."""
    body = gzip.compress(b'{"query": "{hello}"}')
    headers = {"content-type": JSON, "content-encoding": "gzip"}
    response = await client.post("/graphql", content=body, headers=headers)
    assert response.status_code == 415
    assert codes(response) == ["UNSUPPORTED_MEDIA_TYPE"]
    response = await client.post("/graphql", content=body, headers={"content-type": JSON})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"7",
        b'"x"',
        b"true",
        b"[]",
        b'[{"query": "{hello}"}]',
        b"{",
        b"{}",
        b'{"query": "\xff"}',
        b'{"query": "\\ud800"}',
        b'{"query": null}',
        b'{"query": "  "}',
        b'{"query": "{hello}", "variables": []}',
        b'{"query": "{hello}", "variables": "{}"}',
        b'{"query": "{hello}", "extensions": 7}',
        b'{"query": "{hello}", "operationName": 7}',
        b'{"query": "{hello}", "variables": NaN}',
        b'{"query": "{hello}", "variables": {"a": ' + b"[" * 100 + b"]" * 100 + b"}}",
        '{"query": "{hello}"}'.encode("utf-16"),
        '{"query": "{hello}"}'.encode("utf-16-le"),
        b'{"query": "{hello}", "variables": {"n": ' + b"9" * 5_000 + b"}}",
        b'{"query": "{hello}", "variables": {"n": 1e400}}',
        b'{"query": "{hello}", "variables": {"n": "\\udc00"}}',
        b"[" * 100_000,
        b'{"a":' * 40_000,
    ],
)
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_a_bad_body_is_refused_in_json(
    client: httpx.AsyncClient, body: bytes, accept: str
) -> None:
    """A bad body is refused in json."""
    headers = {"content-type": JSON, "accept": accept}
    response = await client.post("/graphql", content=body, headers=headers)
    assert response.status_code == 400
    assert response.headers["content-type"].startswith(accept)
    assert codes(response) == ["BAD_REQUEST"]


async def test_nulls_are_the_same_as_nothing(client: httpx.AsyncClient) -> None:
    """Nulls are the same as nothing."""
    nothing = dict.fromkeys(("operationName", "variables", "extensions"))
    response = await post(client, query="{ hello }", **nothing)
    assert response.json() == {"data": {"hello": "Hello, world"}}


async def test_a_deep_but_bearable_value_is_taken(client: httpx.AsyncClient) -> None:
    """A deep but bearable value is taken."""
    value: Any = "x"
    for _ in range(60):
        value = [value]
    response = await post(
        client, query="query Q($v: JSON!) { echo(value: $v) }", variables={"v": value}
    )
    assert response.json() == {"data": {"echo": value}}


def padded(size: int) -> bytes:
    """Return a body of exactly that many bytes."""
    body = {"query": "{ hello }", "extensions": {"padding": ""}}
    body["extensions"] = {"padding": "x" * (size - len(orjson.dumps(body)))}
    return orjson.dumps(body)


async def test_a_body_is_taken_up_to_the_limit(client: httpx.AsyncClient) -> None:
    """A body is taken up to the limit."""
    response = await client.post(
        "/graphql", content=padded(256_000), headers={"content-type": JSON}
    )
    assert response.status_code == 200


async def test_a_body_is_refused_on_its_declared_length_unread(client: httpx.AsyncClient) -> None:
    """A body is refused on its declared length unread."""

    async def unread() -> AsyncGenerator[bytes]:
        raise AssertionError("The body was read.")
        yield b""

    headers = {"content-type": JSON, "content-length": "256001"}
    response = await client.post("/graphql", content=unread(), headers=headers)
    assert response.status_code == 413
    assert codes(response) == ["PAYLOAD_TOO_LARGE"]


async def test_a_body_of_no_declared_length_is_refused_while_it_comes(
    client: httpx.AsyncClient,
) -> None:
    """A body of no declared length is refused while it comes."""
    sent = 0

    async def endless() -> AsyncGenerator[bytes]:
        nonlocal sent
        while True:
            sent += 10_000
            yield b" " * 10_000

    response = await client.post("/graphql", content=endless(), headers={"content-type": JSON})
    assert response.status_code == 413
    assert sent == 260_000


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("content-type", ["text/plain", JSON]),
        ("content-type", [JSON, "text/plain"]),
        ("content-type", [f"{JSON}, text/plain"]),
        ("content-encoding", ["identity", "gzip"]),
        ("content-encoding", ["identity, gzip"]),
    ],
)
async def test_a_header_that_is_there_twice_says_both(
    client: httpx.AsyncClient, name: str, values: list[str]
) -> None:
    """What is meant is not for the server to choose."""
    headers = [("content-type", JSON)] if name != "content-type" else []
    headers += [(name, value) for value in values]
    response = await client.post("/graphql", content=b'{"query": "{hello}"}', headers=headers)
    assert response.status_code == 415
    assert codes(response) == ["UNSUPPORTED_MEDIA_TYPE"]


@pytest.mark.parametrize("path", ["/graphql/", "/graphql//", "/livez/"])
async def test_nobody_is_sent_elsewhere(client: httpx.AsyncClient, path: str) -> None:
    """A redirection would be to what the caller named as the host, and away from TLS."""
    response = await client.post(path, json={"query": "{ hello }"})
    assert response.status_code == 404
    assert codes(response) == ["NOT_FOUND"]


async def test_an_address_that_nobody_has_is_told_in_json(client: httpx.AsyncClient) -> None:
    """An address that nobody has is told in json."""
    response = await client.get("/nowhere")
    assert response.status_code == 404
    assert codes(response) == ["NOT_FOUND"]
