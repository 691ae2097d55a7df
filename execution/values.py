"""Values in the form that is answered: leaves, lists and nulls, as graphql-core completes them.

GraphQL specification, CompleteValue. What cannot be answered is an error of the innermost place, and
the nearest place that may be null becomes null.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
)
from graphql.pyutils import inspect

from execution.running import Complete, Nulled, Path, Run
from resolvers.errors import in_place

if TYPE_CHECKING:
    from execution.selections import Nodes


def guarded(type_: Any, named: Complete, nodes: Nodes, field: str) -> Complete:
    """Return what completes a field's or an item's value, its errors told in their place.

    `named` completes a value of the named type that is not null; `field` is `Type.field`.
    """
    required = isinstance(type_, GraphQLNonNull)
    inner: Any = cast("Any", type_).of_type if required else type_
    complete = named
    if isinstance(inner, GraphQLList):
        complete = _each(guarded(cast("Any", inner).of_type, named, nodes, field))

    def present(value: Any, path: Path, run: Run) -> Any:
        try:
            if value is None or isinstance(value, Exception):
                error = value
            elif (completed := complete(value, path, run)) is not None:
                return completed
            else:
                error = None
        except Nulled:
            if required:
                raise
            return None
        except Exception as raised:  # noqa: BLE001 - told as GraphQL tells it, masked by the server.
            error = raised
        if error is None and not required:
            return None
        run.fail(
            error or TypeError(f"Cannot return null for non-nullable field {field}."), nodes, path
        )
        if required:
            raise Nulled
        return None

    return present


def _each(item: Complete) -> Complete:
    def each(values: Any, path: Path, run: Run) -> Any:
        return [item(value, (path, index), run) for index, value in enumerate(values)]

    return each


def leaf(type_: GraphQLLeafType) -> Complete:
    """Return what completes a leaf; an enumeration's members are looked for but once."""
    serialize = type_.serialize
    members: dict[Enum, Any] = {}

    def complete(value: Any, _path: Path, _run: Run) -> Any:
        if isinstance(value, Enum) and value in members:
            return members[value]
        completed = serialize(value)
        if completed is None or completed is Undefined:
            raise TypeError(
                f"Expected `{inspect(type_)}.serialize({inspect(value)})` to return non-nullable "
                f"value, returned: {inspect(completed)}"
            )
        if isinstance(value, Enum):
            members[value] = completed
        return completed

    return complete


def columns(
    positions: tuple[int, ...], read: Callable[..., Any] | None, complete: Complete, key: str
) -> Complete:
    """Return what completes a field that is read from several columns of a row."""

    def made(row: Any, path: Path, run: Run) -> Any:
        values = [row[position] for position in positions]
        value = values if read is None else in_place(read, *values)
        return complete(value, (path, key), run)

    return made
