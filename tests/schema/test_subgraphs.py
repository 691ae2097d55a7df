"""The parts of the schema: together they are the whole, and each holds by itself."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Final, cast

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    ObjectTypeDefinitionNode,
    build_schema,
    parse,
    print_ast,
    validate_schema,
)
from typer.testing import CliRunner

from resolvers.permission import CLAIMS, Role
from schema.registry import findable_types, keys_of
from schema.subgraphs import Domain, subgraph
from server.contract import commands

WHOLE: Final = subgraph(None).core
FEDERATION: Final = frozenset({"_entities", "_service"})
PRELUDE: Final = """
directive @link(url: String!, import: [String!]) repeatable on SCHEMA
directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT
directive @shareable on OBJECT | FIELD_DEFINITION
"""

Composite = GraphQLObjectType | GraphQLInterfaceType


def fields(schema: GraphQLSchema) -> dict[str, dict[str, str]]:
    """Return the fields of objects and interfaces by type, each as the text of its type and arguments."""
    return {
        name: {each: _shape(field) for each, field in type_.fields.items()}
        for name, type_ in schema.type_map.items()
        if isinstance(type_, Composite) and not name.startswith("__")
    }


def _shape(field: Any) -> str:
    arguments = ", ".join(f"{name}: {each.type}" for name, each in field.args.items())
    return f"({arguments}): {field.type}"


def test_the_parts_are_the_whole() -> None:
    """Every field of every type is in some part, as it is in the whole, and nothing else is."""
    together: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for domain in Domain:
        for name, known in fields(subgraph(domain).core).items():
            for field, shape in known.items():
                assert together[name].setdefault(field, shape) == shape
    assert dict(together) == fields(WHOLE)


def test_each_field_of_a_thing_has_one_subgraph() -> None:
    """But for its id, which every part tells, and what gateways ask."""
    told: defaultdict[str, list[Domain]] = defaultdict(list)
    for domain in Domain:
        parts = fields(subgraph(domain).core)
        for name in {*findable_types(), "Query", "Mutation", "Subscription"} & parts.keys():
            for field in parts[name].keys() - {"id"} - FEDERATION:
                told[f"{name}.{field}"].append(domain)
    assert {field: domains for field, domains in told.items() if len(domains) > 1} == {}


def test_types_implement_together_what_they_implement_in_the_whole() -> None:
    """No fragment on an interface is lost by composition."""
    together: defaultdict[str, set[str]] = defaultdict(set)
    for domain in Domain:
        for name, type_ in subgraph(domain).core.type_map.items():
            if isinstance(type_, Composite):
                together[name] |= {each.name for each in type_.interfaces}
    for name, type_ in WHOLE.type_map.items():
        if isinstance(type_, Composite) and not name.startswith("__"):
            assert together[name] == {each.name for each in type_.interfaces}, name


@pytest.mark.parametrize("domain", [*Domain, None])
def test_a_part_is_a_schema(domain: Domain | None) -> None:
    """It is valid, its text too, and the text has neither gateways' fields nor unknown directives."""
    part = subgraph(domain)
    assert validate_schema(part.core) == []
    text = build_schema(PRELUDE + part.served.sdl)
    assert validate_schema(text) == []
    query = cast("GraphQLObjectType", text.query_type)
    assert not FEDERATION & query.fields.keys()
    assert not {"_Any", "_Entity", "_Service"} & text.type_map.keys()


@pytest.mark.parametrize("domain", [*Domain, None])
def test_keys_are_fields_and_are_said(domain: Domain | None) -> None:
    """A type is found by each key whose field it has here, and by none where it is only an id."""
    part = subgraph(domain)
    definitions: dict[str, Any] = {
        node.name.value: node  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - those of types.
        for node in parse(part.served.sdl).definitions
        if getattr(node, "name", None)
    }
    for name in findable_types() & definitions.keys():
        known = fields(part.core)[name].keys()
        keys = [
            {each.name.value: each.value.value for each in directive.arguments}
            for directive in definitions[name].directives
        ]
        if known == {"id"}:
            assert keys == [{"fields": "id", "resolvable": False}]
            assert name not in part.served.entities
        else:
            assert {each["fields"] for each in keys} == {"id", *(known & keys_of(name).keys())}
            assert name in part.served.entities


def test_the_texts_are_printed() -> None:
    """`schema print` gives what `_service` tells: of a part, and of the whole."""
    runner = CliRunner()
    for arguments, part in (
        (["print", "--subgraph", "rights"], subgraph(Domain.RIGHTS)),
        (["print", "--federation"], subgraph(None)),
    ):
        result = runner.invoke(commands, arguments)
        assert result.exit_code == 0
        assert result.stdout == part.served.sdl + "\n"


def test_permission_is_printed_where_it_is_asked_for() -> None:
    """The roles of a field, from the same declaration as what checks them."""
    result = CliRunner().invoke(commands, ["print", "--subgraph", "rights", "--permission"])
    definitions = {
        node.name.value: node
        for node in parse(result.stdout).definitions
        if isinstance(node, ObjectTypeDefinitionNode)
    }
    [claims] = [
        each for each in definitions["Recording"].fields or () if each.name.value == "claims"
    ]
    told = [print_ast(each) for each in claims.directives or ()]
    roles = [f'["{each}"]' for each in sorted({*CLAIMS, Role.ADMIN})]
    assert told[0] == "@authenticated"
    assert told[1].startswith("@requiresScopes(scopes: [")
    assert re.findall(r'\["\w+"\]', told[1]) == roles
    assert "@requiresScopes" not in subgraph(Domain.RIGHTS).served.sdl
