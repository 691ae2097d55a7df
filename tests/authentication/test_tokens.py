"""Tokens that are taken, and every way to forge one (RFC 8725)."""

from __future__ import annotations

import base64
import json
import time
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.authentication.asking import ask, assert_refused, data
from tests.authentication.issuing import jwk, private_key
from tests.http.asking import client_of, codes

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.settings import Settings
    from tests.authentication.issuing import Issuer

HELLO = {"hello": "Hello, world"}


def part(value: Any) -> str:
    """Return a part of a token."""
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
async def test_a_token_of_the_issuer_is_taken(
    server: httpx.AsyncClient, issuer: Issuer, algorithm: str
) -> None:
    """By each algorithm that is accepted."""
    assert data(await ask(server, issuer.token(algorithm))) == HELLO


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer  "])
async def test_the_scheme_may_be_written_in_any_way(
    server: httpx.AsyncClient, issuer: Issuer, scheme: str
) -> None:
    """As HTTP has it."""
    told = {"authorization": f"{scheme} {issuer.token()}"}
    response = await server.post("/graphql", json={"query": "{ hello }"}, headers=told)
    assert data(response) == HELLO


@pytest.mark.parametrize("kind", ["JWT", "jwt", "at+jwt", "application/at+jwt"])
async def test_a_token_may_say_that_it_grants_access(
    server: httpx.AsyncClient, issuer: Issuer, kind: str
) -> None:
    """In the words of RFC 7519 and RFC 9068."""
    assert data(await ask(server, issuer.token(headers={"typ": kind}))) == HELLO


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": ["https://other.example", "https://graph.example"]},
        {"iat": None},
        {"exp": 10**400},
        {"roles": None},
        {"roles": "editor"},
        {"roles": {"editor": True}},
    ],
)
async def test_what_else_a_good_token_may_say(
    server: httpx.AsyncClient, issuer: Issuer, claims: dict[str, Any]
) -> None:
    """Several audiences, no time at which it was made, an end beyond all clocks, any roles or none."""
    assert data(await ask(server, issuer.token(**claims))) == HELLO


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": ["https://evil.example"]},
        {"iss": None},
        {"aud": "https://other.example"},
        {"aud": ["https://other.example"]},
        {"aud": "https://graph.example/"},
        {"aud": {"https://graph.example": True}},
        {"aud": []},
        {"aud": None},
        {"exp": int(time.time()) - 31},
        {"exp": 0},
        {"exp": "soon"},
        {"exp": float("inf")},
        {"exp": float("nan")},
        {"exp": None},
        {"nbf": None},
        {"nbf": int(time.time()) + 3_600},
        {"nbf": "soon"},
        {"iat": int(time.time()) + 3_600},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
    ],
)
async def test_claims_that_are_wrong(
    server: httpx.AsyncClient, issuer: Issuer, claims: dict[str, Any]
) -> None:
    """Signed by the issuer, but of another, for another, for another time, or of nobody."""
    name = claims.get("iss", issuer.name)
    signed = jwt.PyJWS().encode(
        json.dumps(issuer.claims(**{"iss": name, **claims})).encode(),
        private_key("ES256"),
        algorithm="ES256",
        headers={"kid": "ES256"},
    )
    assert_refused(await ask(server, signed), signed)


async def test_a_clock_may_be_half_a_minute_wrong(
    server: httpx.AsyncClient, issuer: Issuer
) -> None:
    """And no more: a token that has just ended, or is about to begin, is taken."""
    now = int(time.time())
    assert data(await ask(server, issuer.token(exp=now - 5))) == HELLO
    assert data(await ask(server, issuer.token(nbf=now + 20, iat=now + 20))) == HELLO


async def test_an_issuer_may_leave_out_when_its_tokens_begin(
    settings_for: Callable[..., Settings], issuer: Issuer
) -> None:
    """Where that is said; what one of them does say counts all the same."""
    async with client_of(settings_for(nbf_required=False)) as server:
        assert data(await ask(server, issuer.token(nbf=None))) == HELLO
        later = issuer.token(nbf=int(time.time()) + 3_600)
        assert_refused(await ask(server, later), later)


