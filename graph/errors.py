"""What the graph may refuse, in one shallow tree.

GraphError
├── GraphUnavailable      SERVICE_UNAVAILABLE   the engine cannot be reached
│   ├── AccessRefused     SERVICE_UNAVAILABLE   it can, and refuses the user or the database
│   └── RestartNeeded     SERVICE_UNAVAILABLE   it can, and does nothing until it is restarted
├── QueryTimeout          TIMEOUT               the engine ended a read that took too long
├── StorageFailed         STORAGE_FAILED        the engine's disk is full, or does not take what is written
├── WriteConflict         CONFLICT              concurrent writers, after every retry
├── OnceMismatch          IDEMPOTENCY_MISMATCH  a key was used before, for something else
├── CursorInvalid         CURSOR_INVALID        a cursor that this list did not make
└── NewerGraph            NEWER_VERSION         the data was written by a newer version
"""

from typing import ClassVar


class GraphError(Exception):
    """An expected failure: `code` is stable and documented in docs/errors.md."""

    code: ClassVar[str] = "GRAPH_ERROR"


class GraphUnavailable(GraphError):
    """The engine cannot be reached; the caller may try again."""

    code = "SERVICE_UNAVAILABLE"


class AccessRefused(GraphUnavailable):
    """The engine answers and refuses: the user, the password, a right, or the database's name."""


class RestartNeeded(GraphUnavailable):
    """The engine answers, and takes no transaction until somebody restarts it."""


class QueryTimeout(GraphError):
    """The engine ended the transaction at its deadline."""

    code = "TIMEOUT"


class WriteConflict(GraphError):
    """Concurrent writers kept changing the same things until the retries ran out."""

    code = "CONFLICT"


class StorageFailed(GraphError):
    """The engine could not store a change; all that it acknowledged before is kept."""

    code = "STORAGE_FAILED"


class OnceMismatch(GraphError):
    """What makes a command be carried out once was used before, for another."""

    code = "IDEMPOTENCY_MISMATCH"


class CursorInvalid(GraphError):
    """The cursor was not made by this list in this order."""

    code = "CURSOR_INVALID"


class NewerGraph(GraphError):
    """The data was written by a newer version of this software."""

    code = "NEWER_VERSION"
