"""Which deprecated parts of the schema a document uses, and who is told."""

from __future__ import annotations

import pytest
from graphql import build_schema
from structlog.testing import capture_logs

from execution.checking import Checker, Prepared
from execution.limits import Limits
from execution.requests import GraphQLRequest
from server.persisted import Resolved
from server.usage import count_deprecated

SCHEMA = build_schema(
    """
    enum Order { NAME OLD @deprecated }
    input Filter { name: String old: String @deprecated }
    interface Thing { id: ID! old: Int @deprecated }
    type Song implements Thing { id: ID! old: Int @deprecated title: String }
    type Query {
      songs(order: Order, filter: Filter, old: Int @deprecated): [Song!]!
      thing: Thing
      oldThing: Thing @deprecated
    }
    """
)


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ('{ songs(order: NAME, filter: {name: "a"}) { id title } __typename }', ()),
        ("{ songs { old o: old } s: songs { old } }", ("Song.old",)),
        ("{ thing { old ... on Song { old } } }", ("Song.old", "Thing.old")),
        ("{ songs(old: 1) { id } }", ("Query.songs(old:)",)),
        ("{ songs(order: OLD) { id } }", ("Order.OLD",)),
        ('{ songs(filter: {old: "a"}) { id } }', ("Filter.old",)),
        ("{ ...F } fragment F on Query { oldThing { id } }", ("Query.oldThing",)),
        ("{ __schema { types { name } } }", ()),
    ],
)  # fmt: skip
def test_what_is_deprecated_is_named_by_its_coordinate(text: str, uses: tuple[str, ...]) -> None:
    """Once a document, wherever it stands."""
    prepared = Checker(SCHEMA, Limits()).checked(text)
    assert prepared.document, prepared.errors
    assert prepared.deprecated == uses


def test_the_first_use_of_a_document_by_a_client_is_logged() -> None:
    """Not each: the metric counts those."""
    request = GraphQLRequest(
        query="{ a }", operation_name=None, variables={}, extensions={}, by_get=False
    )
    resolved = Resolved(request=request, trusted="card")
    prepared = Prepared(id="a document of this test", tokens=1, deprecated=("Song.old",))
    with capture_logs() as told:
        for client in ("web", "web", "phone"):
            count_deprecated(resolved, client, prepared)
    assert [(each["document"], each["client"], each["coordinates"]) for each in told] == [
        ("card", "web", ["Song.old"]),
        ("card", "phone", ["Song.old"]),
    ]
