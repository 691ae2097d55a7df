"""The issuer's keys: found, fetched seldom, rotated, and gone on with while the issuer is away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from server.authentication.fetching import MOST_BYTES, Published
from server.authentication.key_sets import (
    FRESH_SECONDS,
    LONGEST_SECONDS,
    PAUSE_SECONDS,
    STALE_SECONDS,
    KeySet,
    KeysUnavailableError,
)
from server.authentication.keys import KeysUnreadableError, read_keys
from tests.authentication.asking import ask, assert_refused, data
from tests.authentication.issuing import DISCOVERY, jwk, private_key
from tests.http.asking import client_of, codes

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from server.settings import Settings
    from tests.authentication.issuing import Issuer

HELLO = {"hello": "Hello, world"}


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Return the time it is set to."""
        return self.now


def keys_of(issuer: Issuer) -> tuple[KeySet, Clock]:
    """Return the keys of the issuer, and their clock."""
    clock = Clock()
    return KeySet(Published(issuer=issuer.name, jwks_url=issuer.jwks_url), clock), clock


async def test_the_keys_are_where_the_discovery_document_says(
    issuer: Issuer, settings_for: Callable[..., Settings]
) -> None:
    """Where no setting says it."""
    async with client_of(settings_for(jwks_url="")) as client:
        assert data(await ask(client, issuer.token())) == HELLO
    assert issuer.asked == [DISCOVERY, "/keys"]


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://evil.example", "jwks_uri": "https://evil.example/keys"},
        {"jwks_uri": "https://evil.example/keys"},
        {"issuer": "", "jwks_uri": "http://evil.example/keys"},
        {"issuer": "", "jwks_uri": "file:///etc/passwd"},
        {"issuer": "", "jwks_uri": 7},
        {"issuer": ""},
        [],
        None,
    ],
)
async def test_a_discovery_document_that_is_not_followed(issuer: Issuer, told: Any) -> None:
    """Another issuer's, or one that leads where others can listen."""
    text = orjson.dumps(told)
    issuer.body = text.replace(b'"issuer":""', f'"issuer":"{issuer.name}"'.encode())
    with pytest.raises(KeysUnreadableError):
        await Published(issuer=issuer.name)()
    assert issuer.asked == [DISCOVERY]


async def test_those_who_wait_for_keys_wait_for_the_same(
    server: httpx.AsyncClient, issuer: Issuer
) -> None:
    """One fetch for all, and none for those who come later."""
    issuer.open.clear()
    asking = [asyncio.create_task(ask(server, issuer.token(sub=f"{each}"))) for each in range(20)]
    while not issuer.asked:  # noqa: ASYNC110 - the issuer has no event for it.
        await asyncio.sleep(0)
    issuer.open.set()
    assert [data(each) for each in await asyncio.gather(*asking)] == [HELLO] * 20
    assert data(await ask(server, issuer.token("RS256"))) == HELLO
    assert issuer.asked == ["/keys"]


async def test_names_of_keys_that_are_made_up_fetch_nothing(
    server: httpx.AsyncClient, issuer: Issuer
) -> None:
    """However many: nobody makes us ask the issuer again and again."""
    for each in range(100):
        assert_refused(await ask(server, issuer.token(headers={"kid": f"made up {each}"})))
    assert data(await ask(server, issuer.token())) == HELLO
    assert issuer.asked == ["/keys"]


async def test_new_keys_are_found_when_they_are_used(issuer: Issuer) -> None:
    """At the first token with one, but never again within the pause."""
    keys, clock = keys_of(issuer)
    assert await keys.get("ES256")
    issuer.keys.append(jwk(ec.generate_private_key(ec.SECP256R1()), "new"))
    assert await keys.get("new") is None
    clock.now += PAUSE_SECONDS
    assert await keys.get("new")
    assert issuer.asked == ["/keys"] * 2


async def test_keys_that_are_withdrawn_end(issuer: Issuer) -> None:
    """When the keys are fetched again: soon beside a use, later before one."""
    for age, known in ((FRESH_SECONDS, True), (STALE_SECONDS, False)):
        keys, clock = keys_of(issuer)
        kept, issuer.keys = issuer.keys, issuer.keys
        assert await keys.get("RS256")
        issuer.keys = [each for each in issuer.keys if each["kid"] != "RS256"]
        clock.now += age - 1
        assert await keys.get("RS256")
        clock.now += 1
        assert (await keys.get("RS256") is not None) is known
        assert await keys.get("ES256")
        while issuer.asked != ["/keys"] * 2:  # noqa: ASYNC110 - the issuer has no event for it.
            await asyncio.sleep(0.01)
        await asyncio.sleep(0)
        await keys.close()
        issuer.keys = kept
        issuer.asked.clear()


