"""The schema that operations are made over, and its types without their wrappings."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,  # pyright: ignore[reportUnknownVariableType] - a list's item type is unsaid.
    get_nullable_type,  # pyright: ignore[reportUnknownVariableType] - as above.
)

from schema import schema

SCHEMA: Final[GraphQLSchema] = schema._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as execution.operations.

Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType


def bare(type_: Any) -> Any:
    """Return a type without "not null"."""
    return get_nullable_type(type_)  # pyright: ignore[reportUnknownVariableType] - as above.


def named(type_: Any) -> Any:
    """Return the type that is inside lists and "not null"."""
    return get_named_type(type_)  # pyright: ignore[reportUnknownVariableType] - as above.


def fields_of(type_: Composite) -> dict[str, Any]:
    """Return a type's fields; a union has none."""
    return {} if isinstance(type_, GraphQLUnionType) else type_.fields


@cache
def reachable() -> frozenset[str]:
    """Return the names of the types that reading operations can meet, by field or as an argument."""
    waiting: list[Any] = [SCHEMA.query_type]
    found: set[str] = set()
    while waiting:
        type_ = waiting.pop()
        if type_.name in found:
            continue
        found.add(type_.name)
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            waiting += SCHEMA.get_possible_types(type_)
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            waiting += type_.interfaces
            waiting += [named(field.type) for field in type_.fields.values()]
            waiting += [
                named(each.type) for field in type_.fields.values() for each in field.args.values()
            ]
        elif isinstance(type_, GraphQLInputObjectType):
            waiting += [named(field.type) for field in type_.fields.values()]
    return frozenset(found)


def composites() -> list[GraphQLObjectType | GraphQLInterfaceType]:
    """Return every type with fields that is read, introspection's left out."""
    return [
        type_
        for type_ in SCHEMA.type_map.values()
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and type_.name in reachable()
    ]
