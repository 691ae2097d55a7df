"""A schema's text for gateways, with the directives of Apollo Federation 2.9."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    GraphQLUnionType,
    ObjectTypeDefinitionNode,
    parse,
    print_ast,
    print_schema,
)

from schema import registry
from schema.subgraphs.domains import ENTITY, FEDERATION, MACHINERY, QUERY
from schema.subgraphs.parts import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import GraphQLSchema

VERSION: Final = "2.9"
LINK: Final = (
    f'extend schema @link(url: "https://specs.apollo.dev/federation/v{VERSION}", '
    'import: ["@key", "@shareable"])'
)


def entity_types(schema: GraphQLSchema) -> frozenset[str]:
    """Return the names of the types whose things are found by key."""
    union = schema.type_map[ENTITY]
    if not isinstance(union, GraphQLUnionType):
        raise TypeError(f"{ENTITY} is no union.")
    return frozenset(each.name for each in union.types)


def federated_text(schema: GraphQLSchema) -> str:
    """Return the text: entities with their keys, values shareable, without the fields that gateways add.

    Specification: Apollo Federation subgraph, "Subgraph schema initialization".
    """
    found = entity_types(schema)
    definitions = [
        _told(node, found)
        for node in parse(print_schema(schema)).definitions
        if getattr(getattr(node, "name", None), "value", "") not in MACHINERY
    ]
    return "\n\n".join([LINK, *map(print_ast, definitions)])


def _told(node: DefinitionNode, found: frozenset[str]) -> DefinitionNode:
    if not isinstance(node, ObjectTypeDefinitionNode):
        return node
    if node.name.value == QUERY:
        fields = (each for each in node.fields or () if each.name.value not in FEDERATION)
        return replace(node, fields=tuple(fields))
    return replace(node, directives=tuple(_directives(node, found)))


def _directives(
    node: ObjectTypeDefinitionNode, found: frozenset[str]
) -> Iterator[ConstDirectiveNode]:
    name = node.name.value
    if name not in registry.findable_types():
        yield from _parsed("@shareable")
        return
    if name not in found:
        yield from _parsed(f'@key(fields: "{KEY}", resolvable: false)')
        return
    fields = {each.name.value for each in node.fields or ()}
    for key in (KEY, *registry.keys_of(name)):
        if key in fields:
            yield from _parsed(f'@key(fields: "{key}")')


def _parsed(directive: str) -> tuple[ConstDirectiveNode, ...]:
    [node] = parse(f"type Any {directive} {{ any: Int }}").definitions
    return (isinstance(node, ObjectTypeDefinitionNode) and node.directives) or ()
