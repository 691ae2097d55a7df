"""The assignments of one cell as a network of parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from standards.ownership.components import components
from standards.shares import share


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One party passing a share (1/100 %) of what it holds in a cell to another party."""

    assignor: str
    acquirer: str
    share: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Who passes what to whom, in 1/100 %: parallel assignments added up, empty ones left out.

    ``groups`` are the parties that pass to each other, givers before takers; ``group_of`` tells
    each party's place among them. Nearly all are of one party that passes nothing to itself; a
    network of only such groups has no ``cycles``.
    """

    groups: tuple[tuple[str, ...], ...]
    group_of: Mapping[str, int]
    outgoing: Mapping[str, Mapping[str, int]]
    incoming: Mapping[str, Sequence[Assignment]]
    cycles: bool

    def assigned(self, party: str) -> int:
        """Return the part of its holding that a party passes on: 10000 is all of it."""
        passed = self.outgoing.get(party)
        return sum(passed.values()) if passed else 0


def network(parties: Iterable[str], assignments: Iterable[Assignment]) -> Network:
    """Return the network of assignments among parties and all whom the assignments name.

    Raises InvalidShare for an assignment of less than nothing or more than 100 %.
    """
    outgoing: dict[str, dict[str, int]] = {}
    incoming: dict[str, list[Assignment]] = {}
    named = set(parties)
    for assignment in sorted(assignments, key=attrgetter("id")):
        named |= {assignment.assignor, assignment.acquirer}
        if not share(assignment.share):
            continue
        targets = outgoing.setdefault(assignment.assignor, {})
        acquirer = assignment.acquirer
        targets[acquirer] = targets.get(acquirer, 0) + assignment.share
        incoming.setdefault(acquirer, []).append(assignment)
    # In sorted order, so that equal questions have equal answers.
    groups = components(sorted(named), outgoing)
    return Network(
        groups=groups,
        group_of={party: place for place, group in enumerate(groups) for party in group},
        outgoing=outgoing,
        incoming=incoming,
        cycles=len(groups) < len(named)
        or any(giver in targets for giver, targets in outgoing.items()),
    )
