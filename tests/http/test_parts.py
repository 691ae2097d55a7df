"""Answers in parts over real HTTP: the formats, who gets them, their errors, limits and cost."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import pytest_asyncio

from execution.spending import CHARACTERS_A_COST, CHECKING_COST
from graph.client import connect
from schema.delivery import delivering
from server.app import create_app
from server.service import Service
from server.settings import Settings
from tests.http.asking import GRAPHQL, JSON, NOWHERE
from tests.http.listening import listening
from tests.http.parts import EVENTS, MULTIPART, STREAMS, by_path, payloads, together
from tests.http.small_schema import TOLD_TO_NOBODY, small_schema

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

PATH = "/graphql"
DEFERRED = '{ hello ... @defer(label: "later") { again { hello } } }'


@asynccontextmanager
async def serving(**settings: Any) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of a listening server over the small schema."""
    schema = delivering(small_schema)
    async with connect(NOWHERE) as graph:
        app = create_app(Settings.model_validate(settings), service=Service(graph), schema=schema)
        async with (
            listening(app) as url,
            httpx.AsyncClient(base_url=url.removesuffix(PATH)) as client,
        ):
            yield client


@pytest_asyncio.fixture(scope="module")
async def server() -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of one server for all tests that can share it."""
    async with serving() as client:
        yield client


async def ask(
    client: httpx.AsyncClient, accept: str, query: str, *, by_get: bool = False, **body: Any
) -> httpx.Response:
    """Send one operation."""
    headers = {"accept": accept, **body.pop("headers", {})}
    if by_get:
        return await client.get(PATH, params={"query": query}, headers=headers)
    return await client.post(PATH, json={"query": query, **body}, headers=headers)


@pytest.mark.parametrize("by_get", [False, True])
@pytest.mark.parametrize("accept", STREAMS)
async def test_what_is_deferred_comes_after_the_rest(
    server: httpx.AsyncClient, accept: str, *, by_get: bool
) -> None:
    """By POST and by GET: what is not deferred, then the rest under its label, then the end."""
    response = await ask(server, accept, DEFERRED, by_get=by_get)
    assert response.headers["cache-control"] == "no-store"
    first, second, last = payloads(response)
    assert first == {
        "data": {"hello": "Hello, world"},
        "pending": [{"id": "0", "path": [], "label": "later"}],
        "hasNext": True,
    }
    assert second == {
        "incremental": [{"id": "0", "data": {"again": {"hello": "Hello, world"}}}],
        "completed": [{"id": "0"}],
        "hasNext": True,
    }
    assert last == {"hasNext": False}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        ("*/*", JSON),
        ("multipart/*", None),
        (f"{MULTIPART};q=0", None),
        (f"{MULTIPART};q=0.5, {JSON}", JSON),
        (f"{JSON};q=0.5, {EVENTS};q=0", JSON),
        (f"{MULTIPART};deferSpec=20220824, {JSON}", JSON),
        (f"{MULTIPART};incrementalSpec=v0.1, {JSON}", JSON),
        (f"{MULTIPART};boundary=graphql;subscriptionSpec=1.0, {JSON}", JSON),
        (f"{MULTIPART};incrementalSpec=v0.2, {GRAPHQL}, {JSON};q=0.9", MULTIPART),
        (f'{MULTIPART}; incrementalSpec="v0.2", {JSON}', MULTIPART),
        (f"{JSON}, {MULTIPART}", MULTIPART),
        (f"{GRAPHQL}, application/graphql+json, {JSON}, {EVENTS}, {MULTIPART}", MULTIPART),
        (f"{EVENTS}, {MULTIPART};q=0.9", EVENTS),
        (f"*/*;q=0.1, {EVENTS};q=0.2", EVENTS),
    ],
)
async def test_who_accepts_parts_gets_them(
    server: httpx.AsyncClient, accept: str, media: str | None
) -> None:
    """Only who names a format, in our version and no less liked than JSON; all others get the whole."""
    response = await ask(server, accept, DEFERRED)
    if media is None:
        assert response.status_code == 406
        return
    assert response.headers["content-type"].split(";")[0] == media
    whole = {"hello": "Hello, world", "again": {"hello": "Hello, world"}}
    if media in STREAMS:
        assert together(payloads(response)).data == whole
    else:
        assert response.json() == {"data": whole}


@pytest.mark.parametrize("directive", ["defer", "stream"])
@pytest.mark.parametrize(
    ("declared", "condition", "variables", "later"),
    [
        ("", "", {}, True),
        ("", "(if: true)", {}, True),
        ("", "(if: false)", {}, False),
        ("($on: Boolean!)", "(if: $on)", {"on": True}, True),
        ("($on: Boolean!)", "(if: $on)", {"on": False}, False),
        ("($on: Boolean! = false)", "(if: $on)", {}, False),
        ("($on: Boolean! = true)", "(if: $on)", {}, True),
        ("($on: Boolean! = true)", "(if: $on)", {"on": False}, False),
    ],
)
async def test_conditions_decide(  # noqa: PLR0913 - a table.
    server: httpx.AsyncClient,
    directive: str,
    declared: str,
    condition: str,
    variables: dict[str, Any],
    *,
    later: bool,
) -> None:
    """What is not asked for later comes at once, in one answer of the usual media type."""
    if directive == "defer":
        body = f"{{ again {{ ... @defer{condition} {{ hello }} }} }}"
        data: Any = {"again": {"hello": "Hello, world"}}
    else:
        body = f"{{ several @stream{condition} {{ hello }} }}"
        data = {"several": [{"hello": f"Hello, {name}"} for name in "abc"]}
    accept = f"{MULTIPART}, {JSON}"
    response = await ask(server, accept, f"query Q{declared} {body}", variables=variables)
    if later:
        assert together(payloads(response)).data == data
    else:
        assert response.headers["content-type"].startswith(JSON)
        assert response.json() == {"data": data}


@pytest.mark.parametrize("accept", STREAMS)
async def test_a_stream_begins_with_as_many_items_as_asked(
    server: httpx.AsyncClient, accept: str
) -> None:
    """`initialCount` of them, and the rest in their order."""
    query = '{ several @stream(initialCount: 1, label: "s") { hello } }'
    first, *rest = payloads(await ask(server, accept, query))
    assert first["data"] == {"several": [{"hello": "Hello, a"}]}
    assert first["pending"] == [{"id": "0", "path": ["several"], "label": "s"}]
    items = [
        item for each in rest for part in each.get("incremental", ()) for item in part["items"]
    ]
    assert items == [{"hello": "Hello, b"}, {"hello": "Hello, c"}]


@pytest.mark.parametrize("accept", STREAMS)
async def test_errors_in_parts_are_as_in_an_answer_of_one_piece(
    server: httpx.AsyncClient, accept: str
) -> None:
    """With codes and paths; a defect is masked, a part that may not be null fails as a part."""
    query = """{
      hello unavailable
      ... @defer { again { defect ... @defer { unavailable again { defect } } } }
      several @stream { unavailable }
    }"""
    parts = together(payloads(await ask(server, accept, query)))
    plain = (await ask(server, JSON, query)).json()
    assert parts.body == by_path(plain)
    assert len(parts.errors) == 7
    assert TOLD_TO_NOBODY not in str(parts)
    [failing] = together(
        payloads(await ask(server, accept, "{ hello again { ... @defer { required } } }"))
    ).errors
    assert failing["path"] == ["again", "required"]
    assert failing["extensions"] == {"code": "SERVICE_UNAVAILABLE"}


@pytest.mark.parametrize(
    ("declared", "size", "variables"),
    [
        ("", "-1", {}),
        ("($n: Int)", "$n", {"n": -1}),
        ("($n: Int)", "$n", {"n": None}),
    ],
)
async def test_a_stream_does_not_begin_with_less_than_nothing(
    server: httpx.AsyncClient, declared: str, size: str, variables: dict[str, Any]
) -> None:
    """The list fails, with a code that says who is at fault."""
    query = f"query Q{declared} {{ hello several @stream(initialCount: {size}) {{ hello }} }}"
    response = await ask(server, f"{MULTIPART}, {JSON}", query, variables=variables)
    [error] = response.json()["errors"]
    assert error["path"] == ["several"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_a_part_that_fails_leaves_the_rest(server: httpx.AsyncClient) -> None:
    """Null goes up as far as the part; in an answer of one piece it would take more."""
    query = "{ hello ... @defer { required } ... @defer { a: again { hello } } }"
    parts = together(payloads(await ask(server, MULTIPART, query)))
    assert parts.data == {"hello": "Hello, world", "a": {"hello": "Hello, world"}}
    assert parts.failed == [[]]
    assert (await ask(server, JSON, query)).json()["data"] is None


@pytest.mark.parametrize("accept", STREAMS)
async def test_who_takes_nothing_but_parts_gets_whole_answers_as_one(
    server: httpx.AsyncClient, accept: str
) -> None:
    """Answers, refusals of documents and of variables alike; what HTTP refuses it tells in JSON."""
    more = {"hasNext": False} if accept == MULTIPART else {}
    [answer] = payloads(await ask(server, accept, "{ hello }"))
    assert answer == {"data": {"hello": "Hello, world"}, **more}
    missing = "query($n: String!) { hello(name: $n) ... @defer { again { hello } } }"
    for query in ("{ nothing }", "{", missing):
        [refused] = payloads(await ask(server, accept, query))
        assert refused.keys() == {"errors", *more}
    response = await server.post(PATH, content=b"?", headers={"accept": accept})
    assert response.status_code == 415
    assert response.headers["content-type"].startswith(JSON)


async def test_production_masks_what_goes_wrong_in_parts() -> None:
    """No message of a defect, no name of the schema."""
    settings = {"profile": "production", "uri": "bolt://graph:7687", "password": "long and strange"}
    async with serving(**settings) as client:
        parts = together(payloads(await ask(client, MULTIPART, "{ hello ... @defer { defect } }")))
        [error] = parts.errors
        assert error["extensions"]["code"] == "INTERNAL"
        assert TOLD_TO_NOBODY not in str(parts)


async def test_places_are_counted(server: httpx.AsyncClient) -> None:
    """Whoever asks, and in whatever way: a document is within the limits or is not."""
    query = """{ a: again { ... @defer { hello } } b: again { again { ...F @defer } } }
    fragment F on Query { hello ... @defer { again { hello } } }"""
    for most, refused in ((3, False), (2, True)):
        async with serving(max_deferred=most) as client:
            for accept in (JSON, f"{MULTIPART}, {JSON}"):
                response = await ask(client, accept, query)
                assert ("TOO_MANY_DEFERRED" in response.text) is refused
    for many, refused in ((32, False), (33, True)):
        response = await ask(server, JSON, f"{{ {'... @defer { hello } ' * many} }}")
        assert ("TOO_MANY_DEFERRED" in response.text) is refused


async def test_parts_cost_what_the_whole_costs() -> None:
    """The end tells it, and gives back what was not returned; a part that failed is charged as asked."""
    told = {"content-graph-cost": "true"}
    query = """query($no: Boolean!) {
      again { ... @defer { again { hello } b: again @skip(if: $no) { hello } } }
    }"""
    async with serving(budgets="anonymous=1000/0.001") as client:
        *_, last = payloads(await ask(client, EVENTS, query, variables={"no": True}, headers=told))
        left = 1000 - CHECKING_COST - len(query) // CHARACTERS_A_COST - 3
        assert last == {
            "extensions": {"cost": {"requested": 4, "actual": 3, "available": left}},
            "hasNext": False,
        }
        plain = await ask(client, JSON, query, variables={"no": True}, headers=told)
        assert plain.json()["extensions"]["cost"]["actual"] == 3
        failing = "{ again { ... @defer { again { required } } } }"
        *_, last = payloads(await ask(client, EVENTS, failing, headers=told))
        assert last["extensions"]["cost"]["actual"] == 3
