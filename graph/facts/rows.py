"""From a fact to what the driver sends: one row, by rules kept in one place."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any, TypeAlias, cast

Row: TypeAlias = "dict[str, Any]"


@cache
def _columns(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, camel(field.name)) for field in fields(kind))


def camel(name: str) -> str:
    """Return a field's name as the graph has it."""
    head, *rest = name.rstrip("_").split("_")
    return head + "".join(word.capitalize() for word in rest)


def known(fact: object, *, without: frozenset[str] = frozenset()) -> Row:
    """Return a fact's properties under the graph's names; what is unknown (None) is left out."""
    row: Row = {}
    for name, column in _columns(type(fact)):
        if name in without:
            continue
        value = getattr(fact, name)
        if value is not None:
            row[column] = (
                list(cast("tuple[Any, ...]", value)) if isinstance(value, tuple) else value
            )
    return row
