"""How changes are declared: what is given for them, and what is told of them.

A mutation takes one `input` and answers with a payload: what it is about, and why nothing was changed, if so.
"""

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, Final

import strawberry

from graph.errors import CommandRefused, Over
from graph.facts.rows import camel
from resolvers.permission import Needs
from resolvers.things import Thing
from resolvers.writing import Asked, Outcome
from schema.access import needs
from schema.fields import (
    MAKES,
    RULE,
    Computed,
    FieldSpan,
    Resolver,
    input_type,
    object_type,
    optional,
    prop,
)
from schema.ids import global_id

_ASIDE: Final = frozenset({"id", "reason", "idempotency_key", "expected_version", "validate_only"})
_UNREMEMBERED: Final = frozenset({"idempotency_key", "validate_only"})


@strawberry.enum(description="Why nothing was changed.")
class MutationErrorCode(Enum):
    """Why nothing was changed."""

    INVALID_VALUE = strawberry.enum_value(
        "INVALID_VALUE", description="A value that nothing can have."
    )
    RULE_BROKEN = strawberry.enum_value(
        "RULE_BROKEN", description="It would break a rule of the field, named by `rule`."
    )
    NOT_FOUND = strawberry.enum_value("NOT_FOUND", description="There is no such thing.")
    VERSION_CONFLICT = strawberry.enum_value(
        "VERSION_CONFLICT",
        description="Somebody changed it since: look at it as it is now, and decide again.",
    )
    MERGED = strawberry.enum_value(
        "MERGED", description="It was merged into the thing that is told with this error."
    )
    NOT_MERGED = strawberry.enum_value(
        "NOT_MERGED", description="It was not merged into anything: there is nothing to undo."
    )
    RETIRED = strawberry.enum_value("RETIRED", description="It is retired, or just is not.")
    NOT_ALLOWED = strawberry.enum_value(
        "NOT_ALLOWED", description="You may not do that to this thing; others may."
    )
    IDEMPOTENCY_MISMATCH = strawberry.enum_value(
        "IDEMPOTENCY_MISMATCH", description="The idempotency key was used for another change."
    )
    REFUSED = strawberry.enum_value("REFUSED", description="Refused for what the message says.")


@object_type
class MutationError:
    """One reason why nothing was changed."""

    code: MutationErrorCode = prop("What is wrong, for programs.")
    message: str = prop("What is wrong, in words.")
    path: list[str] = prop("Where in `input`: the names that lead there; empty where nowhere.")
    rule: str | None = prop("The id of the rule of the field that it would break.")


@object_type
class Payload:
    """What every payload has; each adds what it is about."""

    subject: strawberry.Private[Thing | None]
    errors: list[MutationError] = prop("Why nothing was changed; empty where it was.")


@input_type
class Writing:
    """What may be said of every change."""

    reason: str | None = optional("Why, in words, for the history.")
    idempotency_key: str | None = optional(
        "A text of your own for this one change: sent again, it is not made again, but told again."
    )


@input_type
class Rewriting(Writing):
    """What may be said of every change of a thing that there is."""

    id: strawberry.ID = prop("The global id of the thing.")
    expected_version: int | None = optional(
        "The version that was looked at: if there is another by now, nothing is changed."
    )


@input_type
class Validating(Writing):
    """What may be said of every change that may be tried first."""

    validate_only: bool = optional(
        "Whether to tell only what would come of it: nothing is written or remembered then.",
        default=False,
    )


def settable(description: str) -> Any:
    """Declare an input's property that is left as it is where nothing is said of it; null takes it away."""
    return optional(description, strawberry.UNSET)


def mutation(wanted: Needs, *, makes: int = 0) -> Callable[[Resolver], Any]:
    """Declare a mutation for those who have one of the roles; its docstring is the description.

    `makes` says how many objects it costs beside its payload's.
    """

    def declare(resolver: Resolver) -> Any:
        field = strawberry.field(
            resolver,
            description=inspect.getdoc(resolver),
            extensions=[FieldSpan()],
            metadata={RULE: Computed(resolver), MAKES: makes},
        )
        return needs(wanted)(field)

    return declare


def given(input_: Any) -> dict[str, Any]:
    """Return the properties that an input says something of, under the graph's names."""
    return {camel(name): value for name, value in _said(input_) if name not in _ASIDE}


def asked(name: str, input_: Writing) -> Asked:
    """Return what is asked for, as resolvers take it."""
    return Asked(
        name=name,
        given={field: value for field, value in _said(input_) if field not in _UNREMEMBERED},
        reason=input_.reason,
        idempotency_key=input_.idempotency_key,
        validate_only=isinstance(input_, Validating) and input_.validate_only,
    )


def told(outcome: Outcome) -> dict[str, Any]:
    """Return what a payload is made with."""
    return {"subject": outcome.subject, "errors": [_error(each) for each in outcome.refusals]}


def _error(refusal: CommandRefused) -> MutationError:
    members = MutationErrorCode.__members__
    return MutationError(
        code=members.get(refusal.code, MutationErrorCode.REFUSED),
        message=_message(refusal),
        path=list(refusal.path),
        rule=refusal.rule,
    )


def _message(refusal: CommandRefused) -> str:
    """Return what is wrong, in words; things are named by their global ids."""
    if isinstance(refusal, Over) and refusal.standing:
        ids = ", ".join(global_id(refusal.label, each) for each in refusal.standing)
        return f"{refusal} In its place stands {ids}."
    return str(refusal)


def _said(input_: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names and plain values of what an input says something of."""
    for field in dataclasses.fields(input_):
        value = getattr(input_, field.name)
        if value is not strawberry.UNSET:
            yield field.name, value.value if isinstance(value, Enum) else value
