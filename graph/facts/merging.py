"""A merged thing's relationships move to its survivor, and its node goes.

Everything needed to undo a merge stays: a moved relationship names the ids it stood at before
(`movedFrom`, the last one last); one that the survivor has already, or that would tie it to itself,
is kept aside as `(Redirect)-[:HAD {relation, outward, …}]->(other)`; the redirect takes over the
node's properties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Any, Final, LiteralString

from graph.client import Graph, Statement
from graph.facts.relations import RELATIONS, Relation

# Relationships of one type that one transaction moves: an engine must end it within its time.
_PAGE: Final = 1000
_PATIENCE_SECONDS: Final = 30.0
# What a redirect keeps aside.
_ASIDE: Final = "HAD"


def _move(relation: Relation, label: LiteralString, *, outward: bool) -> Iterator[LiteralString]:
    """Yield the statements that move relationships of one type and way."""
    other: LiteralString = relation.end if outward else relation.start
    if relation.ordered:  # It may have to turn round.
        yield _moved(relation, label, other, "other.id >= $to", outward=outward, onward=True)
        yield _moved(relation, label, other, "other.id < $to", outward=outward, onward=False)
    else:
        yield _moved(relation, label, other, "true", outward=outward, onward=outward)


def _moved(  # noqa: PLR0913 - what is moved, and which way it runs before and after.
    relation: Relation,
    label: LiteralString,
    other: LiteralString,
    which: LiteralString,
    *,
    outward: bool,
    onward: bool,
) -> LiteralString:
    before = _way("merged", "found:" + relation.type, "other:" + other, outward=outward)
    match = _stands(relation, onward=onward)
    make = _way("survivor", "moved:" + relation.type, "other", outward=onward)
    way: LiteralString = "true" if outward else "false"
    return f"""
MATCH (merged:{label} {{id: $from}})
MATCH {before}
WHERE {which}
WITH found, other LIMIT $limit
MATCH (survivor:{label} {{id: $to}})
MATCH (redirect:Redirect {{id: $from}})
OPTIONAL MATCH {match}{relation.same("stands", "found")}
WITH found, other, survivor, redirect, properties(found) AS known,
  count(stands) > 0 OR other.id IN [$from, $to] AS aside
FOREACH (each IN CASE WHEN aside THEN [] ELSE [1] END |
  CREATE {make}
  SET moved = known, moved.movedFrom = coalesce(known.movedFrom, []) + $from)
FOREACH (each IN CASE WHEN aside THEN [1] ELSE [] END |
  CREATE (redirect)-[had:HAD]->(other)
  SET had = known, had.relation = '{relation.type}', had.outward = {way})
DELETE found
"""


def _stands(relation: Relation, *, onward: bool) -> LiteralString:
    """Return the pattern of those of the survivor, from the side that bears few: an engine walks it so."""
    if onward == relation.ends_bear_few:
        return _way("other", "stands:" + relation.type, "survivor", outward=not onward)
    return _way("survivor", "stands:" + relation.type, "other", outward=onward)


def _way(
    start: LiteralString, relation: LiteralString, end: LiteralString, *, outward: bool
) -> LiteralString:
    if outward:
        return f"({start})-[{relation}]->({end})"
    return f"({start})<-[{relation}]-({end})"


def _moves(label: LiteralString) -> Mapping[str, tuple[LiteralString, ...]]:
    """Return the statements that move a page of relationships, by their type."""
    found: dict[str, list[LiteralString]] = {}
    for relation in RELATIONS:
        texts = found.setdefault(relation.type, [])
        if relation.start == label:
            texts.extend(_move(relation, label, outward=True))
        if relation.end == label:
            texts.extend(_move(relation, label, outward=False))
    # What earlier merges keep aside is at the survivor's end from now on.
    found[_ASIDE] = [
        f"""
MATCH (merged:{label} {{id: $from}})
MATCH (merged)<-[found:HAD]-(redirect:Redirect)
WITH found, redirect LIMIT $limit
MATCH (survivor:{label} {{id: $to}})
CREATE (redirect)-[moved:HAD]->(survivor)
SET moved = properties(found), moved.movedFrom = coalesce(found.movedFrom, []) + $from
DELETE found
"""
    ]
    return MappingProxyType({type_: tuple(texts) for type_, texts in found.items() if texts})


def _end(label: LiteralString) -> tuple[LiteralString, ...]:
    """Return the statements that end a node without relationships, and its mark where it was retired."""
    return (
        f"""
