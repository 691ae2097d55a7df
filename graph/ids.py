"""Our own ids: opaque, stable, minted once from the key a source first used."""

import base64
import hashlib
import secrets

_BYTES = 12


def mint(*key: str) -> str:
    """Return the id of the thing first named by `key`: 20 lower-case letters and digits.

    The same key gives the same id on every machine, so a load may be repeated or resumed
    without looking anything up. 96 bits: a collision among 10⁹ things has odds of about 10⁻¹¹.
    """
    return _text(hashlib.blake2b("\x1f".join(key).encode(), digest_size=_BYTES).digest())


def random_id() -> str:
    """Return an id for what no source has a key for; of the same form, and like no other."""
    return _text(secrets.token_bytes(_BYTES))


def _text(value: bytes) -> str:
    return base64.b32encode(value).decode().rstrip("=").lower()
