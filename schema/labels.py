"""Labels as clients see them."""

from typing import Annotated

import strawberry

from resolvers import labels as resolvers
from resolvers import parties as party_resolvers
from resolvers import releases as release_resolvers
from resolvers.lists import Page
from schema import parties, releases
from schema.connections import Connection, connection, request, unordered
from schema.criteria import LabelFilter, LabelOrder, ReleaseFilter, ReleaseOrder, pair_of, values_of
from schema.entities import Entity
from schema.enums import some
from schema.fields import Info, arg, object_type, paged, prop, relation
from schema.identifiers import IdentifierInput
from schema.ids import key_of
from schema.references import LabelRef, PartyRef, ReleaseRef
from schema.registry import findable


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

    @paged
    async def releases(
        self,
        info: Info,
        page: Page,
        filter: Annotated[ReleaseFilter | None, arg("Which releases.")] = None,
        order_by: Annotated[ReleaseOrder | None, arg("By title unless told.")] = None,
    ) -> Connection[ReleaseRef] | None:
        """The releases issued on it, each once."""
        asked = request(page, order_by, "TITLE", values_of(filter))
        listed = await release_resolvers.by_label(info.context, self.key, asked)
        return connection(listed, releases.Release.from_row)

    @paged
    async def parents(self, info: Info, page: Page) -> Connection[LabelRef] | None:
        """The labels that it is a brand of."""
        listed = await resolvers.parents(info.context, self.key, unordered(page, "NAME"))
        return connection(listed, Label.from_row)

    @paged
    async def sublabels(self, info: Info, page: Page) -> Connection[LabelRef] | None:
        """Its own brands."""
        listed = await resolvers.sublabels(info.context, self.key, unordered(page, "NAME"))
        return connection(listed, Label.from_row)

    @paged
    async def operators(self, info: Info, page: Page) -> Connection[PartyRef] | None:
        """The organisations that run it."""
        listed = await party_resolvers.by_label(info.context, self.key, unordered(page, "NAME"))
        return connection(listed, parties.Party.from_row)


findable("Label", resolvers.by_id, Label.from_row)


@strawberry.type
class LabelQuery:
    """Where clients start from labels."""

    @relation
    async def label(
        self,
        info: Info,
        id: Annotated[strawberry.ID | None, arg("Its global id.")] = None,
        identifier: Annotated[
            IdentifierInput | None, arg("Or an identifier that only it bears.")
        ] = None,
    ) -> LabelRef | None:
        """One label, by id or by identifier; null where there is none."""
        key = key_of("Label", id) if id is not None else None
        row = await resolvers.one(info.context, key, pair_of(identifier))
        return Label.from_row(row) if row else None

    @paged
    async def labels(
        self,
        info: Info,
        page: Page,
        filter: Annotated[LabelFilter | None, arg("Which labels.")] = None,
        order_by: Annotated[LabelOrder | None, arg("By name unless told.")] = None,
    ) -> Connection[LabelRef] | None:
        """All labels that pass the filter."""
        asked = request(page, order_by, "NAME", values_of(filter))
        return connection(await resolvers.every(info.context, asked), Label.from_row)
