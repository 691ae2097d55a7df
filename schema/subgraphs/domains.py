"""Which domain each field belongs to.

A type belongs to the domain of the module that declares it. A field that lists things, or is worked out
of many, belongs to the domain of what it returns; any other to its type's. So a new field finds its
subgraph by itself, and each field has one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final, cast

from graphql import GraphQLField, GraphQLNamedType, GraphQLObjectType, get_named_type

from schema.fields import RULE
from schema.lists import Many
from schema.things import Batched

DEFINITION: Final = "strawberry-definition"
QUERY: Final = "Query"
ENTITY: Final = "_Entity"
FEDERATION: Final = frozenset({"_entities", "_service"})
MACHINERY: Final = frozenset({"_Any", ENTITY, "_Service"})
"""The types that only gateways' fields have."""


class Domain(StrEnum):
    """The domains that are subgraphs."""

    CATALOG = "catalog"
    RIGHTS = "rights"
    IDENTITY = "identity"
    POLICY = "policy"


_BY_MODULE: Final = {
    "schema.parties": Domain.RIGHTS,
    "schema.rights": Domain.RIGHTS,
    "schema.ownership": Domain.RIGHTS,
    "schema.identity": Domain.IDENTITY,
    "schema.policy": Domain.POLICY,
}
"""The domains of modules; all others declare the catalogue."""


def belongs(type_: Any, name: str, field: GraphQLField, domain: Domain) -> bool:
    """Say whether a field is told by a domain's subgraph."""
    if type_.name == QUERY:
        return name in FEDERATION or _domain(_told(field)) is domain
    rule = field.extensions[DEFINITION].metadata.get(RULE)
    return _domain(_told(field) if isinstance(rule, Many | Batched) else type_) is domain


def named_type(type_: Any) -> GraphQLNamedType:
    """Return the type inside lists and non-nulls."""
    # graphql-core leaves the type inside its list type unsaid.
    return get_named_type(type_)  # pyright: ignore[reportUnknownVariableType]


def _told(field: GraphQLField) -> Any:
    """Return the type of what a field tells of: of a page its items'."""
    named = named_type(cast("Any", field).type)
    if isinstance(named, GraphQLObjectType) and "nodes" in named.fields:
        return _told(named.fields["nodes"])
    return named


def _domain(type_: Any) -> Domain:
    definition = type_.extensions.get(DEFINITION)
    module = definition.origin.__module__ if definition else ""
    return _BY_MODULE.get(module, Domain.CATALOG)
