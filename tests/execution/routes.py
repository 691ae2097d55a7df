"""Where operations can go in the schema: which fields, how far from each other, inside which types."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from graphql import GraphQLObjectType, is_leaf_type

from tests.execution.schema_types import SCHEMA, Composite, composites, fields_of, named

if TYPE_CHECKING:
    from graphql import GraphQLField


@dataclass(frozen=True, slots=True)
class Goal:
    """A field that an operation is to reach, and an argument it is to be given."""

    type_name: str
    field: str
    argument: str | None

    def __str__(self) -> str:
        place = f"{self.type_name}.{self.field}"
        return f"{place}({self.argument})" if self.argument else place


@cache
def goals() -> list[Goal]:
    """Return every field of every type, with each of its arguments, those of one type far apart."""
    found = [
        Goal(type_.name, name, argument)
        for type_ in composites()
        for name, field in type_.fields.items()
        for argument in (*field.args, None)
    ]
    Random(len(found)).shuffle(found)  # noqa: S311 - the same order each time.
    return found


@cache
def distances(goal: str) -> dict[str, int]:
    """Return how many fields a type is away from each type that leads to it; itself is 0."""
    found = {goal: 0}
    reached = [goal]
    for target in reached:
        for type_ in composites():
            if type_.name in found:
                continue
            if any(named(field.type).name == target for field in type_.fields.values()):
                found[type_.name] = found[target] + 1
                reached.append(type_.name)
    return found


@cache
def weighted(
    parent: Composite,
    only_leaves: bool,  # noqa: FBT001 - cached by position.
    narrow: bool,  # noqa: FBT001 - as above.
) -> tuple[list[str], list[int]]:
    """Return the fields that may be asked for, and how often each is: the rarely met types often."""
    names: list[str] = []
    weights: list[int] = []
    for name, field in fields_of(parent).items():
        if is_leaf_type(named(field.type)):
            names.append(name)
            weights.append(2)
        elif not only_leaves and not (narrow and _lists(field)):
            names.append(name)
            weights.append(3 + 12 // _met()[named(field.type).name])
    return names, weights


@cache
def leaves(parent: Composite) -> list[str]:
    """Return the fields of a type that are leaves and need no argument."""
    return [name for name, field in fields_of(parent).items() if is_leaf_type(named(field.type))]


@cache
def _met() -> Counter[str]:
    """Return how many fields lead to each type."""
    return Counter(
        named(field.type).name for type_ in composites() for field in type_.fields.values()
    )


def _lists(field: GraphQLField) -> bool:
    return "first" in field.args or "ids" in field.args


@cache
def overlapping(parent: Composite) -> tuple[list[Composite], list[int]]:
    """Return the types that a fragment inside the type may be on, and how many objects each has."""
    possible = _possible(parent)
    found: list[Composite] = [type_ for type_ in composites() if possible & _possible(type_)]
    return found, [len(possible & _possible(type_)) for type_ in found]


@cache
def _possible(type_: Any) -> frozenset[str]:
    if isinstance(type_, GraphQLObjectType):
        return frozenset({type_.name})
    return frozenset(each.name for each in SCHEMA.get_possible_types(type_))
