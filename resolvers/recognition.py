"""Whose is this? Unknown content matched to what is known, each candidate scored and explained.

An identifier comes first; then title, artists and duration together. A name alone is never enough.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz

from graph.recognition import RecognisedRow
from resolvers.context import Context
from resolvers.errors import ArgumentInvalid, TooMany
from resolvers.lists import identifier_key
from standards.text import fold

MOST_CONTENTS: Final = 50
MOST_IDENTIFIERS: Final = 10
MOST_ARTISTS: Final = 20
LONGEST_TEXT: Final = 200

_BORNE: Final = 0.95
_ONE_PROOF: Final = 0.75
_TWO_PROOFS: Final = 0.9
_ALIKE: Final = 0.8
_OTHER: Final = 0.5
_WEIGHTS: Final = {"title": 0.5, "artists": 0.3, "duration": 0.2}
_NEAR: Final = ((2_000, 1.0), (5_000, 0.7), (10_000, 0.3))
_CLOSE: Final = 0.7
_PLACES: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is known of content: schemes and values of identifiers, or a title and what goes with it."""

    identifiers: tuple[tuple[Any, str], ...] = ()
    title: str | None = None
    artists: tuple[str, ...] = ()
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What content may be; the score is a ranking from 0 to 1, not a probability."""

    label: str
    id: str
    score: float
    reasons: tuple[str, ...]


async def recognised(
    context: Context, contents: Sequence[Content]
) -> list[list[Candidate] | Exception]:
    """Return the candidates of each content, best first, or what is wrong with it in its place."""
    if len(contents) > MOST_CONTENTS:
        raise TooMany("contents", f"must be at most {MOST_CONTENTS}")
    found = await asyncio.gather(
        *(_recognised(context, each) for each in contents), return_exceptions=True
    )
    return [_told(each) for each in found]


def _told(found: list[Candidate] | BaseException) -> list[Candidate] | Exception:
    if isinstance(found, BaseException) and not isinstance(found, Exception):
        raise found
    return found


async def _recognised(context: Context, content: Content) -> list[Candidate]:
    _check(content)
    keys = {
        identifier_key(scheme, value, "contents"): value for scheme, value in content.identifiers
    }
    load = context.loaders.search.by_identifier.load
    borne = await asyncio.gather(*(load(key) for key in keys))
    best: dict[tuple[str, str], Candidate] = {}
    for key, rows in zip(keys, borne, strict=True):
        for row in rows or ():
            _keep(best, _by_identifier(content, key, row, len(rows or ())))
    if content.title is not None:
        for row in await context.loaders.search.by_title.load(content.title) or ():
            candidate = _by_likeness(content, content.title, row)
            if candidate is not None:
                _keep(best, candidate)
    return sorted(best.values(), key=lambda each: (-each.score, each.label, each.id))


def _check(content: Content) -> None:
    if not content.identifiers and content.title is None:
        raise ArgumentInvalid("contents", "give identifiers, or a title with artists or a duration")
    if not content.identifiers and not content.artists and content.duration_ms is None:
        raise ArgumentInvalid("contents", "a title alone proves nothing: add artists or a duration")
    if len(content.identifiers) > MOST_IDENTIFIERS or len(content.artists) > MOST_ARTISTS:
        raise TooMany(
            "contents", f"at most {MOST_IDENTIFIERS} identifiers and {MOST_ARTISTS} artists each"
        )
    if any(len(text) > LONGEST_TEXT for text in (content.title or "", *content.artists)):
        raise TooMany("contents", f"names must be at most {LONGEST_TEXT} characters")


def _keep(best: dict[tuple[str, str], Candidate], candidate: Candidate) -> None:
    known = best.get((candidate.label, candidate.id))
    if known is None or candidate.score > known.score:
        best[candidate.label, candidate.id] = candidate


def _by_identifier(content: Content, key: str, row: RecognisedRow, bearers: int) -> Candidate:
    score = _BORNE
    reasons = [f"It bears {key.replace(':', ' ', 1)}."]
    if bearers > 1:
        score -= 0.1
        reasons.append("So does 1 other." if bearers == 2 else f"So do {bearers - 1} others.")  # noqa: PLR2004
    if content.title is not None and _title(content.title, row) < _OTHER:
        score -= 0.25
        reasons.append("Its title is another.")
    likeness = _duration(content, row)
    if likeness == 0:
        score -= 0.15
        reasons.append("Its length is another.")
    return Candidate(
        label=row.label, id=row.id, score=round(score, _PLACES), reasons=tuple(reasons)
    )


def _by_likeness(content: Content, title: str, row: RecognisedRow) -> Candidate | None:
    """Return a candidate by title, and by artists or duration: by one of them at least."""
    alike = _title(title, row)
    whose, artists = _makers(content, row)
    duration = _duration(content, row)
    if alike < _ALIKE or (artists is not None and artists < _OTHER) or duration == 0:
        return None
    proofs = (artists or 0) >= _ALIKE, (duration or 0) >= _CLOSE
    if not any(proofs):
        return None
    told = {"title": alike, "artists": artists, "duration": duration}
    known = {name: value for name, value in told.items() if value is not None}
    weight = sum(_WEIGHTS[name] for name in known)
    score = sum(_WEIGHTS[name] * value for name, value in known.items()) / weight
    score *= _TWO_PROOFS if all(proofs) else _ONE_PROOF
    return Candidate(
        label=row.label,
        id=row.id,
        score=round(score, _PLACES),
        reasons=tuple(_likeness(known, whose)),
    )


def _likeness(known: dict[str, float], whose: str) -> Iterator[str]:
    words = {
        "title": "Its title is {:.0%} alike.",
        "artists": f"Its {whose} are {{:.0%}} alike.",
        "duration": "Its length fits to {:.0%}.",
    }
    for name, value in known.items():
        yield words[name].format(value)


def _title(title: str, row: RecognisedRow) -> float:
    """Return how like a title is: the very one, or another it is found under, which counts less."""
    asked = fold(title)
    by_title = fuzz.ratio(asked, fold(str(row.title)))
    by_alias = 0.9 * fuzz.partial_ratio(asked, str(row.search_text)) if asked else 0
    if len(str(row.search_text)) < len(asked):
        by_alias = 0.0
    return max(by_title, by_alias) / 100


def _makers(content: Content, row: RecognisedRow) -> tuple[str, float | None]:
    """Return how like those who made it are, each to the one most like it, and as what they are known.

    None where one side is not known.
    """
    artists, writers = _alike(content, row.artists), _alike(content, row.writers)
    found = [max(pair) for pair in zip(artists, writers, strict=True)]
    if not found or not any([*row.artists, *row.writers]):
        return "artists", None
    by_artists, by_writers = artists == found, writers == found
    whose = "artists" if by_artists else "writers" if by_writers else "artists and writers"
    return whose, sum(found) / len(found) / 100


def _alike(content: Content, known: Sequence[str]) -> list[float]:
    """Return how like each artist of the content is to the one of those known that is most like it."""
    names = [str(each) for each in known if each]
    return [
        max((fuzz.token_sort_ratio(fold(each), other) for other in names), default=0.0)
        for each in content.artists
    ]


def _duration(content: Content, row: RecognisedRow) -> float | None:
    """Return how well the lengths fit: 0 is not at all; None where one of them is not known."""
    if content.duration_ms is None or not isinstance(row.length_ms, int):
        return None
    apart = abs(content.duration_ms - row.length_ms)
    return next((fit for most, fit in _NEAR if apart <= most), 0.0)
