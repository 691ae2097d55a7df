"""Looking for facts in a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from graph.facts import ArtistFact, LabelFact, RecordingFact, ReleaseFact, WorkFact
from ingest.records import Record

_T = TypeVar("_T")


def of(record: Record, kind: type[_T]) -> list[_T]:
    """Return the record's facts of one kind, in order."""
    return [fact for fact in record.facts if isinstance(fact, kind)]


def names(records: Iterable[Record]) -> dict[str, str]:
    """Return the name or title of every thing by its id."""
    found: dict[str, str] = {}
    for record in records:
        for fact in record.facts:
            if isinstance(fact, ArtistFact | LabelFact):
                found[fact.id] = fact.name
            elif isinstance(fact, RecordingFact | ReleaseFact | WorkFact):
                found[fact.id] = fact.title
    return found


def rules(records: Iterable[Record]) -> list[tuple[int, Any]]:
    """Return the line and rule of every refusal."""
    return [(line, rule) for record in records for line, rule, _ in record.refused]
