"""An issuer of these tests: real keys, real signatures, and a real server that publishes them."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from tests.http.listening import listening_at

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.types import Receive, Scope, Send

AUDIENCE: Final = "https://graph.example"
DISCOVERY: Final = "/.well-known/openid-configuration"

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@cache
def private_key(algorithm: str, name: str = "") -> Any:
    """Return the private key of an algorithm and a name: the same each time."""
    del name
    if algorithm in {"RS256", "PS256"}:
        return rsa.generate_private_key(65_537, 2_048)
    if algorithm == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return ed25519.Ed25519PrivateKey.generate()


def jwk(private: Private, name: str, **members: Any) -> dict[str, Any]:
    """Return a private key's public half, as issuers publish it."""
    public: Any = private.public_key()
    match private:
        case rsa.RSAPrivateKey():
            told: Any = RSAAlgorithm.to_jwk(public, as_dict=True)
        case ec.EllipticCurvePrivateKey():
            told = ECAlgorithm.to_jwk(public, as_dict=True)
        case _:
            told = OKPAlgorithm.to_jwk(public, as_dict=True)
    told.pop("key_ops", None)
    return {**told, "kid": name, "use": "sig", **members}


@dataclass(slots=True)
class Issuer:
    """An issuer, what its server answers, and what it was asked."""

    name: str = ""
    keys: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    asked: list[str] = field(default_factory=list[str])
    status: int = 200
    body: bytes | None = None
    """What is answered in place of the keys."""
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """Nothing is answered while this is not set."""

    @property
    def jwks_url(self) -> str:
        """Where the keys are."""
        return f"{self.name}/keys"

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer as a web server."""
        self.asked.append(scope["path"])
        await self.open.wait()
        found = {"issuer": self.name, "jwks_uri": self.jwks_url}
        told: Any = found if scope["path"] == DISCOVERY else {"keys": self.keys}
        body = json.dumps(told).encode() if self.body is None else self.body
        headers = [(b"location", b"/elsewhere")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def claims(self, **given: Any) -> dict[str, Any]:
        """Return the claims of a good token, with others; None leaves a claim out."""
        now = int(time.time())
        claims = {
            "iss": self.name,
            "aud": AUDIENCE,
            "sub": "mallory or not",
            "exp": now + 3_600,
            "nbf": now - 60,
            "iat": now - 60,
            "roles": ["rights_analyst", "no role of ours"],
        }
        return {name: value for name, value in {**claims, **given}.items() if value is not None}

    def token(
        self,
        algorithm: str = "ES256",
        *,
        key: Any = None,
        headers: dict[str, Any] | None = None,
        **claims: Any,
    ) -> str:
        """Return a signed token; of its published key unless told otherwise."""
        return jwt.encode(
            self.claims(**claims),
            private_key(algorithm) if key is None else key,
            algorithm=algorithm,
            headers={"kid": algorithm, **(headers or {})},
        )


@asynccontextmanager
async def issuing() -> AsyncGenerator[Issuer]:
    """Yield an issuer that publishes a key for each algorithm, each by the algorithm's name."""
    issuer = Issuer()
    issuer.open.set()
    issuer.keys = [jwk(private_key(each), each) for each in ("RS256", "PS256", "ES256", "EdDSA")]
    async with listening_at(issuer, lifespan="off") as address:
        issuer.name = address
        try:
            yield issuer
        finally:
            issuer.open.set()
