"""The variables of an operation: declared as they are used, provided, null or left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull

from tests.execution.pools import WRONG_DAYS
from tests.execution.schema_types import bare, named

if TYPE_CHECKING:
    from random import Random

WRONG_VALUES: Final = (None, {"x": 1}, "no", 2**40, [1], True, 1.5, [None], *WRONG_DAYS)


class Variables:
    """What one operation declares, and what is provided with it."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.definitions: dict[str, str] = {}
        self.values: dict[str, Any] = {}
        self._known: dict[tuple[str, bool, str], list[str]] = {}

    def use(self, type_: Any, value: Any, *, defaulted: bool, name: str) -> str:
        """Return a variable for a position of the type; `defaulted` where the position has a default."""
        known = self._known.setdefault((str(type_), defaulted, name), [])
        if known and self._chance.random() < 0.4:
            return self._chance.choice(known)
        variable = f"v{len(self.definitions) + 1}"
        known.append(variable)
        self.definitions[variable] = self._declared(variable, type_, value, defaulted=defaulted)
        return variable

    def spoil(self) -> None:
        """Give some variable a value that is most likely not of its type."""
        if self.values:
            variable = self._chance.choice(list(self.values))
            self.values[variable] = self._chance.choice(WRONG_VALUES)

    def _declared(self, variable: str, type_: Any, value: Any, *, defaulted: bool) -> str:
        chance = self._chance
        plain = bare(type_)
        required = isinstance(type_, GraphQLNonNull) and not defaulted
        kind = chance.randrange(10)
        if value is None or (kind < 4 and not required):
            # It may be null: given, null, or not provided at all.
            self._provide(variable, value, missing=0.25, null=0.1)
            return f"${variable}: {type_ if required else plain}"
        if kind < 7 or (required and kind < 8):
            self.values[variable] = value
            return f"${variable}: {plain}!"
        self._provide(variable, value, missing=0.5, null=0.08)
        mark = "" if chance.random() < 0.7 else "!"
        if mark and self.values.get(variable, value) is None:
            del self.values[variable]
        return f"${variable}: {plain}{mark} = {literal(value, plain)}"

    def _provide(self, variable: str, value: Any, *, missing: float, null: float) -> None:
        kind = self._chance.random()
        if kind < null:
            self.values[variable] = None
        elif kind > missing + null:
            self.values[variable] = value


def literal(value: Any, type_: Any) -> str:
    """Return a value as GraphQL writes it."""
    plain = bare(type_)
    if isinstance(plain, GraphQLList) and isinstance(value, list):
        item = cast("Any", plain).of_type
        return "[" + ", ".join(literal(each, item) for each in cast("list[Any]", value)) + "]"
    kind = named(plain)
    if isinstance(kind, GraphQLInputObjectType) and isinstance(value, dict):
        given = cast("dict[str, Any]", value)
        fields = (
            f"{name}: {literal(each, kind.fields[name].type)}" for name, each in given.items()
        )
        return "{" + ", ".join(fields) + "}"
    if isinstance(value, dict):  # Of a scalar that takes anything.
        inside = cast("dict[str, Any]", value)
        fields = (f"{name}: {json.dumps(each)}" for name, each in inside.items())
        return "{" + ", ".join(fields) + "}"
    if isinstance(kind, GraphQLEnumType) and value is not None:
        return str(value)
    return json.dumps(value, ensure_ascii=False)
