"""Labels."""

from typing import Any

from graph.labels import LABELS, LabelRow
from resolvers.context import Context
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> LabelRow | None:
    """Return the label, or its survivor where it was merged, or None."""
    return await context.loaders.labels.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> LabelRow | None:
    """Return the label with the id, or the only one that bears the identifier, or None."""
    loader = context.loaders.labels.by_id
    return await lookup(context, loader, LABELS, "NAME", key, identifier)
