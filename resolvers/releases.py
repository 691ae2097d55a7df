"""Releases."""

from typing import Any

from graph.releases import IssueRow, ReleaseRow, TrackRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> ReleaseRow | None:
    """Return the release, or its survivor where it was merged, or None."""
    return await context.loaders.releases.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> ReleaseRow | None:
    """Return the release with the id, or the only one that bears the identifier, or None."""
    loaders = context.loaders.releases
    return await lookup(loaders.by_id, loaders.all, "TITLE", key, identifier)


async def every(context: Context, request: ListRequest) -> Listed[ReleaseRow]:
    """Return a page of all releases."""
    return await page_of(context.loaders.releases.all, "", request)


async def by_artist(context: Context, parent: str, request: ListRequest) -> Listed[ReleaseRow]:
    """Return the releases an artist is credited on, each once."""
    return await page_of(context.loaders.releases.by_artist, parent, request)


async def by_recording(context: Context, parent: str, request: ListRequest) -> Listed[ReleaseRow]:
    """Return the releases a recording appears on, each once."""
    return await page_of(context.loaders.releases.by_recording, parent, request)


async def by_label(context: Context, parent: str, request: ListRequest) -> Listed[ReleaseRow]:
    """Return the releases issued on a label, each once."""
    return await page_of(context.loaders.releases.by_label, parent, request)


async def tracks(context: Context, parent: str, request: ListRequest) -> Listed[TrackRow]:
    """Return a release's tracks in their printed order."""
    return await page_of(context.loaders.releases.tracks, parent, request)


async def issues(context: Context, parent: str, request: ListRequest) -> Listed[IssueRow]:
    """Return the labels a release was issued on."""
    return await page_of(context.loaders.releases.issues, parent, request)
