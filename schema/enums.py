"""Enumerations of the catalogue. A word a source used that is not among them reads as OTHER."""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

import strawberry

E = TypeVar("E", bound=Enum)


def word(enum: type[E]) -> Callable[[str | None], E | None]:
    """Return how a stored word is read: OTHER for one not among the members, None for none."""
    members = enum.__members__
    other = members.get("OTHER")
    return lambda value: None if value is None else members.get(value, other)


def words_read(enum: type[E]) -> Callable[[list[str] | None], list[E]]:
    """Return how a stored list of words is read: each as `word` reads it."""
    members = enum.__members__
    other = members["OTHER"]
    return lambda values: [members.get(value, other) for value in values or ()]


def some(values: list[str] | None) -> list[str]:
    """Return a stored list; none is an empty one."""
    return values or []


@strawberry.enum(description="What kind of public persona an artist is.")
class ArtistType(Enum):
    """What kind of public persona an artist is."""

    PERSON = strawberry.enum_value("PERSON", description="One person.")
    GROUP = strawberry.enum_value("GROUP", description="Several people under one name.")
    ORCHESTRA = strawberry.enum_value("ORCHESTRA", description="An orchestra or large ensemble.")
    CHOIR = strawberry.enum_value("CHOIR", description="A choir.")
    CHARACTER = strawberry.enum_value("CHARACTER", description="A fictional character.")
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="Whether a party is a person or an organisation.")
class PartyKind(Enum):
    """Whether a party is a person or an organisation."""

    PERSON = strawberry.enum_value("PERSON", description="A natural person.")
    ORGANISATION = strawberry.enum_value(
        "ORGANISATION", description="A company, society or other body."
    )


@strawberry.enum(description="What kind of issue a release is.")
class ReleaseType(Enum):
    """What kind of issue a release is."""

    ALBUM = strawberry.enum_value("ALBUM", description="An album.")
    SINGLE = strawberry.enum_value("SINGLE", description="A single.")
    EP = strawberry.enum_value("EP", description="An extended play.")
    BROADCAST = strawberry.enum_value("BROADCAST", description="A broadcast.")
    COMPILATION = strawberry.enum_value("COMPILATION", description="A compilation.")
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="How official a release is.")
class ReleaseStatus(Enum):
    """How official a release is."""

    OFFICIAL = strawberry.enum_value("OFFICIAL", description="Issued by artist or label.")
    PROMOTION = strawberry.enum_value("PROMOTION", description="Given away before the issue.")
    BOOTLEG = strawberry.enum_value("BOOTLEG", description="Not sanctioned by artist or label.")
    PSEUDO_RELEASE = strawberry.enum_value(
        "PSEUDO_RELEASE", description="A translation or transliteration of a track list."
    )
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="Taken back after the issue.")
    CANCELLED = strawberry.enum_value("CANCELLED", description="Announced but never issued.")
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="What somebody did on a recording, release or work.")
class CreditRole(Enum):
    """What somebody did on a recording, release or work."""

    MAIN = strawberry.enum_value("MAIN", description="Named as the artist.")
    FEATURED = strawberry.enum_value("FEATURED", description="Named as a guest.")
    REMIXER = strawberry.enum_value("REMIXER", description="Made this remix.")
    PRODUCER = strawberry.enum_value("PRODUCER", description="Produced it.")
    ENGINEER = strawberry.enum_value("ENGINEER", description="Recorded or mastered it.")
    MIXER = strawberry.enum_value("MIXER", description="Mixed it.")
    PERFORMER = strawberry.enum_value("PERFORMER", description="Performed, not said how.")
    VOCALS = strawberry.enum_value("VOCALS", description="Sang or spoke.")
    INSTRUMENT = strawberry.enum_value("INSTRUMENT", description="Played an instrument.")
    ARRANGER = strawberry.enum_value("ARRANGER", description="Arranged it.")
    CONDUCTOR = strawberry.enum_value("CONDUCTOR", description="Conducted.")
    ORCHESTRA = strawberry.enum_value("ORCHESTRA", description="Played as an orchestra.")
    COMPOSER = strawberry.enum_value("COMPOSER", description="Composed the music (CISAC role C).")
    LYRICIST = strawberry.enum_value("LYRICIST", description="Wrote the words (CISAC role A).")
    WRITER = strawberry.enum_value(
        "WRITER", description="Wrote music or words, not said which (CISAC role CA)."
    )
    TRANSLATOR = strawberry.enum_value("TRANSLATOR", description="Translated the words.")
    PUBLISHER = strawberry.enum_value("PUBLISHER", description="Published it.")
    DJ_MIXER = strawberry.enum_value("DJ_MIXER", description="Mixed the tracks into one set.")
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")
