"""Parties."""

from typing import Any

from graph.parties import ParentageRow, PartyRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> PartyRow | None:
    """Return the party, or its survivor where it was merged, or None."""
    return await context.loaders.parties.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> PartyRow | None:
    """Return the party with the id, or the only one that bears the identifier, or None."""
    loaders = context.loaders.parties
    return await lookup(loaders.by_id, loaders.all, "NAME", key, identifier)


async def every(context: Context, request: ListRequest) -> Listed[PartyRow]:
    """Return a page of all parties."""
    return await page_of(context.loaders.parties.all, "", request)


async def by_artist(context: Context, parent: str, request: ListRequest) -> Listed[PartyRow]:
    """Return the parties known as an artist."""
    return await page_of(context.loaders.parties.by_artist, parent, request)


async def by_label(context: Context, parent: str, request: ListRequest) -> Listed[PartyRow]:
    """Return the organisations that operate a label."""
    return await page_of(context.loaders.parties.by_label, parent, request)


async def parents(context: Context, parent: str, request: ListRequest) -> Listed[ParentageRow]:
    """Return the organisations that own a party."""
    return await page_of(context.loaders.parties.parents, parent, request)


async def subsidiaries(context: Context, parent: str, request: ListRequest) -> Listed[ParentageRow]:
    """Return the organisations a party owns."""
    return await page_of(context.loaders.parties.subsidiaries, parent, request)
