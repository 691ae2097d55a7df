"""Where clients start from ids, identities, flags and territories."""

import asyncio
from typing import Annotated

import strawberry

from resolvers import identity as identity_resolvers
from resolvers import policy as policy_resolvers
from resolvers.errors import ArgumentInvalid, TooMany
from resolvers.lists import LARGEST_PAGE, Page
from schema import registry
from schema.connections import Connection, connection, request, unordered
from schema.criteria import pair_of, word_of
from schema.fields import Info, arg, computed, paged, relation
from schema.identifiers import IdentifierInput
from schema.identity import IdentityLink, IdentityLinkOrder, IdentityLinkStatus
from schema.ids import parse_global_id
from schema.nodes import Node
from schema.policy import PolicyFlag, PolicyFlagKind, PolicyFlagStatus
from schema.territories import Territory
from standards.territories import UnknownTerritory
from standards.territories import territory as find_territory


@strawberry.type
class NodeQuery:
    """Where clients start from ids, identities, flags and territories."""

    @relation
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, arg("A global id.")],
    ) -> Node | None:
        """Anything by its global id; null where there is none. A merged id finds its survivor."""
        return await registry.node(info.context, *parse_global_id(id))

    @relation
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], arg(f"Global ids, at most {LARGEST_PAGE}.")],
    ) -> list[Node | None]:
        """Things by their global ids, in the ids' order; null in place of what is not there."""
        if len(ids) > LARGEST_PAGE:
            raise TooMany("ids", f"must be at most {LARGEST_PAGE}")
        named = [parse_global_id(each, "ids") for each in ids]
        return list(await asyncio.gather(*(registry.node(info.context, *each) for each in named)))

    @paged
    async def identity_links(
        self,
        info: Info,
        page: Page,
        identity: Annotated[IdentifierInput, arg("The outside identity.")],
        status: Annotated[IdentityLinkStatus | None, arg("Only in this status.")] = None,
        order_by: Annotated[IdentityLinkOrder | None, arg("By scheme unless told.")] = None,
    ) -> Connection[IdentityLink] | None:
        """What an outside identity is linked to: is this really that artist, and why."""
        filters = {"identity": pair_of(identity), "status": word_of(status)}
        asked = request(page, order_by, "SCHEME", filters)
        listed = await identity_resolvers.links(info.context, asked)
        return connection(listed, IdentityLink.from_row)

    @paged
    async def policy_flags(
        self,
        info: Info,
        page: Page,
        kind: Annotated[PolicyFlagKind | None, arg("Only of this kind.")] = None,
        status: Annotated[PolicyFlagStatus | None, arg("Only in this status.")] = None,
    ) -> Connection[PolicyFlag] | None:
        """All policy flags, by kind."""
        filters = {"kind": word_of(kind), "status": word_of(status)}
        listed = await policy_resolvers.every(info.context, unordered(page, "KIND", filters))
        return connection(listed, PolicyFlag.from_row)

    @computed
    def territory(
        self, code: Annotated[str, arg("ISO 3166-1 alpha-2, or a TIS number.")]
    ) -> Territory | None:
        """A territory of CISAC's tree by its code."""
        try:
            return Territory.from_standard(find_territory(code))
        except UnknownTerritory as error:
            raise ArgumentInvalid("code", str(error)) from error
