"""Labels as clients see them."""

from typing import Annotated

import strawberry

from graph.labels import LABELS, LABELS_BY_ID, PARENTS_BY_LABEL, SUBLABELS_BY_LABEL
from graph.parties import OPERATORS_BY_LABEL
from graph.releases import RELEASES_BY_LABEL
from resolvers.lists import Criteria
from schema.caching import CATALOGUE_SECONDS, kept
from schema.criteria import LabelFilter, LabelOrder, ReleaseFilter, ReleaseOrder, values_of
from schema.entities import Entity
from schema.enums import some
from schema.fields import arg, object_type, prop
from schema.identifiers import first_borne
from schema.lists import by, listed
from schema.lookups import lookup
from schema.references import LabelRef, PartyRef, ReleaseRef
from schema.registry import findable
from standards.identifiers import Scheme


@kept(CATALOGUE_SECONDS)
@object_type
class Label(Entity):
    """A brand under which releases are issued. Who runs it is a party."""

    name: str = prop("The name.")
    type: str | None = prop("What kind of label it is, such as ORIGINAL_PRODUCTION.")
    country: str | None = prop("ISO 3166-1 alpha-2 of its country.")
    disambiguation: str | None = prop("What tells it from its namesakes.")
    begin_date: str | None = prop("Founding: YYYY, YYYY-MM or YYYY-MM-DD.")
    end_date: str | None = prop("End: YYYY, YYYY-MM or YYYY-MM-DD.")
    aliases: list[str] = prop("Other names it is found under.", read=some)
    label_code: str | None = first_borne("Its Label Code (LC)")
    mbid: str | None = first_borne("Its MusicBrainz id")

    @listed(RELEASES_BY_LABEL, ReleaseRef)
    def releases(
        self,
        filter: Annotated[ReleaseFilter | None, arg("Which releases.")] = None,
        order_by: Annotated[ReleaseOrder | None, arg("By title unless told.")] = None,
    ) -> Criteria:
        """The releases issued on it, each once."""
        return by(order_by, "TITLE", **values_of(filter))

    @listed(PARENTS_BY_LABEL, LabelRef)
    def parents(self) -> Criteria:
        """The labels that it is a brand of."""
        return by(None, "NAME")

    @listed(SUBLABELS_BY_LABEL, LabelRef)
    def sublabels(self) -> Criteria:
        """Its own brands."""
        return by(None, "NAME")

    @listed(OPERATORS_BY_LABEL, PartyRef)
    def operators(self) -> Criteria:
        """The organisations that run it."""
        return by(None, "NAME")


findable("Label", LABELS_BY_ID, keys={"mbid": Scheme.MBID})


@strawberry.type
class LabelQuery:
    """Where clients start from labels."""

    label: LabelRef | None = lookup(
        "One label, by id or by identifier; null where there is none.", LabelRef, LABELS
    )

    @listed(LABELS, LabelRef)
    def labels(
        self,
        filter: Annotated[LabelFilter | None, arg("Which labels.")] = None,
        order_by: Annotated[LabelOrder | None, arg("By name unless told.")] = None,
    ) -> Criteria:
        """All labels that pass the filter."""
        return by(order_by, "NAME", **values_of(filter))
