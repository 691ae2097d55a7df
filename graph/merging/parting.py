"""Where relationships belong once a merged thing is itself again, with what came through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.merging.ties import Side

if TYPE_CHECKING:
    from graph.merging.ties import Tie, Tree


class Move(NamedTuple):
    """A relationship as it is, and as it is to be."""

    before: Tie
    after: Tie


def parted(ties: Iterable[Tie], tree: Tree, thing: str) -> list[Move]:
    """Return what changes of relationships when a merged thing leaves its tree.

    `ties` are all that are kept aside at the tree's redirects and at its survivor, and the survivor's visible
    ones that came through the thing. Of those that a pair of things would have twice one is visible: the one
    that is, else the one stated between the two, else one that was moved the least.
    """
    branch = tree.branch(thing)
    moves = [Move(tie, _at(tie, tree.survivor, branch, thing)) for tie in ties]
    left = {
        move.before.pair
        for move in moves
        if move.before.aside is None and move.before.pair != move.after.pair
    }
    groups: defaultdict[tuple[Any, ...], list[Move]] = defaultdict(list)
    for move in moves:
        if move.before.sides != move.after.sides or move.after.pair in left:
            groups[move.after.pair].append(move)
    return [
        Move(before, after)
        for pair, group in groups.items()
        for before, after in _placed(group, vacant=pair in left)
        if (before.sides, before.aside) != (after.sides, after.aside)
    ]


def _at(tie: Tie, survivor: str, branch: frozenset[str], thing: str) -> Tie:
    """Return a relationship with its ends where they belong without the merge of a thing."""
    start, end = (_side(side, survivor, branch, thing) for side in tie.sides)
    return replace(tie, sides=(start, end))


def _side(side: Side, survivor: str, branch: frozenset[str], thing: str) -> Side:
    if side.at != survivor:
        return side
    if side.path and side.path[0] in branch:
        return Side(tuple(each for each in side.path if each in branch and each != thing), thing)
    return Side(tuple(each for each in side.path if each not in branch), survivor)


def _placed(group: list[Move], *, vacant: bool) -> Iterator[Move]:
    """Yield the relationships of a pair, one of them visible; where none left it, one is already."""
    able = [move for move in group if not move.after.ties_to_itself]
    stay = [move for move in able if move.before.pair == move.after.pair]
    shown = next((move for move in stay if move.before.aside is None), None)
    if shown is None and able and (vacant or not stay):
        shown = min(able, key=_rank)
    for move in group:
        yield Move(move.before, move.after.shown() if move is shown else move.after.hidden())


def _rank(move: Move) -> tuple[Any, ...]:
    paths = [side.path for side in move.after.sides]
    return (
        not move.after.is_own,
        move.before.aside is not None,
        sum(map(len, paths)),
        paths,
    )
