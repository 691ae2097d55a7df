"""Which types are made of rows, and how those that are nodes are found by id."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from resolvers.context import Context

Find = Callable[[Context, str], Awaitable[Any]]
Make = Callable[[Any], Any]

_MAKERS: Final[dict[str, Make]] = {}
_FINDERS: Final[dict[str, Find]] = {}
_NODES: Final[set[str]] = set()


def made_of_rows(type_name: str, make: Make) -> None:
    """Declare how a type is made of a row."""
    _MAKERS[type_name] = make


def maker(type_name: str) -> Make:
    """Return how a type is made of a row."""
    return _MAKERS[type_name]


def findable(type_name: str, find: Find, *, node: bool = True) -> None:
    """Declare how things of a type are found by our id; `node` says whether clients may ask, too.

    `find` returns a row or None.
    """
    _FINDERS[type_name] = find
    if node:
        _NODES.add(type_name)


def findable_types() -> frozenset[str]:
    """Return the types whose things clients find by global id."""
    return frozenset(_NODES)


async def thing(context: Context, type_name: str, key: str) -> Any:
    """Return the thing of a type, or None where there is none."""
    row = await _FINDERS[type_name](context, key)
    return None if row is None else _MAKERS[type_name](row)


async def node(context: Context, type_name: str, key: str) -> Any:
    """Return the node that a global id names, or None where there is none or no such type."""
    return await thing(context, type_name, key) if type_name in _NODES else None
