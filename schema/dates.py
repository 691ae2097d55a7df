"""Days as the graph keeps them, made dates."""

from datetime import date


def day(text: str | None) -> date | None:
    """Return the date in YYYY-MM-DD text, or None."""
    return date.fromisoformat(text) if text else None
