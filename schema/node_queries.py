"""Where clients start from ids, identities, flags and territories."""

from typing import Annotated

import strawberry

from graph.identity import IDENTITY_LINKS
from graph.policy import POLICY_FLAGS
from resolvers.errors import ArgumentInvalid, TooMany
from resolvers.lists import LARGEST_PAGE, Criteria
from resolvers.things import Thing
from schema import registry
from schema.criteria import pair_of, word_of
from schema.fields import arg, computed
from schema.identifiers import IdentifierInput
from schema.identity import IdentityLinkOrder, IdentityLinkStatus
from schema.ids import parse_global_id
from schema.lists import by, listed
from schema.nodes import Node
from schema.policy import PolicyFlagKind, PolicyFlagStatus
from schema.references import IdentityLinkRef, PolicyFlagRef
from schema.territories import Territory
from schema.things import found
from standards.territories import UnknownTerritory
from standards.territories import territory as find_territory


@strawberry.type
class NodeQuery:
    """Where clients start from ids, identities, flags and territories."""

    @found(Node | None)
    def node(self, id: Annotated[strawberry.ID, arg("A global id.")]) -> Thing | None:
        """Anything by its global id; null where there is none. A merged id finds its survivor."""
        return node_of(id, "id")

    @found(list[Node | None] | None)
    def nodes(
        self, ids: Annotated[list[strawberry.ID], arg(f"Global ids, at most {LARGEST_PAGE}.")]
    ) -> list[Thing | ArgumentInvalid | None]:
        """Things by their global ids, in the ids' order; null in place of what is not there."""
        if len(ids) > LARGEST_PAGE:
            raise TooMany("ids", f"must be at most {LARGEST_PAGE}")
        return [_in_place(each) for each in ids]

    @listed(IDENTITY_LINKS, IdentityLinkRef)
    def identity_links(
        self,
        identity: Annotated[IdentifierInput, arg("The outside identity.")],
        status: Annotated[IdentityLinkStatus | None, arg("Only in this status.")] = None,
        order_by: Annotated[IdentityLinkOrder | None, arg("By scheme unless told.")] = None,
    ) -> Criteria:
        """What an outside identity is linked to: is this really that artist, and why."""
        return by(order_by, "SCHEME", identity=pair_of(identity), status=word_of(status))

    @listed(POLICY_FLAGS, PolicyFlagRef)
    def policy_flags(
        self,
        kind: Annotated[PolicyFlagKind | None, arg("Only of this kind.")] = None,
        status: Annotated[PolicyFlagStatus | None, arg("Only in this status.")] = None,
    ) -> Criteria:
        """All policy flags, by kind."""
        return by(None, "KIND", kind=word_of(kind), status=word_of(status))

    @computed
    def territory(
        self, code: Annotated[str, arg("ISO 3166-1 alpha-2, or a TIS number.")]
    ) -> Territory | None:
        """A territory of CISAC's tree by its code."""
        try:
            return Territory.from_standard(find_territory(code))
        except UnknownTerritory as error:
            raise ArgumentInvalid("code", str(error)) from error


def node_of(id_: str, argument: str) -> Thing | None:
    """Return what a global id names, or None for no type that clients may ask for; raise ArgumentInvalid."""
    type_name, key = parse_global_id(id_, argument)
    return Thing(type_name, key) if type_name in registry.findable_types() else None


def _in_place(id_: str) -> Thing | ArgumentInvalid | None:
    try:
        return node_of(id_, "ids")
    except ArgumentInvalid as error:
        return error
