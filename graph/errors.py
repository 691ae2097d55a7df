"""What the graph may refuse, in one shallow tree.

GraphError
├── GraphUnavailable      SERVICE_UNAVAILABLE   the engine cannot be reached
│   ├── AccessRefused     SERVICE_UNAVAILABLE   it can, and refuses the user or the database
│   └── RestartNeeded     SERVICE_UNAVAILABLE   it can, and does nothing until it is restarted
├── QueryTimeout          TIMEOUT               the engine ended a read that took too long
├── StorageFailed         STORAGE_FAILED        the engine's disk is full, or does not take what is written
├── WriteConflict         CONFLICT              concurrent writers, after every retry
├── CommandRefused        REFUSED               a command is refused, and nothing is changed
│   ├── InvalidValue      INVALID_VALUE         what it is asked for can be nobody's
│   ├── RuleBroken        RULE_BROKEN           it would break a rule of the field, which has an id
│   │   ├── Over              RULE_BROKEN           a record ended: nothing is done to it
│   │   └── PassedOn      RULE_BROKEN           it would pass on more than all of a right
│   ├── NotThere          NOT_FOUND             there is no such thing
│   ├── VersionConflict   VERSION_CONFLICT      the thing was changed since
│   ├── Merged            MERGED                the thing was merged into another
│   ├── NotMerged         NOT_MERGED            the thing was merged into none
│   ├── Retired           RETIRED               the thing is retired, or is not
│   ├── NotAllowed        NOT_ALLOWED           it is not for who asks
│   └── OnceMismatch      IDEMPOTENCY_MISMATCH  a key was used before, for something else
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


class CommandRefused(GraphError):
    """A command is refused; nothing is changed.

    `path` leads to what is at fault in what was asked, `rule` is the id of a rule of the field.
    """

    code = "REFUSED"

    def __init__(
        self, message: str, *, path: tuple[str, ...] = (), rule: str | None = None
    ) -> None:
        super().__init__(message)
        self.path = path
        self.rule = rule


class InvalidValue(CommandRefused):
    """A value that nothing can have."""

    code = "INVALID_VALUE"


class RuleBroken(CommandRefused):
    """What would break a rule of the field."""

    code = "RULE_BROKEN"


class Over(RuleBroken):
    """A record ended, in a `status`; those of its `label` stand that took its place, at last."""

    def __init__(
        self,
        status: str,
        *,
        label: str,
        standing: tuple[str, ...],
        path: tuple[str, ...] = (),
        rule: str | None = None,
    ) -> None:
        message = f"It is {status.lower()}: what has ended is not changed."
        super().__init__(message, path=path, rule=rule)
        self.label = label
        self.standing = standing


class PassedOn(RuleBroken):
    """More than all would be passed on, with `agreements`, which stand."""

    def __init__(
        self,
        message: str,
        *,
        agreements: tuple[str, ...],
        path: tuple[str, ...] = (),
        rule: str | None = None,
    ) -> None:
        super().__init__(message, path=path, rule=rule)
        self.agreements = agreements


class NotThere(CommandRefused):
    """There is no such thing."""

    code = "NOT_FOUND"


class VersionConflict(CommandRefused):
    """The thing was changed since it was looked at."""

    code = "VERSION_CONFLICT"


class Merged(CommandRefused):
    """The thing was merged into another of its label, which is `into`."""

    code = "MERGED"

    def __init__(self, message: str, *, label: str, into: str, path: tuple[str, ...] = ()) -> None:
        super().__init__(message, path=path)
        self.label = label
        self.into = into


class NotMerged(CommandRefused):
    """The thing is itself, and was to be parted from another."""

    code = "NOT_MERGED"


class Retired(CommandRefused):
    """The thing is retired; or it is not, where that is asked for."""

    code = "RETIRED"


class NotAllowed(CommandRefused):
    """Who asks may not do that to this thing."""

    code = "NOT_ALLOWED"


class OnceMismatch(CommandRefused):
    """What makes a command be carried out once was used before, for another."""

    code = "IDEMPOTENCY_MISMATCH"


class CursorInvalid(GraphError):
    """The cursor was not made by this list in this order."""

    code = "CURSOR_INVALID"


class NewerGraph(GraphError):
    """The data was written by a newer version of this software."""

    code = "NEWER_VERSION"
