"""Territories: CISAC's dated tree (TIS) and exact set algebra over its countries."""

from __future__ import annotations

from standards.territories.sets import TerritorySet, countries, world
from standards.territories.tree import (
    WORLD,
    Territory,
    TerritoryKind,
    UnknownTerritory,
    territory,
)

__all__ = [
    "WORLD",
    "Territory",
    "TerritoryKind",
    "TerritorySet",
    "UnknownTerritory",
    "countries",
    "territory",
    "world",
]
