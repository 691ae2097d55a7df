"""How these tests ask, and what they read of a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"


async def post(client: httpx.AsyncClient, accept: str = GRAPHQL, **body: Any) -> httpx.Response:
    """Send one operation by POST."""
    return await client.post("/graphql", json=body, headers={"accept": accept})


def codes(response: httpx.Response) -> list[str]:
    """Return the codes of a response that has no data."""
    body = response.json()
    assert "data" not in body
    return [error["extensions"]["code"] for error in body["errors"]]
