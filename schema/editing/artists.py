"""Artists made and edited."""

import strawberry

from resolvers.things import Thing
from schema.editing.declared import changing, creating
from schema.enums import ArtistType
from schema.fields import input_type, object_type, prop
from schema.references import ArtistRef
from schema.things import found
from schema.writing import Payload, Rewriting, Writing, settable


@input_type
class ArtistProperties:
    """What may be said of an artist, besides its name."""

    type: ArtistType | None = settable("What kind of persona it is.")
    country: str | None = settable("ISO 3166-1 alpha-2 of the country it belongs to.")
    gender: str | None = settable("A person's gender.")
    disambiguation: str | None = settable("What tells it from its namesakes.")
    begin_date: str | None = settable("Birth or founding: YYYY, YYYY-MM or YYYY-MM-DD.")
    end_date: str | None = settable("Death or end: YYYY, YYYY-MM or YYYY-MM-DD.")
    aliases: list[str] | None = settable("All other names it is found under.")


@input_type
class CreateArtistInput(ArtistProperties, Writing):
    """An artist to be made."""

    name: str = prop("The name it is known by.")


@input_type
class EditArtistInput(ArtistProperties, Rewriting):
    """What is to be changed of an artist: what is left out stays, null takes it away."""

    name: str | None = settable("The name it is known by; cannot be taken away.")


@object_type
class ArtistPayload(Payload):
    """What came of a change of an artist."""

    @found(ArtistRef | None)
    def artist(self) -> Thing | None:
        """An artist as it is now, changed or not; null where there is none."""
        return self.subject


@strawberry.type
class ArtistMutation:
    """Where clients change artists."""

    create_artist: ArtistPayload | None = creating("Artist", CreateArtistInput, ArtistPayload)
    edit_artist: ArtistPayload | None = changing("Artist", EditArtistInput, ArtistPayload)
