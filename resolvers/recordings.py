"""Recordings."""

from typing import Any

from graph.recordings import RECORDINGS, RecordingRow
from resolvers.context import Context
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> RecordingRow | None:
    """Return the recording, or its survivor where it was merged, or None."""
    return await context.loaders.recordings.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> RecordingRow | None:
    """Return the recording with the id, or the only one that bears the identifier, or None."""
    loader = context.loaders.recordings.by_id
    return await lookup(context, loader, RECORDINGS, "TITLE", key, identifier)
