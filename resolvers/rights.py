"""Claims and agreements."""

from graph.rights import AgreementRow, ClaimRow
from resolvers.context import Context
from resolvers.lists import Listed, ListRequest, page_of


async def claim(context: Context, key: str) -> ClaimRow | None:
    """Return the claim, or None."""
    return await context.loaders.rights.claims_by_id.load(key)


async def agreement(context: Context, key: str) -> AgreementRow | None:
    """Return the agreement, or None."""
    return await context.loaders.rights.agreements_by_id.load(key)


async def claims_by_asset(
    context: Context, label: str, parent: str, request: ListRequest
) -> Listed[ClaimRow]:
    """Return the claims on an asset of this label."""
    return await page_of(context.loaders.rights.claims_by_asset[label], parent, request)


async def claims_by_party(context: Context, parent: str, request: ListRequest) -> Listed[ClaimRow]:
    """Return the claims a party makes."""
    return await page_of(context.loaders.rights.claims_by_party, parent, request)


async def assigned(context: Context, parent: str, request: ListRequest) -> Listed[AgreementRow]:
    """Return the agreements by which a party passes shares on."""
    return await page_of(context.loaders.rights.agreements_assigned, parent, request)


async def acquired(context: Context, parent: str, request: ListRequest) -> Listed[AgreementRow]:
    """Return the agreements by which a party gets shares."""
    return await page_of(context.loaders.rights.agreements_acquired, parent, request)
