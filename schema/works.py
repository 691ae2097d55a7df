"""Works as clients see them."""

from typing import Annotated

import strawberry

from graph.credits import CREDITS_BY_WORK
from graph.recordings import RECORDINGS_BY_WORK
from graph.works import WORKS
from resolvers import works as resolvers
from resolvers.lists import Criteria
from schema.assets import Asset
from schema.criteria import (
    RecordingFilter,
    RecordingOrder,
    WorkFilter,
    WorkOrder,
    pair_of,
    values_of,
    word_of,
)
from schema.entities import Entity, Flaggable
from schema.enums import CreditRole, some
from schema.fields import Info, arg, object_type, prop, relation
from schema.identifiers import IdentifierInput
from schema.ids import key_of
from schema.lists import by, listed
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


findable("Work", resolvers.by_id)


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

    @listed(WORKS, WorkRef)
    def works(
        self,
        filter: Annotated[WorkFilter | None, arg("Which works.")] = None,
        order_by: Annotated[WorkOrder | None, arg("By title unless told.")] = None,
    ) -> Criteria:
        """All works that pass the filter."""
        return by(order_by, "TITLE", **values_of(filter))
