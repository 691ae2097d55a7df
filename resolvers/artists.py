"""Artists."""

from typing import Any

from graph.artists import ARTISTS, ArtistRow
from resolvers.context import Context
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> ArtistRow | None:
    """Return the artist, or its survivor where it was merged, or None."""
    return await context.loaders.artists.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> ArtistRow | None:
    """Return the artist with the id, or the only one that bears the identifier, or None."""
    loader = context.loaders.artists.by_id
    return await lookup(context, loader, ARTISTS, "NAME", key, identifier)
