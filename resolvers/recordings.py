"""Recordings."""

from typing import Any

from graph.recordings import RecordingRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> RecordingRow | None:
    """Return the recording, or its survivor where it was merged, or None."""
    return await context.loaders.recordings.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> RecordingRow | None:
    """Return the recording with the id, or the only one that bears the identifier, or None."""
    loaders = context.loaders.recordings
    return await lookup(loaders.by_id, loaders.all, "TITLE", key, identifier)


async def every(context: Context, request: ListRequest) -> Listed[RecordingRow]:
    """Return a page of all recordings."""
    return await page_of(context.loaders.recordings.all, "", request)


async def by_artist(context: Context, parent: str, request: ListRequest) -> Listed[RecordingRow]:
    """Return the recordings an artist is credited on, each once."""
    return await page_of(context.loaders.recordings.by_artist, parent, request)


async def by_work(context: Context, parent: str, request: ListRequest) -> Listed[RecordingRow]:
    """Return the recordings of a work."""
    return await page_of(context.loaders.recordings.by_work, parent, request)
