"""Records of changes: what they say, and how each is chained to the one before it.

What was there before and after, and why, are a record's *details*. Its hash is of a digest of them, with a
salt: they can be erased where the law asks for it, and the chain still holds.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import orjson

GENESIS: Final = "0" * 64
"""The hash that the first record follows."""
API: Final = "API"
ERASED: Final = "ERASED"
"""The action that tells of a thing that what was recorded of it so far has lost its details."""

_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Whose change it is: the one who makes it, for whom, why, by which way, and in which trace."""

    actor: str
    on_behalf_of: str | None = None
    reason: str | None = None
    source: str = API
    trace_id: str | None = None


@dataclass(frozen=True, slots=True)
class Once:
    """What makes a command be carried out once: a key, of its actor's own, and a digest of what it asks."""

    key: str
    digest: str


class Change(NamedTuple):
    """One record, as it is stored. `sequence` counts from 1 without gaps, in the order of commits.

    `version` is the thing's after the change. What makes a command be carried out once, and what it is about,
    stands in the first of its records. `details` is JSON; null once erased, as `salt` is then.
    """

    sequence: int
    id: str
    command: str
    at: str
    action: str
    type: str
    subject: str
    version: int
    actor: str
    on_behalf_of: str | None
    source: str
    trace_id: str | None
    once_key: str | None
    once_digest: str | None
    about_type: str | None
    about: str | None
    details: str | None
    salt: str | None
    digest: str
    previous: str
    hash: str

    def hashed(self) -> str:
        """Return the hash that the record ought to have."""
        said = (*self[: Change._fields.index("details")], self.digest, self.previous)
        return hashlib.sha256(orjson.dumps(said)).hexdigest()

    def is_whole(self) -> bool:
        """Say whether the details are what they were, or were erased."""
        if self.details is None or self.salt is None:
            return self.details is None and self.salt is None
        return digest_of(self.details, self.salt) == self.digest


def digest_of(details: str, salt: str) -> str:
    """Return the digest of details."""
    return hashlib.sha256(f"{salt}{details}".encode()).hexdigest()


def new_salt() -> str:
    """Return a salt: what was erased cannot be guessed from its digest."""
    return secrets.token_hex(_SALT_BYTES)


def details_of(before: dict[str, Any], after: dict[str, Any], reason: str | None) -> str:
    """Return details as they are stored: the properties that differ, null where there was or is none."""
    told = {"before": before, "after": after, "reason": reason}
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS, default=_plain).decode()


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    iso: Any = getattr(value, "iso_format", None)  # The driver's own temporal types.
    if iso is None:
        raise TypeError(f"{type(value).__name__} cannot be recorded")
    return iso()


def moment(at: datetime) -> str:
    """Return a UTC instant as records have it: texts that sort as the instants do."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
