"""Identifiers."""

from graph.identifiers import IdentifierRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of


async def by_thing(
    context: Context, label: str, parent: str, request: ListRequest
) -> Listed[IdentifierRow]:
    """Return the identifiers a thing of this label bears, valid or not."""
    return await page_of(context.loaders.identifiers.by_thing[label], parent, request)
