"""What every entity of the catalogue has in common."""

from typing import Annotated

from resolvers import identifiers as identifier_resolvers
from resolvers import identity as identity_resolvers
from resolvers import policy as policy_resolvers
from resolvers.lists import Page
from schema import identifiers, identity, policy
from schema.connections import Connection, connection, request, unordered
from schema.fields import Info, arg, interface, paged
from schema.identity import IdentityLinkOrder, IdentityLinkStatus
from schema.nodes import Node, Sourced
from schema.policy import PolicyFlagKind, PolicyFlagStatus
from schema.references import IdentifierRef, IdentityLinkRef, PolicyFlagRef
from schema.schemes import IdentifierScheme


@interface
class Entity(Node, Sourced):
    """A thing of the catalogue: it bears identifiers and is linked to identities outside."""

    @paged
    async def identifiers(
        self,
        info: Info,
        page: Page,
        scheme: Annotated[IdentifierScheme | None, arg("Only of this scheme.")] = None,
        valid: Annotated[bool | None, arg("Only valid ones, or only invalid ones.")] = None,
    ) -> Connection[IdentifierRef] | None:
        """The identifiers a source gave it, valid or not, by scheme."""
        filters = {"scheme": scheme and scheme.value, "valid": valid}
        listed = await identifier_resolvers.by_thing(
            info.context, type(self).__name__, self.key, unordered(page, "SCHEME", filters)
        )
        return connection(listed, identifiers.Identifier.from_row)

    @paged
    async def identity_links(
        self,
        info: Info,
        page: Page,
        scheme: Annotated[IdentifierScheme | None, arg("Only to this scheme.")] = None,
        status: Annotated[IdentityLinkStatus | None, arg("Only in this status.")] = None,
        order_by: Annotated[IdentityLinkOrder | None, arg("By scheme unless told.")] = None,
    ) -> Connection[IdentityLinkRef] | None:
        """The outside identities it is said to be, or to relate to, with the evidence."""
        filters = {"scheme": scheme and scheme.value, "status": status and status.value}
        listed = await identity_resolvers.links_by_thing(
            info.context,
            type(self).__name__,
            self.key,
            request(page, order_by, "SCHEME", filters),
        )
        return connection(listed, identity.IdentityLink.from_row)


@interface
class Flaggable(Node):
    """A thing that policy flags can be put on."""

    @paged
    async def policy_flags(
        self,
        info: Info,
        page: Page,
        kind: Annotated[PolicyFlagKind | None, arg("Only of this kind.")] = None,
        status: Annotated[PolicyFlagStatus | None, arg("Only in this status.")] = None,
    ) -> Connection[PolicyFlagRef] | None:
        """The policy flags on it, by kind."""
        filters = {"kind": kind and kind.value, "status": status and status.value}
        listed = await policy_resolvers.by_thing(
            info.context, type(self).__name__, self.key, unordered(page, "KIND", filters)
        )
        return connection(listed, policy.PolicyFlag.from_row)
