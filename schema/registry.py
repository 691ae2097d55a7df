"""Which types are made of rows, and how those that have ids are found."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any, Final

from graph.things import ById
from resolvers.context import Context
from resolvers.permission import PUBLIC, Needs
from standards.identifiers import Scheme

Make = Callable[[Any], Any]
Seen = Callable[[Context, Sequence[str]], Awaitable[AbstractSet[str]]]
"""Returns those of some ids whose things who asks may see."""

_MAKERS: Final[dict[str, Make]] = {}
_BY_ID: Final[dict[str, ById[Any]]] = {}
_NODES: Final[set[str]] = set()
_KEYS: Final[dict[str, Mapping[str, Scheme]]] = {}
_NEEDS: Final[dict[str, Needs]] = {}
_SEEN: Final[dict[str, Seen]] = {}
_WHOLE: Final[dict[str, Needs]] = {}


def made_of_rows(type_name: str, make: Make) -> None:
    """Declare how a type is made of a row."""
    _MAKERS[type_name] = make


def row_type(type_name: str) -> type[Any]:
    """Return the class that a type's rows are made into."""
    return _MAKERS[type_name].__self__  # pyright: ignore[reportFunctionMemberAccess] - a class method.


def maker(type_name: str) -> Make:
    """Return how a type is made of a row."""
    return _MAKERS[type_name]


def findable(
    type_name: str,
    things: ById[Any],
    *,
    node: bool = True,
    keys: Mapping[str, Scheme] | None = None,
) -> None:
    """Declare how things of a type are read by our id; `node` says whether clients may ask, too.

    `keys` are the fields, as clients name them, whose identifiers name one thing for other subgraphs.
    """
    _BY_ID[type_name] = things
    if node:
        _NODES.add(type_name)
        _KEYS[type_name] = keys or {}


def restricted(type_name: str, needs: Needs) -> None:
    """Declare that things of a type are told to some roles only."""
    _NEEDS[type_name] = needs


def needs_of(type_name: str) -> Needs:
    """Return the roles of which a caller needs one to be told of a type's things."""
    return _NEEDS.get(type_name, PUBLIC)


def confined(type_name: str, seen: Seen, *, whole: Needs = PUBLIC) -> None:
    """Declare that of a type's things each caller sees some: the others are as if they were not there.

    `whole` are the roles of which a caller has one who sees all of them.
    """
    _SEEN[type_name] = seen
    _WHOLE[type_name] = whole


def whole_needs_of(type_name: str) -> Needs:
    """Return the roles of which a caller needs one to be told of any of a type's things."""
    return _WHOLE.get(type_name, PUBLIC)


async def seen(context: Context, type_name: str, keys: Sequence[str]) -> Sequence[str]:
    """Return those of some ids whose things who asks may see, in their order."""
    if type_name not in _SEEN:
        return keys
    shown = await _SEEN[type_name](context, keys)
    return [key for key in keys if key in shown]


def by_id(type_name: str) -> ById[Any]:
    """Return how things of a type are read by our id."""
    return _BY_ID[type_name]


def is_findable(type_name: str) -> bool:
    """Say whether things of a type are read by our id."""
    return type_name in _BY_ID


def findable_types() -> AbstractSet[str]:
    """Return the types whose things clients find by global id."""
    return _NODES


def keys_of(type_name: str) -> Mapping[str, Scheme]:
    """Return the fields whose identifiers name one thing of a type, with their schemes."""
    return _KEYS[type_name]


async def thing(context: Context, type_name: str, key: str) -> Any:
    """Return the thing of a type, or None where there is none; raise Forbidden before it is read."""
    context.viewer.check(needs_of(type_name))
    if type_name in _SEEN and not await context.loaders.things.is_seen(
        type_name, key, partial(_SEEN[type_name], context)
    ):
        return None
    row = await context.loaders.things.by(_BY_ID[type_name]).load(key)
    return None if row is None else _MAKERS[type_name](row)
