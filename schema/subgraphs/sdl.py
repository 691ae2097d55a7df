"""A schema's text for gateways, with the directives of Apollo Federation 2.9."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    FieldDefinitionNode,
    GraphQLObjectType,
    GraphQLUnionType,
    ObjectTypeDefinitionNode,
    parse,
    print_ast,
    print_schema,
)

from resolvers.permission import NAMED, Role
from schema import registry
from schema.access import needs_of
from schema.delivery import DELIVERY
from schema.subgraphs.domains import ENTITY, FEDERATION, MACHINERY, ROOTS
from schema.subgraphs.parts import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import GraphQLSchema

    from resolvers.permission import Needs

VERSION: Final = "2.9"
IMPORTED: Final = ("@key", "@shareable")
PERMISSION: Final = ("@authenticated", "@requiresScopes")


def entity_types(schema: GraphQLSchema) -> frozenset[str]:
    """Return the names of the types whose things are found by key."""
    union = schema.type_map.get(ENTITY)
    types = union.types if isinstance(union, GraphQLUnionType) else ()
    return frozenset(each.name for each in types)


def federated_text(schema: GraphQLSchema, *, permission: bool = False) -> str:
    """Return the text: entities with their keys, values shareable, without what gateways add themselves.

    With `permission` it says which roles fields are for; some gateways refuse a text that does.
    Specification: Apollo Federation subgraph, "Subgraph schema initialization".
    """
    found = entity_types(schema)
    imported = ", ".join(f'"{each}"' for each in (*IMPORTED, *(PERMISSION if permission else ())))
    link = (
        f'extend schema @link(url: "https://specs.apollo.dev/federation/v{VERSION}", '
        f"import: [{imported}])"
    )
    needs = _needs(schema) if permission else {}
    definitions = [
        _told(node, needs, found)
        for node in parse(print_schema(schema)).definitions
        if getattr(getattr(node, "name", None), "value", "") not in MACHINERY | DELIVERY
    ]
    return "\n\n".join([link, *map(print_ast, definitions)])


def _told(
    node: DefinitionNode, needs: Mapping[tuple[str, str], Needs], found: frozenset[str]
) -> DefinitionNode:
    if not isinstance(node, ObjectTypeDefinitionNode):
        return node
    fields = tuple(
        _field(needs.get((node.name.value, each.name.value)), each)
        for each in node.fields or ()
        if each.name.value not in FEDERATION
    )
    if node.name.value in ROOTS:
        return replace(node, fields=fields)

    return replace(node, directives=tuple(_directives(node, found)), fields=fields)


def _needs(schema: GraphQLSchema) -> dict[tuple[str, str], Needs]:
    """Return the roles that fields are for, where not for everybody, by type and field."""
    return {
        (type_.name, name): wanted
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        for name, field in type_.fields.items()
        if (wanted := needs_of(field))
    }


def _field(wanted: Needs | None, node: FieldDefinitionNode) -> FieldDefinitionNode:
    return replace(node, directives=_permission(wanted)) if wanted else node


def _permission(wanted: Needs) -> tuple[ConstDirectiveNode, ...]:
    """Return what gateways that check permission are told; whoever asks here is checked here."""
    if wanted == NAMED:
        return _parsed("@authenticated")
    roles = ", ".join(f'["{role}"]' for role in sorted({*wanted, Role.ADMIN}))
    return _parsed(f"@authenticated @requiresScopes(scopes: [{roles}])")


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
