"""Days as the graph keeps them, made dates; and what clients read of dates."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from strawberry.schema.types.base_scalars import (
    DateDefinition,
    DateTimeDefinition,
    wrap_parser,
)
from strawberry.types.scalar import ScalarDefinition

from graph.times import instant


def _given(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("Give a day that there is, as YYYY-MM-DD.") from None


SCALARS: Final[Mapping[object, ScalarDefinition]] = {
    date: replace(
        DateDefinition,
        description="A day, as ISO 8601 has it: YYYY-MM-DD.",
        parse_value=wrap_parser(_given, "Date"),
    ),
    datetime: replace(
        DateTimeDefinition,
        description="A moment in UTC, as RFC 3339 has it: YYYY-MM-DDThh:mm:ss+00:00, "
        "with up to six digits of a second's fraction.",
    ),
}


def day(text: str | None) -> date | None:
    """Return the date in YYYY-MM-DD text, or None."""
    return date.fromisoformat(text) if text else None


def moment(text: str | None) -> datetime | None:
    """Return the UTC instant in an engine's text, or None."""
    return instant(text) if text else None
