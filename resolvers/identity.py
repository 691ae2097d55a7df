"""Identity links."""

from graph.identity import IdentityLinkRow
from resolvers.context import Context


async def by_id(context: Context, key: str) -> IdentityLinkRow | None:
    """Return the link, or None."""
    return await context.loaders.identity.by_id.load(key)
