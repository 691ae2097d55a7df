"""Reading what merges moved and set aside, and putting it where it belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final, LiteralString

from neo4j.time import DateTime

from graph.errors import CommandRefused
from graph.facts.merging import STANDING, TYPES, moving
from graph.facts.relations import BY_TRIPLE, Relation
from graph.merging.statements import (
    ASIDE,
    ASIDE_AT,
    DROP,
    KEEP,
    MAKE,
    MOVED,
    RELEASE,
    TREE,
)
from graph.merging.ties import MOVED_FROM, Aside, Tie, Tree

if TYPE_CHECKING:
    from graph.journal import Stage
    from graph.merging.parting import Move

MOST: Final = 20_000
"""The relationships of a thing that one merge moves."""
MOST_UNDONE: Final = 100_000
"""The relationships that one unmerge looks at."""
# Relationships of a type that one statement moves: an engine must end it within its time.
_PAGE: Final = 1_000
# Rows a statement, as where facts are stored.
_ROWS: Final = 1_000


async def tree_of(stage: Stage, survivor: str) -> Tree:
    """Return what was merged into a survivor."""
    rows: list[tuple[str, str]] = await stage.read("merged things", TREE, to=survivor)
    return Tree(survivor, dict(rows))


async def settle_within(stage: Stage, label: str, ids: Iterable[str]) -> None:
    """Move what still stands under merged ids to their survivors, as `graph.facts.merging.settle` does.

    Raises CommandRefused where that is more than one transaction moves.
    """
    asked = sorted(ids)
    left: dict[str, int] = {}
    while standing := await stage.read("merged things", STANDING[label], ids=asked):
        if sum(size for *_, size in standing) > MOST:
            raise CommandRefused(f"It has more than {MOST:,} relationships.", path=("id",))
        for merged, survivor, size in standing:
            if left.get(merged, size + 1) <= size:
                raise RuntimeError(f"{label} {merged} has relationships that nothing moves.")
            left[merged] = size
            parameters = {"from": merged, "to": survivor, "limit": _PAGE}
            types: list[str] = await stage.read("types", TYPES[label], id=merged)
            for text in moving(label, types):
                await stage.write("merge", text, **parameters)


async def ties_of(stage: Stage, label: str, tree: Tree, branch: Iterable[str]) -> list[Tie]:
    """Return what is kept aside at a tree and at its survivor, and what is visible and came through a branch.

    Raises CommandRefused where that is more than one transaction undoes.
    """
    limit, survivor = MOST_UNDONE + 1, tree.survivor
    moved: list[Sequence[Any]] = await stage.read(
        "moved relationships", MOVED[label], id=survivor, ids=sorted(branch), limit=limit
    )
    aside: list[Sequence[Any]] = await stage.read(
        "relationships aside", ASIDE, ids=sorted(tree.ids), limit=limit
    )
    aside += await stage.read("relationships aside", ASIDE_AT[label], id=survivor, limit=limit)
    if len(moved) + len(aside) > MOST_UNDONE:
        raise CommandRefused(
            "More was merged into its survivor than one unmerge looks at.", path=("id",)
        )
    found = [
        tree.visible(
            element,
            _relation(label, type_, its, outward=starts),
            _plain(properties),
            starts=starts,
            other=other,
        )
        for element, type_, starts, its, other, properties in moved
    ]
    for element, redirect, own, to, its, other, properties in {
        row[0]: row for row in aside
    }.values():
        relation = _relation(own, properties["relation"], its, outward=properties["outward"])
        found.append(
            tree.aside(element, relation, _plain(properties), redirect=redirect, to=to, other=other)
        )
    return found


def _relation(own: str, type_: str, other: str, *, outward: bool) -> Relation:
    return BY_TRIPLE[(own, type_, other) if outward else (other, type_, own)]


def _plain(properties: dict[str, Any]) -> dict[str, Any]:
    """Return properties as they were first written: the driver's instants would get a zone's name."""
    return {
        name: value.to_native().astimezone(UTC) if isinstance(value, DateTime) else value
        for name, value in properties.items()
    }


async def put(stage: Stage, moves: Sequence[Move]) -> None:
    """Take relationships from where they are and make them where they are to be."""
    rows: defaultdict[tuple[LiteralString, LiteralString], list[dict[str, Any]]] = defaultdict(list)
    for move in moves:
        text, row = _gone(move.before)
        rows["take up", text].append(row)
    for move in moves:
        text, row = _made(move.after)
        rows["put down", text].append(row)
    for (summary, text), every in rows.items():
        for start in range(0, len(every), _ROWS):
            await stage.write(summary, text, rows=every[start : start + _ROWS])


def _gone(tie: Tie) -> tuple[LiteralString, dict[str, Any]]:
    if tie.aside is None:
        start, end = (side.at for side in tie.sides)
        return DROP[_triple(tie)], {"start": start, "end": end, "element": tie.element}
    label, row = _kept(tie, tie.aside)
    return RELEASE[label], {**row, "element": tie.element}


def _made(tie: Tie) -> tuple[LiteralString, dict[str, Any]]:
    properties = dict(tie.properties)
    if moved := tie.moved_from:
        properties[MOVED_FROM] = moved
    if tie.aside is None:
        start, end = tie.ends
        return MAKE[_triple(tie)], {"start": start, "end": end, "properties": properties}
    label, row = _kept(tie, tie.aside)
    properties |= {"relation": tie.relation.type, "outward": tie.aside.side == 0}
    return KEEP[label], {**row, "properties": properties}


def _kept(tie: Tie, aside: Aside) -> tuple[str, dict[str, Any]]:
    """Return the label of the end that is not the redirect's, and where it is kept."""
    label = tie.relation.start if aside.side else tie.relation.end
    return label, {"redirect": aside.redirect, "other": tie.sides[1 - aside.side].at}


def _triple(tie: Tie) -> tuple[str, str, str]:
    return tie.relation.start, tie.relation.type, tie.relation.end
