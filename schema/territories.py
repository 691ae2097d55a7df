"""Territories as clients see them: CISAC's TIS tree, ISO codes for countries."""

from collections.abc import Sequence
from typing import Self

import strawberry

from schema.fields import computed, object_type, prop
from standards.territories import WORLD, TerritoryKind, territory
from standards.territories import Territory as TisTerritory
from standards.territories import TerritorySet as TisTerritorySet


@object_type
class Territory:
    """A territory of CISAC's Territory Information System."""

    code: str = prop("ISO 3166-1 alpha-2 for a country, the TIS number for a group.")
    tis: int = prop("The TIS number.")
    name: str = prop("Its English name.")
    is_country: bool = prop("Whether it is a country; else a group of countries.")

    @classmethod
    def from_standard(cls, found: TisTerritory) -> Self:
        """Make the type of a territory."""
        return cls(
            code=found.code,
            tis=found.tis,
            name=found.name,
            is_country=found.kind is TerritoryKind.COUNTRY,
        )


@object_type
class TerritoryScope:
    """Where something applies: what is included, less what is excluded."""

    includes: list[Territory] = prop("What is included.")
    excludes: list[Territory] = prop("What is taken out again.")
    set: strawberry.Private[TisTerritorySet]

    @computed
    def description(self) -> str:
        """The scope in words, such as "World except United States"."""
        return self.set.describe()

    @computed
    def country_count(self) -> int:
        """How many countries it comes to."""
        return len(self.set.countries)

    @classmethod
    def of(cls, includes: Sequence[str] | None, excludes: Sequence[str] | None) -> Self:
        """Make the scope of stored codes; where nothing is included the world is."""
        includes = includes or [str(WORLD)]
        return cls(
            includes=[Territory.from_standard(territory(code)) for code in includes],
            excludes=[Territory.from_standard(territory(code)) for code in excludes or ()],
            set=TisTerritorySet.parse(include=includes, exclude=excludes or ()),
        )
