"""What a thing was at some moment: as it is now, with what was changed since taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from graph.editing import CREATED, RETIRED_AT
from graph.histories import HistoryRows, LaterChange
from graph.journal.records import moment
from graph.journal.stage import UNTOLD
from loaders.histories import HistoryKey
from resolvers.context import Context
from resolvers.errors import ArgumentInvalid
from resolvers.things import Thing

# Facts about the record, and not about the thing.
_HIDDEN: Final = UNTOLD | {RETIRED_AT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A thing as it was: its version, since when it was retired if so, and its other properties by name.

    `whole` is false where a change since was erased: what it changed is told as it is now.
    """

    version: int
    retired_at: str | None
    properties: Mapping[str, Any]
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
    for change in rows.later:
        if change.action == CREATED:
            return None
        version = _version_before(change)
        if change.details is None:
            whole = False
        else:
            properties |= orjson.loads(change.details)["before"]
    return Past(
        version=version,
        retired_at=properties.get(RETIRED_AT),
        properties={
            name: value
            for name, value in sorted(properties.items())
            if name not in _HIDDEN and value is not None
        },
        whole=whole,
    )


def _version_before(change: LaterChange) -> int:
    """Return the version before a change: one that changed nothing left it as it was."""
    if change.details is None:
        return change.version - 1
    details = orjson.loads(change.details)
    return change.version - bool(details["after"] or details["before"])