async def test_no_signature_is_none(server: httpx.AsyncClient, issuer: Issuer) -> None:
    """Whichever way `none` is written, with and without something in its place."""
    for none in ("none", "None", "NONE", "nOnE", ""):
        head = part({"alg": none, "kid": "ES256", "typ": "JWT"})
        unsigned = f"{head}.{part(issuer.claims())}."
        assert_refused(await ask(server, unsigned), unsigned)
        assert_refused(await ask(server, unsigned + "AAAA"), unsigned)


@pytest.mark.parametrize("hashed", [("HS256", hashes.SHA256()), ("HS512", hashes.SHA512())])
@pytest.mark.parametrize("form", ["pem", "der", "jwk", "n"])
async def test_a_public_key_is_no_secret(
    server: httpx.AsyncClient, issuer: Issuer, hashed: tuple[str, Any], form: str
) -> None:
    """A token signed with it by HMAC is nobody's."""
    public = private_key("RS256").public_key()
    published = next(key for key in issuer.keys if key["kid"] == "RS256")
    secret = {
        "pem": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "der": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "jwk": json.dumps(published).encode(),
        "n": published["n"].encode(),
    }[form]
    algorithm, how = hashed
    signed = f"{part({'alg': algorithm, 'kid': 'RS256'})}.{part(issuer.claims())}"
    made = hmac.HMAC(secret, how)
    made.update(signed.encode())
    token = f"{signed}.{part(made.finalize())}"
    assert_refused(await ask(server, token), token)


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS512", "ES256K", "RS1", "rs256"])
async def test_another_algorithm_is_not_accepted(
    server: httpx.AsyncClient, issuer: Issuer, algorithm: str
) -> None:
    """Nor one that is written otherwise."""
    good = issuer.token("RS256").split(".")
    token = ".".join([part({"alg": algorithm, "kid": "RS256"}), *good[1:]])
    assert_refused(await ask(server, token), token)


async def test_a_key_is_for_its_algorithm(server: httpx.AsyncClient, issuer: Issuer) -> None:
    """A key that is published for one is not used for another, and none of another kind."""
    issuer.keys = [jwk | {"alg": "RS256"} if jwk["kid"] == "RS256" else jwk for jwk in issuer.keys]
    other = issuer.token("PS256", key=private_key("RS256"), headers={"kid": "RS256"})
    assert_refused(await ask(server, other), other)
    confused = issuer.token("ES256", headers={"kid": "RS256"})
    assert_refused(await ask(server, confused), confused)


async def test_another_key_by_the_same_name(server: httpx.AsyncClient, issuer: Issuer) -> None:
    """What it signs is not the issuer's."""
    for algorithm, key in (
        ("ES256", ec.generate_private_key(ec.SECP256R1())),
        ("RS256", rsa.generate_private_key(65_537, 2_048)),
    ):
        token = issuer.token(algorithm, key=key)
        assert_refused(await ask(server, token), token)


async def test_what_was_signed_is_what_counts(server: httpx.AsyncClient, issuer: Issuer) -> None:
    """Other claims, another header or another signature make a token of nobody's."""
    head, body, signature = issuer.token().split(".")
    for token in (
        ".".join([head, part(issuer.claims(roles=["admin"])), signature]),
        ".".join([part({"alg": "ES256", "kid": "ES256", "x": 1}), body, signature]),
        ".".join([head, body, part(b"\0" * 64)]),
        ".".join([head, body, signature[:-4]]),
    ):
        assert_refused(await ask(server, token), token)


@pytest.mark.parametrize(
    "name",
    [
        "../../../../dev/null",
        "/dev/null",
        "http://127.0.0.1:9/keys",
        "file:///dev/null",
        "ES256\0",
        "' OR 1=1 --",
        "k" * 257,
        "",
        7,
        None,
        ["ES256"],
        {"kid": "ES256"},
    ],
)
async def test_the_name_of_a_key_is_nothing_but_a_name(
    server: httpx.AsyncClient, issuer: Issuer, name: Any
) -> None:
    """No path, no address, no query: known, or not."""
    head = part({"alg": "ES256", "kid": name} if name is not None else {"alg": "ES256"})
    _, body, signature = issuer.token().split(".")
    assert_refused(await ask(server, f"{head}.{body}.{signature}"))
    assert set(issuer.asked) <= {"/keys"}


