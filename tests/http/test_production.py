"""What production does not tell: the schema, and what a name that is not in it might have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from pydantic import SecretStr

from server.settings import Profile, Settings
from tests.http.asking import NOWHERE, client_of, codes, post

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx


@pytest_asyncio.fixture
async def production() -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the application as production has it."""
    settings = Settings(
        profile=Profile.PRODUCTION, uri=NOWHERE.uri, password=SecretStr("correct horse battery")
    )
    async with client_of(settings) as client:
        yield client


@pytest.mark.parametrize(
    "query",
    [
        "{ __schema { queryType { name } } }",
        '{ __type(name: "Query") { name } }',
        "{ hello ...F } fragment F on Query { __schema { queryType { name } } }",
    ],
)
async def test_the_schema_is_not_told(production: httpx.AsyncClient, query: str) -> None:
    """Neither of the two fields that tell it is answered, wherever it stands."""
    assert set(codes(await post(production, query=query))) == {"INTROSPECTION_DISABLED"}


async def test_type_names_are(production: httpx.AsyncClient) -> None:
    """Clients need `__typename` to know what they got."""
    response = await post(production, query="{ __typename hello }")
    assert response.json() == {"data": {"__typename": "Query", "hello": "Hello, world"}}


@pytest.mark.parametrize("query", ["{ hallo }", "{ hello(nane: 7) }", "{ helo agan }"])
async def test_messages_suggest_only_in_development(
    client: httpx.AsyncClient, production: httpx.AsyncClient, query: str
) -> None:
    """The rest of the message is the same in both."""
    told = (await post(client, query=query)).json()["errors"][0]["message"]
    hidden = (await post(production, query=query)).json()["errors"][0]["message"]
    assert " Did you mean " in told
    assert hidden == told.split(" Did you mean ")[0]


async def test_there_is_no_explorer(production: httpx.AsyncClient) -> None:
    """The page is not there at all."""
    assert (await production.get("/")).status_code == 404


async def test_an_input_object_gives_no_suggestion_either(production: httpx.AsyncClient) -> None:
    """Its message says what was found after what might have been meant."""
    query = "{ nest(value: {iner: null}) }"
    bodies: tuple[dict[str, Any], ...] = (
        {"query": query},
        {"query": "query Q($n: Nest!) { nest(value: $n) }", "variables": {"n": {"iner": None}}},
    )
    for body in bodies:
        told = (await post(production, **body)).json()["errors"][0]["message"]
        assert "'iner'" in told
        assert "Did you mean" not in told
