"""What operations cost, told and charged."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from execution.budgets import Allowance, Budget
from execution.requests import Caller
from execution.spending import CHARACTERS_A_COST, CHECKING_COST
from server.authentication.development import sign
from server.refusals import REFUSAL_COST, Refusals
from server.settings import Settings
from tests.http.asking import GRAPHQL, JSON, client_of, codes, post

if TYPE_CHECKING:
    from pathlib import Path

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


async def test_what_is_refused_in_its_place_costs_as_much(client: httpx.AsyncClient) -> None:
    """An error in the place of each of many things is as much work as they are; nobody pays for more."""
    assert (await cost(client, "{ a: nobody { hello } b: nobody { hello } }"))["actual"] == 3
    assert (await cost(client, "{ again { a: unavailable b: unavailable } }"))["actual"] == 2


async def test_a_caller_is_charged_and_given_back() -> None:
    """A document that is new costs more, by its length; what was not returned is given back."""
    query = "query($no: Boolean!) { again @skip(if: $no) { again { hello } } }"
    checked = 100 - CHECKING_COST - len(query) // CHARACTERS_A_COST
    async with client_of(Settings.model_validate({"budgets": TIGHT})) as client:
        first = await cost(client, query, variables={"no": True})
        assert first == {"requested": 3, "actual": 1, "available": checked - 1}
        second = await cost(client, query, variables={"no": False})
        assert second == {"requested": 3, "actual": 3, "available": checked - 1 - 3}


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_who_has_nothing_left_is_told_when_to_come_again(accept: str) -> None:
    """With 429 in either media type, before anything is checked or runs."""
    async with client_of(Settings.model_validate({"budgets": TIGHT})) as client:
        for number in range(5):  # Each costs 17.
            response = await post(client, accept, query=f"{{ a{number}: hello }}")
            assert response.status_code == 200
        response = await post(client, accept, query="{ nothing at")
        assert response.status_code == 429
        assert codes(response) == ["RATE_LIMITED"]
        assert response.headers["retry-after"] == "1000"
        [error] = response.json()["errors"]
        assert error["extensions"]["cost"] == {"requested": 16, "available": 15}
        # A document that is known is no work to check.
        for _ in range(15):
            assert (await post(client, accept, query="{ a0: hello }")).status_code == 200
        assert (await post(client, accept, query="{ a0: hello }")).status_code == 429


async def test_what_is_refused_is_charged_for() -> None:
    """Checking takes as long whether a document is valid or not, and a refusal costs forty more."""
    async with client_of(Settings.model_validate({"budgets": TIGHT})) as client:
        answers = [await post(client, query=f"{{ nothing{n} }}") for n in range(4)]
        assert [answer.status_code for answer in answers] == [400] * 3 + [429]


async def test_what_never_fits_is_another_refusal() -> None:
    """It would be refused for ever."""
    query = "{ " + " ".join(f"a{a}: again {{ {' '.join(f'b{b}: again {{ hello }}' for b in range(10))} }}"
                             for a in range(10)) + " }"  # fmt: skip
    async with client_of(Settings.model_validate({"budgets": TIGHT})) as client:
        response = await post(client, query=query)
        assert response.status_code == 400
        assert codes(response) == ["COST_TOO_HIGH"]
        assert "retry-after" not in response.headers


async def test_who_is_refused_over_and_over_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has used up a budget with bodies that are none is told later, and nobody waits for them."""
    monkeypatch.setattr("server.refusals.HELD_SECONDS", 4.0)  # Long beside a busy machine's answer.
    settings = Settings.model_validate(
        {"budgets": f"{TIGHT}, authenticated=100/0.001", "data": tmp_path}
    )
    async with client_of(settings) as client:
        for _ in range(100 // REFUSAL_COST):
            assert (await client.post("/graphql", content=b"7")).status_code == 415
        later = asyncio.create_task(client.post("/graphql", content=b"7"))
        forged = asyncio.create_task(
            client.post("/graphql", headers={"authorization": "Bearer of.no.one"})
        )
        token = sign(settings.data, "Ada", [], hours=1)
        known = {"authorization": f"Bearer {token}"}
        response = await client.post("/graphql", json={"query": "{ hello }"}, headers=known)
        assert response.status_code == 200
        assert not later.done()
        assert not forged.done()
        assert (await later).status_code == 415
        assert (await forged).status_code == 401


async def test_no_more_than_so_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more is told at once: a connection is held for each."""
    monkeypatch.setattr("server.refusals.MOST_HELD", 2)
    refusals = Refusals(Allowance({"anonymous": Budget(100, 0.001)}))
    for _ in range(100 // REFUSAL_COST):
        await refusals.charge(Caller())
    waiting = [asyncio.create_task(refusals.charge(Caller())) for _ in range(2)]
    await asyncio.sleep(0)
    await refusals.charge(Caller())
    assert not any(task.done() for task in waiting)
    await asyncio.gather(*waiting)
