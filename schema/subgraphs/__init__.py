"""The one schema in parts: each domain's as a subgraph of Apollo Federation 2.9, or the whole as one.

Nothing is declared twice: a subgraph is what is left of the schema when only one domain's fields are kept,
so what a gateway composes of the parts is the schema that they came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graphql import print_schema

from resolvers.context import Served
from schema import schema
from schema.executable import executable
from schema.subgraphs.domains import Domain
from schema.subgraphs.parts import part_of, without_machinery
from schema.subgraphs.projection import projected
from schema.subgraphs.sdl import entity_types, federated_text

if TYPE_CHECKING:
    from graphql import GraphQLSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgraph:
    """A part of the schema that can be served: what runs, and what gateways are told of it."""

    core: GraphQLSchema
    served: Served


@cache
def subgraph(domain: Domain | None) -> Subgraph:
    """Return a domain's subgraph; without a domain the whole schema."""
    core = executable(schema)
    if domain is not None:
        core = projected(core, part_of(core, domain))
    served = Served(sdl=federated_text(core), entities=entity_types(core))
    return Subgraph(core=core, served=served)


@cache
def clients_text() -> str:
    """Return the whole schema's text for clients: without what only gateways ask."""
    core = executable(schema)
    return print_schema(projected(core, without_machinery(core)))


__all__ = ["Domain", "Subgraph", "clients_text", "federated_text", "subgraph"]
