"""An executable schema cut down to a part of itself: the same fields and resolvers, fewer of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
)

from schema.subgraphs.domains import MUTATION, QUERY, SUBSCRIPTION
from schema.subgraphs.parts import KEY

if TYPE_CHECKING:
    from graphql import GraphQLNamedType

    from schema.subgraphs.parts import Part


def projected(schema: GraphQLSchema, part: Part) -> GraphQLSchema:
    """Return the schema with the types and fields of a part; what finds things by key finds only those."""
    return _Projection(schema, part).schema()


class _Projection:
    def __init__(self, schema: GraphQLSchema, part: Part) -> None:
        self._whole = schema
        self._part = part
        self._made: dict[str, Any] = {}

    def schema(self) -> GraphQLSchema:
        types = [self._type(self._whole.type_map[name]) for name in sorted(self._part.types)]
        return GraphQLSchema(
            query=self._made[QUERY],
            mutation=self._made.get(MUTATION),
            subscription=self._made.get(SUBSCRIPTION),
            types=types,
            directives=self._whole.directives,
            description=self._whole.description,
            extensions=self._whole.extensions,
        )

    def _type(self, type_: GraphQLNamedType) -> Any:
        if type_.name not in self._made:
            self._made[type_.name] = self._new(type_)
        return self._made[type_.name]

    def _new(self, type_: GraphQLNamedType) -> GraphQLNamedType:
        match type_:
            case GraphQLObjectType() | GraphQLInterfaceType():
                return _with(
                    type_,
                    fields=lambda: self._fields(type_),
                    interfaces=lambda: self._interfaces(type_),
                )
            case GraphQLUnionType():
                return _with(type_, types=lambda: self._found(type_))
            case _:
                return type_

    def _fields(self, type_: GraphQLObjectType | GraphQLInterfaceType) -> dict[str, GraphQLField]:
        kept = self._part.fields[type_.name]
        return {
            name: _with(field, type_=self._typed(field.type))
            for name, field in type_.fields.items()
            if name in kept
        }

    def _interfaces(
        self, type_: GraphQLObjectType | GraphQLInterfaceType
    ) -> list[GraphQLInterfaceType]:
        fields = self._part.fields
        return [
            self._type(each)
            for each in type_.interfaces
            if each.name in fields and fields[each.name] <= fields[type_.name]
        ]

    def _found(self, union: GraphQLUnionType) -> list[GraphQLObjectType]:
        """Return the types that this part knows more of than their ids."""
        fields = self._part.fields
        return [self._type(each) for each in union.types if fields.get(each.name, {KEY}) != {KEY}]

    def _typed(self, type_: Any) -> Any:
        if isinstance(type_, GraphQLNonNull | GraphQLList):
            return type(cast("Any", type_))(self._typed(cast("Any", type_).of_type))
        return self._type(type_)


def _with(made: Any, **others: Any) -> Any:
    """Return the like of a type or field, but for the given."""
    return type(made)(**{**made.to_kwargs(), **others})
