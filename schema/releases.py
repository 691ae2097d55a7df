"""Releases, their tracks and their issues as clients see them."""

from typing import Annotated

import strawberry

from resolvers import credits as credit_resolvers
from resolvers import labels as label_resolvers
from resolvers import recordings as recording_resolvers
from resolvers import releases as resolvers
from resolvers.lists import Page
from schema import credits as credit_types
from schema import labels, recordings
from schema.connections import Connection, connection, request, unordered
from schema.criteria import ReleaseFilter, ReleaseOrder, pair_of, values_of, word_of
from schema.entities import Entity, Flaggable
from schema.enums import CreditRole, ReleaseStatus, ReleaseType, some, word
from schema.fields import Info, arg, object_type, paged, prop, relation
from schema.identifiers import IdentifierInput
from schema.ids import key_of
from schema.nodes import Sourced
from schema.references import CreditRef, LabelRef, RecordingRef, ReleaseRef
from schema.registry import findable


@object_type
class Track(Sourced):
    """A recording's place on a release."""

    recording_id: strawberry.Private[str]
    medium: int = prop("Which disc or side, from 1.")
    position: int = prop("The place on it, from 1.")
    number: str | None = prop("The number as printed, such as A1.")
    title: str | None = prop("The title as printed on this release.")
    length_ms: int | None = prop("How long it is on this release, in milliseconds.")

    @relation
    async def recording(self, info: Info) -> RecordingRef | None:
        """What is heard."""
        row = await recording_resolvers.by_id(info.context, self.recording_id)
        return recordings.Recording.from_row(row) if row else None


def printed(number: str | None) -> str | None:
    """Return a number as printed; an empty one is none."""
    return number or None


@object_type
class LabelIssue(Sourced):
    """A release's issue on a label."""

    label_id: strawberry.Private[str]
    catalogue_number: str | None = prop("The label's number for it, as printed.", read=printed)

    @relation
    async def label(self, info: Info) -> LabelRef | None:
        """The label. It is no proof of ownership."""
        row = await label_resolvers.by_id(info.context, self.label_id)
        return labels.Label.from_row(row) if row else None


@object_type
class Release(Entity, Flaggable):
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

    @paged
    async def credits(
        self,
        info: Info,
        page: Page,
        role: Annotated[CreditRole | None, arg("Only in this role.")] = None,
    ) -> Connection[CreditRef] | None:
        """Who did what on it, in the printed order."""
        asked = unordered(page, "POSITION", {"role": word_of(role)})
        listed = await credit_resolvers.by_release(info.context, self.key, asked)
        return connection(listed, credit_types.Credit.from_row)

    @paged
    async def tracks(
        self, info: Info, page: Page
    ) -> Connection[Annotated["Track", strawberry.lazy("schema.releases")]] | None:
        """What is on it, in the printed order."""
        listed = await resolvers.tracks(info.context, self.key, unordered(page, "POSITION"))
        return connection(listed, Track.from_row)

    @paged
    async def labels(
        self, info: Info, page: Page
    ) -> Connection[Annotated["LabelIssue", strawberry.lazy("schema.releases")]] | None:
        """The labels it was issued on, with their catalogue numbers."""
        listed = await resolvers.issues(info.context, self.key, unordered(page, "LABEL"))
        return connection(listed, LabelIssue.from_row)


findable("Release", resolvers.by_id, Release.from_row)


@strawberry.type
class ReleaseQuery:
    """Where clients start from releases."""

    @relation
    async def release(
        self,
        info: Info,
        id: Annotated[strawberry.ID | None, arg("Its global id.")] = None,
        identifier: Annotated[
            IdentifierInput | None, arg("Or an identifier that only it bears, such as a barcode.")
        ] = None,
    ) -> ReleaseRef | None:
        """One release, by id or by identifier; null where there is none."""
        key = key_of("Release", id) if id is not None else None
        row = await resolvers.one(info.context, key, pair_of(identifier))
        return Release.from_row(row) if row else None

    @paged
    async def releases(
        self,
        info: Info,
        page: Page,
        filter: Annotated[ReleaseFilter | None, arg("Which releases.")] = None,
        order_by: Annotated[ReleaseOrder | None, arg("By title unless told.")] = None,
    ) -> Connection[ReleaseRef] | None:
        """All releases that pass the filter."""
        asked = request(page, order_by, "TITLE", values_of(filter))
        return connection(await resolvers.every(info.context, asked), Release.from_row)
