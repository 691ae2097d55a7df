"""The schema that operations are made over, and its types without their wrappings."""

from __future__ import annotations

from typing import Any, Final

from graphql import (
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


def composites() -> list[GraphQLObjectType | GraphQLInterfaceType]:
    """Return every type with fields, introspection's left out."""
    return [
        type_
        for type_ in SCHEMA.type_map.values()
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        and not type_.name.startswith("__")
    ]
