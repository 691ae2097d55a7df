"""Changes that callers ask for: whose they are, that each is made once, and what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import orjson
from opentelemetry import trace

from graph.errors import CommandRefused, InvalidValue, Merged
from graph.ids import mint
from graph.journal import Attribution, Change, Command, Once, Ref
from resolvers.context import Context
from resolvers.things import Thing

LONGEST_REASON: Final = 1_000
LONGEST_KEY: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a caller asks for: the change by its name, and all that was given for it, as JSON has it."""

    name: str
    given: Mapping[str, Any]
    reason: str | None = None
    idempotency_key: str | None = None
    validate_only: bool = False
    """Whether only the verdict is asked for: nothing is written then, and no key remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it: the thing that it is about, its records, and why nothing was changed, if so."""

    subject: Thing | None = None
    changes: tuple[Change, ...] = ()
    again: bool = False
    """Whether it was carried out at another time, by the same key."""
    refusals: tuple[CommandRefused, ...] = ()


class Refusals(Exception):
    """Several things are wrong with what is asked: each is told."""

    def __init__(self, refusals: tuple[CommandRefused, ...]) -> None:
        super().__init__("; ".join(map(str, refusals)))
        self.refusals = refusals


@contextmanager
def noting(refused: list[CommandRefused]) -> Generator[None]:
    """Take note of what is refused inside, and go on: all that is wrong is told at once."""
    try:
        yield
    except Refusals as several:
        refused += several.refusals
    except CommandRefused as one:
        refused.append(one)


async def carry_out(
    context: Context, asked: Asked, make: Callable[[], Command], about: Thing | None = None
) -> Outcome:
    """Carry out the command that `make` makes, and return what came of it.

    What `make` raises of Refusals and CommandRefused, and the command of the latter, is in the outcome: about
    the thing as it stands, which is the survivor of one of its type that was merged. What the request had
    read by then is forgotten: an operation of several changes tells each thing as it is after each.
    """
    try:
        return await _carried_out(context, asked, make, about)
    finally:
        context.loaders.forget()


async def _carried_out(
    context: Context, asked: Asked, make: Callable[[], Command], about: Thing | None
) -> Outcome:
    try:
        once = _once(context, asked)
        command = make()
        by = _attribution(context, asked)
        if asked.validate_only:
            done = await context.journal.rehearse(command, by)
            return Outcome(subject=about, changes=done.changes)
        done = await context.journal.run(command, by, once)
    except Refusals as error:
        return Outcome(subject=about, refusals=error.refusals)
    except Merged as error:
        its = about is not None and about.type == error.label
        into = Thing(error.label, error.into) if its else about
        return Outcome(subject=into, refusals=(error,))
    except CommandRefused as error:
        return Outcome(subject=about, refusals=(error,))
    return Outcome(subject=Thing(*done.subject), changes=done.changes, again=done.again)


def _once(context: Context, asked: Asked) -> Once | None:
    key = asked.idempotency_key
    if key is None:
        return None
    if not key.strip() or len(key) > LONGEST_KEY:
        message = f"An idempotency key has 1 to {LONGEST_KEY} characters."
        raise InvalidValue(message, path=("idempotencyKey",))
    said = orjson.dumps([asked.name, asked.given], option=orjson.OPT_SORT_KEYS, default=str)
    # A key is its caller's own: nobody learns of another's by guessing.
    return Once(mint("once", context.viewer.actor, key), hashlib.sha256(said).hexdigest())


def _attribution(context: Context, asked: Asked) -> Attribution:
    reason = asked.reason.strip() if asked.reason else None
    if reason and len(reason) > LONGEST_REASON:
        message = f"A reason has at most {LONGEST_REASON} characters."
        raise InvalidValue(message, path=("reason",))
    running = trace.get_current_span().get_span_context()
    return Attribution(
        actor=context.viewer.actor,
        reason=reason or None,
        trace_id=trace.format_trace_id(running.trace_id) if running.is_valid else None,
    )


def ref_of(thing: Thing) -> Ref:
    """Return a thing as the journal names it."""
    return Ref(thing.type, thing.key)
