"""The directives by which clients ask for parts of an answer later, described for them."""

from typing import Final

import strawberry
from graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDirective,
    GraphQLInt,
    GraphQLNonNull,
    GraphQLString,
    specified_directives,
)

from schema.executable import executable

_IF: Final = GraphQLArgument(
    GraphQLNonNull(GraphQLBoolean),
    default_value=True,
    description="Whether this is asked for at all.",
)
_LABEL: Final = GraphQLArgument(
    GraphQLString, description="A name, one in the document, that the later part is told with."
)

DEFER: Final = GraphQLDirective(
    name="defer",
    locations=[DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
    args={"if": _IF, "label": _LABEL},
    description=(
        "Answer this fragment after the rest, to a client that accepts `multipart/mixed` or "
        "`text/event-stream`. Any other gets the whole answer at once."
    ),
)
STREAM: Final = GraphQLDirective(
    name="stream",
    locations=[DirectiveLocation.FIELD],
    args={
        "if": _IF,
        "label": _LABEL,
        "initialCount": GraphQLArgument(
            GraphQLInt,
            default_value=0,
            description="How many of the list's items come with what is around it.",
        ),
    },
    description=(
        "Answer the items of this list as they are ready, to a client that accepts "
        "`multipart/mixed` or `text/event-stream`. Any other gets the whole answer at once."
    ),
)
DELIVERY: Final = frozenset({DEFER.name, STREAM.name})


def delivering(schema: strawberry.Schema) -> strawberry.Schema:
    """Return the schema, which now takes documents with these directives."""
    # Strawberry's own switch for them would bring graphql-core's descriptions.
    core = executable(schema)
    others = (each for each in core.directives if each not in specified_directives)
    core.directives = (*specified_directives, DEFER, STREAM, *others)
    return schema
