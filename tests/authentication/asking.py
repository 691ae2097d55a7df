"""Asking with a token, and what is told to those who are not believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.http.asking import codes

if TYPE_CHECKING:
    import httpx


async def ask(
    client: httpx.AsyncClient, token: str | None, query: str = "{ hello }", **headers: str
) -> httpx.Response:
    """Ask with a token, or without one."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if token is not None:
        given["authorization"] = f"Bearer {token}"
    return await client.post("/graphql", json={"query": query}, headers=given)


def assert_refused(response: httpx.Response, token: str = "") -> None:
    """Assert that a token is refused, in words that repeat nothing of it."""
    assert response.status_code == 401, response.text
    assert codes(response) == ["UNAUTHENTICATED"]
    challenge = response.headers["www-authenticate"]
    assert challenge.startswith("Bearer ")
    assert 'error="invalid_token"' in challenge
    assert response.headers["cache-control"] == "no-store"
    for part in filter(None, token.split(".")):
        assert part not in response.text + str(response.headers)


def data(response: httpx.Response) -> Any:
    """Return the data of an answer without errors."""
    body = response.json()
    assert "errors" not in body, body
    return body["data"]
