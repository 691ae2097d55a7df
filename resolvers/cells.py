"""What ownership is asked of: cells, each a right in a country on a day, as known at an instant or now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Final, Self

from resolvers.errors import ArgumentInvalid, TooMany
from standards.territories import Territory, TerritoryKind, UnknownTerritory, territory

MOST_TERRITORIES: Final = 50
"""The territories of one matrix."""

RIGHTS_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "Recording": ("MASTER",),
    "Work": ("PR", "MR", "SR"),
}
"""The rights that there are in an asset, by its label."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What ownership is asked of: one right, in one country, on one day, as known at an instant or now."""

    right: str
    territory: Territory
    at: date
    known_at: datetime | None = None

    @cached_property
    def day(self) -> str:
        """The day as the graph has days: ISO 8601."""
        return self.at.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rights and countries asked about together; without rights, all that there are in an asset."""

    rights: tuple[str, ...] | None
    territories: tuple[Territory, ...]
    at: date
    known_at: datetime | None

    @classmethod
    def of(
        cls,
        rights: Sequence[str] | None,
        codes: Sequence[str],
        at: date | None,
        known_at: datetime | None,
    ) -> Self:
        """Return the matrix that is asked for; raise ArgumentInvalid or TooMany."""
        if len(codes) > MOST_TERRITORIES:
            raise TooMany("territories", f"must be at most {MOST_TERRITORIES}")
        return cls(
            rights=None if rights is None else tuple(dict.fromkeys(rights)),
            territories=tuple(country(code, "territories") for code in codes),
            at=at or date.today(),  # noqa: DTZ011 - a calendar day.
            known_at=in_utc(known_at),
        )

    def cells(self, label: str) -> list[Cell]:
        """Return the cells that are asked of an asset with a label, right by right."""
        return [
            Cell(right=right, territory=place, at=self.at, known_at=self.known_at)
            for right in (RIGHTS_IN[label] if self.rights is None else self.rights)
            for place in self.territories
        ]


def cell(right: str, code: str, at: date | None, known_at: datetime | None = None) -> Cell:
    """Return the cell asked for, today's where no day is given; raise ArgumentInvalid."""
    return Cell(
        right=right,
        territory=country(code),
        at=at or date.today(),  # noqa: DTZ011 - a calendar day.
        known_at=in_utc(known_at),
    )


def country(code: str, argument: str = "territory") -> Territory:
    """Return the country with a code; raise ArgumentInvalid, naming the argument."""
    try:
        found = territory(code)
    except UnknownTerritory as error:
        raise ArgumentInvalid(argument, str(error)) from error
    if found.kind is not TerritoryKind.COUNTRY:
        raise ArgumentInvalid(argument, "give a country: shares differ within a group")
    return found


def in_utc(moment: datetime | None) -> datetime | None:
    """Return an instant that may have come without its offset: it is UTC."""
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
