"""Releases."""

from typing import Any

from graph.releases import RELEASES, ReleaseRow
from resolvers.context import Context
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> ReleaseRow | None:
    """Return the release, or its survivor where it was merged, or None."""
    return await context.loaders.releases.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> ReleaseRow | None:
    """Return the release with the id, or the only one that bears the identifier, or None."""
    loader = context.loaders.releases.by_id
    return await lookup(context, loader, RELEASES, "TITLE", key, identifier)
