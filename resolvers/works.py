"""Works."""

from typing import Any

from graph.works import WorkRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> WorkRow | None:
    """Return the work, or its survivor where it was merged, or None."""
    return await context.loaders.works.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> WorkRow | None:
    """Return the work with the id, or the only one that bears the identifier, or None."""
    loaders = context.loaders.works
    return await lookup(loaders.by_id, loaders.all, "TITLE", key, identifier)


async def every(context: Context, request: ListRequest) -> Listed[WorkRow]:
    """Return a page of all works."""
    return await page_of(context.loaders.works.all, "", request)


async def by_artist(context: Context, parent: str, request: ListRequest) -> Listed[WorkRow]:
    """Return the works an artist is credited on, each once."""
    return await page_of(context.loaders.works.by_artist, parent, request)


async def by_recording(context: Context, parent: str, request: ListRequest) -> Listed[WorkRow]:
    """Return the works a recording performs."""
    return await page_of(context.loaders.works.by_recording, parent, request)
