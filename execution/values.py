"""Values in the form that is answered: leaves, lists and nulls, as graphql-core completes them.

GraphQL specification, CompleteValue. What cannot be answered is an error of the innermost place, and
the nearest place that may be null becomes null.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, cast

from graphql import (
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
    get_nullable_type,
    is_leaf_type,
)
from graphql.pyutils import inspect

from execution.running import Complete, Nulled, Path, Run
from resolvers.errors import in_place

if TYPE_CHECKING:
    from execution.selections import Nodes

_INT_BOUND: Final = 2**31
_EXACT: Final[dict[str, type]] = {"String": str, "ID": str, "Boolean": bool}
_MOST_KNOWN: Final = 256


def guarded(type_: Any, named: Complete, nodes: Nodes, field: str) -> Complete:
    """Return what completes a field's or an item's value, its errors told in their place.

    `named` completes a value of the named type that is not null; `field` is `Type.field`.
    """
    complete = _completing(type_, named, nodes, field)
    if isinstance(type_, GraphQLNonNull):

        def required(value: Any, path: Path, run: Run) -> Any:
            try:
                return complete(value, path, run)
            except Nulled:
                raise
            except Exception as error:  # noqa: BLE001 - told as GraphQL tells it, masked by the server.
                run.fail(error, nodes, path)
                raise Nulled from None

        return required

    def nullable(value: Any, path: Path, run: Run) -> Any:
        try:
            return complete(value, path, run)
        except Nulled:
            return None
        except Exception as error:  # noqa: BLE001 - as above.
            run.fail(error, nodes, path)
            return None

    return nullable


def _completing(type_: Any, named: Complete, nodes: Nodes, field: str) -> Complete:
    if isinstance(type_, GraphQLNonNull):
        return _required(_completing(cast("Any", type_).of_type, named, nodes, field), field)
    if isinstance(type_, GraphQLList):
        return _present(_each(guarded(cast("Any", type_).of_type, named, nodes, field)))
    return _present(named)


def _required(complete: Complete, field: str) -> Complete:
    def required(value: Any, path: Path, run: Run) -> Any:
        completed = complete(value, path, run)
        if completed is None:
            raise TypeError(f"Cannot return null for non-nullable field {field}.")
        return completed

    return required


def _each(item: Complete) -> Complete:
    def each(values: Any, path: Path, run: Run) -> Any:
        return [item(value, (path, index), run) for index, value in enumerate(values)]

    return each


def _present(complete: Complete) -> Complete:
    def present(value: Any, path: Path, run: Run) -> Any:
        if value is None:
            return None
        if isinstance(value, Exception):
            raise value
        return complete(value, path, run)

    return present


def leaf(type_: GraphQLLeafType) -> Complete:
    """Return what completes a leaf."""
    serialize = type_.serialize

    def complete(value: Any, _path: Path, _run: Run) -> Any:
        completed = serialize(value)
        if completed is None or completed is Undefined:
            raise TypeError(
                f"Expected `{inspect(type_)}.serialize({inspect(value)})` to return non-nullable "
                f"value, returned: {inspect(completed)}"
            )
        return completed

    return complete


def column(  # noqa: PLR0913 - what a column's field is.
    position: int,
    read: Callable[[Any], Any] | None,
    type_: Any,
    complete: Complete,
    key: str,
    *,
    words: bool,
) -> Complete:
    """Return what completes a field that is read from one column of a row.

    What needs no work is recognised at a glance, and left to `complete` otherwise. `words` are few,
    and are remembered.
    """
    if read is None:
        return _plain(position, type_, complete, key)
    if words:
        return _remembered(position, read, complete, key)

    exact = _exact(type_)

    def made(row: Any, path: Path, run: Run) -> Any:
        value = in_place(read, row[position])
        if value.__class__ is exact:
            return value
        return complete(value, (path, key), run)

    return made


def _exact(type_: Any) -> type | None:
    """Return the class whose values are answered as they are; None where no class is."""
    named: Any = get_nullable_type(type_)
    return _EXACT.get(named.name) if is_leaf_type(named) else None


def _plain(position: int, type_: Any, complete: Complete, key: str) -> Complete:
    nullable = not isinstance(type_, GraphQLNonNull)
    named: Any = get_nullable_type(type_)
    name = named.name if is_leaf_type(named) else ""
    exact = _exact(type_)
    if exact is not None:
        none = type(None) if nullable else exact

        def scalar(row: Any, path: Path, run: Run) -> Any:
            value = row[position]
            kind = value.__class__
            if kind is exact or kind is none:
                return value
            return complete(value, (path, key), run)

        return scalar
    if name == "Int":

        def integer(row: Any, path: Path, run: Run) -> Any:
            value = row[position]
            if value.__class__ is int and -_INT_BOUND <= value < _INT_BOUND:
                return value
            return complete(value, (path, key), run)

        return integer
    if name == "Float":

        def number(row: Any, path: Path, run: Run) -> Any:
            value = row[position]
            if value.__class__ is float and isfinite(value):
                return value
            return complete(value, (path, key), run)

        return number
    return lambda row, path, run: complete(row[position], (path, key), run)


def _remembered(
    position: int, read: Callable[[Any], Any], complete: Complete, key: str
) -> Complete:
    known: dict[Any, Any] = {}

    def word(row: Any, path: Path, run: Run) -> Any:
        value = row[position]
        remembered = value.__class__ is str or value is None
        if remembered and value in known:
            return known[value]
        told = len(run.errors)
        completed = complete(in_place(read, value), (path, key), run)
        if remembered and len(run.errors) == told and len(known) < _MOST_KNOWN:
            known[value] = completed
        return completed

    return word


def columns(
    positions: tuple[int, ...], read: Callable[..., Any] | None, complete: Complete, key: str
) -> Complete:
    """Return what completes a field that is read from several columns of a row."""

    def made(row: Any, path: Path, run: Run) -> Any:
        values = [row[position] for position in positions]
        value = values if read is None else in_place(read, *values)
        return complete(value, (path, key), run)

    return made
