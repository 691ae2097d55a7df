"""Credits as clients see them."""

import strawberry

from schema.enums import CreditRole, word
from schema.fields import object_type, prop
from schema.nodes import Sourced
from schema.references import ArtistRef
from schema.things import one


@object_type
class Credit(Sourced):
    """Who did what, and under which name."""

    artist_id: strawberry.Private[str]
    role: CreditRole | None = prop("What they did.", read=word(CreditRole))
    position: int = prop("Their place in the printed credit, from 0.")
    credited_as: str | None = prop("The name as printed, where it differs or is known.")
    join_phrase: str | None = prop('What is printed after the name, such as " feat. ".')

    artist: ArtistRef | None = one("Who they are.", ArtistRef, "artist_id")
