"""When two responses are the same: the data to the byte, the errors whatever their order.

What a defect is told by, its trace, is each answer's own. One freedom is left, as the specification
leaves it: where several fields below one place fail and null it, graphql-core tells whichever came
first, and what else below it had failed by then. So below a place that was nulled from further down
the errors need only be ones that graphql-core tells where nothing else is asked for, one of them the
one that nulls the place.
"""

from __future__ import annotations

from typing import Any, Final, cast

import orjson

from tests.execution.shrinking import only
from tests.execution.ways import Operation, Ways

Error = dict[str, Any]

_OWN: Final = frozenset({"traceId"})


def difference(one: dict[str, Any], other: dict[str, Any]) -> str | None:
    """Return where the two responses differ, or None."""
    if one.keys() != other.keys():
        return f"members: {sorted(one)} against {sorted(other)}"
    if "data" in one and (found := data_difference(one["data"], other["data"])):
        return found
    first, second = told(one), told(other)
    if first != second:
        return "errors: " + "\n    against ".join(
            orjson.dumps([each for each in mine if each not in theirs]).decode()
            for mine, theirs in ((first, second), (second, first))
        )
    return None


def data_difference(one: Any, other: Any) -> str | None:
    """Return the first path at which the data differ, the order of members included."""
    if orjson.dumps(one) == orjson.dumps(other):
        return None
    return _differing(one, other, "data")


def _differing(one: Any, other: Any, path: str) -> str:
    if isinstance(one, dict) and isinstance(other, dict):
        mine, theirs = cast("dict[str, Any]", one), cast("dict[str, Any]", other)
        if list(mine) != list(theirs):
            return f"{path}: members {list(mine)} against {list(theirs)}"
        pairs: list[tuple[Any, Any, Any]] = [(key, mine[key], theirs[key]) for key in mine]
    elif isinstance(one, list) and isinstance(other, list):
        first, second = cast("list[Any]", one), cast("list[Any]", other)
        if len(first) != len(second):
            return f"{path}: {len(first)} items against {len(second)}"
        pairs = [(at, *each) for at, each in enumerate(zip(first, second, strict=True))]
    else:
        return f"{path}: {one!r} against {other!r}"
    return next(
        _differing(mine, theirs, f"{path}.{key}")
        for key, mine, theirs in pairs
        if orjson.dumps(mine) != orjson.dumps(theirs)
    )


def told(response: dict[str, Any]) -> list[Error]:
    """Return what a response tells of its errors, in the order of their paths."""
    errors = [
        {
            **error,
            "extensions": {
                name: value for name, value in error["extensions"].items() if name not in _OWN
            },
        }
        for error in response.get("errors", ())
    ]
    return sorted(errors, key=lambda error: orjson.dumps(error.get("path")) + orjson.dumps(error))


async def disagreement(
    ways: Ways, operation: Operation, stock: dict[str, Any], planned: dict[str, Any]
) -> str | None:
    """Return how the planned response is none that the stock way could give, or None."""
    found = difference(stock, planned)
    if found is None or not found.startswith("errors: ") or "data" not in stock:
        return found
    mine, theirs = told(stock), told(planned)
    places = {
        place_of(stock, each) for each in [*mine, *theirs] if (each in mine) != (each in theirs)
    }
    for place in places:
        if place is None:
            return found
        known = [error for error in mine if place_of(stock, error) == place]
        given = [error for error in theirs if place_of(stock, error) == place]
        explained = False
        for error in given:
            if len(error["path"]) == len(place) and error not in known:
                return found
            alone = await _alone(ways, operation, error)
            explained = explained or place_of(alone, error) == place
            if error not in known and not _tells(alone, error, place):
                return found
        if not known or not explained:
            return found
    return None


Place = tuple[str | int, ...]


def place_of(response: dict[str, Any], error: Error) -> Place | None:
    """Return the place that is null for an error; None where nothing on its path is."""
    at, path = response.get("data"), cast("list[str | int]", error.get("path") or [])
    for depth, key in enumerate(path):
        if at is None:
            return tuple(path[:depth])
        try:
            at = at[key]
        except (KeyError, IndexError, TypeError):
            return None
    return tuple(path) if at is None else None


async def _alone(ways: Ways, operation: Operation, error: Error) -> dict[str, Any]:
    """Return what the stock way answers where nothing but the error's own fields are asked for."""
    fields = [key for key in error["path"] if isinstance(key, str)]
    return await ways.stock(operation, document=only(operation, fields))


def _tells(response: dict[str, Any], error: Error, place: Place) -> bool:
    """Whether a response tells the error, or its like in another item below the place nulled."""
    wanted = _loose(error, place)
    return any(_loose(each, place) == wanted for each in told(response))


def _loose(error: Error, place: Place) -> Error:
    path: list[str | int] = error.get("path") or []
    kept = [key if at < len(place) or isinstance(key, str) else None for at, key in enumerate(path)]
    return {**error, "path": kept}
