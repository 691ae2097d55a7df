"""Which rows of a list a client wants, and in which order: the catalogue's filters and orders."""

from enum import Enum
from typing import Any

import strawberry

from schema.connections import Direction
from schema.enums import ArtistType, PartyKind, ReleaseStatus, ReleaseType
from schema.fields import input_type, optional, prop
from schema.identifiers import IdentifierInput
from schema.ids import key_of

HOLDS_AT = "Only those whose period has this day."
KNOWN_AT = (
    "Only those that stood at this instant, told as they stood; all that were ever, unless told."
)

_DIRECTION = "Which way; ASC unless told."


def word_of(member: Any) -> Any:
    """Return the stored word of an enumeration's member, or None."""
    return member.value if member else None


def words(name: str, member: Enum | None) -> dict[str, Any]:
    """Return the filter of an enumeration: OTHER is every stored word that is not among its members."""
    if member is None or member.name != "OTHER":
        return {name: word_of(member)}
    names = tuple(each.name for each in type(member) if each is not member)
    return {f"{name}_not_in": names}


def pair_of(identifier: IdentifierInput | None) -> tuple[Any, str] | None:
    """Return scheme and value as a resolver takes them."""
    return (identifier.scheme.value, identifier.value) if identifier else None


@strawberry.enum(description="What artists and labels can be ordered by.")
class NameOrderField(Enum):
    """What artists and labels can be ordered by."""

    NAME = strawberry.enum_value("NAME", description="The name, accents and case set aside.")
    BEGIN_YEAR = strawberry.enum_value(
        "BEGIN_YEAR", description="The year of birth or founding; unknown ones last."
    )


@input_type
class ArtistOrder:
    """An order of artists."""

    field: NameOrderField = prop("By what.")
    direction: Direction = optional(_DIRECTION, Direction.ASC)


@input_type
class ArtistFilter:
    """Which artists; every condition given must hold."""

    name_starts_with: str | None = optional("The name begins so, accents and case set aside.")
    type: ArtistType | None = optional("Of this type.")
    country: str | None = optional("Of this country: ISO 3166-1 alpha-2.")
    identifier: IdentifierInput | None = optional("Bearing this identifier, validly.")

    def values(self) -> dict[str, Any]:
        """Return the filter as the list takes it."""
        return {
            "name_prefix": self.name_starts_with,
            **words("type", self.type),
            "country": self.country,
            "identifier": pair_of(self.identifier),
        }


@strawberry.enum(description="What recordings and releases can be ordered by.")
class TitleOrderField(Enum):
    """What recordings and releases can be ordered by."""

    TITLE = strawberry.enum_value("TITLE", description="The title, accents and case set aside.")
    YEAR = strawberry.enum_value("YEAR", description="The year of issue; unknown ones last.")


@input_type
class RecordingOrder:
    """An order of recordings."""

    field: TitleOrderField = prop("By what.")
    direction: Direction = optional(_DIRECTION, Direction.ASC)


@input_type
class RecordingFilter:
    """Which recordings; every condition given must hold."""

    title_starts_with: str | None = optional("The title begins so, accents and case set aside.")
    year_from: int | None = optional("First released in this year or later.")
    year_to: int | None = optional("First released in this year or earlier.")
    identifier: IdentifierInput | None = optional(
        "Bearing this identifier, validly: several recordings may bear one ISRC."
    )

    def values(self) -> dict[str, Any]:
        """Return the filter as the list takes it."""
        return {
            "title_prefix": self.title_starts_with,
            "year_from": self.year_from,
            "year_to": self.year_to,
            "identifier": pair_of(self.identifier),
        }


@input_type
class ReleaseOrder:
    """An order of releases."""

    field: TitleOrderField = prop("By what.")
    direction: Direction = optional(_DIRECTION, Direction.ASC)


