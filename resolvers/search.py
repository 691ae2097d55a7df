"""Search by name: the engine finds candidates, and one score, the same on both engines, ranks them."""

from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from graph.cursors import encode_cursor
from graph.search import SEARCHED, CandidateRow, SearchKey
from resolvers.context import Context
from resolvers.errors import ArgumentInvalid, TooMany
from resolvers.lists import Listed, Page, cursor_keys, page_size
from standards.text import fold

CANDIDATES = 200
LEAST_SCORE = 0.5
LONGEST_TEXT = 200
_ORDER = "SCORE"
_PLACES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A thing found; score 1 is its very name, accents and case set aside."""

    label: str
    id: str
    score: float


async def search(
    context: Context, text: str, labels: tuple[str, ...] | None, page: Page
) -> Listed[Hit]:
    """Return what bears a name like the text, best first; nothing for a text without words."""
    if len(text) > LONGEST_TEXT:
        raise TooMany("text", f"must be at most {LONGEST_TEXT} characters")
    if page.last is not None or page.before is not None:
        raise ArgumentInvalid("last", "search goes forward only: use first and after")
    limit, _ = page_size(page)
    after = cursor_keys("after", _ORDER, page.after, 2)
    hits = await _hits(context, text, SEARCHED if labels is None else tuple(sorted(labels)))
    keyed = [(_keys(hit), hit) for hit in hits]
    start = next((at for at, (keys, _) in enumerate(keyed) if after is None or keys > after), None)
    rest = keyed[start:] if start is not None else []

    async def total() -> int:
        return len(hits)

    return Listed(
        rows=tuple(hit for _, hit in rest[:limit]),
        cursors=tuple(encode_cursor(_ORDER, keys) for keys, _ in rest[:limit]),
        has_next=len(rest) > limit,
        has_previous=after is not None,
        total=total,
    )


def _keys(hit: Hit) -> tuple[Any, ...]:
    return (-hit.score, hit.id)


async def _hits(context: Context, text: str, labels: tuple[str, ...]) -> list[Hit]:
    folded = fold(text)
    key = SearchKey(text=text, labels=labels, limit=CANDIDATES)
    found = await context.loaders.search.candidates.load(key) or ()
    hits = [
        Hit(label=row.label, id=row.id, score=score)
        for row in found
        if (score := _score(folded, row)) >= LEAST_SCORE
    ]
    hits.sort(key=_keys)
    return hits


def _score(folded: str, row: CandidateRow) -> float:
    """Return how like the text a thing's name is, 0–1; a match on an alias alone counts less."""
    # An order key is the folded name, but for the letters it spells as code points.
    name = fold(row.name) if "{" in row.name_key else row.name_key
    by_name = max(
        fuzz.ratio(folded, name),
        0.95 * fuzz.token_sort_ratio(folded, name),
        0.85 * fuzz.token_set_ratio(folded, name),
    )
    by_alias = 0.9 * fuzz.partial_ratio(folded, row.search_text)
    if len(row.search_text) < len(folded):
        by_alias = 0.9 * fuzz.ratio(folded, row.search_text)
    return round(max(by_name, by_alias) / 100, _PLACES)
