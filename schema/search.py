"""Search as clients see it."""

from enum import Enum
from typing import Annotated

import strawberry

from resolvers import search as resolvers
from resolvers.lists import Page
from resolvers.search import Hit
from schema.connections import Connection, connection
from schema.criteria import word_of
from schema.entities import Entity
from schema.fields import Info, arg, object_type, prop
from schema.lists import paged
from schema.things import one


@strawberry.enum(description="What search can look for.")
class SearchType(Enum):
    """What search can look for."""

    ARTIST = strawberry.enum_value("Artist", description="Artists.")
    RECORDING = strawberry.enum_value("Recording", description="Recordings.")
    WORK = strawberry.enum_value("Work", description="Works.")
    RELEASE = strawberry.enum_value("Release", description="Releases.")
    LABEL = strawberry.enum_value("Label", description="Labels.")
    PARTY = strawberry.enum_value("Party", description="Parties.")


@object_type
class SearchHit:
    """Something that search found."""

    label: strawberry.Private[str]
    key: strawberry.Private[str]
    score: float = prop("How like the text its names are, 0–1; 1 is the very name.")

    entity: Entity | None = one("What was found.", Entity, "key", label="label")

    @classmethod
    def from_hit(cls, hit: Hit) -> "SearchHit":
        """Make the type of a hit."""
        return cls(label=hit.label, key=hit.id, score=hit.score)


@strawberry.type
class SearchQuery:
    """Where clients start from a text."""

    @paged
    async def search(
        self,
        info: Info,
        page: Page,
        text: Annotated[str, arg("A name or title; typos, case and accents are forgiven.")],
        types: Annotated[list[SearchType] | None, arg("Only these; all unless told.")] = None,
    ) -> Connection[SearchHit] | None:
        """What bears a name like the text, best first. Pages forward only."""
        labels = None if types is None else tuple({str(word_of(each)) for each in types})
        listed = await resolvers.search(info.context, text, labels, page)
        return connection(listed, SearchHit.from_hit)