async def test_known_keys_go_on_while_the_issuer_is_away(issuer: Issuer) -> None:
    """For as long as is said; then nobody can say whether a token is good."""
    keys, clock = keys_of(issuer)
    assert await keys.get("ES256")
    start = clock.now
    issuer.status = 500
    for age in (FRESH_SECONDS, STALE_SECONDS, LONGEST_SECONDS - 1):
        clock.now = start + age
        assert await keys.get("ES256")
    clock.now = start + LONGEST_SECONDS + PAUSE_SECONDS
    with pytest.raises(KeysUnavailableError):
        await keys.get("ES256")
    issuer.status = 200
    clock.now += PAUSE_SECONDS
    assert await keys.get("ES256")
    await keys.close()


async def test_a_new_key_of_an_issuer_that_is_away_is_nobodys_fault(issuer: Issuer) -> None:
    """It may be good: neither it nor its bearer is refused for good."""
    keys, clock = keys_of(issuer)
    assert await keys.get("ES256")
    issuer.status = 503
    clock.now += PAUSE_SECONDS
    for _ in range(3):
        with pytest.raises(KeysUnavailableError):
            await keys.get("new")
    assert await keys.get("ES256")
    assert issuer.asked == ["/keys"] * 2


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, None),
        (404, None),
        (302, None),
        (200, b""),
        (200, b"<html>"),
        (200, b"\xff\xfe"),
        (200, b"[]"),
        (200, b"null"),
        (200, b'{"keys": {}}'),
        (200, b'{"keys": []}'),
        (200, b'{"keys": [7, null, "x", [], {}]}'),
        (200, b"[" * 100_000),
        (200, b'{"keys": [' + b" " * MOST_BYTES + b"]}"),
    ],
)
async def test_an_issuer_that_answers_nonsense(
    server: httpx.AsyncClient, issuer: Issuer, status: int, body: bytes | None
) -> None:
    """Is one that does not answer: the token is not refused, and not taken."""
    issuer.status, issuer.body = status, body
    response = await ask(server, issuer.token())
    assert response.status_code == 503
    assert codes(response) == ["ISSUER_UNAVAILABLE"]
    assert response.headers["retry-after"] == "10"
    assert issuer.asked == ["/keys"]
    assert data(await ask(server, None)) == HELLO


async def test_an_issuer_that_is_slow_is_not_waited_for(issuer: Issuer) -> None:
    """Longer than is said."""
    issuer.open.clear()
    published = Published(issuer=issuer.name, jwks_url=issuer.jwks_url, seconds=0.05)
    keys = KeySet(published)
    with pytest.raises(KeysUnavailableError):
        await keys.get("ES256")


async def test_an_issuer_that_is_not_there(
    settings_for: Callable[..., Settings], issuer: Issuer
) -> None:
    """Nobody listens."""
    token = issuer.token()
    async with client_of(settings_for(jwks_url="http://127.0.0.1:9/keys")) as client:
        assert codes(await ask(client, token)) == ["ISSUER_UNAVAILABLE"]


def test_only_keys_that_verify_signatures_are_read() -> None:
    """Not secrets, not private or short keys, not those that encrypt, not nameless ones."""
    rsa_key: Any = private_key("RS256")
    good = jwk(rsa_key, "good")
    private = {**good, "kid": "private", **_secret_members(rsa_key)}
    entries = [
        good,
        {**good, "kid": "named", "alg": "PS256"},
        {**good, "kid": "verifies", "key_ops": ["verify"]},
        {key: value for key, value in good.items() if key != "use"} | {"kid": "unsaid"},
        {**good, "kid": "encrypts", "use": "enc"},
        {**good, "kid": "wraps", "key_ops": ["wrapKey"]},
        {**good, "kid": "odd", "key_ops": 7},
        {**good, "kid": "other", "alg": "RS512"},
        {**good, "kid": "odder", "alg": ["RS256"]},
        {**good, "kid": "x" * 257},
        {**good, "kid": ""},
        {**good, "kid": 7},
        {**good, "kid": "broken", "n": "*"},
        {"kty": "oct", "kid": "secret", "k": "c2VjcmV0", "use": "sig"},
        {"kty": "OKP", "kid": "x25519", "crv": "X25519", "x": "AA"},
        {"kty": "?", "kid": "unknown"},
        jwk(rsa.generate_private_key(65_537, 1_024), "short"),  # noqa: S505 - what is refused.
        jwk(ec.generate_private_key(ec.SECP384R1()), "p384"),
        private,
    ]
    found = read_keys(orjson.dumps({"keys": entries}))
    assert {name: set(key.algorithms) for name, key in found.items()} == {
        "good": {"RS256", "PS256"},
        "named": {"PS256"},
        "verifies": {"RS256", "PS256"},
        "unsaid": {"RS256", "PS256"},
    }


def _secret_members(private: Any) -> dict[str, Any]:
    from jwt.algorithms import RSAAlgorithm  # noqa: PLC0415 - nobody else writes private keys.

    told: Any = RSAAlgorithm.to_jwk(private, as_dict=True)
    return {name: told[name] for name in ("d", "p", "q", "dp", "dq", "qi")}
