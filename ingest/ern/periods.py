"""When deals hold: DDEX's periods as half-open days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from xml.etree.ElementTree import Element

from ingest.ern.reading import text
from ingest.reports import Refused, Rule

_DAY: Final = 10  # Characters of YYYY-MM-DD.


def periods(terms: Element) -> Iterator[tuple[str | None, str | None]]:
    """Yield each period that terms hold for as `[from, to)`; one without bounds where none is told."""
    told = terms.findall("ValidityPeriod")
    if not told:
        yield None, None
    for period in told:
        start = _day(text(period, "StartDate", "StartDateTime"))
        end = text(period, "EndDate", "EndDateTime")
        last = _day(end)
        if last is not None and not _at_midnight(end or ""):
            last = _day_after(last)
        yield start, last


def _day(said: str | None) -> str | None:
    """Return the day of a date, or of a time where it is; hours are finer than the graph."""
    if said is None:
        return None
    try:
        return date.fromisoformat(said[:_DAY]).isoformat()
    except ValueError:
        raise Refused(Rule.ERN_DATE, f"{said[:40]} is no date.") from None


def _at_midnight(end: str) -> bool:
    return end[_DAY:].startswith("T00:00:00")


def _day_after(day: str) -> str | None:
    """Return the day after the last one, which is a part of the period; None for the end of time."""
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except OverflowError:
        return None
