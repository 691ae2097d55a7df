"""Policy flags."""

from graph.policy import PolicyFlagRow
from resolvers.context import Context


async def by_id(context: Context, key: str) -> PolicyFlagRow | None:
    """Return the flag, or None."""
    return await context.loaders.policy.by_id.load(key)
