"""A small schema, whose fields fail in every way that matters."""

from __future__ import annotations

import asyncio

import strawberry
from strawberry.scalars import JSON

from graph.errors import GraphUnavailable

TOLD_TO_NOBODY = "the vault is behind the painting"


@strawberry.input
class Nest:
    """An input that may nest as deep as a caller likes."""

    inner: Nest | None = None


@strawberry.type
class Query:
    """Fields that answer, and fields that fail."""

    name: strawberry.Private[str] = "world"

    @strawberry.field
    def hello(self, name: str = "") -> str:
        """Greet by name; the root of an operation is None."""
        return f"Hello, {name or getattr(self, 'name', 'world')}"

    @strawberry.field
    def several(self) -> list[Query]:
        """Return several of the root, by name."""
        return [Query(name=name) for name in "abc"]

    @strawberry.field
    def again(self) -> Query:
        """Return the root, for depth."""
        return Query()

    @strawberry.field
    def echo(self, value: JSON) -> JSON:
        """Return the value."""
        return value

    @strawberry.field
    def nest(self, value: Nest) -> bool:
        """Take a nested input."""
        return value.inner is None

    @strawberry.field
    async def unavailable(self) -> str | None:
        """Fail as the graph does when its engine is gone."""
        raise GraphUnavailable("The graph's engine cannot be reached; try again.")

    @strawberry.field
    def nobody(self) -> Query | None:
        """Fail where an object would be."""
        raise GraphUnavailable("The graph's engine cannot be reached; try again.")

    @strawberry.field
    def required(self) -> str:
        """Fail where null is no answer."""
        raise GraphUnavailable("The graph's engine cannot be reached; try again.")

    @strawberry.field
    async def defect(self) -> str | None:
        """Fail in a way that nobody foresaw."""
        await asyncio.sleep(0)
        raise RuntimeError(TOLD_TO_NOBODY)

    @strawberry.field
    def too_large(self) -> JSON:
        """Return what JSON cannot say."""
        return JSON(object())


@strawberry.type
class Mutation:
    """Changes that change nothing."""

    @strawberry.mutation
    def bump(self) -> int:
        """Return one."""
        return 1


small_schema = strawberry.Schema(Query, Mutation)
