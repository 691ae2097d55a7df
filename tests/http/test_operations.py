"""What runs, what is refused, and how both are told."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest
from graphql import get_introspection_query

from execution.checking import Checker
from execution.documents import MOST_COMING, SHORT_TOKENS
from execution.limits import Limits
from execution.operations import Operations
from execution.requests import GraphQLRequest
from server.settings import Settings
from tests.http.asking import GRAPHQL, JSON, client_of, codes, post
from tests.http.small_schema import TOLD_TO_NOBODY, small_schema

if TYPE_CHECKING:
    import httpx

    from execution.checking import Prepared


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": '{ hello(name: "'}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ echo(value: " + "9" * 5_000 + ") }"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": '{ echo(value: "\\ud800") }'}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "{ hello(name: 7) }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "fragment F on Query { hello }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query A { hello } query B { hello }"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query A { hello }", "operationName": "B"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query A { hello }", "operationName": ""}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "type Query { a: Int }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query Q($n: String!) { hello(name: $n) }"}, "BAD_USER_INPUT"),
        (
            {"query": "query Q($n: String!) { hello(name: $n) }", "variables": {"n": 7}},
            "BAD_USER_INPUT",
        ),
        ({"query": "{" + " " * 15_000 + "hello }"}, "DOCUMENT_TOO_LONG"),
        ({"query": "{" + "hello " * 2_000 + "}"}, "TOO_MANY_TOKENS"),
        ({"query": "{again" * 12 + "{hello}" + "}" * 12}, "TOO_DEEP"),
        ({"query": "{again" * 100 + "{hello}" + "}" * 100}, "TOO_DEEP"),
    ],
)
async def test_a_request_error_has_its_code_and_no_data(
    client: httpx.AsyncClient, body: dict[str, Any], code: str
) -> None:
    """The newer media type tells with 400, the older with 200, as the specification has it."""
    for accept, status in ((GRAPHQL, 400), (JSON, 200)):
        response = await post(client, accept, **body)
        assert response.status_code == status
        assert set(codes(response)) == {code}


async def test_a_document_at_the_depth_limit_runs(client: httpx.AsyncClient) -> None:
    """A document at the depth limit runs."""
    response = await post(client, query="{again" * 11 + "{hello}" + "}" * 11)
    assert response.status_code == 200
    assert "errors" not in response.json()


async def test_introspection_as_tools_ask_it_runs(client: httpx.AsyncClient) -> None:
    """Introspection as tools ask it runs."""
    query = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, input_value_deprecation=True
    )
    response = await post(client, query=query)
    assert response.json()["data"]["__schema"]["queryType"]["name"] == "Query"


async def test_fragments_nested_thirty_levels_are_answered_at_once(
    client: httpx.AsyncClient,
) -> None:
    """A limiter without memory walks 2**30 paths here and the process is lost."""
    levels = "".join(f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(30))
    query = f"{{ ...F0 }} {levels} fragment F30 on Query {{ hello }}"
    response = await post(client, query=query)
    assert response.json() == {"data": {"hello": "Hello, world"}}


async def test_an_operation_is_chosen_by_name(client: httpx.AsyncClient) -> None:
    """An operation is chosen by name."""
    query = 'query A { hello } query B { hello(name: "B") }'
    response = await post(client, query=query, operationName="B")
    assert response.json() == {"data": {"hello": "Hello, B"}}


async def test_a_nullable_field_that_fails_leaves_the_rest(client: httpx.AsyncClient) -> None:
    """A nullable field that fails leaves the rest."""
    response = await post(client, query="{ hello unavailable }")
    assert response.status_code == 200
    body = response.json()
    assert body["data"] == {"hello": "Hello, world", "unavailable": None}
    assert body["errors"] == [
        {
            "message": "The graph's engine cannot be reached; try again.",
            "locations": [{"line": 1, "column": 9}],
            "path": ["unavailable"],
            "extensions": {"code": "SERVICE_UNAVAILABLE"},
        }
    ]


async def test_a_required_field_that_fails_takes_the_data_with_it(
    client: httpx.AsyncClient,
) -> None:
    """A required field that fails takes the data with it."""
    response = await post(client, query="{ hello required }")
    assert response.status_code == 200
    body = response.json()
    assert body["data"] is None
    assert body["errors"][0]["extensions"] == {"code": "SERVICE_UNAVAILABLE"}


async def test_a_defect_is_masked(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    """The caller gets the trace to quote; the log gets the traceback."""
    response = await post(client, query="{ hello defect }")
    assert response.status_code == 200
    body = response.json()
    assert body["data"] == {"hello": "Hello, world", "defect": None}
    [error] = body["errors"]
    assert error["path"] == ["defect"]
    assert error["extensions"] == {"code": "INTERNAL", "traceId": response.headers["trace-id"]}
    assert TOLD_TO_NOBODY not in response.text
    told = capsys.readouterr()
    assert TOLD_TO_NOBODY in told.out + told.err
    assert "Traceback" in told.out + told.err


async def test_a_value_that_json_cannot_say_is_masked(client: httpx.AsyncClient) -> None:
    """A value that json cannot say is masked."""
    response = await post(client, query="{ tooLarge }")
    assert response.status_code == 500
    assert codes(response) == ["INTERNAL"]
    assert response.headers["content-type"].startswith(GRAPHQL)


async def test_nothing_refused_makes_a_context() -> None:
    """Nothing refused makes a context."""

    def context(_viewer: object) -> Any:
        raise AssertionError("A context was made.")

    operations = Operations(small_schema, Limits())
    request = GraphQLRequest(
        query="{ nothing }", operation_name=None, variables={}, extensions={}, by_get=False
    )
    assert (await operations.run(request, context)).request_error


async def test_who_comes_with_too_many_long_documents_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With 503 and `Retry-After`, in either media type; who comes with a short one is answered."""
    go_on, check = threading.Event(), Checker.check

    def held(checker: Checker, text: str, tokens: int) -> Prepared:
        if tokens > SHORT_TOKENS:
            go_on.wait(30)
        return check(checker, text, tokens)

    monkeypatch.setattr(Checker, "check", held)
    long = [
        f"{{ {' '.join(f'a{number}: hello' for number in range(extra + SHORT_TOKENS))} }}"
        for extra in range(2 * MOST_COMING)
    ]
    async with client_of(Settings(max_aliases=1_000)) as client:
        asking = [
            asyncio.create_task(post(client, accept, query=text))
            for text, accept in zip(long, (GRAPHQL, JSON) * MOST_COMING, strict=True)
        ]
        refused = [await each for each in asking[MOST_COMING:]]
        assert (await post(client, query="{ hello }")).status_code == 200
        go_on.set()
        assert {(await each).status_code for each in asking[:MOST_COMING]} == {200}
    assert {answer.status_code for answer in refused} == {503}
    assert all(codes(answer) == ["SERVER_BUSY"] for answer in refused)
    assert {answer.headers["retry-after"] for answer in refused} == {"1"}
