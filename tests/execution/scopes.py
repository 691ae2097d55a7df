"""Response names that never conflict: what each stands for, place by place of the response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLObjectType

from tests.execution.schema_types import SCHEMA, Composite, composites

if TYPE_CHECKING:
    from random import Random

ALIASES: Final = ("a", "b", "it", "other")


def _differing() -> frozenset[str]:
    """Return the field names that stand for different types in types that can meet in one place."""
    types: dict[str, set[str]] = {}
    for type_ in composites():
        if type_.interfaces:
            for name, field in type_.fields.items():
                types.setdefault(name, set()).add(str(field.type))
    return frozenset(name for name, found in types.items() if len(found) > 1)


DIFFERING: Final = _differing()


class Names:
    """Names that occur once in a document."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._used = 0

    def fresh(self) -> str:
        """Return a name that nothing bears yet."""
        self._used += 1
        return f"n{self._used}"


class Scope:
    """The response names of one place of the response, and of what lies below it.

    One name may stand for different fields of different object types, as GraphQL allows.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._types: dict[str, str] = {}
        self._fields: dict[str, dict[str, tuple[str, str]]] = {}
        self._below: dict[str, Scope] = {}

    def name(self, parent: Composite, field: str, arguments: str, definition: Any) -> str:
        """Return the response name for a field with its arguments as written."""
        chance = self._names.chance
        wanted = field
        if chance.random() < 0.2:
            wanted = chance.choice(ALIASES)
        if not self._fits(wanted, parent, (field, arguments), str(definition.type)):
            wanted = self._names.fresh()
        self._types[wanted] = str(definition.type)
        self._fields.setdefault(wanted, {})[parent.name] = (field, arguments)
        return wanted

    def _fits(self, wanted: str, parent: Composite, asked: tuple[str, str], type_: str) -> bool:
        if self._types.get(wanted, type_) != type_:
            return False
        return all(
            stands == asked
            or (
                other != parent.name
                and isinstance(parent, GraphQLObjectType)
                and isinstance(SCHEMA.type_map[other], GraphQLObjectType)
            )
            for other, stands in self._fields.get(wanted, {}).items()
        )

    def below(self, name: str) -> Scope:
        """Return the scope of what a response name holds."""
        if name not in self._below:
            self._below[name] = Scope(self._names)
        return self._below[name]


class FragmentScope(Scope):
    """The names of a fragment: it may be spread anywhere, so all that could conflict is fresh."""

    def name(self, parent: Composite, field: str, arguments: str, definition: Any) -> str:
        """Return the field's own name, or a fresh one."""
        del arguments
        if definition.args or (field in DIFFERING and _meets_others(parent)):
            return self._names.fresh()
        return field

    def below(self, name: str) -> Scope:
        """Return the same scope."""
        del name
        return self


def _meets_others(parent: Composite) -> bool:
    return not isinstance(parent, GraphQLObjectType) or bool(parent.interfaces)
