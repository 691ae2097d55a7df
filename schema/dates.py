"""Days as the graph keeps them, made dates."""

from datetime import date, datetime

from graph.times import instant


def day(text: str | None) -> date | None:
    """Return the date in YYYY-MM-DD text, or None."""
    return date.fromisoformat(text) if text else None


def moment(text: str | None) -> datetime | None:
    """Return the UTC instant in an engine's text, or None."""
    return instant(text) if text else None
