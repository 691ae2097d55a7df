"""The assignments of one cell as a network of parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final

from standards.ownership.components import components
from standards.shares import WHOLE, share

_NOTHING: Final = Fraction()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One party passing a share (1/100 %) of what it holds in a cell to another party."""

    assignor: str
    acquirer: str
    share: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Who passes what to whom: parallel assignments added up, empty ones left out.

    ``groups`` are the parties that pass to each other, givers before takers; ``group_of`` tells
    each party's place among them.
    """

    groups: tuple[tuple[str, ...], ...]
    group_of: Mapping[str, int]
    outgoing: Mapping[str, Mapping[str, Fraction]]
    incoming: Mapping[str, tuple[Assignment, ...]]

    def assigned(self, party: str) -> Fraction:
        """Return the part of its holding that a party passes on: 1 is all of it."""
        passed = self.outgoing.get(party)
        if passed is None:
            return _NOTHING
        first, *others = passed.values()
        return sum(others, first)


@cache
def _part(share_: int) -> Fraction:
    """Return a share as a fraction; there are ten thousand of them."""
    return Fraction(share_, WHOLE)


def network(parties: Iterable[str], assignments: Iterable[Assignment]) -> Network:
    """Return the network of assignments among parties and all whom the assignments name.

    Raises InvalidShare for an assignment of less than nothing or more than 100 %.
    """
    outgoing: dict[str, dict[str, Fraction]] = {}
    incoming: dict[str, list[Assignment]] = {}
    named = set(parties)
    for assignment in sorted(assignments, key=lambda assignment: assignment.id):
        named |= {assignment.assignor, assignment.acquirer}
        if not share(assignment.share):
            continue
        targets = outgoing.setdefault(assignment.assignor, {})
        passed = _part(assignment.share)
        before = targets.get(assignment.acquirer)
        targets[assignment.acquirer] = passed if before is None else before + passed
        incoming.setdefault(assignment.acquirer, []).append(assignment)
    # In sorted order, so that equal questions have equal answers.
    groups = components(sorted(named), outgoing)
    return Network(
        groups=groups,
        group_of={party: place for place, group in enumerate(groups) for party in group},
        outgoing=outgoing,
        incoming={party: tuple(found) for party, found in incoming.items()},
    )
