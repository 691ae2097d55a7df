"""Which types are nodes, and how each is found by id."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from resolvers.context import Context

Find = Callable[[Context, str], Awaitable[Any]]

_FINDERS: Final[dict[str, Find]] = {}


def findable(type_name: str, find: Callable[[Context, str], Awaitable[Any]], make: Any) -> None:
    """Declare how nodes of a type are found: `find` returns a row or None, `make` the type of it."""

    async def found(context: Context, key: str) -> Any:
        row = await find(context, key)
        return make(row) if row is not None else None

    _FINDERS[type_name] = found


def findable_types() -> frozenset[str]:
    """Return the types whose nodes are found by id."""
    return frozenset(_FINDERS)


async def node(context: Context, type_name: str, key: str) -> Any:
    """Return the node, or None where there is none or no such type."""
    find = _FINDERS.get(type_name)
    return await find(context, key) if find else None
