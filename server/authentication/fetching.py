"""Where an issuer's keys are: at an address that is set, or that its discovery document names."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import httpx
import orjson

from server.authentication.keys import KeysUnreadableError, read_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from server.authentication.keys import Key

DISCOVERY: Final = "/.well-known/openid-configuration"
FETCH_SECONDS: Final = 5.0
MOST_BYTES: Final = 262_144
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})

_OK: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An issuer, and where it publishes its keys; empty where its discovery document says it."""

    issuer: str
    jwks_url: str = ""
    seconds: float = FETCH_SECONDS

    async def __call__(self) -> Mapping[str, Key]:
        """Fetch the keys; raises KeysUnreadableError, TimeoutError and httpx.HTTPError.

        No address comes from a token, none is redirected, and no answer is larger than `MOST_BYTES`.
        """
        trusted = await asyncio.to_thread(_authorities)
        async with (
            asyncio.timeout(self.seconds),
            httpx.AsyncClient(timeout=self.seconds, verify=trusted) as client,
        ):
            return read_keys(await _fetched(client, self.jwks_url or await self._found(client)))

    async def _found(self, client: httpx.AsyncClient) -> str:
        text = await _fetched(client, self.issuer.removesuffix("/") + DISCOVERY)
        try:
            told: Any = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise KeysUnreadableError("the discovery document is not JSON") from None
        found = cast("Mapping[str, Any]", told if isinstance(told, dict) else {})
        if found.get("issuer") != self.issuer:
            raise KeysUnreadableError("the discovery document is another issuer's")
        address = found.get("jwks_uri")
        if not isinstance(address, str) or not is_safe(address):
            raise KeysUnreadableError("the discovery document has no `jwks_uri` of https")
        return address


def is_safe(address: str) -> bool:
    """Say whether nobody on the way can change what is read: https, or this machine itself."""
    try:
        parts = urlsplit(address)
        hostname = parts.hostname
    except ValueError:
        return False
    return bool(hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and hostname in LOOPBACK)
    )


@cache
def _authorities() -> ssl.SSLContext:
    """Return who vouches for servers: read once, for it takes a fifth of a second."""
    return httpx.create_ssl_context()


async def _fetched(client: httpx.AsyncClient, address: str) -> bytes:
    body = bytearray()
    async with client.stream("GET", address, headers={"accept": "application/json"}) as answer:
        if answer.status_code != _OK:
            raise KeysUnreadableError(f"{address} answers with status {answer.status_code}")
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > MOST_BYTES:
                raise KeysUnreadableError(f"{address} answers with more than {MOST_BYTES} bytes")
    return bytes(body)
