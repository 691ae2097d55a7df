"""What operations cost, told and charged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from server.settings import Settings
from tests.http.asking import GRAPHQL, JSON, client_of, codes, post

if TYPE_CHECKING:
    import httpx

TIGHT = "anonymous=100/0.001"
ASKED = {"content-graph-cost": "true"}


async def cost(client: httpx.AsyncClient, query: str, **more: Any) -> dict[str, Any]:
    """Return what an operation is said to cost."""
    response = await client.post("/graphql", json={"query": query, **more}, headers=ASKED)
    return response.json()["extensions"]["cost"]


async def test_what_an_operation_costs_is_told_to_who_asks(client: httpx.AsyncClient) -> None:
    """An operation costs one, and each object; nobody is charged in development, unless it is said."""
    free = {"available": None}
    assert await cost(client, "{ hello }") == {"requested": 1, "actual": 1, **free}
    query = "{ again { again { hello } hello } a: again { hello } }"
    assert await cost(client, query) == {"requested": 4, "actual": 4, **free}
    assert await cost(client, "query($no: Boolean!) { again @skip(if: $no) { hello } }",
                      variables={"no": True}) == {"requested": 2, "actual": 1, **free}  # fmt: skip
    assert "extensions" not in (await post(client, query="{ hello }")).json()


async def test_what_nobody_answers_costs_what_was_asked(client: httpx.AsyncClient) -> None:
    """A read that failed was a read; where nothing ran, nothing is charged but the operation."""
    failed = await cost(client, "{ again { required } }")
    assert failed == {"requested": 2, "actual": 2, "available": None}
    partly = await cost(client, "{ again { unavailable } }")
    assert partly["actual"] == 2
    refused = await cost(client, "query($n: String!) { again { hello(name: $n) } }", variables={})
    assert refused == {"requested": 2, "actual": 1, "available": None}


async def test_a_caller_is_charged_and_given_back() -> None:
    """A document that is new costs ten more; what was not returned is given back."""
    query = "query($no: Boolean!) { again @skip(if: $no) { again { hello } } }"
    async with client_of(Settings.model_validate({"budgets": TIGHT})) as client:
        first = await cost(client, query, variables={"no": True})
        assert first == {"requested": 3, "actual": 1, "available": 100 - 10 - 1}
        second = await cost(client, query, variables={"no": False})
        assert second == {"requested": 3, "actual": 3, "available": 100 - 10 - 1 - 3}


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_who_has_nothing_left_is_told_when_to_come_again(accept: str) -> None:
    """With 429 in either media type, before anything is checked or runs."""
    async with client_of(Settings.model_validate({"budgets": TIGHT})) as client:
        for number in range(9):
            response = await post(client, accept, query=f"{{ a{number}: hello }}")
            assert response.status_code == 200
        response = await post(client, accept, query="{")
        assert response.status_code == 429
        assert codes(response) == ["RATE_LIMITED"]
        assert response.headers["retry-after"] == "3600"
        [error] = response.json()["errors"]
        assert error["extensions"]["cost"] == {"requested": 10, "available": 1}
        # A document that is known is no work to check.
        assert (await post(client, accept, query="{ a0: hello }")).status_code == 200
        assert (await post(client, accept, query="{ a0: hello }")).status_code == 429


async def test_what_is_refused_is_charged_for() -> None:
    """Checking takes as long whether a document is valid or not."""
    async with client_of(Settings.model_validate({"budgets": TIGHT})) as client:
        answers = [await post(client, query=f"{{ nothing{n} }}") for n in range(11)]
        assert [answer.status_code for answer in answers] == [400] * 10 + [429]


async def test_what_never_fits_is_another_refusal() -> None:
    """It would be refused for ever."""
    query = "{ " + " ".join(f"a{a}: again {{ {' '.join(f'b{b}: again {{ hello }}' for b in range(10))} }}"
                             for a in range(10)) + " }"  # fmt: skip
    async with client_of(Settings.model_validate({"budgets": TIGHT})) as client:
        response = await post(client, query=query)
        assert response.status_code == 400
        assert codes(response) == ["COST_TOO_HIGH"]
        assert "retry-after" not in response.headers
