"""Changes as clients see them: who changed what, when, and why."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Annotated, Any, cast

import orjson
import strawberry

from resolvers import changes as resolvers
from resolvers.changes import cursor_of, known_types, sequence_of
from resolvers.context import Context
from resolvers.errors import TooMany
from resolvers.feed import Wanted
from resolvers.lists import LARGEST_PAGE, Page
from resolvers.permission import FEED, HISTORY
from schema import registry
from schema.access import needs, told_types
from schema.caching import kept
from schema.connections import Connection, Direction, connection
from schema.dates import moment
from schema.fields import Info, Rowed, arg, input_type, object_type, optional, prop
from schema.ids import global_id, parse_global_id
from schema.lists import paged
from schema.references import ChangeRef, NodeRef
from schema.stored import StoredValue, stored_values
from schema.things import one


def _details(details: str | None) -> Mapping[str, Any]:
    return orjson.loads(details) if details else {}


def _before(type_name: str, details: str | None) -> list[StoredValue]:
    return _differing(type_name, details, "before", "after")


def _after(type_name: str, details: str | None) -> list[StoredValue]:
    return _differing(type_name, details, "after", "before")


def _differing(type_name: str, details: str | None, told: str, other: str) -> list[StoredValue]:
    """Return what is told there: of conflicts all is recorded, also what stayed as it was."""
    known = _details(details)
    values, others = known.get(told, {}), known.get(other, {})
    return [
        each
        for each in stored_values(type_name, values)
        if each.name not in others or others[each.name] != values[each.name]
    ]


def _reason(details: str | None) -> str | None:
    return _details(details).get("reason")


def _is_erased(details: str | None) -> bool:
    return details is None


def _id(key: str) -> str:
    return global_id("Change", key)


@needs(HISTORY)
@kept(0, private=True)
@object_type
class Change(Rowed):
    """One change of one thing: never edited, never taken back; undoing it is another change."""

    thing_id: strawberry.Private[str]

    id: strawberry.ID = prop("What tells it from all other changes.", read=_id)
    cursor: str = prop(
        "Its place in the feed: give it as `after` to `changes` or `changed`, to go on from here.",
        columns=("sequence",),
        read=cursor_of,
    )
    sequence: int = prop("Its number: from 1 without gaps, in the order of commits.")
    at: datetime = prop("When it was committed, in UTC.", read=moment)
    action: str = prop("What was done: a word such as CREATED or EDITED.")
    type: str = prop("The type of what was changed.")
    subject_id: strawberry.ID = prop(
        "The global id of what was changed: the one that it had, where it was merged since.",
        columns=("type", "thing_id"),
        read=global_id,
    )
    version: int = prop("The thing's version after it.")
    actor_id: str = prop("Who did it: the id of a user, or of a service.", columns=("actor",))
    on_behalf_of: str | None = prop("For whom, where somebody acted for another.")
    reason: str | None = prop(
        "Why, in the words of who did it.", columns=("details",), read=_reason
    )
    source: str = prop("By which way it came in, such as API.")
    trace_id: str | None = prop("The trace of the request that asked for it.")
    before: list[StoredValue] = prop(
        "What was there before, of the properties that it changed.",
        columns=("type", "details"),
        read=_before,
    )
    after: list[StoredValue] = prop(
        "What was there after it, of the same properties.",
        columns=("type", "details"),
        read=_after,
    )
    erased: bool = prop(
        "Whether what it said was erased, as the law may ask: reason, before and after are gone.",
        columns=("details",),
        read=_is_erased,
    )

    thing: NodeRef | None = one(
        "What was changed, as it is now, or what it was merged into; null where there is none.",
        NodeRef,
        "thing_id",
        label="type",
    )


@strawberry.enum(description="What changes can be ordered by.")
class HistoryOrderField(Enum):
    """What changes can be ordered by."""

    SEQUENCE = strawberry.enum_value("SEQUENCE", description="The order of commits.")


@input_type
class HistoryOrder:
    """An order of changes."""

    field: HistoryOrderField = optional(
        "By what; the order of commits unless told.", HistoryOrderField.SEQUENCE
    )
    direction: Direction = optional("Which way; ASC unless told.", Direction.ASC)


@strawberry.type
class ChangeQuery:
    """Where services follow what is changed."""

    @needs(FEED)
    @paged
    async def changes(
        self,
        info: Info,
        page: Page,
        types: Annotated[
            list[str] | None, arg("Only of things of these types, such as Artist.")
        ] = None,
    ) -> Connection[ChangeRef] | None:
        """All changes in the order of commits: ask again after the last cursor for what came since.

        Cursors do not end. A change may be told twice, where an answer is lost; it is never left out.
        Only changes of types that the caller may see are told and counted.
        """
        asked = known_types(types, sorted(registry.findable_types()))
        told = told_types(info.context.viewer)
        found = await resolvers.changes(info.context, page, told, asked)
        return connection(found, registry.maker("Change"))


@strawberry.type
class ChangeSubscription:
    """What can be listened to."""

    @needs(HISTORY)
    @strawberry.subscription(
        description="Changes as they are committed, in that order, from now on or after a place in "
        "the feed. Whoever is cut off goes on after the last `cursor` it has: none is left out, and "
        "one may come twice. Only changes of types that the caller may see are told."
    )
    async def changed(
        self,
        info: Info,
        types: Annotated[
            list[str] | None, arg("Only of things of these types, such as Artist.")
        ] = None,
        ids: Annotated[
            list[strawberry.ID] | None,
            arg(f"Only of the things with these global ids, at most {LARGEST_PAGE}."),
        ] = None,
        after: Annotated[
            str | None, arg("First what was changed after this `cursor`; from now on unless told.")
        ] = None,
    ) -> AsyncGenerator[ChangeRef]:
        """Return the changes; whoever runs the operation closes them."""
        asked = known_types(types, sorted(registry.findable_types()))
        of = None if asked is None else frozenset(asked)
        wanted = Wanted(types=of, things=_things(ids), told=_told_to(info.context))
        begin = None if after is None else sequence_of(after)
        listener = await info.context.feed.listen(wanted, registry.maker("Change"), begin)
        return cast("AsyncGenerator[ChangeRef]", listener)


def _told_to(context: Context) -> Callable[[], Awaitable[Sequence[str]]]:
    """Return what says of which types the viewer may be told, as they stand whenever it is asked."""
    viewer, anew = context.viewer, context.anew

    async def told() -> Sequence[str]:
        now = viewer if anew is None else await anew()
        now.check(HISTORY)
        return told_types(now)

    return told


def _things(ids: Sequence[str] | None) -> frozenset[tuple[str, str]] | None:
    if ids is None:
        return None
    if len(ids) > LARGEST_PAGE:
        raise TooMany("ids", f"must be at most {LARGEST_PAGE}")
    return frozenset(parse_global_id(each, "ids") for each in ids)
