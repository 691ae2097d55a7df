"""What not everybody may see, declared where a field or a type is, and enforced on every way to it.

A plan asks `needs_of` and plans what is refused as an error that reads nothing; graphql-core meets the same
check before the field's resolver; a thing by reference is checked by its type before it is read.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields
from functools import cache, partial
from inspect import isawaitable
from types import MappingProxyType
from typing import Any, Final, TypeVar

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    default_field_resolver,  # pyright: ignore[reportUnknownVariableType] - its info is of any context.
)
from strawberry.types.field import StrawberryField

from resolvers.permission import PUBLIC, Needs, Role, Viewer
from schema import registry
from schema.executable import DEFINITION, told_type
from schema.fields import RULE, Property

Declared = TypeVar("Declared")

_NEEDS: Final = "content_graph.needs"
_ATTRIBUTE: Final = "__content_graph_needs__"


def needs(wanted: Needs) -> Callable[[Declared], Declared]:
    """Declare that a field, or every field that tells of a type's objects, is for these roles only."""

    def declare(declared: Declared) -> Declared:
        if isinstance(declared, StrawberryField):
            declared.metadata = MappingProxyType({**declared.metadata, _NEEDS: wanted})
        else:
            setattr(declared, _ATTRIBUTE, wanted)
            registry.restricted(declared.__name__, wanted)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType] - a class.
        return declared

    return declare


def needs_of(field: GraphQLField) -> Needs:
    """Return the roles of which a caller needs one to be answered a field."""
    return own_needs(field) or needs_of_type(told_type(field))


def own_needs(field: GraphQLField) -> Needs:
    """Return the roles that a field itself is declared to be for."""
    own = field.extensions.get(DEFINITION)
    return own.metadata.get(_NEEDS, PUBLIC) if isinstance(own, StrawberryField) else PUBLIC


def needs_of_type(type_: Any) -> Needs:
    """Return the roles of which a caller needs one to be told of a type's objects."""
    definition = type_.extensions.get(DEFINITION)
    return getattr(getattr(definition, "origin", None), _ATTRIBUTE, PUBLIC)


def told_types(viewer: Viewer) -> tuple[str, ...]:
    """Return the types of which a viewer may be told all that is stored of any thing."""
    return _told_types(viewer.roles)


@cache
def _told_types(roles: frozenset[Role]) -> tuple[str, ...]:
    viewer = Viewer(roles=roles)
    types = sorted(registry.findable_types())
    return tuple(name for name in types if all(map(viewer.may, _needs_of_rows(name))))


def _needs_of_rows(type_name: str) -> Iterator[Needs]:
    """Yield what a caller needs for a type, for all of its things, and for each property of its own."""
    yield registry.needs_of(type_name)
    yield registry.whole_needs_of(type_name)
    for field in fields(registry.row_type(type_name)):
        if isinstance(field, StrawberryField) and isinstance(field.metadata.get(RULE), Property):
            yield field.metadata.get(_NEEDS, PUBLIC)


@cache
def needs_by_name(schema: GraphQLSchema) -> Mapping[str, AbstractSet[Needs]]:
    """Return what fields that are not public need, by the fields' names."""
    found: dict[str, set[Needs]] = {}
    for name, field in _fields(schema):
        if wanted := needs_of(field):
            found.setdefault(name, set()).add(wanted)
    return found


def guard(schema: GraphQLSchema) -> None:
    """Have graphql-core check every field that is not public before it resolves it."""
    for _, field in _fields(schema):
        if wanted := needs_of(field):
            field.resolve = partial(_checked, wanted, field.resolve or default_field_resolver)
            if field.subscribe:
                field.subscribe = partial(_checked, wanted, field.subscribe)


def _fields(schema: GraphQLSchema) -> Iterator[tuple[str, GraphQLField]]:
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType) and not _is_page(type_):
            yield from type_.fields.items()


def _is_page(type_: GraphQLObjectType) -> bool:
    """Say whether a type is a page or an edge of one: the field that lists has been checked."""
    return any(
        known <= type_.fields.keys() for known in ({"nodes", "pageInfo"}, {"cursor", "node"})
    )


async def _checked(
    wanted: Needs, resolve: Callable[..., Any], source: Any, info: Any, /, **arguments: Any
) -> Any:
    info.context.viewer.check(wanted)
    value = resolve(source, info, **arguments)
    return await value if isawaitable(value) else value