MATCH (merged:{label} {{id: $from}})
WHERE NOT EXISTS {{ (merged)--() }}
MATCH (:{label} {{id: $to}})
MATCH (redirect:Redirect {{id: $from}})
WITH merged, redirect, properties(merged) AS known,
  redirect.sourceId AS sourceId, redirect.recordedAt AS recordedAt
SET redirect += known
SET redirect.sourceId = sourceId, redirect.recordedAt = recordedAt,
  redirect.hadSourceId = known.sourceId, redirect.hadRecordedAt = known.recordedAt
DELETE merged
""",
        f"""
MATCH (mark:Retired {{id: $from}})
WHERE NOT EXISTS {{ MATCH (:{label} {{id: $from}}) }}
DELETE mark
""",
    )


def _standing(label: LiteralString) -> LiteralString:
    return f"""
UNWIND $ids AS key
MATCH (redirect:Redirect {{id: key}})
MATCH (merged:{label} {{id: key}})
MATCH (survivor:{label} {{id: redirect.to}})
RETURN collect([key, survivor.id, COUNT {{ (merged)--() }}]) AS rows
"""


def _types(label: LiteralString) -> LiteralString:
    return f"""
OPTIONAL MATCH (:{label} {{id: $id}})-[found]-()
RETURN collect(DISTINCT type(found)) AS rows
"""


LABELS: Final[tuple[LiteralString, ...]] = (
    "Artist",
    "Recording",
    "Work",
    "Release",
    "Label",
    "Party",
)
"""The labels whose things can be merged."""

# Label → type of relationship → statements.
MOVES: Final[Mapping[str, Mapping[str, tuple[LiteralString, ...]]]] = MappingProxyType(
    {label: _moves(label) for label in LABELS}
)
ENDS: Final[Mapping[str, tuple[LiteralString, ...]]] = MappingProxyType(
    {label: _end(label) for label in LABELS}
)
STANDING: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _standing(label) for label in LABELS}
)
TYPES: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _types(label) for label in LABELS}
)


AWAITING: Final = """
UNWIND $ids AS key
MATCH (redirect:Redirect {to: key})
RETURN collect([redirect.label, redirect.id]) AS rows
"""


async def awaiting(graph: Graph, ids: Iterable[str]) -> set[tuple[str, str]]:
    """Return the label and id of each thing that was merged into one of these."""
    found = await graph.read("awaiting survivors", AWAITING, ids=sorted(set(ids)))
    return {(label, merged) for label, merged in found}


async def settle(graph: Graph, label: str, ids: Iterable[str]) -> None:
    """Move what still stands under merged ids to their survivors, page by page.

    Nothing happens where a survivor is not stored: `awaiting` finds what to move when it is. Safe to
    repeat, also after a part was done.
    """
    asked = list(dict.fromkeys(ids))
    left: dict[str, int] = {}
    while standing := await graph.read("merged things", STANDING[label], ids=asked):
        for merged, survivor, size in standing:
            if left.get(merged, size + 1) <= size:
                raise RuntimeError(f"{label} {merged} has relationships that nothing moves.")
            left[merged] = size
            types: list[str] = await graph.read("types", TYPES[label], id=merged)
            page = _page(label, types, {"from": merged, "to": survivor, "limit": _PAGE})
            await graph.write("merge", page, patience=_PATIENCE_SECONDS)


def _page(label: str, types: Iterable[str], parameters: dict[str, Any]) -> list[Statement]:
    return [(text, parameters) for text in moving(label, types)]


def moving(label: str, types: Iterable[str]) -> Iterator[LiteralString]:
    """Yield the statements that move a page of a thing's relationships of some types, and end its node."""
    moves = MOVES[label]
    # What ties a thing to itself is set aside at the thing that is about to go: those are always moved.
    stated = (each for each in types if each != _ASIDE)
    yield from chain.from_iterable(moves.get(each, ()) for each in (*stated, _ASIDE))
    yield from ENDS[label]
