"""Credits."""

from graph.credits import CreditRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of


async def by_recording(context: Context, parent: str, request: ListRequest) -> Listed[CreditRow]:
    """Return a recording's credits in their printed order."""
    return await page_of(context.loaders.credits.by_recording, parent, request)


async def by_release(context: Context, parent: str, request: ListRequest) -> Listed[CreditRow]:
    """Return a release's credits in their printed order."""
    return await page_of(context.loaders.credits.by_release, parent, request)


async def by_work(context: Context, parent: str, request: ListRequest) -> Listed[CreditRow]:
    """Return a work's credits."""
    return await page_of(context.loaders.credits.by_work, parent, request)
