"""What things were: their properties as they are now, and the changes that led there, for going back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, LiteralString

from graph import things

if TYPE_CHECKING:
    from graph.client import Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterChange:
    """A change after the instant asked for; `details` is JSON, or null once erased."""

    at: str
    action: str
    version: int
    details: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRows:
    """A thing's properties now, and its changes after an instant, the newest first."""

    properties: Mapping[str, Any]
    later: Sequence[LaterChange]


# Instants as records have them: an engine's own are not told alike by both.
_PROPERTIES: Final[LiteralString] = (
    "thing {.*, recordedAt: null, retiredAt: toString(thing.retiredAt)}"
)

HISTORIES: Final[Mapping[str, LiteralString]] = {
    label: f"""{start}
CALL (thing) {{
  OPTIONAL MATCH (change:Change {{subject: thing.id}})
  WHERE change.at > $at
  WITH change ORDER BY change.sequence DESC
  RETURN collect([change.at, change.action, change.version, change.details]) AS later
}}
RETURN collect([key, {_PROPERTIES}, later]) AS rows"""
    for label, start in things.START.items()
}


async def histories(
    graph: Graph, label: str, ids: Sequence[str], at: str
) -> dict[str, HistoryRows]:
    """Return what it takes to go back to an instant, as records have it, by id; a missing id is absent."""
    rows = await graph.read("histories", HISTORIES[label], ids=list(ids), at=at)
    return {
        key: HistoryRows(
            properties=properties,
            later=[
                LaterChange(at=each[0], action=each[1], version=each[2], details=each[3])
                for each in later
                if each[0] is not None
            ],
        )
        for key, properties, later in rows
    }
