"""The public keys that an issuer publishes as a JSON Web Key Set (RFC 7517)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import orjson
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK, PyJWTError

if TYPE_CHECKING:
    from collections.abc import Mapping

PublicKey = RSAPublicKey | EllipticCurvePublicKey | Ed25519PublicKey

ALGORITHMS: Final = frozenset({"RS256", "PS256", "ES256", "EdDSA"})
"""All that a token may be signed by: asymmetric ones, so that no key that is public can sign."""
LEAST_RSA_BITS: Final = 2_048
LONGEST_KEY_ID: Final = 256
MOST_KEYS: Final = 100


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the algorithms that it may verify."""

    public: PublicKey
    algorithms: frozenset[str]


class KeysUnreadableError(Exception):
    """What the issuer answers has no keys that can be used."""


def read_keys(text: bytes) -> dict[str, Key]:
    """Return the keys of a set by their ids, without those that sign nothing here.

    Raises KeysUnreadableError where that leaves none.
    """
    try:
        told: Any = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise KeysUnreadableError("the key set is not JSON") from None
    entries: Any = cast("Mapping[str, Any]", told).get("keys") if isinstance(told, dict) else None
    if not isinstance(entries, list):
        raise KeysUnreadableError("the key set has no `keys`")
    found: dict[str, Key] = {}
    for entry in cast("list[Any]", entries)[:MOST_KEYS]:
        name, key = _read(entry) if isinstance(entry, dict) else ("", None)
        if key is not None:
            found[name] = key
    if not found:
        raise KeysUnreadableError("the key set has no public key for RS256, PS256, ES256 or EdDSA")
    return found


def _read(entry: Any) -> tuple[str, Key | None]:
    """Return the id of a key and the key, None for one that is not there to verify signatures."""
    name, uses = entry.get("kid"), entry.get("key_ops")
    named = isinstance(name, str) and 0 < len(name) <= LONGEST_KEY_ID
    verifies = uses is None or (isinstance(uses, list) and "verify" in uses)
    if not named or not verifies or entry.get("use", "sig") != "sig":
        return "", None
    try:
        # What a key says of its algorithm is compared below, and never chooses how it is read.
        public: Any = PyJWK({key: value for key, value in entry.items() if key != "alg"}).key
    except (PyJWTError, UnsupportedAlgorithm, ValueError, TypeError, KeyError):
        return "", None
    algorithms = _algorithms(public)
    if "alg" in entry:
        algorithms = frozenset(each for each in algorithms if each == entry["alg"])
    return name, Key(public, algorithms) if algorithms else None


def _algorithms(public: Any) -> frozenset[str]:
    """Return what a key can verify; nothing for one that is short, secret or of another kind."""
    match public:
        case RSAPublicKey() if public.key_size >= LEAST_RSA_BITS:
            return frozenset({"RS256", "PS256"})
        case EllipticCurvePublicKey() if isinstance(public.curve, SECP256R1):
            return frozenset({"ES256"})
        case Ed25519PublicKey():
            return frozenset({"EdDSA"})
        case _:
            return frozenset()
