"""Releases, their tracks and their issues as clients see them."""

from typing import Annotated

import strawberry

from graph.credits import CREDITS_BY_RELEASE
from graph.releases import ISSUES_BY_RELEASE, RELEASES, RELEASES_BY_ID, TRACKS_BY_RELEASE
from resolvers.lists import Criteria
from schema.caching import CATALOGUE_SECONDS, kept
from schema.criteria import ReleaseFilter, ReleaseOrder, values_of, word_of
from schema.entities import Entity, Flaggable
from schema.enums import CreditRole, ReleaseStatus, ReleaseType, some, word
from schema.fields import arg, object_type, prop
from schema.identifiers import first_borne
from schema.lists import by, listed
from schema.lookups import lookup
from schema.nodes import Sourced
from schema.offers import Offerable
from schema.references import CreditRef, LabelIssueRef, LabelRef, RecordingRef, ReleaseRef, TrackRef
from schema.registry import findable
from schema.things import one
from standards.identifiers import Scheme


@object_type
class Track(Sourced):
    """A recording's place on a release."""

    recording_id: strawberry.Private[str]
    medium: int = prop("Which disc or side, from 1.")
    position: int = prop("The place on it, from 1.")
    number: str | None = prop("The number as printed, such as A1.")
    title: str | None = prop("The title as printed on this release.")
    length_ms: int | None = prop("How long it is on this release, in milliseconds.")

    recording: RecordingRef | None = one("What is heard.", RecordingRef, "recording_id")


def printed(number: str | None) -> str | None:
    """Return a number as printed; an empty one is none."""
    return number or None


@object_type
class LabelIssue(Sourced):
    """A release's issue on a label."""

    label_id: strawberry.Private[str]
    catalogue_number: str | None = prop("The label's number for it, as printed.", read=printed)

    label: LabelRef | None = one("The label. It is no proof of ownership.", LabelRef, "label_id")


@kept(CATALOGUE_SECONDS)
@object_type
class Release(Entity, Flaggable, Offerable):
    """An issue of recordings: an album, a single, a file bundle. What a barcode names."""

    title: str = prop("The title.")
    artist_credit: str | None = prop("The artists as printed, joined as printed.")
    type: ReleaseType | None = prop("What kind of issue it is.", read=word(ReleaseType))
    status: ReleaseStatus | None = prop("How official it is.", read=word(ReleaseStatus))
    country: str | None = prop("ISO 3166-1 alpha-2 of the country it was issued in.")
    year: int | None = prop("The year of issue.")
    date: str | None = prop("The date of issue: YYYY, YYYY-MM or YYYY-MM-DD.")
    packaging: str | None = prop("What it comes in.")
    format: str | None = prop("What it is on, such as CD or Vinyl.")
    disambiguation: str | None = prop("What tells it from other issues.")
    aliases: list[str] = prop("Other titles it is found under.", read=some)
    p_line: str | None = prop("The ℗ line as stated, with its year. It is no proof of ownership.")
    c_line: str | None = prop("The © line as stated, with its year. It is no proof of ownership.")
    icpn: str | None = first_borne("Its barcode (UPC or EAN), as GTIN-14")
    mbid: str | None = first_borne("Its MusicBrainz id")

    @listed(CREDITS_BY_RELEASE, CreditRef)
    def credits(
        self, role: Annotated[CreditRole | None, arg("Only in this role.")] = None
    ) -> Criteria:
        """Who did what on it, in the printed order."""
        return by(None, "POSITION", role=word_of(role))

    @listed(TRACKS_BY_RELEASE, TrackRef)
    def tracks(self) -> Criteria:
        """What is on it, in the printed order."""
        return by(None, "POSITION")

    @listed(ISSUES_BY_RELEASE, LabelIssueRef)
    def labels(self) -> Criteria:
        """The labels it was issued on, with their catalogue numbers."""
        return by(None, "LABEL")


findable("Release", RELEASES_BY_ID, keys={"icpn": Scheme.ICPN, "mbid": Scheme.MBID})


@strawberry.type
class ReleaseQuery:
    """Where clients start from releases."""

    release: ReleaseRef | None = lookup(
        "One release, by id or by identifier; null where there is none.",
        ReleaseRef,
        RELEASES,
        example="a barcode",
    )

    @listed(RELEASES, ReleaseRef)
    def releases(
        self,
        filter: Annotated[ReleaseFilter | None, arg("Which releases.")] = None,
        order_by: Annotated[ReleaseOrder | None, arg("By title unless told.")] = None,
    ) -> Criteria:
        """All releases that pass the filter."""
        return by(order_by, "TITLE", **values_of(filter))
