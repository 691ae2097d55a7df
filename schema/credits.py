"""Credits as clients see them."""

import strawberry

from resolvers import artists as artist_resolvers
from schema import artists
from schema.enums import CreditRole, word
from schema.fields import Info, object_type, prop, relation
from schema.nodes import Sourced
from schema.references import ArtistRef


@object_type
class Credit(Sourced):
    """Who did what, and under which name."""

    artist_id: strawberry.Private[str]
    role: CreditRole | None = prop("What they did.", read=word(CreditRole))
    position: int = prop("Their place in the printed credit, from 0.")
    credited_as: str | None = prop("The name as printed, where it differs or is known.")
    join_phrase: str | None = prop('What is printed after the name, such as " feat. ".')

    @relation
    async def artist(self, info: Info) -> ArtistRef | None:
        """Who they are."""
        row = await artist_resolvers.by_id(info.context, self.artist_id)
        return artists.Artist.from_row(row) if row else None
