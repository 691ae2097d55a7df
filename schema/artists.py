"""Artists as clients see them."""

from enum import Enum
from typing import Annotated

import strawberry

from resolvers import artists as resolvers
from resolvers import parties as party_resolvers
from resolvers import recordings as recording_resolvers
from resolvers import releases as release_resolvers
from resolvers import works as work_resolvers
from resolvers.lists import Page
from schema import parties, recordings, releases, works
from schema.connections import Connection, connection, request, unordered
from schema.criteria import (
    ArtistFilter,
    ArtistOrder,
    RecordingFilter,
    RecordingOrder,
    ReleaseFilter,
    ReleaseOrder,
    WorkFilter,
    pair_of,
    values_of,
    word_of,
)
from schema.entities import Entity, Flaggable
from schema.enums import ArtistType, CreditRole, some, word
from schema.fields import Info, arg, object_type, paged, prop, relation
from schema.identifiers import IdentifierInput
from schema.ids import key_of
from schema.nodes import Sourced
from schema.references import ArtistRef, PartyRef, RecordingRef, ReleaseRef, WorkRef
from schema.registry import findable


@strawberry.enum(description="How one artist is tied to another.")
class ArtistRelationKind(Enum):
    """How one artist is tied to another."""

    MEMBER_OF = strawberry.enum_value("MEMBER_OF", description="A member of a group.")
    ALIAS_OF = strawberry.enum_value("ALIAS_OF", description="Another persona of the same people.")
    PERFORMS_AS = strawberry.enum_value("PERFORMS_AS", description="A person and a stage name.")


@object_type
class ArtistRelation(Sourced):
    """A tie between two artists, seen from one of them."""

    artist_id: strawberry.Private[str]
    kind: ArtistRelationKind = prop(
        "What ties them.", read=ArtistRelationKind.__members__.__getitem__
    )
    outward: bool = prop(
        "Whether it runs from this artist to the other: true on a member, false on the group."
    )
    begin_date: str | None = prop("Since when: YYYY, YYYY-MM or YYYY-MM-DD.")
    end_date: str | None = prop("Until when: YYYY, YYYY-MM or YYYY-MM-DD.")
    attributes: list[str] = prop("What the source adds, such as an instrument.", read=some)

    @relation
    async def artist(self, info: Info) -> ArtistRef | None:
        """The other artist."""
        row = await resolvers.by_id(info.context, self.artist_id)
        return Artist.from_row(row) if row else None


@object_type
class Artist(Entity, Flaggable):
    """A public persona: a person, a group, or a name. Not the party that holds its rights."""

    name: str = prop("The name it is known by.")
    type: ArtistType | None = prop("What kind of persona it is.", read=word(ArtistType))
    country: str | None = prop("ISO 3166-1 alpha-2 of the country it belongs to.")
    gender: str | None = prop("A person's gender, where the source tells one.")
    disambiguation: str | None = prop("What tells it from its namesakes.")
    begin_date: str | None = prop("Birth or founding: YYYY, YYYY-MM or YYYY-MM-DD.")
    end_date: str | None = prop("Death or end: YYYY, YYYY-MM or YYYY-MM-DD.")
    aliases: list[str] = prop("Other names and spellings it is found under.", read=some)

    @paged
    async def recordings(
        self,
        info: Info,
        page: Page,
        role: Annotated[CreditRole | None, arg("Only where credited so.")] = None,
        filter: Annotated[RecordingFilter | None, arg("Which recordings.")] = None,
        order_by: Annotated[RecordingOrder | None, arg("By title unless told.")] = None,
    ) -> Connection[RecordingRef] | None:
        """The recordings it is credited on, each once."""
        filters = {**values_of(filter), "role": word_of(role)}
        asked = request(page, order_by, "TITLE", filters)
        listed = await recording_resolvers.by_artist(info.context, self.key, asked)
        return connection(listed, recordings.Recording.from_row)

    @paged
    async def releases(
        self,
        info: Info,
        page: Page,
        role: Annotated[CreditRole | None, arg("Only where credited so.")] = None,
        filter: Annotated[ReleaseFilter | None, arg("Which releases.")] = None,
        order_by: Annotated[ReleaseOrder | None, arg("By title unless told.")] = None,
    ) -> Connection[ReleaseRef] | None:
        """The releases it is credited on, each once."""
        filters = {**values_of(filter), "role": word_of(role)}
        asked = request(page, order_by, "TITLE", filters)
        listed = await release_resolvers.by_artist(info.context, self.key, asked)
        return connection(listed, releases.Release.from_row)

    @paged
    async def works(
        self,
        info: Info,
        page: Page,
        role: Annotated[CreditRole | None, arg("Only where credited so.")] = None,
        filter: Annotated[WorkFilter | None, arg("Which works.")] = None,
    ) -> Connection[WorkRef] | None:
        """The works it is credited on as a writer, each once."""
        filters = {**values_of(filter), "role": word_of(role)}
        asked = unordered(page, "TITLE", filters)
        listed = await work_resolvers.by_artist(info.context, self.key, asked)
        return connection(listed, works.Work.from_row)

    @paged
    async def relations(
        self,
        info: Info,
        page: Page,
        kind: Annotated[ArtistRelationKind | None, arg("Only of this kind.")] = None,
    ) -> Connection[Annotated["ArtistRelation", strawberry.lazy("schema.artists")]] | None:
        """Its ties to other artists: members, groups, aliases and stage names."""
        asked = unordered(page, "KIND", {"kind": word_of(kind)})
        listed = await resolvers.relations(info.context, self.key, asked)
        return connection(listed, ArtistRelation.from_row)

    @paged
    async def parties(self, info: Info, page: Page) -> Connection[PartyRef] | None:
        """The parties known by this name: who holds rights, apart from the persona."""
        listed = await party_resolvers.by_artist(info.context, self.key, unordered(page, "NAME"))
        return connection(listed, parties.Party.from_row)


findable("Artist", resolvers.by_id, Artist.from_row)


@strawberry.type
class ArtistQuery:
    """Where clients start from artists."""

    @relation
    async def artist(
        self,
        info: Info,
        id: Annotated[strawberry.ID | None, arg("Its global id.")] = None,
        identifier: Annotated[
            IdentifierInput | None, arg("Or an identifier that only it bears.")
        ] = None,
    ) -> ArtistRef | None:
        """One artist, by id or by identifier; null where there is none."""
        key = key_of("Artist", id) if id is not None else None
        row = await resolvers.one(info.context, key, pair_of(identifier))
        return Artist.from_row(row) if row else None

    @paged
    async def artists(
        self,
        info: Info,
        page: Page,
        filter: Annotated[ArtistFilter | None, arg("Which artists.")] = None,
        order_by: Annotated[ArtistOrder | None, arg("By name unless told.")] = None,
    ) -> Connection[ArtistRef] | None:
        """All artists that pass the filter."""
        asked = request(page, order_by, "NAME", values_of(filter))
        return connection(await resolvers.every(info.context, asked), Artist.from_row)
