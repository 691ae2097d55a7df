"""The schema as graphql-core runs it."""

import strawberry
from graphql import GraphQLSchema


def executable(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the schema as graphql-core has it."""
    # Strawberry offers no other way to it; its version is pinned.
    return schema._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
