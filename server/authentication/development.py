"""Tokens of this machine, for development: signed with a key in the data folder.

No server in production believes them: it never reads the key.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from server.authentication.keys import Key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resolvers.permission import Role

ISSUER: Final = "urn:content-graph:development"
AUDIENCE: Final = "urn:content-graph"
KEY_FILE: Final = "development-key.pem"
KEY_ID_PREFIX: Final = "content-graph-development-"

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO

_log = structlog.stdlib.get_logger("content_graph.authentication")


class DevelopmentKeyError(Exception):
    """The key in the data folder cannot be used, or made."""

    code = "DEVELOPMENT_KEY_UNUSABLE"


class DevelopmentIssuer:
    """This machine: whoever can read the data folder's key can say to be anybody."""

    name = ISSUER
    audience = AUDIENCE
    roles_claim = "roles"
    nbf_required = True

    def __init__(self, data: Path) -> None:
        self._path = data / KEY_FILE

    async def key(self, name: str) -> Key | None:
        """Return the public half of the key where it has that id; it may come after the server."""
        if not name.startswith(KEY_ID_PREFIX):
            return None
        try:
            private = _read(self._path)
        except DevelopmentKeyError as error:
            _log.warning("tokens of development are not taken", reason=str(error))
            return None
        if private is None or _key_id(private) != name:
            return None
        return Key(private.public_key(), frozenset({"EdDSA"}))

    async def close(self) -> None:
        """Nothing is under way."""


def sign(data: Path, subject: str, roles: Iterable[Role], hours: float) -> str:
    """Return a token for a development server over that folder; raises DevelopmentKeyError."""
    private = _key(data)
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": subject,
        "roles": sorted({role.value for role in roles}),
        "iat": now,
        "nbf": now,
        "exp": now + int(hours * 3_600),
    }
    return jwt.encode(claims, private, algorithm="EdDSA", headers={"kid": _key_id(private)})


def _key(data: Path) -> Ed25519PrivateKey:
    """Return the folder's key, made the first time."""
    path = data / KEY_FILE
    known = _read(path)
    if known is None:
        _make(path)
        known = _read(path)
    if known is None:
        raise DevelopmentKeyError(f"{path} is removed as soon as it is written.")
    return known


def _read(path: Path) -> Ed25519PrivateKey | None:
    """Return the key of a file, or None where there is none; raises DevelopmentKeyError."""
    try:
        if path.stat().st_mode & _OTHERS:
            raise DevelopmentKeyError(f"{path} is open to others than its owner: chmod 600 it.")
        private = load_pem_private_key(path.read_bytes(), None)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DevelopmentKeyError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        raise DevelopmentKeyError(f"{path} is no Ed25519 key: remove it, and a new one is made.")
    return private


def _make(path: Path) -> None:
    """Write a new key for its owner only; whoever was quicker has made the one that counts."""
    text = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, text)
            os.fsync(descriptor)
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            os.close(descriptor)
            draft.unlink()
    except OSError as error:
        raise DevelopmentKeyError(f"{path} cannot be written: {error.strerror}.") from None


def _key_id(private: Ed25519PrivateKey) -> str:
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return KEY_ID_PREFIX + hashlib.sha256(public).hexdigest()[:16]
