"""Gateways over the composed subgraphs answer as one server of the whole schema does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from schema.registry import findable_types
from tests.federation.questions import QUESTIONS, THING

if TYPE_CHECKING:
    import httpx

    from tests.federation.things import Things


class Both:
    """A gateway and the server of the whole schema."""

    def __init__(self, client: httpx.AsyncClient, gateway: tuple[str, str], whole: str) -> None:
        self._client = client
        name, self._gateway = gateway
        self._whole = whole
        # Hive Gateway leaves the places in lists out of the paths of subgraphs' errors.
        self._places = name != "hive"

    async def agree(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Return the answer of both; fail where they differ."""
        one = await self._asked(self._gateway, query, variables)
        other = await self._asked(self._whole, query, variables)
        assert one == other
        assert "GRAPHQL_VALIDATION_FAILED" not in {each["code"] for each in other["errors"]}
        return other

    async def _asked(self, address: str, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        answer = (await self._client.post(address, json=body)).json()
        return {"data": answer.get("data"), "errors": told(answer, places=self._places)}


@pytest.fixture
def both(
    client: httpx.AsyncClient, running_gateway: tuple[str, str], addresses: dict[str, str]
) -> Both:
    """Return a gateway beside the whole."""
    return Both(client, running_gateway, addresses["whole"])


@pytest.mark.parametrize("about", QUESTIONS)
async def test_a_gateway_answers_as_the_whole(both: Both, things: Things, about: str) -> None:
    """The same data, and the same codes of errors."""
    query, variables = QUESTIONS[about]
    await both.agree(query, variables(things))


@pytest.mark.parametrize("type_name", sorted(findable_types()))
async def test_a_node_of_every_type(both: Both, things: Things, type_name: str) -> None:
    """Found by its id, and told of by each subgraph that knows of it."""
    answer = await both.agree(THING, {"id": things.by_type[type_name][0]})
    assert answer["data"]["node"]["__typename"] == type_name


async def test_a_list_is_paged_to_its_end(both: Both) -> None:
    """A cursor that a gateway passes on is the whole's."""
    query = """query ($after: String) { works(first: 10, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { title claims(first: 1) { totalCount } identityLinks(first: 1) { totalCount } }
    } }"""
    after: str | None = None
    found = 0
    while after or not found:
        page = (await both.agree(query, {"after": after}))["data"]["works"]
        found += len(page["nodes"])
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
    assert found > 30


def told(answer: dict[str, Any], *, places: bool) -> list[dict[str, Any]]:
    """Return what an answer tells of its errors, in the order of their paths."""
    found = [
        {
            "message": error["message"],
            "path": [key for key in error.get("path") or () if places or isinstance(key, str)],
            "code": error.get("extensions", {}).get("code"),
        }
        for error in answer.get("errors", ())
    ]
    return sorted(found, key=str)
