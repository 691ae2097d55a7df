"""Identity links."""

from graph.identity import IdentityLinkRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of


async def by_id(context: Context, key: str) -> IdentityLinkRow | None:
    """Return the link, or None."""
    return await context.loaders.identity.by_id.load(key)


async def links(context: Context, request: ListRequest) -> Listed[IdentityLinkRow]:
    """Return what an outside identity is linked to."""
    return await page_of(context.loaders.identity.links, "", request)


async def links_by_thing(
    context: Context, label: str, parent: str, request: ListRequest
) -> Listed[IdentityLinkRow]:
    """Return the outside identities a thing of this label is linked to."""
    return await page_of(context.loaders.identity.links_by_thing[label], parent, request)
