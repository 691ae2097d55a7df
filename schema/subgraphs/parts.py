"""What of the schema one domain's subgraph keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
)

from schema import registry
from schema.executable import named_type
from schema.subgraphs.domains import (
    ENTITIES,
    ENTITY,
    FEDERATION,
    MACHINERY,
    QUERY,
    ROOTS,
    belongs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schema.subgraphs.domains import Domain

KEY = "id"


@dataclass(frozen=True, slots=True)
class Part:
    """What is kept: the fields of objects and interfaces by type, and all types by name."""

    fields: dict[str, frozenset[str]]
    types: frozenset[str]


def part_of(schema: GraphQLSchema, domain: Domain) -> Part:
    """Return what a domain's subgraph keeps.

    Of a thing that has an id that is its id and the domain's own fields; of a value, which other
    subgraphs may tell as well, all of it. An interface keeps the fields that its types have in this part.
    """
    gathering = _Gathering(schema, domain)
    return gathering.part()


def without_machinery(schema: GraphQLSchema) -> Part:
    """Return all but what only gateways ask."""
    types = frozenset(
        name for name in schema.type_map if name not in MACHINERY and not name.startswith("__")
    )
    fields = {
        name: frozenset(type_.fields) - (FEDERATION if name == QUERY else frozenset())
        for name in types
        if isinstance(type_ := schema.type_map[name], GraphQLObjectType | GraphQLInterfaceType)
    }
    return Part(fields=fields, types=types)


class _Gathering:
    def __init__(self, schema: GraphQLSchema, domain: Domain) -> None:
        self._schema = schema
        self._domain = domain
        self._entities = registry.findable_types()
        self._fields: dict[str, frozenset[str]] = {}
        self._types: set[str] = set()
        self._reached: set[str] = set()
        """The interfaces that fields return: every type of theirs has to be there."""

    def part(self) -> Part:
        for name in ROOTS:
            root = self._schema.type_map.get(name)
            if root is not None and self._kept(root):
                self._visit(root)
        for name in sorted(self._entities):
            if len(self._kept(self._schema.type_map[name])) > 1:
                self._visit(self._schema.type_map[name])
        interfaces = dict(self._interfaces())
        return Part(
            fields=self._fields | interfaces, types=frozenset(self._types | interfaces.keys())
        )

    def _kept(self, type_: Any) -> frozenset[str]:
        if type_.name not in ROOTS and type_.name not in self._entities:
            return frozenset(type_.fields)
        kept = frozenset(
            name
            for name, field in type_.fields.items()
            if name == KEY or belongs(type_, name, field, self._domain)
        )
        # A union of nothing is no type: where nothing is found by key there is no such field.
        return kept - {ENTITIES} if type_.name == QUERY and not self._finds() else kept

    def _finds(self) -> bool:
        """Say whether this part knows more of a thing than its id."""
        return any(len(self._kept(self._schema.type_map[name])) > 1 for name in self._entities)

    def _visit(self, type_: GraphQLNamedType) -> None:
        if type_.name in self._types or type_.name in self._reached:
            return
        if isinstance(type_, GraphQLInterfaceType):
            self._reached.add(type_.name)
        else:
            self._types.add(type_.name)
        for each in self._next(type_):
            self._visit(each)

    def _next(self, type_: GraphQLNamedType) -> Iterator[GraphQLNamedType]:
        """Yield the types that come with a type."""
        if isinstance(type_, GraphQLInterfaceType):
            yield from self._schema.get_possible_types(type_)
        elif isinstance(type_, GraphQLObjectType):
            kept = self._fields[type_.name] = self._kept(type_)
            for name in kept:
                field = type_.fields[name]
                yield named_type(field.type)
                yield from (named_type(argument.type) for argument in field.args.values())
        elif isinstance(type_, GraphQLInputObjectType):
            yield from (named_type(field.type) for field in type_.fields.values())
        elif isinstance(type_, GraphQLUnionType) and type_.name != ENTITY:
            yield from type_.types

    def _interfaces(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield the interfaces that are left, with the fields that all who need them have."""
        for type_ in self._schema.type_map.values():
            if not isinstance(type_, GraphQLInterfaceType):
                continue
            declared: frozenset[str] = frozenset(type_.fields)
            having = [
                declared & self._fields[each.name]
                for each in self._schema.get_possible_types(type_)
                if each.name in self._types
            ]
            if type_.name not in self._reached and declared != frozenset({KEY}):
                having = [fields for fields in having if fields - {KEY}]
            common = declared.intersection(*having)
            if having and common:
                yield type_.name, common
