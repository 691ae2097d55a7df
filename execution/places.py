"""Places in an answer, as a plan knows them: which keys lead there, and which of them may be null."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from graphql import GraphQLList, GraphQLNonNull


@dataclass(frozen=True, slots=True)
class Place:
    """A field, or an item of a list (without a key), in the field or item around it."""

    around: Place | None
    key: str | None
    nullable: bool

    @property
    def name(self) -> str:
        """The keys that lead here, with dots between."""
        outer = self.around.name if self.around else ""
        return ".".join(filter(None, (outer, self.key)))

    @property
    def cut(self) -> int | None:
        """How many places, from here outwards, a null takes with it; None for all there is."""
        place: Place | None = self
        count = 0
        while place is not None:
            if place.nullable:
                return count
            place = place.around
            count += 1
        return None


def place_of(around: Place | None, key: str, type_: Any) -> Place:
    """Return the place of a field of the type."""
    return Place(around, key, not isinstance(type_, GraphQLNonNull))


def items_of(place: Place, type_: Any) -> Place:
    """Return the place of the objects in a field: its own, or its lists' items'."""
    if isinstance(type_, GraphQLNonNull):
        return items_of(place, cast("Any", type_).of_type)
    if isinstance(type_, GraphQLList):
        item = cast("Any", type_).of_type
        return items_of(Place(place, None, not isinstance(item, GraphQLNonNull)), item)
    return place
