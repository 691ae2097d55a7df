"""What can be owned: recordings and works."""

from datetime import date
from typing import Annotated

import strawberry

from graph.rights import CLAIMS_BY_ASSET
from resolvers import ownership as ownership_resolvers
from resolvers.errors import in_place
from resolvers.lists import Criteria
from resolvers.mandates import within_mandates
from resolvers.things import Thing
from schema import ownership
from schema.criteria import word_of
from schema.fields import Info, arg, interface
from schema.lists import by, listed
from schema.nodes import Node
from schema.references import ClaimRef, OwnershipChainRef
from schema.rights import ClaimKind, ClaimOrder, ClaimStatus, Right
from schema.things import batched


async def effective_ownership(
    parents: strawberry.Parent[list[Thing]],
    info: Info,
    right: Annotated[Right, arg("Which right: MASTER of a recording, PR, MR, SR of a work.")],
    territory: Annotated[str, arg("In which country: ISO 3166-1 alpha-2 or TIS number.")],
    at: Annotated[date | None, arg("On which day; today unless told.")] = None,
) -> list[ownership.OwnershipChain | Exception]:
    """Who effectively owns a right in it, here and then, every assignment followed to its end."""
    cell = ownership_resolvers.cell(word_of(right), territory, at)
    owned = await ownership_resolvers.ownership(info.context, parents, cell)
    return [
        each if isinstance(each, Exception) else in_place(ownership.OwnershipChain.of, each)
        for each in owned
    ]


@interface
class Asset(Node):
    """A recording or a work: something that rights are held in."""

    @listed(CLAIMS_BY_ASSET, ClaimRef, within=within_mandates)
    def claims(
        self,
        right: Annotated[Right | None, arg("Only to this right.")] = None,
        kind: Annotated[ClaimKind | None, arg("Only of this kind.")] = None,
        status: Annotated[ClaimStatus | None, arg("Only in this status.")] = None,
        order_by: Annotated[ClaimOrder | None, arg("By share unless told.")] = None,
    ) -> Criteria:
        """What parties claim of it. Claims are assertions, not verdicts."""
        return by(
            order_by, "SHARE", right=word_of(right), kind=word_of(kind), status=word_of(status)
        )

    ownership_chain: OwnershipChainRef | None = batched(
        effective_ownership, OwnershipChainRef | None
    )
