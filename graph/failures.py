"""What engines and the driver raise, in the words of `graph.errors`."""

from __future__ import annotations

from neo4j.exceptions import (
    ClientError,
    ConnectionAcquisitionTimeoutError,
    DatabaseUnavailable,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
    UnsupportedServerProduct,
)

from graph.bolt import Refused, Silent
from graph.engines.storage import storage_refusal
from graph.errors import (
    AccessRefused,
    GraphError,
    GraphUnavailable,
    QueryTimeout,
    RestartNeeded,
    StorageFailed,
    WriteConflict,
)

NONE_FREE = "The graph's engine has no connection free; try again."
# The first is transient too: a Neo4j that is starting, or recovering.
_GONE = (
    DatabaseUnavailable,
    ServiceUnavailable,
    SessionExpired,
    UnsupportedServerProduct,
    OSError,
)
_TIMED_OUT = "TransactionTimedOut"
# Of the codes of security the one that a new connection mends.
_EXPIRED = "Neo.ClientError.Security.AuthorizationExpired"


def code_of(error: BaseException) -> str:
    """Return the database's code of a failure, or the name of what was raised."""
    if isinstance(error, Neo4jError | Refused) and error.code:
        return error.code
    return type(error).__name__


def timed_out(error: BaseException) -> bool:
    """Say whether a statement took too long and was ended, by the database or for its silence."""
    if isinstance(error, Silent):
        return True
    return isinstance(error, ClientError | Refused) and _TIMED_OUT in code_of(error)


def settled(refused: Refused) -> bool:
    """Say whether asking again would change nothing: too long, too full, not allowed."""
    if refused.code == _EXPIRED:
        return False
    return timed_out(refused) or _refusal(refused.code, None) is not None


def expected(error: BaseException, folder: str | None) -> GraphError | None:
    """Return the failure in the words of `graph.errors`, or None for a defect."""
    if isinstance(error, Neo4jError | Refused):
        refusal = _refusal(error.code or "", folder)
        if refusal is not None:
            return refusal
    if timed_out(error):
        return QueryTimeout("The graph took too long to answer and was stopped.")
    if isinstance(error, _GONE):
        return GraphUnavailable("The graph's engine cannot be reached; try again.")
    if isinstance(error, TransientError):
        return WriteConflict("The same things were being changed by others; try again.")
    if isinstance(error, ConnectionAcquisitionTimeoutError):
        return GraphUnavailable(NONE_FREE)
    return None


def retell(error: BaseException, folder: str | None) -> None:
    """Raise the failure in the words of `graph.errors` where it is an expected one."""
    if (told := expected(error, folder)) is not None:
        raise told from error


def _refusal(code: str, folder: str | None) -> GraphError | None:
    """Return what an engine's code says that no other attempt would change, or None."""
    if said := storage_refusal(code, folder):
        return StorageFailed(said)
    if code.startswith("Neo.ClientError.Security."):
        return AccessRefused(
            "The graph's engine refuses this user or password, or what was asked of it."
        )
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return AccessRefused("The graph's engine has no database of that name.")
    if code == "Neo.DatabaseError.Transaction.TransactionStartFailed":
        return RestartNeeded("The graph's engine has to be restarted; its log says why.")
    return None
