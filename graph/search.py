"""Full-text candidates: things whose folded names may match a text, typos and accents forgiven."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph.client import Graph
from graph.engines import Dialect
from standards.text import fold

SEARCHED: Final = ("Artist", "Label", "Party", "Recording", "Release", "Work")
"""The labels that have a full-text index over `searchText`."""

_INDEX: Final[Mapping[Dialect, Mapping[str, str]]] = {
    Dialect.EMBEDDED: {label: f"{label}[searchText]" for label in SEARCHED},
    Dialect.NEO4J: {label: f"{label.lower()}_text" for label in SEARCHED},
}


def index_names(dialect: Dialect) -> Mapping[str, str]:
    """Return the full-text index of each label, as an engine calls it."""
    return _INDEX[dialect]


@dataclass(frozen=True, slots=True)
class SearchKey:
    """What to look for: a text, in which labels, and how many candidates of each."""

    text: str
    labels: tuple[str, ...]
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """A thing whose names share a word with the text, give or take two letters."""

    label: str
    id: str
    name: str
    name_key: str
    search_text: str


CANDIDATES: Final = """
UNWIND $indexes AS index
CALL (index) {
  CALL db.index.fulltext.queryNodes(index, $query) YIELD node, score
  WITH node, score WHERE node.retiredAt IS NULL
  RETURN node, score ORDER BY score DESC, node.id LIMIT $limit
}
RETURN collect({
  label: head(labels(node)), id: node.id, name: coalesce(node.name, node.title),
  name_key: node.sortKey, search_text: node.searchText
}) AS rows
"""

_WORD: Final = re.compile(r"\w+")
_ASCII_FUZZY_FROM = 4
_FUZZY_TWO_FROM = 8
_MOST_WORDS = 12
# So many names bear these that looking for them crowds out what the other words mean.
_COMMON: Final = frozenset({"a", "an", "and", "of", "the"})


def lucene_query(text: str) -> str:
    """Return the text as a Lucene query of its folded words, each as it is, as a prefix, or misspelt.

    Only word characters survive, so nothing that a caller types is Lucene syntax. Empty: no words.
    Articles and the like count only where nothing else is said.
    """
    clauses: list[str] = []
    words = [bare for word in _WORD.findall(fold(text)) if (bare := word.strip("_"))]
    telling = [word for word in words if word not in _COMMON]
    for bare in (telling or words)[:_MOST_WORDS]:
        if not bare.isascii():
            clauses.append(f"{bare}^4")
            continue
        clauses.extend((f"{bare}^4", f"{bare}*^2"))
        if len(bare) >= _FUZZY_TWO_FROM:
            clauses.append(f"{bare}~2")
        elif len(bare) >= _ASCII_FUZZY_FROM:
            clauses.append(f"{bare}~1")
    return " ".join(clauses)


async def candidates(graph: Graph, key: SearchKey) -> tuple[CandidateRow, ...]:
    """Return up to `key.limit` candidates of each label, best first by the engine's own lights."""
    query = lucene_query(key.text)
    if not query:
        return ()
    names = _INDEX[graph.dialect]
    found = await graph.read(
        "search",
        CANDIDATES,
        indexes=[names[label] for label in key.labels],
        query=query,
        limit=key.limit,
    )
    return tuple(CandidateRow(**row) for row in found)
