"""Sources of facts."""

from datetime import datetime
from enum import Enum

import strawberry

from graph.sources import SOURCES_BY_ID
from schema.dates import moment
from schema.enums import word
from schema.fields import Rowed, object_type, prop
from schema.registry import findable


@strawberry.enum(description="What kind of thing a fact came from.")
class SourceKind(Enum):
    """What kind of thing a fact came from."""

    MUSICBRAINZ = strawberry.enum_value("MUSICBRAINZ", description="MusicBrainz web service.")
    DISCOGS = strawberry.enum_value("DISCOGS", description="A Discogs data dump.")
    DDEX = strawberry.enum_value("DDEX", description="A DDEX message (ERN).")
    CWR = strawberry.enum_value(
        "CWR", description="A CWR file: works as publishers register them with societies."
    )
    GENERATED = strawberry.enum_value(
        "GENERATED", description="Made up from a seed; true of nothing real."
    )
    RULE = strawberry.enum_value("RULE", description="A rule, applied to what others say.")
    EDITORS = strawberry.enum_value("EDITORS", description="People who edit this graph.")
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@object_type
class Source(Rowed):
    """Where a fact came from: a file, a feed or a generator."""

    name: str = prop("The source's own name, such as a file's.")
    kind: SourceKind | None = prop(
        "What kind of source it is. GENERATED facts are not real.", read=word(SourceKind)
    )
    licence: str | None = prop("The licence its facts come under.")
    uri: str | None = prop("Where it can be found.")
    loaded_at: datetime | None = prop("When it was first loaded, in UTC.", read=moment)


findable("Source", SOURCES_BY_ID, node=False)
