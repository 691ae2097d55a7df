"""How long answers may be kept: the smallest of what is declared."""

from __future__ import annotations

import pytest
import strawberry

from execution.checking import Checker, operation_of
from execution.freshness import Freshness, freshness_of
from execution.limits import Limits
from schema import schema as content_schema
from schema.caching import kept
from schema.executable import executable

DEFAULT = 30


@strawberry.interface
class Thing:
    """Either of them."""

    id: int = 1


@kept(60)
@strawberry.type
class Song(Thing):
    """Kept for a minute."""

    @kept(5)
    @strawberry.field
    def plays(self) -> int:
        """Return what changes often."""
        return 1

    @strawberry.field
    def secret(self) -> Secret:
        """Return what is not for everybody."""
        return Secret()

    @strawberry.field
    def note(self) -> Note:
        """Return what nothing is said of."""
        return Note()


@kept(600, private=True)
@strawberry.type
class Secret(Thing):
    """Kept for long, by the client alone."""


@strawberry.type
class Note:
    """Nothing is declared of it."""

    id: int = 1


@strawberry.type
class Songs:
    """A page."""

    nodes: list[Song]


@strawberry.type
class Query:
    """The root."""

    song: Song
    songs: Songs
    thing: Thing
    note: Note
    count: int


SCHEMA = executable(strawberry.Schema(Query, types=[Song, Secret]))


@pytest.mark.parametrize(
    ("text", "seconds", "private"),
    [
        ("{ song { id } }", 60, False),
        ("{ songs { nodes { id } } }", 60, False),
        ("{ songs { __typename } __typename }", 60, False),
        ("{ song { id plays } }", 5, False),
        ("{ song { ...P } } fragment P on Song { plays }", 5, False),
        ("{ song { secret { id } } }", 60, True),
        ("{ thing { id } }", 60, True),
        ("{ note { id } }", DEFAULT, False),
        ("{ song { note { id } } }", DEFAULT, False),
        ("{ song { plays note { id } } }", 5, False),
        ("{ count }", DEFAULT, False),
        ("{ song { id } count }", DEFAULT, False),
        ("{ __typename }", DEFAULT, False),
        ("{ __schema { types { name } } }", DEFAULT, False),
    ],
)
def test_the_smallest_counts(text: str, seconds: int, private: bool) -> None:  # noqa: FBT001
    """Of fields before their types; the default stands in where nothing is declared."""
    found = _freshness(SCHEMA, text)
    assert (found.seconds(DEFAULT), found.private) == (seconds, private)


def test_the_catalogue_is_declared() -> None:
    """What is worked out of claims is not kept unasked."""
    core = executable(content_schema)
    assert _freshness(core, "{ recordings { nodes { title } } }").seconds(0) == 60
    claims = _freshness(core, "{ recordings { nodes { claims { totalCount } } } }")
    assert claims.seconds(0) == claims.seconds(60) == 0
    assert claims.private


def _freshness(schema: object, text: str) -> Freshness:
    core = SCHEMA if schema is SCHEMA else executable(content_schema)
    prepared = Checker(core, Limits()).checked(text)
    assert prepared.document, prepared.errors
    operation = operation_of(prepared.document, None)
    assert not isinstance(operation, str)
    return freshness_of(core, prepared.document, operation, aliases=15)
