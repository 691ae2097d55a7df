"""Recordings as clients see them."""

from typing import Annotated

import strawberry

from resolvers import credits as credit_resolvers
from resolvers import recordings as resolvers
from resolvers import releases as release_resolvers
from resolvers import works as work_resolvers
from resolvers.lists import Page
from schema import credits as credit_types
from schema import releases, works
from schema.assets import Asset
from schema.connections import Connection, connection, request, unordered
from schema.criteria import (
    RecordingFilter,
    RecordingOrder,
    ReleaseFilter,
    ReleaseOrder,
    pair_of,
    values_of,
    word_of,
)
from schema.entities import Entity, Flaggable
from schema.enums import CreditRole, some
from schema.fields import Info, arg, object_type, paged, prop, relation
from schema.identifiers import IdentifierInput
from schema.ids import key_of
from schema.references import CreditRef, RecordingRef, ReleaseRef, WorkRef
from schema.registry import findable


@object_type
class Recording(Entity, Flaggable, Asset):
    """One fixed performance of a work: what an ISRC names."""

    title: str = prop("The title.")
    artist_credit: str | None = prop("The artists as printed, joined as printed.")
    length_ms: int | None = prop("How long it is, in milliseconds.")
    year: int | None = prop("The year of its first release.")
    date: str | None = prop("Its first release: YYYY, YYYY-MM or YYYY-MM-DD.")
    video: bool = prop("Whether it is a music video.", read=bool)
    disambiguation: str | None = prop("What tells it from others of the same title.")
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
        listed = await credit_resolvers.by_recording(info.context, self.key, asked)
        return connection(listed, credit_types.Credit.from_row)

    @paged
    async def works(self, info: Info, page: Page) -> Connection[WorkRef] | None:
        """The works it performs."""
        listed = await work_resolvers.by_recording(info.context, self.key, unordered(page, "TITLE"))
        return connection(listed, works.Work.from_row)

    @paged
    async def releases(
        self,
        info: Info,
        page: Page,
        filter: Annotated[ReleaseFilter | None, arg("Which releases.")] = None,
        order_by: Annotated[ReleaseOrder | None, arg("By title unless told.")] = None,
    ) -> Connection[ReleaseRef] | None:
        """The releases it appears on, each once."""
        asked = request(page, order_by, "TITLE", values_of(filter))
        listed = await release_resolvers.by_recording(info.context, self.key, asked)
        return connection(listed, releases.Release.from_row)


findable("Recording", resolvers.by_id, Recording.from_row)


@strawberry.type
class RecordingQuery:
    """Where clients start from recordings."""

    @relation
    async def recording(
        self,
        info: Info,
        id: Annotated[strawberry.ID | None, arg("Its global id.")] = None,
        identifier: Annotated[
            IdentifierInput | None, arg("Or an identifier that only it bears, such as an ISRC.")
        ] = None,
    ) -> RecordingRef | None:
        """One recording, by id or by identifier; null where there is none."""
        key = key_of("Recording", id) if id is not None else None
        row = await resolvers.one(info.context, key, pair_of(identifier))
        return Recording.from_row(row) if row else None

    @paged
    async def recordings(
        self,
        info: Info,
        page: Page,
        filter: Annotated[RecordingFilter | None, arg("Which recordings.")] = None,
        order_by: Annotated[RecordingOrder | None, arg("By title unless told.")] = None,
    ) -> Connection[RecordingRef] | None:
        """All recordings that pass the filter."""
        asked = request(page, order_by, "TITLE", values_of(filter))
        return connection(await resolvers.every(info.context, asked), Recording.from_row)
