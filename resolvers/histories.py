"""What a thing was at some moment: as it is now, with what was changed since taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import orjson

from graph.editing import CREATED, RETIRED_AT
from graph.histories import HistoryRows, LaterChange
from graph.journal.records import moment
from graph.journal.stage import UNTOLD
from graph.linking import TOLD_BESIDE
from loaders.histories import HistoryKey
from resolvers.context import Context
from resolvers.errors import ArgumentInvalid
from resolvers.things import Thing

MOST_BESIDE: Final = 1_000
"""What a past state tells of what was added since, and of what was taken away."""
# Facts about the record, and not about the thing.
_HIDDEN: Final = UNTOLD | TOLD_BESIDE | {RETIRED_AT}


class Beside(NamedTuple):
    """What hangs on a thing: an identifier, a credit or a relation, under its name, as JSON."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A thing as it was: its version, since when it was retired if so, and its other properties by name.

    `added` and `removed` are what hangs on it and was added, or taken away, since: by name and as JSON.
    `whole` is false where a change since was erased: what it changed is told as it is now; and where more
    than `MOST_BESIDE` were added or taken away: the others are left out.
    """

    version: int
    retired_at: str | None
    properties: Mapping[str, Any]
    added: Sequence[Beside]
    removed: Sequence[Beside]
    whole: bool


async def as_of(context: Context, things: Sequence[Thing], at: datetime) -> list[Past | None]:
    """Return each thing as it was at an instant; None for one that was not there or was made later."""
    if at.tzinfo is None:
        raise ArgumentInvalid("at", "give a moment with its offset, such as 2026-01-01T00:00:00Z")
    if at > datetime.now(UTC):
        raise ArgumentInvalid("at", "nobody knows what will be")
    told = moment(at.astimezone(UTC))
    loaders = context.loaders.histories.by_label
    found = await asyncio.gather(
        *(loaders[thing.type].load(HistoryKey(thing.key, told)) for thing in things)
    )
    return [None if rows is None else _gone_back(rows) for rows in found]


def _gone_back(rows: HistoryRows) -> Past | None:
    properties = dict(rows.properties)
    version: int = properties.get("version") or 0
    whole = True
    added: set[Beside] = set()
    removed: set[Beside] = set()
    for change in rows.later:
        if change.action == CREATED:
            return None
        version = _version_before(change)
        if change.details is None:
            whole = False
        else:
            details = orjson.loads(change.details)
            for each in _beside(details["after"]):
                _turn(each, added, removed)
            for each in _beside(details["before"]):
                _turn(each, removed, added)
            properties |= details["before"]
    return Past(
        version=version,
        retired_at=properties.get(RETIRED_AT),
        properties={
            name: value
            for name, value in sorted(properties.items())
            if name not in _HIDDEN and value is not None
        },
        added=sorted(added)[:MOST_BESIDE],
        removed=sorted(removed)[:MOST_BESIDE],
        whole=whole and max(len(added), len(removed)) <= MOST_BESIDE,
    )


def _beside(told: Mapping[str, Any]) -> list[Beside]:
    return [
        Beside(name, orjson.dumps(each, option=orjson.OPT_SORT_KEYS).decode())
        for name in TOLD_BESIDE
        for each in told.get(name) or ()
    ]


def _turn(each: Beside, now: set[Beside], back: set[Beside]) -> None:
    """Note a change before those that are noted: one that was turned back later is none."""
    if each in back:
        back.remove(each)
    else:
        now.add(each)


def _version_before(change: LaterChange) -> int:
    """Return the version before a change: one that changed nothing left it as it was."""
    if change.details is None:
        return change.version - 1
    details = orjson.loads(change.details)
    return change.version - bool(details["after"] or details["before"])