@input_type
class ReleaseFilter:
    """Which releases; every condition given must hold."""

    title_starts_with: str | None = optional("The title begins so, accents and case set aside.")
    type: ReleaseType | None = optional("Of this type.")
    status: ReleaseStatus | None = optional("Of this status.")
    country: str | None = optional("Issued in this country: ISO 3166-1 alpha-2.")
    year_from: int | None = optional("Issued in this year or later.")
    year_to: int | None = optional("Issued in this year or earlier.")
    label_id: strawberry.ID | None = optional("Issued on the label with this global id.")
    identifier: IdentifierInput | None = optional("Bearing this identifier, such as a barcode.")

    def values(self) -> dict[str, Any]:
        """Return the filter as the list takes it."""
        return {
            "title_prefix": self.title_starts_with,
            **words("type", self.type),
            **words("status", self.status),
            "country": self.country,
            "year_from": self.year_from,
            "year_to": self.year_to,
            "label_id": None
            if self.label_id is None
            else key_of("Label", self.label_id, "labelId"),
            "identifier": pair_of(self.identifier),
        }


@strawberry.enum(description="What works can be ordered by.")
class WorkOrderField(Enum):
    """What works can be ordered by."""

    TITLE = strawberry.enum_value("TITLE", description="The title, accents and case set aside.")


@input_type
class WorkOrder:
    """An order of works."""

    field: WorkOrderField = optional("By what; the title unless told.", WorkOrderField.TITLE)
    direction: Direction = optional(_DIRECTION, Direction.ASC)


@input_type
class WorkFilter:
    """Which works; every condition given must hold."""

    title_starts_with: str | None = optional("The title begins so, accents and case set aside.")
    type: str | None = optional("Of this type, such as SONG.")
    language: str | None = optional("With words in this language: ISO 639-3.")
    identifier: IdentifierInput | None = optional("Bearing this identifier, such as an ISWC.")

    def values(self) -> dict[str, Any]:
        """Return the filter as the list takes it."""
        return {
            "title_prefix": self.title_starts_with,
            "type": self.type,
            "language": self.language,
            "identifier": pair_of(self.identifier),
        }


@input_type
class LabelOrder:
    """An order of labels."""

    field: NameOrderField = prop("By what.")
    direction: Direction = optional(_DIRECTION, Direction.ASC)


@input_type
class LabelFilter:
    """Which labels; every condition given must hold."""

    name_starts_with: str | None = optional("The name begins so, accents and case set aside.")
    type: str | None = optional("Of this type, such as ORIGINAL_PRODUCTION.")
    country: str | None = optional("Of this country: ISO 3166-1 alpha-2.")
    identifier: IdentifierInput | None = optional("Bearing this identifier, such as a label code.")

    def values(self) -> dict[str, Any]:
        """Return the filter as the list takes it."""
        return {
            "name_prefix": self.name_starts_with,
            "type": self.type,
            "country": self.country,
            "identifier": pair_of(self.identifier),
        }


@strawberry.enum(description="What parties can be ordered by.")
class PartyOrderField(Enum):
    """What parties can be ordered by."""

    NAME = strawberry.enum_value("NAME", description="The name, accents and case set aside.")


@input_type
class PartyOrder:
    """An order of parties."""

    field: PartyOrderField = optional("By what; the name unless told.", PartyOrderField.NAME)
    direction: Direction = optional(_DIRECTION, Direction.ASC)


@input_type
class PartyFilter:
    """Which parties; every condition given must hold."""

    name_starts_with: str | None = optional("The name begins so, accents and case set aside.")
    kind: PartyKind | None = optional("Persons only, or organisations only.")
    country: str | None = optional("Of this country: ISO 3166-1 alpha-2.")
    identifier: IdentifierInput | None = optional("Bearing this identifier, such as an IPI.")

    def values(self) -> dict[str, Any]:
        """Return the filter as the list takes it."""
        return {
            "name_prefix": self.name_starts_with,
            "kind": word_of(self.kind),
            "country": self.country,
            "identifier": pair_of(self.identifier),
        }


def values_of(given: Any) -> dict[str, Any]:
    """Return a filter's values, or none for no filter."""
    return given.values() if given else {}
