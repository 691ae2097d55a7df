"""Parties as clients see them."""

from typing import Annotated

import strawberry

from resolvers import artists as artist_resolvers
from resolvers import labels as label_resolvers
from resolvers import parties as resolvers
from resolvers import rights as rights_resolvers
from resolvers.lists import Page
from schema import artists, labels, rights
from schema.connections import Connection, connection, request, unordered
from schema.criteria import PartyFilter, pair_of, values_of, word_of
from schema.entities import Entity
from schema.enums import PartyKind, some, word
from schema.fields import Info, arg, object_type, paged, prop, relation
from schema.identifiers import IdentifierInput
from schema.ids import key_of
from schema.nodes import Sourced
from schema.references import AgreementRef, ArtistRef, ClaimRef, LabelRef, PartyRef
from schema.registry import findable
from schema.rights import AgreementKind, ClaimOrder, ClaimStatus, Right


@object_type
class Parentage(Sourced):
    """One organisation's ownership of another. It never multiplies a rights share."""

    party_id: strawberry.Private[str]
    begin_date: str | None = prop("Since when; null where unknown, which is not for ever.")
    end_date: str | None = prop("Until when; null where it lasts or is unknown.")

    @relation
    async def party(self, info: Info) -> PartyRef | None:
        """The other organisation."""
        row = await resolvers.by_id(info.context, self.party_id)
        return Party.from_row(row) if row else None


@object_type
class Party(Entity):
    """A person or organisation that can hold rights. Not an artist: linked, never unified."""

    name: str = prop("The name.")
    kind: PartyKind | None = prop(
        "Whether it is a person or an organisation.", read=word(PartyKind)
    )
    country: str | None = prop("ISO 3166-1 alpha-2 of its country.")
    disambiguation: str | None = prop("What tells it from its namesakes.")
    aliases: list[str] = prop("Other names it is found under.", read=some)

    @paged
    async def artists(self, info: Info, page: Page) -> Connection[ArtistRef] | None:
        """The public personas it is known as."""
        listed = await artist_resolvers.by_party(info.context, self.key, unordered(page, "NAME"))
        return connection(listed, artists.Artist.from_row)

    @paged
    async def labels(self, info: Info, page: Page) -> Connection[LabelRef] | None:
        """The labels it runs."""
        listed = await label_resolvers.by_party(info.context, self.key, unordered(page, "NAME"))
        return connection(listed, labels.Label.from_row)

    @paged
    async def parents(
        self, info: Info, page: Page
    ) -> Connection[Annotated["Parentage", strawberry.lazy("schema.parties")]] | None:
        """The organisations that own it."""
        listed = await resolvers.parents(info.context, self.key, unordered(page, "NAME"))
        return connection(listed, Parentage.from_row)

    @paged
    async def subsidiaries(
        self, info: Info, page: Page
    ) -> Connection[Annotated["Parentage", strawberry.lazy("schema.parties")]] | None:
        """The organisations that it owns."""
        listed = await resolvers.subsidiaries(info.context, self.key, unordered(page, "NAME"))
        return connection(listed, Parentage.from_row)

    @paged
    async def claims(
        self,
        info: Info,
        page: Page,
        right: Annotated[Right | None, arg("Only to this right.")] = None,
        status: Annotated[ClaimStatus | None, arg("Only in this status.")] = None,
        order_by: Annotated[ClaimOrder | None, arg("By share unless told.")] = None,
    ) -> Connection[ClaimRef] | None:
        """The claims it makes on recordings and works."""
        filters = {"right": word_of(right), "status": word_of(status)}
        asked = request(page, order_by, "SHARE", filters)
        listed = await rights_resolvers.claims_by_party(info.context, self.key, asked)
        return connection(listed, rights.Claim.from_row)

    @paged
    async def agreements_assigned(
        self,
        info: Info,
        page: Page,
        kind: Annotated[AgreementKind | None, arg("Only of this kind.")] = None,
    ) -> Connection[AgreementRef] | None:
        """The agreements by which it passes shares on, oldest first."""
        asked = unordered(page, "VALID_FROM", {"kind": word_of(kind)})
        listed = await rights_resolvers.assigned(info.context, self.key, asked)
        return connection(listed, rights.Agreement.from_row)

    @paged
    async def agreements_acquired(
        self,
        info: Info,
        page: Page,
        kind: Annotated[AgreementKind | None, arg("Only of this kind.")] = None,
    ) -> Connection[AgreementRef] | None:
        """The agreements by which it gets shares, oldest first."""
        asked = unordered(page, "VALID_FROM", {"kind": word_of(kind)})
        listed = await rights_resolvers.acquired(info.context, self.key, asked)
        return connection(listed, rights.Agreement.from_row)


findable("Party", resolvers.by_id, Party.from_row)


@strawberry.type
class PartyQuery:
    """Where clients start from parties."""

    @relation
    async def party(
        self,
        info: Info,
        id: Annotated[strawberry.ID | None, arg("Its global id.")] = None,
        identifier: Annotated[
            IdentifierInput | None, arg("Or an identifier that only it bears, such as an IPI.")
        ] = None,
    ) -> PartyRef | None:
        """One party, by id or by identifier; null where there is none."""
        key = key_of("Party", id) if id is not None else None
        row = await resolvers.one(info.context, key, pair_of(identifier))
        return Party.from_row(row) if row else None

    @paged
    async def parties(
        self,
        info: Info,
        page: Page,
        filter: Annotated[PartyFilter | None, arg("Which parties.")] = None,
    ) -> Connection[PartyRef] | None:
        """All parties that pass the filter, by name."""
        asked = unordered(page, "NAME", values_of(filter))
        return connection(await resolvers.every(info.context, asked), Party.from_row)
