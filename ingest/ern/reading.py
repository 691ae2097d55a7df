"""What elements say, in whichever version's way: texts, titles, lengths, moments, rights lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element

WORLDWIDE: Final = "Worldwide"

_DURATION: Final = re.compile(
    r"P(?:(?P<days>\d{1,5})D)?(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,6})M)?"
    r"(?:(?P<seconds>\d{1,7}(?:\.\d+)?)S)?)?"
)
_LONGEST_MS: Final = 2**31 - 1

Elements = Sequence[Element]


def text(elements: Element | Elements, *paths: str) -> str | None:
    """Return the first text there is at one of the paths, those first named first; None for none."""
    for path in paths:
        for element in (elements,) if isinstance(elements, Element) else elements:
            for found in element.iterfind(path):
                said = " ".join((found.text or "").split())
                if said:
                    return said
    return None


def described(element: Element, tag: str) -> Elements:
    """Return an element and, where version 3 describes it by territory, its description for the world.

    Where none is for the world it is the first.
    """
    details = element.findall(tag)
    for each in details:
        if text(each, "TerritoryCode") == WORLDWIDE:
            return (element, each)
    return (element, *details[:1])


def title(elements: Elements) -> str | None:
    """Return the title of a resource or a release, its subtitle in brackets."""
    for path in ("DisplayTitleText", "ReferenceTitle", "DisplayTitle", "Title"):
        for element in elements:
            for found in element.iterfind(path):
                said = text(found, "TitleText") or text(found, ".")
                if said:
                    below = text(found, "SubTitle")
                    return f"{said} ({below})" if below else said
    return None


def milliseconds(duration: str | None) -> int | None:
    """Return the length that an ISO 8601 duration says; None where it says none."""
    match = _DURATION.fullmatch(duration) if duration else None
    if match is None or not any(match.groups()):
        return None
    part = {name: float(value) if value else 0.0 for name, value in match.groupdict().items()}
    minutes = (part["days"] * 24 + part["hours"]) * 60 + part["minutes"]
    found = round((minutes * 60 + part["seconds"]) * 1000)
    return found if found <= _LONGEST_MS else None


def moment(said: str | None) -> datetime | None:
    """Return the instant that a date and time say, in UTC where no zone is told; None for none."""
    try:
        found = datetime.fromisoformat(said) if said else None
    except ValueError:
        return None
    if found is None:
        return None
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:
        return None


def line(elements: Elements, tag: str) -> str | None:
    """Return a ℗ or © line as it would be printed, its year first."""
    for element in elements:
        for found in element.iterfind(tag):
            said = text(found, f"{tag}Text", f"{tag}Company")
            year = text(found, "Year")
            if said and year and year not in said:
                return f"{year} {said}"
            if said or year:
                return said or year
    return None


def unread(elements: Elements, known: Collection[str], kind: str) -> Iterator[str]:
    """Yield the names of what elements hold and nobody reads, as reports count them."""
    for element in elements:
        for child in element:
            if child.tag not in known:
                yield f"{kind}: {child.tag}"


def count(unmapped: Counter[str], elements: Elements, known: Collection[str], kind: str) -> None:
    """Count what elements hold and nobody reads."""
    unmapped.update(unread(elements, known, kind))
