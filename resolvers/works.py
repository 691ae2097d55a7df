"""Works."""

from typing import Any

from graph.works import WORKS, WorkRow
from resolvers.context import Context
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> WorkRow | None:
    """Return the work, or its survivor where it was merged, or None."""
    return await context.loaders.works.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> WorkRow | None:
    """Return the work with the id, or the only one that bears the identifier, or None."""
    loader = context.loaders.works.by_id
    return await lookup(context, loader, WORKS, "TITLE", key, identifier)
