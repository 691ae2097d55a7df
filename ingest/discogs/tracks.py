"""A release's track list: places, and which tracks a credit's text means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

_DISC: Final = re.compile(r"(?:[A-Za-z]+[ -]?)?(\d+)[-.]\S+")
_SIDE: Final = re.compile(r"([A-Z])\1*[.\d]*[a-z]?\s*")
_RANGE: Final = re.compile(r"\s+to\s+|\s+-\s+|\s*\N{EN DASH}\s*", re.IGNORECASE)
_DURATION: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One track and where it stands; `key` is distinct within the release."""

    key: str
    medium: int
    position: int
    number: str | None
    element: Element


def places(release: Element) -> list[Place]:
    """Return the tracks in order; headings are left out, and parts of a track stand for it."""
    found = list(_flat(release.iterfind("tracklist/track")))
    numbered = any((track.findtext("position") or "").strip() for track in found)
    counts: Counter[int] = Counter()
    seen: Counter[str] = Counter()
    result: list[Place] = []
    for track in found:
        number = (track.findtext("position") or "").strip()
        if numbered and not number and not (track.findtext("duration") or "").strip():
            continue
        medium = _medium(number)
        counts[medium] += 1
        key = number or f"#{len(result) + 1}"
        seen[key] += 1
        if seen[key] > 1:
            key = f"{key}#{seen[key]}"
        result.append(
            Place(
                key=key,
                medium=medium,
                position=counts[medium],
                number=number or None,
                element=track,
            )
        )
    return result


def _flat(tracks: Iterator[Element]) -> Iterator[Element]:
    for track in tracks:
        parts = track.findall("sub_tracks/track")
        yield from parts or [track]


def _medium(number: str) -> int:
    """Return the medium a number tells: 2-3 is on the second disc, C1 on the second record."""
    if disc := _DISC.fullmatch(number):
        return max(1, min(int(disc[1]), 999)) if "-" in number or "." not in number else 1
    if side := _SIDE.fullmatch(number):
        return (ord(side[1]) - ord("A")) // 2 + 1 if len(number.rstrip("0123456789. ")) == 1 else 1
    return 1


def meant(text: str, tracks: Sequence[Place]) -> list[Place] | None:
    """Return the tracks that a text like "A1 to A3, B2" names; None where it is not understood."""
    order = {place.number: at for at, place in enumerate(tracks) if place.number}
    found: dict[int, Place] = {}
    for part in text.split(","):
        ends = [end.strip() for end in _RANGE.split(part.strip())]
        if len(ends) > 2 or not all(end in order for end in ends):  # noqa: PLR2004 - from and to.
            return None
        for at in range(order[ends[0]], order[ends[-1]] + 1):
            found[at] = tracks[at]
    return list(found.values())


def milliseconds(duration: str | None) -> int | None:
    """Return a duration like 4:45 or 1:02:03 in milliseconds, or None where it is none."""
    match = _DURATION.fullmatch(duration.strip()) if duration else None
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000
