"""Recordings as clients see them."""

from typing import Annotated

import strawberry

from graph.credits import CREDITS_BY_RECORDING
from graph.recordings import RECORDINGS, RECORDINGS_BY_ID
from graph.releases import RELEASES_BY_RECORDING
from graph.works import WORKS_BY_RECORDING
from resolvers.lists import Criteria
from schema.assets import Asset
from schema.caching import CATALOGUE_SECONDS, kept
from schema.criteria import (
    RecordingFilter,
    RecordingOrder,
    ReleaseFilter,
    ReleaseOrder,
    values_of,
    word_of,
)
from schema.entities import Entity, Flaggable
from schema.enums import CreditRole, some
from schema.fields import arg, object_type, prop
from schema.identifiers import first_borne
from schema.lists import by, listed
from schema.lookups import lookup
from schema.offers import Offerable
from schema.references import CreditRef, RecordingRef, ReleaseRef, WorkRef
from schema.registry import findable
from standards.identifiers import Scheme


@kept(CATALOGUE_SECONDS)
@object_type
class Recording(Entity, Flaggable, Asset, Offerable):
    """One fixed performance of a work: what an ISRC names."""

    title: str = prop("The title.")
    artist_credit: str | None = prop("The artists as printed, joined as printed.")
    length_ms: int | None = prop("How long it is, in milliseconds.")
    year: int | None = prop("The year of its first release.")
    date: str | None = prop("Its first release: YYYY, YYYY-MM or YYYY-MM-DD.")
    video: bool = prop("Whether it is a music video.", read=bool)
    disambiguation: str | None = prop("What tells it from others of the same title.")
    aliases: list[str] = prop("Other titles it is found under.", read=some)
    p_line: str | None = prop("The ℗ line as stated, with its year. It is no proof of ownership.")
    isrc: str | None = first_borne("Its ISRC")
    mbid: str | None = first_borne("Its MusicBrainz id")

    @listed(CREDITS_BY_RECORDING, CreditRef)
    def credits(
        self, role: Annotated[CreditRole | None, arg("Only in this role.")] = None
    ) -> Criteria:
        """Who did what on it, in the printed order."""
        return by(None, "POSITION", role=word_of(role))

    @listed(WORKS_BY_RECORDING, WorkRef)
    def works(self) -> Criteria:
        """The works it performs."""
        return by(None, "TITLE")

    @listed(RELEASES_BY_RECORDING, ReleaseRef)
    def releases(
        self,
        filter: Annotated[ReleaseFilter | None, arg("Which releases.")] = None,
        order_by: Annotated[ReleaseOrder | None, arg("By title unless told.")] = None,
    ) -> Criteria:
        """The releases it appears on, each once."""
        return by(order_by, "TITLE", **values_of(filter))


findable("Recording", RECORDINGS_BY_ID, keys={"isrc": Scheme.ISRC, "mbid": Scheme.MBID})


@strawberry.type
class RecordingQuery:
    """Where clients start from recordings."""

    recording: RecordingRef | None = lookup(
        "One recording, by id or by identifier; null where there is none.",
        RecordingRef,
        RECORDINGS,
        example="an ISRC",
    )

    @listed(RECORDINGS, RecordingRef)
    def recordings(
        self,
        filter: Annotated[RecordingFilter | None, arg("Which recordings.")] = None,
        order_by: Annotated[RecordingOrder | None, arg("By title unless told.")] = None,
    ) -> Criteria:
        """All recordings that pass the filter."""
        return by(order_by, "TITLE", **values_of(filter))
