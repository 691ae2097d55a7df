"""Artists as clients see them."""

from enum import Enum
from typing import Annotated

import strawberry

from graph.artists import ARTISTS, ARTISTS_BY_ID, RELATIONS_BY_ARTIST
from graph.parties import PARTIES_BY_ARTIST
from graph.recordings import RECORDINGS_BY_ARTIST
from graph.releases import RELEASES_BY_ARTIST
from graph.works import WORKS_BY_ARTIST
from resolvers.lists import Criteria
from schema.caching import CATALOGUE_SECONDS, kept
from schema.criteria import (
    ArtistFilter,
    ArtistOrder,
    RecordingFilter,
    RecordingOrder,
    ReleaseFilter,
    ReleaseOrder,
    WorkFilter,
    values_of,
    word_of,
)
from schema.entities import Entity, Flaggable
from schema.enums import ArtistType, CreditRole, some, word
from schema.fields import arg, object_type, prop
from schema.identifiers import first_borne
from schema.lists import by, listed
from schema.lookups import lookup
from schema.nodes import Sourced
from schema.references import (
    ArtistRef,
    ArtistRelationRef,
    PartyRef,
    RecordingRef,
    ReleaseRef,
    WorkRef,
)
from schema.registry import findable
from schema.things import one
from standards.identifiers import Scheme


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

    artist: ArtistRef | None = one("The other artist.", ArtistRef, "artist_id")


@kept(CATALOGUE_SECONDS)
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
    isni: str | None = first_borne("Its ISNI")
    mbid: str | None = first_borne("Its MusicBrainz id")

    @listed(RECORDINGS_BY_ARTIST, RecordingRef)
    def recordings(
        self,
        role: Annotated[CreditRole | None, arg("Only where credited so.")] = None,
        filter: Annotated[RecordingFilter | None, arg("Which recordings.")] = None,
        order_by: Annotated[RecordingOrder | None, arg("By title unless told.")] = None,
    ) -> Criteria:
        """The recordings it is credited on, each once."""
        return by(order_by, "TITLE", **values_of(filter), role=word_of(role))

    @listed(RELEASES_BY_ARTIST, ReleaseRef)
    def releases(
        self,
        role: Annotated[CreditRole | None, arg("Only where credited so.")] = None,
        filter: Annotated[ReleaseFilter | None, arg("Which releases.")] = None,
        order_by: Annotated[ReleaseOrder | None, arg("By title unless told.")] = None,
    ) -> Criteria:
        """The releases it is credited on, each once."""
        return by(order_by, "TITLE", **values_of(filter), role=word_of(role))

    @listed(WORKS_BY_ARTIST, WorkRef)
    def works(
        self,
        role: Annotated[CreditRole | None, arg("Only where credited so.")] = None,
        filter: Annotated[WorkFilter | None, arg("Which works.")] = None,
    ) -> Criteria:
        """The works it is credited on as a writer, each once."""
        return by(None, "TITLE", **values_of(filter), role=word_of(role))

    @listed(RELATIONS_BY_ARTIST, ArtistRelationRef)
    def relations(
        self, kind: Annotated[ArtistRelationKind | None, arg("Only of this kind.")] = None
    ) -> Criteria:
        """Its ties to other artists: members, groups, aliases and stage names."""
        return by(None, "KIND", kind=word_of(kind))

    @listed(PARTIES_BY_ARTIST, PartyRef)
    def parties(self) -> Criteria:
        """The parties known by this name: who holds rights, apart from the persona."""
        return by(None, "NAME")


findable("Artist", ARTISTS_BY_ID, keys={"isni": Scheme.ISNI, "mbid": Scheme.MBID})


@strawberry.type
class ArtistQuery:
    """Where clients start from artists."""

    artist: ArtistRef | None = lookup(
        "One artist, by id or by identifier; null where there is none.", ArtistRef, ARTISTS
    )

    @listed(ARTISTS, ArtistRef)
    def artists(
        self,
        filter: Annotated[ArtistFilter | None, arg("Which artists.")] = None,
        order_by: Annotated[ArtistOrder | None, arg("By name unless told.")] = None,
    ) -> Criteria:
        """All artists that pass the filter."""
        return by(order_by, "NAME", **values_of(filter))
