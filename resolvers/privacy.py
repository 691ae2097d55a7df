"""What is held on people: told to them, and erased, by themselves or an admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

import orjson

from graph.accounts.erasing import EraseUser
from graph.accounts.privacy import ExportUser, held_on
from resolvers.accounts import acting
from resolvers.changes import cursor_of, sequence_of
from resolvers.context import Context
from resolvers.permission import Role
from resolvers.writing import Asked, Outcome, carry_out

FORMAT: Final = "content-graph/personal-data/1"

_ADMINS: Final = frozenset({Role.ADMIN})
# What whoever was invited would show, hashed; and what follows from territories.
_LEFT_OUT: Final = frozenset({"invitation", "cells"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What came of an export, a page of what is held as JSON, and the place of the rest if there is any."""

    outcome: Outcome
    data: str | None = None
    next: str | None = None


async def export_personal_data(
    context: Context, asked: Asked, user: str, after: str | None
) -> Exported:
    """Tell what is held on a user, page by page; raise Forbidden to others than it and admins."""
    _check(context, user)
    begin = 0 if after is None else sequence_of(after)
    outcome = await carry_out(context, asked, lambda: ExportUser(acting(context.viewer), user))
    if outcome.refusals:
        return Exported(outcome=outcome)
    everything = acting(context.viewer).everything
    held, rest = await held_on(context.loaders.graph, user, by_address=everything, after=begin)
    for change in held["changes"]:
        details = change["details"]
        change["details"] = None if details is None else orjson.loads(details)
    told = orjson.dumps({"format": FORMAT, **_plain(held)})
    place = None if rest is None else cursor_of(rest)
    return Exported(outcome=outcome, data=told.decode(), next=place)


async def erase_personal_data(context: Context, asked: Asked, user: str) -> Outcome:
    """Erase what is personal of a user; raise Forbidden to others than it and admins."""
    _check(context, user)
    outcome = await carry_out(context, asked, lambda: EraseUser(acting(context.viewer), user))
    if context.grants is not None:
        context.grants.forget()
    return outcome


def _check(context: Context, user: str) -> None:
    if context.viewer.user is None or context.viewer.user != user:
        context.viewer.check(_ADMINS)


def _plain(held: dict[str, Any]) -> dict[str, Any]:
    """Return it without what is no data of anybody."""
    return {
        kind: [_without(each) for each in cast("list[Any]", told)]
        if isinstance(told, list)
        else told
        for kind, told in held.items()
    }


def _without(each: Any) -> Any:
    if not isinstance(each, dict):
        return each
    properties = cast("dict[str, Any]", each)
    return {name: value for name, value in properties.items() if name not in _LEFT_OUT}
