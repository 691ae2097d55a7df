"""How many objects an operation may make, against numbers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import OperationDefinitionNode, build_schema, get_introspection_query, parse

from execution.limits import Limits, TooManyAliasesError
from execution.weight import Scale, TooManyFieldsError, TooManyNodesError, TooManyValuesError

SCHEMA = build_schema(
    """
    interface Node { id: ID! }
    type Artist implements Node { id: ID! name: String! best: Song songs(first: Int, last: Int): Songs }
    type Song implements Node { id: ID! by(first: Int): [Artist!]! }
    type Songs { nodes: [Song!]! edges: [Edge!]! totalCount: Int! pageInfo: PageInfo! }
    type PageInfo { endCursor: String }
    type Edge { cursor: String! node: Song! }
    type Query { artist: Artist songs(first: Int): Songs nodes(ids: [ID!]!): [Node]! }
    """
)


def weigh(text: str, variables: dict[str, Any] | None = None, **limits: int) -> int:
    """Return what the document's only operation weighs."""
    document = parse(text)
    [operation] = [n for n in document.definitions if isinstance(n, OperationDefinitionNode)]
    return Scale(SCHEMA, Limits(**limits)).check(document, operation, variables or {}).nodes


@pytest.mark.parametrize(
    ("text", "variables", "nodes"),
    [
        ("{ __typename }", {}, 0),
        ("{ artist { name } }", {}, 1),
        ("{ artist { name best { id } } b: artist { name } }", {}, 3),
        ("{ artist { name } artist { best { id } } }", {}, 2),
        ("{ songs(first: 10) { totalCount } }", {}, 0),
        ("{ songs(first: 10) { nodes { id } pageInfo { endCursor } } }", {}, 10),
        ("{ songs { nodes { id } } }", {}, 20),
        ("{ songs(first: 10) { edges { node { id } } } }", {}, 10),
        ("{ songs(first: 10) { nodes { by(first: 5) { name } } } }", {}, 10 * (1 + 5)),
        ("{ artist { songs(last: 7) { nodes { id } } } }", {}, 1 + 7),
        ('{ nodes(ids: ["a", "b"]) { id } }', {}, 2),
        ("query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["a"] * 9}, 9),
        ("query($f: Int) { songs(first: $f) { nodes { id } } }", {"f": 3}, 3),
        ("query($f: Int = 4) { songs(first: $f) { nodes { id } } }", {}, 4),
        ("query($f: Int) { songs(first: $f) { nodes { id } } }", {}, 20),
        ("query($f: Int) { songs(first: $f) { nodes { id } } }", {"f": "no number"}, 20),
        ("query($f: Int) { songs(first: $f) { nodes { id } } }", {"f": 10**400}, 100),
        ("{ nodes(ids: []) { ... on Artist { best { id } } } }", {}, 0),
        ('{ nodes(ids: ["a"]) { ... on Artist { best { id } } ...S } } fragment S on Song { id }', {}, 2),
        (("{ ...A ...A } fragment A on Query { artist { ...B best { id } } } "
            "fragment B on Artist { best { id } }"), {}, 2),
    ],
)  # fmt: skip
def test_every_page_counts_as_full(text: str, variables: dict[str, Any], nodes: int) -> None:
    """Every page counts as full, and what is merged counts once."""
    assert weigh(text, variables) == nodes


def test_what_may_return_more_than_the_limit_is_refused() -> None:
    """What may return more than the limit is refused."""
    text = "{ songs(first: 99) { nodes { by(first: 99) { name } } } }"
    assert weigh(text) == 99 * 100
    with pytest.raises(TooManyNodesError, match="9900"):
        weigh(text, nodes=9_899)


def test_names_count_through_fragments() -> None:
    """Sixteen names in sixteen fragments are sixteen names."""
    spreads = " ".join(f"...F{i}" for i in range(16))
    fragments = " ".join(f"fragment F{i} on Query {{ a{i}: artist {{ id }} }}" for i in range(16))
    with pytest.raises(TooManyAliasesError):
        weigh(f"{{ {spreads} }} {fragments}")


def test_the_usual_introspection_passes_and_fifteen_of_it_do_not() -> None:
    """The usual introspection passes; under fifteen names it does not."""
    usual = get_introspection_query(one_of=True, input_value_deprecation=True)
    assert weigh(usual) == 0
    types = "types { fields { args { type { name } } type { name } } }"
    many = " ".join(f"a{i}: __schema {{ {types} }}" for i in range(15))
    with pytest.raises(TooManyNodesError):
        weigh(f"{{ {many} }}")


def test_fragments_that_double_at_each_level_are_weighed_at_once() -> None:
    """Two to the power of thirty paths are not walked."""
    body = " ".join(
        f"fragment F{i} on Artist {{ a: best {{ by {{ ...F{i + 1} }} }} b: best {{ by {{ ...F{i + 1} }} }} }}"
        for i in range(30)
    )
    with pytest.raises(TooManyNodesError):
        weigh(f"{{ artist {{ ...F0 }} }} {body} fragment F30 on Artist {{ name }}")


def test_what_lies_below_an_empty_page_is_counted_as_fields() -> None:
    """A page of nothing makes no object, but every place below it is planned."""
    levels = "".join(
        f"fragment F{n} on Song {{ "
        + " ".join(f"a{k}: by {{ songs {{ nodes {{ ...F{n + 1} }} }} }}" for k in range(8))
        + " }"
        for n in range(4)
    )
    text = f"{{ songs(first: 0) {{ nodes {{ ...F0 }} }} }} {levels} fragment F4 on Song {{ id }}"
    with pytest.raises(TooManyFieldsError):
        weigh(text)
    assert weigh("{ songs(first: 0) { nodes { id by { name } } } }", fields=5) == 0
    with pytest.raises(TooManyFieldsError):
        weigh("{ songs(first: 0) { nodes { id by { name } } } }", fields=4)


def test_values_are_counted_with_the_pages_that_they_stand_in() -> None:
    """Each leaf, under each of its names, once for each object that may have it."""
    text = "{ songs(first: 10) { nodes { a: id b: id by(first: 5) { name } } totalCount } }"
    most = 10 * (2 + 5 + 1)
    assert weigh(text, values=most)
    with pytest.raises(TooManyValuesError, match=f"{most} values"):
        weigh(text, values=most - 1)
