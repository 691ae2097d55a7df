"""How Neo4j means to run what plans read: every list of every type, inside its thing's own read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from graphql import GraphQLObjectType

from schema import schema
from schema.fields import RULE
from schema.ids import global_id
from schema.lists import Many
from tests.integration.catalogue.test_plans import ON_NEO4J, SCANS, plan

if TYPE_CHECKING:
    from tests.integration.catalogue.test_plans import Plan
    from tests.integration.catalogue.whole import Whole
    from tests.reads.asking import Asker

__all__ = ["plan"]

CORE: Final = schema._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
ENTITIES: Final = ("Artist", "Label", "Party", "Recording", "Release", "Work")
UNBOUNDED: Final = frozenset({"VarLengthExpand(All)", "VarLengthExpand(Pruning)"})
PAGE: Final = "(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes { __typename } }"


def lists_of(type_name: str) -> list[str]:
    """Return the names of a type's fields that are lists of the graph."""
    type_ = cast("GraphQLObjectType", CORE.get_type(type_name))
    return [
        name
        for name, field in type_.fields.items()
        if isinstance(field.extensions["strawberry-definition"].metadata.get(RULE), Many)
    ]


@ON_NEO4J
@pytest.mark.parametrize("label", ENTITIES)
async def test_every_list_inside_a_read_starts_from_its_thing(
    sampled: Asker, whole: Whole, plan: Plan, label: str
) -> None:
    """No label is scanned, nothing crossed, nothing walked without bound; one read for all of them."""
    names = lists_of(label)
    assert len(names) >= 5
    key = min(whole.nodes[label])
    fields = " ".join(f"{name}{PAGE}" for name in names)
    steps: list[dict[str, Any]] = await sampled.plan(
        f'{{ node(id: "{global_id(label, key)}") {{ ... on {label} {{ {fields} }} }} }}'
    )
    [text] = [read["cypher"] for step in steps for read in step["reads"]]
    assert text.count("CALL (") == 2 * len(names)
    found = await plan(text)
    assert found & SCANS == set()
    assert found & UNBOUNDED == set()
    assert "NodeUniqueIndexSeek" in found


@ON_NEO4J
async def test_what_is_nested_four_deep_stays_one_bounded_read(sampled: Asker, plan: Plan) -> None:
    """From an index in its order, along relationships, a limit on each level."""
    [step] = await sampled.plan(
        """{ artists(first: 2) { nodes { recordings(first: 2) { nodes { works(first: 2) { nodes {
          credits(first: 2) { nodes { role artist { name } } } } } } } } } }"""
    )
    [read] = step["reads"]
    assert read["cypher"].count("LIMIT $limit_") == 4
    found = await plan(read["cypher"])
    assert found & SCANS == set()
    assert found & UNBOUNDED == set()
