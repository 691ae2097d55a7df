"""`extensions.ftv1`: the trace of an answer's fields, read with Apollo's own messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import pytest

from server.graphql_http import TRACE_HEADER
from server.settings import Settings
from tests.federation.programs import decoded
from tests.http.asking import client_of
from tests.reads.graphs import sampled

if TYPE_CHECKING:
    from tests.reads.asking import Asker

__all__ = ["sampled"]

QUERY: Final = """
{
  some: artists(first: 2) { nodes { id called: name recordings(first: 2) { edges { node { title } } } } }
  nodes(ids: ["nonsense"]) { __typename id ... on Artist { name } }
}
"""


def told(node: dict[str, Any]) -> Any:
    """Return the shape of what a node tells of: names, indexes and what is below them."""
    return {
        child.get("responseName", child.get("index")): told(child)
        for child in node.get("child", ())
    }


def shape(value: Any) -> Any:
    """Return the same shape of an answer."""
    match value:
        case dict():
            return {name: shape(each) for name, each in cast("dict[str, Any]", value).items()}
        case [dict() | list(), *_]:
            return {index: shape(each) for index, each in enumerate(cast("list[Any]", value))}
        case _:
            return {}


async def test_the_trace_of_a_plan(sampled: Asker) -> None:
    """Every field and item of the answer is in it, with its type and times; an error is in its place."""
    answer = await sampled.traced(QUERY)
    trace = await decoded(answer.body["extensions"]["ftv1"])
    root = trace["root"]
    data = answer.body["data"]
    assert told(root)["some"] == shape(data["some"])
    assert told(root)["nodes"] == {0: {}}
    some, nodes = root["child"]
    assert (some["originalFieldName"], some["type"], some["parentType"]) == (
        "artists",
        "ArtistConnection",
        "Query",
    )
    assert 0 < some["startTime"] < some["endTime"] <= trace["durationNs"]
    [item] = nodes["child"]
    [error] = item["error"]
    assert error["message"] == answer.body["errors"][0]["message"]
    assert error["location"] == [{"line": 4, "column": 3}]


async def test_nobody_is_told_who_does_not_ask(sampled: Asker) -> None:
    """No extension, and no plan in its place."""
    assert "extensions" not in (await sampled(QUERY)).body


@pytest.mark.parametrize(("settings", "tells"), [(Settings(), True), (Settings(ftv1=False), False)])
async def test_a_gateway_asks_by_its_header(settings: Settings, *, tells: bool) -> None:
    """Where the settings let it."""
    async with client_of(settings) as client:
        headers = {TRACE_HEADER: "ftv1"}
        response = await client.post(
            "/graphql", json={"query": "{ it: __typename }"}, headers=headers
        )
    body = response.json()
    assert ("ftv1" in body.get("extensions", {})) is tells
    if tells:
        trace = await decoded(body["extensions"]["ftv1"])
        assert trace["startTime"]["seconds"] <= trace["endTime"]["seconds"]
