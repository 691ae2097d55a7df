"""Claims and agreements."""

from graph.rights import AgreementRow, ClaimRow
from resolvers.context import Context


async def claim(context: Context, key: str) -> ClaimRow | None:
    """Return the claim, or None."""
    return await context.loaders.rights.claims_by_id.load(key)


async def agreement(context: Context, key: str) -> AgreementRow | None:
    """Return the agreement, or None."""
    return await context.loaders.rights.agreements_by_id.load(key)