@pytest.mark.parametrize("member", ["jku", "x5u"])
async def test_where_a_token_says_its_keys_are_nobody_looks(
    server: httpx.AsyncClient, issuer: Issuer, member: str
) -> None:
    """The header is signed by whoever made it."""
    address = f"{issuer.name}/evil"
    token = issuer.token(key=ec.generate_private_key(ec.SECP256R1()), headers={member: address})
    assert_refused(await ask(server, token), token)
    assert issuer.asked == ["/keys"]


async def test_a_token_does_not_bring_its_own_key(
    server: httpx.AsyncClient, issuer: Issuer
) -> None:
    """A `jwk` in the header is read by nobody."""
    own = ec.generate_private_key(ec.SECP256R1())
    token = issuer.token(key=own, headers={"jwk": jwk(own, "ES256")})
    assert_refused(await ask(server, token), token)


@pytest.mark.parametrize(
    "headers",
    [
        {"crit": ["exp"], "exp": 1},
        {"crit": ["b64"], "b64": False},
        {"b64": True},
        {"typ": "logout+jwt"},
        {"typ": "dpop+jwt"},
        {"typ": "secevent+jwt"},
        {"typ": 7},
    ],
)
async def test_what_is_not_understood_is_not_taken(
    server: httpx.AsyncClient, issuer: Issuer, headers: dict[str, Any]
) -> None:
    """Extensions that must be, and tokens for something else, signed by the same key."""
    head = part({"alg": "ES256", "kid": "ES256", **headers})
    body = part(issuer.claims())
    signed = f"{head}.{body}".encode()
    algorithm = jwt.get_algorithm_by_name("ES256")
    token = f"{head}.{body}.{part(algorithm.sign(signed, private_key('ES256')))}"
    assert_refused(await ask(server, token), token)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer a.b",
        "Bearer a.b.c",
        "Bearer a.b.c.d.e",
        "Bearer ....",
        "Bearer a b.c.d",
        "Bearer é.é.é",
        "Basic YWRtaW46YWRtaW4=",
        "Token a.b.c",
        "a.b.c",
        f"Bearer {part(b'[' * 3000)}.{part({})}.{part(b's')}",
        f"Bearer {part(b'{' * 3000)}.{part({})}.{part(b's')}",
        f"Bearer {part([])}.{part({})}.{part(b's')}",
        f"Bearer {part(None)}.{part({})}.{part(b's')}",
        f"Bearer {part({'alg': 'ES256', 'kid': 'ES256'})}.{part(b'[' * 3000)}.{part(b's' * 64)}",
        f"Bearer {part({'alg': {}, 'kid': 'ES256'})}.{part({})}.{part(b's')}",
    ],
)
async def test_what_is_no_token(server: httpx.AsyncClient, told: str) -> None:
    """Whoever sends `Authorization` is not anonymous: it is right, or refused."""
    headers = [(b"authorization", told.encode("latin-1"))]
    response = await server.post("/graphql", json={"query": "{ hello }"}, headers=headers)
    assert_refused(response)


async def test_a_token_may_not_be_long(server: httpx.AsyncClient, issuer: Issuer) -> None:
    """Not even a good one."""
    long = issuer.token(padding="x" * 8_192)
    assert_refused(await ask(server, long), long)


async def test_one_token_at_a_time(server: httpx.AsyncClient, issuer: Issuer) -> None:
    """Two headers are refused, whichever of them is good, or both."""
    good = f"Bearer {issuer.token()}"
    for told in ([good, good], [good, "Bearer x"], ["Bearer x", good]):
        response = await server.post(
            "/graphql",
            json={"query": "{ hello }"},
            headers=[("authorization", each) for each in told],
        )
        assert_refused(response)
    assert_refused(
        await server.post(
            "/graphql", json={"query": "{ hello }"}, headers={"authorization": f"{good}, {good}"}
        )
    )


async def test_no_token_comes_in_an_address(server: httpx.AsyncClient, issuer: Issuer) -> None:
    """There it would be kept by histories and logs."""
    given = {"access_token": issuer.token(), "query": "{ hello }"}
    for response in (
        await server.get("/graphql", params=given),
        await server.post("/graphql", params=given, json={"query": "{ hello }"}),
        await server.get(f"/graphql?%61ccess_token={given['access_token']}&query=%7Bhello%7D"),
    ):
        assert response.status_code == 400
        assert codes(response) == ["BAD_REQUEST"]
        assert given["access_token"] not in response.text
