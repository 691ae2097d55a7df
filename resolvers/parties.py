"""Parties."""

from typing import Any

from graph.parties import PARTIES, PartyRow
from resolvers.context import Context
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> PartyRow | None:
    """Return the party, or its survivor where it was merged, or None."""
    return await context.loaders.parties.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> PartyRow | None:
    """Return the party with the id, or the only one that bears the identifier, or None."""
    loader = context.loaders.parties.by_id
    return await lookup(context, loader, PARTIES, "NAME", key, identifier)
