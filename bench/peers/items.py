"""The form in which answers are compared: items by name, each with its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

Fields: TypeAlias = "dict[str, Any]"
Items: TypeAlias = "dict[str, Fields]"
Reading: TypeAlias = "Callable[[Mapping[str, Any]], Items]"


def fields(things: Iterable[Mapping[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Return just these fields of each, in order."""
    return [tuple(thing[name] for name in names) for thing in things]


def by_place(page: str, things: Iterable[Fields]) -> Items:
    """Return rows whose order counts, named by their places."""
    return {f"{page} {place}": thing for place, thing in enumerate(things, 1)}


def links(links: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[tuple[Any, ...]]:
    """Return links with their identities, in an order of their own."""
    return sorted(
        (identity["scheme"], identity["value"], link["status"], link["confidence"])
        for link, identity in links
    )
