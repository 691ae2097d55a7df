"""Policy flags."""

from graph.policy import PolicyFlagRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of


async def by_id(context: Context, key: str) -> PolicyFlagRow | None:
    """Return the flag, or None."""
    return await context.loaders.policy.by_id.load(key)


async def every(context: Context, request: ListRequest) -> Listed[PolicyFlagRow]:
    """Return a page of all policy flags."""
    return await page_of(context.loaders.policy.flags, "", request)


async def by_thing(
    context: Context, label: str, parent: str, request: ListRequest
) -> Listed[PolicyFlagRow]:
    """Return the flags on a thing of this label."""
    return await page_of(context.loaders.policy.flags_by_thing[label], parent, request)
