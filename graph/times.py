"""Instants as the engines tell them, made one kind."""

from datetime import UTC, datetime


def instant(text: str) -> datetime:
    """Return the UTC instant in an engine's text of it: fractions cut to µs, zone names dropped."""
    plain = text.partition("[")[0].removesuffix("Z")
    moment, _, fraction = plain.partition(".")
    return datetime.fromisoformat(f"{moment}.{fraction[:6]:0<6}").replace(tzinfo=UTC)
