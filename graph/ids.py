"""Our own ids: opaque, stable, minted once from the key a source first used."""

import base64
import hashlib

_BYTES = 12


def mint(*key: str) -> str:
    """Return the id of the thing first named by `key`: 20 lower-case letters and digits.

    The same key gives the same id on every machine, so a load may be repeated or resumed
    without looking anything up. 96 bits: a collision among 10⁹ things has odds of about 10⁻¹¹.
    """
    digest = hashlib.blake2b("\x1f".join(key).encode(), digest_size=_BYTES).digest()
    return base64.b32encode(digest).decode().rstrip("=").lower()
