"""Works as clients see them."""

from typing import Annotated

import strawberry

from resolvers import credits as credit_resolvers
from resolvers import recordings as recording_resolvers
from resolvers import works as resolvers
from resolvers.lists import Page
from schema import credits as credit_types
from schema import recordings
from schema.assets import Asset
from schema.connections import Connection, connection, request, unordered
from schema.criteria import (
    RecordingFilter,
    RecordingOrder,
    WorkFilter,
    pair_of,
    values_of,
    word_of,
)
from schema.entities import Entity, Flaggable
from schema.enums import CreditRole, some
from schema.fields import Info, arg, object_type, paged, prop, relation
from schema.identifiers import IdentifierInput
from schema.ids import key_of
from schema.references import CreditRef, RecordingRef, WorkRef
from schema.registry import findable


@object_type
class Work(Entity, Flaggable, Asset):
    """A composition, whoever performs it: what an ISWC names."""

    title: str = prop("The title.")
    type: str | None = prop("What kind of work it is, such as SONG.")
    language: str | None = prop("The language of its words: ISO 639-3.")
    disambiguation: str | None = prop("What tells it from others of the same title.")
    aliases: list[str] = prop("Other titles it is found under.", read=some)

    @paged
    async def credits(
        self,
        info: Info,
        page: Page,
        role: Annotated[CreditRole | None, arg("Only in this role.")] = None,
    ) -> Connection[CreditRef] | None:
        """Who wrote it."""
        asked = unordered(page, "POSITION", {"role": word_of(role)})
        listed = await credit_resolvers.by_work(info.context, self.key, asked)
        return connection(listed, credit_types.Credit.from_row)

    @paged
    async def recordings(
        self,
        info: Info,
        page: Page,
        filter: Annotated[RecordingFilter | None, arg("Which recordings.")] = None,
        order_by: Annotated[RecordingOrder | None, arg("By title unless told.")] = None,
    ) -> Connection[RecordingRef] | None:
        """Its recordings."""
        asked = request(page, order_by, "TITLE", values_of(filter))
        listed = await recording_resolvers.by_work(info.context, self.key, asked)
        return connection(listed, recordings.Recording.from_row)


findable("Work", resolvers.by_id, Work.from_row)


@strawberry.type
class WorkQuery:
    """Where clients start from works."""

    @relation
    async def work(
        self,
        info: Info,
        id: Annotated[strawberry.ID | None, arg("Its global id.")] = None,
        identifier: Annotated[
            IdentifierInput | None, arg("Or an identifier that only it bears, such as an ISWC.")
        ] = None,
    ) -> WorkRef | None:
        """One work, by id or by identifier; null where there is none."""
        key = key_of("Work", id) if id is not None else None
        row = await resolvers.one(info.context, key, pair_of(identifier))
        return Work.from_row(row) if row else None

    @paged
    async def works(
        self,
        info: Info,
        page: Page,
        filter: Annotated[WorkFilter | None, arg("Which works.")] = None,
    ) -> Connection[WorkRef] | None:
        """All works that pass the filter, by title."""
        asked = unordered(page, "TITLE", values_of(filter))
        return connection(await resolvers.every(info.context, asked), Work.from_row)
