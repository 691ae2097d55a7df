"""What can be said when an engine could not store: the disk is full, or its log says why."""

from __future__ import annotations

import os
from typing import Final

# A commit may want so much at once: with less than that left, the disk is what stopped it.
_LITTLE_MB: Final = 64
_FULL: Final = (
    "The graph's disk is full ({left} MB left), and a change could not be stored. What was stored "
    "before is kept. Free space, then do the same again."
)
_UNTOLD: Final = (
    "The graph's engine could not store a change; its log says why. What was stored before is kept."
)
_NEO4J: Final = (
    "Neo4j could not store a change; its log says why, and most often its disk is full. What was "
    "stored before is kept. Free space, restart Neo4j, then do the same again."
)

# The embedded engine conceals why a commit failed, and calls the transaction unknown.
_EMBEDDED_COMMIT: Final = "Neo.ClientError.Transaction.TransactionNotFound"
_NEO4J_COMMIT: Final = frozenset(
    {
        "Neo.DatabaseError.Transaction.TransactionLogError",
        "Neo.DatabaseError.Transaction.TransactionCommitFailed",
    }
)


def storage_refusal(code: str, folder: str | None) -> str | None:
    """Return in words that a change could not be stored, or None where the code says otherwise.

    `folder` is an embedded engine's; None is a Neo4j, whose disk nobody here sees.
    """
    if folder is None:
        return _NEO4J if code in _NEO4J_COMMIT else None
    if code != _EMBEDDED_COMMIT:
        return None
    left = little_left(folder)
    return _UNTOLD if left is None else _FULL.format(left=left)


def little_left(folder: str | os.PathLike[str]) -> int | None:
    """Return how many MB are left on a folder's disk where that is too little to go on."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return None
    left = (found.f_bavail * found.f_frsize) >> 20
    return left if left < _LITTLE_MB else None
