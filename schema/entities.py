"""What every entity of the catalogue has in common."""

from datetime import datetime
from typing import Annotated

from graph.changes import CHANGES_BY_THING
from graph.identifiers import IDENTIFIERS_BY_THING
from graph.identity import IDENTITY_LINKS_BY_THING
from graph.policy import POLICY_FLAGS_BY_THING
from resolvers.lists import Criteria
from resolvers.permission import HISTORY
from schema.access import needs
from schema.changes import HistoryOrder
from schema.criteria import word_of
from schema.dates import moment
from schema.fields import arg, interface, prop
from schema.histories import state_as_of
from schema.identity import IdentityLinkOrder, IdentityLinkStatus
from schema.lists import by, listed
from schema.nodes import Node, Sourced
from schema.policy import PolicyFlagKind, PolicyFlagStatus
from schema.references import (
    ChangeRef,
    IdentifierRef,
    IdentityLinkRef,
    PastStateRef,
    PolicyFlagRef,
)
from schema.schemes import IdentifierScheme
from schema.things import batched


@interface
class Entity(Node, Sourced):
    """A thing of the catalogue: it bears identifiers and is linked to identities outside."""

    version: int = prop("How often it was changed here: give it as `expectedVersion` of the next.")
    retired_at: datetime | None = prop(
        "Since when it is retired: left out of lists of the whole graph and of search; null if it is not.",
        read=moment,
    )

    @listed(IDENTIFIERS_BY_THING, IdentifierRef)
    def identifiers(
        self,
        scheme: Annotated[IdentifierScheme | None, arg("Only of this scheme.")] = None,
        valid: Annotated[bool | None, arg("Only valid ones, or only invalid ones.")] = None,
    ) -> Criteria:
        """The identifiers a source gave it, valid or not, by scheme."""
        return by(None, "SCHEME", scheme=word_of(scheme), valid=valid)

    @listed(IDENTITY_LINKS_BY_THING, IdentityLinkRef)
    def identity_links(
        self,
        scheme: Annotated[IdentifierScheme | None, arg("Only to this scheme.")] = None,
        status: Annotated[IdentityLinkStatus | None, arg("Only in this status.")] = None,
        order_by: Annotated[IdentityLinkOrder | None, arg("By scheme unless told.")] = None,
    ) -> Criteria:
        """The outside identities it is said to be, or to relate to, with the evidence."""
        return by(order_by, "SCHEME", scheme=word_of(scheme), status=word_of(status))

    @listed(CHANGES_BY_THING, ChangeRef)
    def history(
        self, order_by: Annotated[HistoryOrder | None, arg("The oldest first unless told.")] = None
    ) -> Criteria:
        """What was changed of it here, by whom, when and why."""
        return by(order_by, "SEQUENCE")

    as_of: PastStateRef | None = needs(HISTORY)(batched(state_as_of, PastStateRef | None))


@interface
class Flaggable(Node):
    """A thing that policy flags can be put on."""

    @listed(POLICY_FLAGS_BY_THING, PolicyFlagRef)
    def policy_flags(
        self,
        kind: Annotated[PolicyFlagKind | None, arg("Only of this kind.")] = None,
        status: Annotated[PolicyFlagStatus | None, arg("Only in this status.")] = None,
    ) -> Criteria:
        """The policy flags on it, by kind."""
        return by(None, "KIND", kind=word_of(kind), status=word_of(status))
