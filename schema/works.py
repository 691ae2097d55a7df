"""Works as clients see them."""

from typing import Annotated

import strawberry

from graph.credits import CREDITS_BY_WORK
from graph.recordings import RECORDINGS_BY_WORK
from graph.works import WORKS, WORKS_BY_ID
from resolvers.lists import Criteria
from schema.assets import Asset
from schema.caching import CATALOGUE_SECONDS, kept
from schema.criteria import (
    RecordingFilter,
    RecordingOrder,
    WorkFilter,
    WorkOrder,
    values_of,
    word_of,
)
from schema.entities import Entity, Flaggable
from schema.enums import CreditRole, some
from schema.fields import arg, object_type, prop
from schema.identifiers import first_borne
from schema.lists import by, listed
from schema.lookups import lookup
from schema.references import CreditRef, RecordingRef, WorkRef
from schema.registry import findable
from standards.identifiers import Scheme


@kept(CATALOGUE_SECONDS)
@object_type
class Work(Entity, Flaggable, Asset):
    """A composition, whoever performs it: what an ISWC names."""

    title: str = prop("The title.")
    type: str | None = prop("What kind of work it is, such as SONG.")
    language: str | None = prop("The language of its words: ISO 639-3.")
    disambiguation: str | None = prop("What tells it from others of the same title.")
    aliases: list[str] = prop("Other titles it is found under.", read=some)
    iswc: str | None = first_borne("Its ISWC")
    mbid: str | None = first_borne("Its MusicBrainz id")

    @listed(CREDITS_BY_WORK, CreditRef)
    def credits(
        self, role: Annotated[CreditRole | None, arg("Only in this role.")] = None
    ) -> Criteria:
        """Who wrote it."""
        return by(None, "POSITION", role=word_of(role))

    @listed(RECORDINGS_BY_WORK, RecordingRef)
    def recordings(
        self,
        filter: Annotated[RecordingFilter | None, arg("Which recordings.")] = None,
        order_by: Annotated[RecordingOrder | None, arg("By title unless told.")] = None,
    ) -> Criteria:
        """Its recordings."""
        return by(order_by, "TITLE", **values_of(filter))


findable("Work", WORKS_BY_ID, keys={"iswc": Scheme.ISWC, "mbid": Scheme.MBID})


@strawberry.type
class WorkQuery:
    """Where clients start from works."""

    work: WorkRef | None = lookup(
        "One work, by id or by identifier; null where there is none.",
        WorkRef,
        WORKS,
        example="an ISWC",
    )

    @listed(WORKS, WorkRef)
    def works(
        self,
        filter: Annotated[WorkFilter | None, arg("Which works.")] = None,
        order_by: Annotated[WorkOrder | None, arg("By title unless told.")] = None,
    ) -> Criteria:
        """All works that pass the filter."""
        return by(order_by, "TITLE", **values_of(filter))
