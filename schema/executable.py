"""The schema as graphql-core runs it."""

from typing import Any, Final, cast

import strawberry
from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,  # pyright: ignore[reportUnknownVariableType] - a list's item type is unsaid.
)

DEFINITION: Final = "strawberry-definition"
"""Where graphql-core's types and fields keep Strawberry's."""


def executable(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the schema as graphql-core has it."""
    # Strawberry offers no other way to it; its version is pinned.
    return schema._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def named_type(type_: Any) -> GraphQLNamedType:
    """Return the type inside lists and non-nulls."""
    return get_named_type(type_)  # pyright: ignore[reportUnknownVariableType] - as above.


def told_type(field: GraphQLField) -> GraphQLNamedType:
    """Return the type of what a field tells of: of a page its items'."""
    named = named_type(cast("Any", field).type)
    if isinstance(named, GraphQLObjectType) and "nodes" in named.fields:
        return told_type(named.fields["nodes"])
    return named
