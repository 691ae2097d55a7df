"""Labels."""

from typing import Any

from graph.labels import LabelRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of
from resolvers.lookups import lookup


async def by_id(context: Context, key: str) -> LabelRow | None:
    """Return the label, or its survivor where it was merged, or None."""
    return await context.loaders.labels.by_id.load(key)


async def one(
    context: Context, key: str | None, identifier: tuple[Any, str] | None
) -> LabelRow | None:
    """Return the label with the id, or the only one that bears the identifier, or None."""
    loaders = context.loaders.labels
    return await lookup(loaders.by_id, loaders.all, "NAME", key, identifier)


async def every(context: Context, request: ListRequest) -> Listed[LabelRow]:
    """Return a page of all labels."""
    return await page_of(context.loaders.labels.all, "", request)


async def parents(context: Context, parent: str, request: ListRequest) -> Listed[LabelRow]:
    """Return the labels a label is a brand of."""
    return await page_of(context.loaders.labels.parents, parent, request)


async def sublabels(context: Context, parent: str, request: ListRequest) -> Listed[LabelRow]:
    """Return a label's own brands."""
    return await page_of(context.loaders.labels.sublabels, parent, request)


async def by_party(context: Context, parent: str, request: ListRequest) -> Listed[LabelRow]:
    """Return the labels an organisation operates."""
    return await page_of(context.loaders.labels.by_party, parent, request)
