"""Which domain each field belongs to.

A type belongs to the domain of the module that declares it. A field that lists things, or is worked out
of many, belongs to the domain of what it returns; any other to its type's. So a new field finds its
subgraph by itself, and each field has one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from graphql import GraphQLField

from schema.executable import DEFINITION, told_type
from schema.fields import RULE
from schema.lists import Many
from schema.things import Batched

QUERY: Final = "Query"
MUTATION: Final = "Mutation"
SUBSCRIPTION: Final = "Subscription"
ROOTS: Final = (QUERY, MUTATION, SUBSCRIPTION)
"""The types that operations start from; only the first is there in every subgraph."""
ENTITY: Final = "_Entity"
ENTITIES: Final = "_entities"
FEDERATION: Final = frozenset({ENTITIES, "_service"})
MACHINERY: Final = frozenset({"_Any", ENTITY, "_Service"})
"""The types that only gateways' fields have."""


class Domain(StrEnum):
    """The domains that are subgraphs."""

    CATALOG = "catalog"
    RIGHTS = "rights"
    IDENTITY = "identity"
    POLICY = "policy"
    ACCOUNTS = "accounts"


_BY_MODULE: Final = {
    "schema.parties": Domain.RIGHTS,
    "schema.editing.parties": Domain.RIGHTS,
    "schema.editing.claims": Domain.RIGHTS,
    "schema.editing.effects": Domain.RIGHTS,
    "schema.editing.conflicts": Domain.RIGHTS,
    "schema.editing.agreements": Domain.RIGHTS,
    "schema.editing.transfers": Domain.RIGHTS,
    "schema.rights": Domain.RIGHTS,
    "schema.ownership": Domain.RIGHTS,
    "schema.deals": Domain.RIGHTS,
    "schema.conflicts": Domain.RIGHTS,
    "schema.recognition": Domain.RIGHTS,
    "schema.identity": Domain.IDENTITY,
    "schema.policy": Domain.POLICY,
    "schema.viewers": Domain.ACCOUNTS,
    "schema.accounts": Domain.ACCOUNTS,
    "schema.accounts_changes": Domain.ACCOUNTS,
    "schema.mandates": Domain.ACCOUNTS,
    "schema.privacy": Domain.ACCOUNTS,
    "schema.artist_claims": Domain.ACCOUNTS,
    "schema.changes": Domain.ACCOUNTS,
    "schema.histories": Domain.ACCOUNTS,
}
"""The domains of modules; all others declare the catalogue."""


def belongs(type_: Any, name: str, field: GraphQLField, domain: Domain) -> bool:
    """Say whether a field is told by a domain's subgraph."""
    if type_.name in ROOTS:
        return name in FEDERATION or domain_of(told_type(field)) is domain
    rule = field.extensions[DEFINITION].metadata.get(RULE)
    return domain_of(told_type(field) if isinstance(rule, Many | Batched) else type_) is domain


def domain_of(type_: Any) -> Domain:
    """Return the domain that a type belongs to."""
    definition = type_.extensions.get(DEFINITION)
    module = definition.origin.__module__ if definition else ""
    return _BY_MODULE.get(module, Domain.CATALOG)
