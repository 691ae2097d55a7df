"""Artists."""

from typing import Any

from graph.artists import ArtistRelationRow, ArtistRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> ArtistRow | None:
    """Return the artist, or its survivor where it was merged, or None."""
    return await context.loaders.artists.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> ArtistRow | None:
    """Return the artist with the id, or the only one that bears the identifier, or None."""
    loaders = context.loaders.artists
    return await lookup(loaders.by_id, loaders.all, "NAME", key, identifier)


async def every(context: Context, request: ListRequest) -> Listed[ArtistRow]:
    """Return a page of all artists."""
    return await page_of(context.loaders.artists.all, "", request)


async def by_party(context: Context, parent: str, request: ListRequest) -> Listed[ArtistRow]:
    """Return the public personas of a party."""
    return await page_of(context.loaders.artists.by_party, parent, request)


async def relations(
    context: Context, parent: str, request: ListRequest
) -> Listed[ArtistRelationRow]:
    """Return an artist's ties to other artists, whichever way they were drawn."""
    return await page_of(context.loaders.artists.relations, parent, request)
