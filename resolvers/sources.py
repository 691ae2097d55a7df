"""Sources."""

from graph.sources import SourceRow
from resolvers.context import Context


async def by_id(context: Context, key: str) -> SourceRow | None:
    """Return the source or None."""
    return await context.loaders.sources.by_id.load(key)
