"""Releases."""

from dataclasses import replace
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
    return await page_of(context.loaders.releases.all, "", await _surviving(context, request))


async def by_artist(context: Context, parent: str, request: ListRequest) -> Listed[ReleaseRow]:
    """Return the releases an artist is credited on, each once."""
    asked = await _surviving(context, request)
    return await page_of(context.loaders.releases.by_artist, parent, asked)


async def by_recording(context: Context, parent: str, request: ListRequest) -> Listed[ReleaseRow]:
    """Return the releases a recording appears on, each once."""
    asked = await _surviving(context, request)
    return await page_of(context.loaders.releases.by_recording, parent, asked)


async def by_label(context: Context, parent: str, request: ListRequest) -> Listed[ReleaseRow]:
    """Return the releases issued on a label, each once."""
    asked = await _surviving(context, request)
    return await page_of(context.loaders.releases.by_label, parent, asked)


async def tracks(context: Context, parent: str, request: ListRequest) -> Listed[TrackRow]:
    """Return a release's tracks in their printed order."""
    return await page_of(context.loaders.releases.tracks, parent, request)


async def issues(context: Context, parent: str, request: ListRequest) -> Listed[IssueRow]:
    """Return the labels a release was issued on."""
    return await page_of(context.loaders.releases.issues, parent, request)


async def _surviving(context: Context, request: ListRequest) -> ListRequest:
    """Return the request with the label it filters by, if any, under the id it has now."""
    key = request.filters.get("label_id")
    label = await context.loaders.labels.by_id.load(key) if key else None
    if label is None:
        return request
    return replace(request, filters={**request.filters, "label_id": label.id})
