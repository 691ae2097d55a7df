"""Small values that several sources spell alike: words, dates, countries."""

from __future__ import annotations

import re
from typing import Final

_NOT_WORD: Final = re.compile(r"[^0-9A-Z]+")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# Codes in the form of ISO 3166-1 that stand for no country, or for none that still exists.
_NO_COUNTRY: Final = frozenset({"XW", "XE", "XU", "XG", "XC", "XX", "SU", "YU", "CS", "AN", "DD"})
_COUNTRY: Final = re.compile("[A-Z]{2}")


def word(text: str | None) -> str | None:
    """Return a kind as an upper-case word with underscores, or None for nothing."""
    return (_NOT_WORD.sub("_", text.upper()).strip("_") or None) if text else None


def date(text: str | None) -> str | None:
    """Return a date as precisely as it is known: 1999-03-00 is 1999-03; None where it is none."""
    match = _DATE.fullmatch(text.strip()) if text else None
    if match is None or match[1] == "0000":
        return None
    year, month, day = match.groups()
    if month is None or not "01" <= month <= "12":
        return year
    if day is None or not "01" <= day <= "31":
        return f"{year}-{month}"
    return f"{year}-{month}-{day}"


def country(text: str | None) -> str | None:
    """Return an ISO 3166-1 alpha-2 code, or None where the text is none of today's countries."""
    return text if text and _COUNTRY.fullmatch(text) and text not in _NO_COUNTRY else None
