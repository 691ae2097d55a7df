"""Objects in the form that is answered: their fields' values by response name.

For each shape of object a function is generated and compiled, once for all plans: its source is made of
numbers and of the fixed texts here, and what is a plan's own (response names, functions) is handed in.
"""

from __future__ import annotations

from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from execution.cells import Cell, Glance
from resolvers.errors import in_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import CodeType

    from execution.running import Complete, Path, Run
    from execution.steps import Step

    Fields = Iterable[tuple[str, "Complete | Step"]]

_Look: TypeAlias = "tuple[int | None, bool, Glance, bool] | None"
"""Of a cell its position, whether something is made of it, its glance, and whether null is answered."""

_SHAPES: Final = 1024
_WIDEST: Final = 40


def object_of(fields: Fields) -> Complete:
    """Return what completes an object; a field that is a step waits for it."""
    now: list[Complete] = []
    later: list[tuple[str, int]] = []
    given: dict[str, Any] = {"isfinite": isfinite, "in_place": in_place}
    for number, (key, each) in enumerate(fields):
        given[f"key{number}"] = key
        if callable(each):
            now.append(each)
        else:
            now.append(nothing_yet)
            later.append((key, each.number))
        given |= _given(number, now[-1])
    looks = tuple(map(_look, now))
    # Very wide objects are few, and of very many shapes.
    shape = _shape(looks) if len(looks) <= _WIDEST else _shape.__wrapped__(looks)
    exec(shape, given)  # noqa: S102 - of fixed texts and numbers, as told above.
    complete: Complete = given["complete"]
    if not later:
        return complete

    def complete_later(source: Any, path: Path, run: Run) -> dict[str, Any]:
        made = complete(source, path, run)
        for key, number in later:
            run.waiting.setdefault(number, []).append((made, source, (path, key)))
        return made

    return complete_later


def constant(value: Any) -> Complete:
    """Return what completes a field that is always the same."""
    return lambda _source, _path, _run: value


def nothing_yet(_source: Any, _path: Path, _run: Run) -> None:
    """Complete what is filled later."""
    return


def _look(field: Complete) -> _Look:
    if not isinstance(field, Cell):
        return None
    return field.position, field.make is not None, field.glance, field.nullable


def _given(number: int, field: Complete) -> dict[str, Any]:
    if not isinstance(field, Cell):
        return {f"field{number}": field}
    return {
        f"make{number}": field.make,
        f"words{number}": field.words,
        f"finish{number}": field.finish,
    }


@lru_cache(maxsize=_SHAPES)
def _shape(looks: tuple[_Look, ...]) -> CodeType:
    """Return the code that defines `complete` for objects of the shape."""
    body: list[str] = []
    values: list[str] = []
    for number, look in enumerate(looks):
        if look is None:
            values.append(f"key{number}: field{number}(row, path, run)")
            continue
        body += _lines(number, look)
        values.append(f"key{number}: v{number}")
    lines = ["def complete(row, path, run):", *body, f"    return {{{', '.join(values)}}}"]
    return compile("\n".join(lines), "<object>", "exec")


def _lines(number: int, look: tuple[int | None, bool, Glance, bool]) -> list[str]:
    position, made, glance, nullable = look
    value = f"v{number}"
    read = "row" if position is None else f"row[{position}]"
    if made:
        read = f"in_place(make{number}, {read})"
    seen = glance.value.format(v=value, words=f"words{number}")
    if nullable:
        seen = f"{value} is None or {seen}"
    lines = [
        f"    {value} = {read}",
        f"    if not ({seen}):",
        f"        {value} = finish{number}({value}, path, run)",
    ]
    if glance is Glance.WORD:
        lines += ["    else:", f"        {value} = words{number}[{value}]"]
    return lines
