"""How many objects an answer has, against what the operation may make when every page is full."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import (
    OperationDefinitionNode,
    execute_sync,  # pyright: ignore[reportUnknownVariableType] - its middleware is a bare tuple.
    parse,
)

from execution.limits import Limits
from execution.tally import counted, tally_of
from execution.weight import Scale
from graph.accounts.privacy import PAGE
from schema import schema
from schema.executable import executable
from tests.unit.server.test_weight import SCHEMA


def test_an_export_costs_what_it_holds() -> None:
    """A page of personal data is one text, and as much work as a page of as many things."""
    text = 'mutation { it: exportPersonalData(input: {userId: "x"}) { data errors { code } } }'
    document = parse(text)
    [operation] = [n for n in document.definitions if isinstance(n, OperationDefinitionNode)]
    core = executable(schema)
    asked = Scale(core, Limits()).check(document, operation, {}).nodes
    tally = tally_of(core, document, operation, aliases=10)
    assert counted({"it": {"data": "{}", "errors": []}}, tally) == 1 + PAGE
    assert asked >= 1 + PAGE


class Song:
    """A song by as many artists as are asked for."""

    id = "song"

    def by(self, _info: object, first: int = 20) -> list[Artist]:
        """Return a full page."""
        return [Artist() for _ in range(first)]


class Songs:
    """A page of songs."""

    def __init__(self, size: int) -> None:
        self.totalCount = 1_000
        self.pageInfo = {"endCursor": "end"}
        self.nodes = [Song() for _ in range(size)]
        self.edges = [{"cursor": "c", "node": song} for song in self.nodes]


class Artist:
    """An artist with as many songs as are asked for."""

    id = "artist"
    name = "name"

    def best(self, _info: object) -> Song:
        """Return one."""
        return Song()

    def songs(self, _info: object, first: int | None = None, last: int | None = None) -> Songs:
        """Return a full page."""
        return Songs(first or last or 20)


class Query:
    """The root."""

    def artist(self, _info: object) -> Artist:
        """Return one."""
        return Artist()

    def songs(self, _info: object, first: int = 20) -> Songs:
        """Return a full page."""
        return Songs(first)

    def nodes(self, _info: object, ids: list[str]) -> list[Any]:
        """Return songs and artists in turn."""
        return [(Song, Artist)[index % 2]() for index in range(len(ids))]


@pytest.mark.parametrize(
    "text",
    [
        "{ __typename __schema { types { name } } }",
        "{ artist { name } }",
        "{ artist { name best { id } } b: artist { name } }",
        "{ artist { name } artist { best { id } } }",
        "{ songs(first: 10) { totalCount pageInfo { endCursor } } }",
        "{ songs(first: 10) { nodes { id } pageInfo { endCursor } } }",
        "{ songs { nodes { id } edges { cursor node { id } } } }",
        "{ songs(first: 10) { s: edges { n: node { by(first: 5) { name best { id } } } } } }",
        "{ artist { songs(last: 7) { nodes { by(first: 3) { songs(first: 2) { nodes { id } } } } } } }",
        '{ nodes(ids: ["a", "b", "c"]) { id } }',
        '{ nodes(ids: ["a", "b"]) { ...A ...A } } fragment A on Node { id }',
        "{ ...A } fragment A on Query { artist { ...B best { id } } } fragment B on Artist { best { id } }",
    ],
)
def test_a_full_answer_has_what_the_operation_weighs(text: str) -> None:
    """Counted as it was weighed: wrappings of pages are none."""
    document = parse(text)
    operation = _operation(text)
    result = execute_sync(SCHEMA, document, Query(), type_resolver=_type)
    assert result.data is not None
    assert not result.errors
    tally = tally_of(SCHEMA, document, operation, aliases=15)
    weight = Scale(SCHEMA, Limits()).check(document, operation, {})
    assert counted(result.data, tally) == weight.nodes


def test_objects_of_several_types_are_counted_as_what_they_are() -> None:
    """What one type has and the other has not."""
    text = (
        '{ nodes(ids: ["a", "b", "c"]) { ... on Song { x: by(first: 2) { id } } '
        "... on Artist { y: songs(first: 3) { nodes { id } } best { by(first: 1) { id } } } } }"
    )
    result = execute_sync(SCHEMA, parse(text), Query(), type_resolver=_type)
    assert result.data is not None
    tally = tally_of(SCHEMA, parse(text), _operation(text), aliases=15)
    assert counted(result.data, tally) == 3 + 2 * 2 + 3 + 1 + 1


def test_what_is_null_or_left_out_is_not_counted() -> None:
    """As after an error, or `@skip`."""
    text = "{ artist { best { id } } b: artist { name } songs { nodes { id } } }"
    tally = tally_of(SCHEMA, parse(text), _operation(text), aliases=15)
    assert counted({}, tally) == 0
    assert counted({"artist": {"best": None}, "b": None, "songs": {"nodes": None}}, tally) == 1
    assert counted({"songs": {"nodes": [{"id": "a"}, None]}}, tally) == 1


def _operation(text: str) -> OperationDefinitionNode:
    [found] = [n for n in parse(text).definitions if isinstance(n, OperationDefinitionNode)]
    return found


def _type(value: object, *_: object) -> str:
    return type(value).__name__
