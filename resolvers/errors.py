"""What a resolver may refuse.

ResolverError
├── ArgumentInvalid      BAD_USER_INPUT        an argument that can be no answer's question; names it
├── CursorRefused        CURSOR_INVALID        a cursor that this list did not make in this order
├── TooMany              LIMIT_EXCEEDED        more asked for than one operation may have
├── AmbiguousIdentifier  AMBIGUOUS_IDENTIFIER  one thing asked for, several bear the identifier
├── TooSlow              SUBSCRIBER_TOO_SLOW   a subscriber takes events more slowly than they come
├── Unauthenticated      UNAUTHENTICATED       a caller without a name asks for what not everybody may see
└── Forbidden            FORBIDDEN             a caller has none of the roles that it takes
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

Value = TypeVar("Value")


class ResolverError(Exception):
    """An expected failure: `code` is stable and documented in docs/errors.md."""

    code: ClassVar[str] = "RESOLVER_ERROR"

    @property
    def extensions(self) -> Mapping[str, Any]:
        """What a client gets beside the code."""
        return {}


class ArgumentInvalid(ResolverError):
    """The argument named cannot be understood."""

    code = "BAD_USER_INPUT"

    def __init__(self, argument: str, message: str) -> None:
        super().__init__(f"{argument}: {message}")
        self.argument = argument

    @property
    def extensions(self) -> Mapping[str, Any]:
        """The argument's name, for clients that mark a field."""
        return {"argument": self.argument}


class TooMany(ArgumentInvalid):
    """The argument asks for more than one operation may have."""

    code = "LIMIT_EXCEEDED"


class CursorRefused(ArgumentInvalid):
    """The cursor was not made by this list in this order."""

    code = "CURSOR_INVALID"


class AmbiguousIdentifier(ArgumentInvalid):
    """Several things bear the identifier; a list tells them all."""

    code = "AMBIGUOUS_IDENTIFIER"


class TooSlow(ResolverError):
    """Events come faster than the subscriber takes them; it goes on from the last that it has."""

    code = "SUBSCRIBER_TOO_SLOW"


class Unauthenticated(ResolverError):
    """Nobody knows who asks, and not everybody may."""

    code = "UNAUTHENTICATED"


class Forbidden(ResolverError):
    """The caller has none of the roles that it takes."""

    code = "FORBIDDEN"


def in_place(make: Callable[..., Value], *values: Any) -> Value | Exception:
    """Return what is made of the values, or the error that stands in its place."""
    try:
        return make(*values)
    except Exception as error:  # noqa: BLE001 - told where the value would stand, masked by the server.
        return error
