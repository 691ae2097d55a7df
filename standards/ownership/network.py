"""The assignments of one cell as a network of parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from standards.ownership.components import components
from standards.shares import share


class Assignment(NamedTuple):
    """One party passing a share (1/100 %) of what it holds in a cell to another party."""

    assignor: str
    acquirer: str
    share: int
    id: str


@dataclass(frozen=True, kw_only=True)
class Network:
    """Who passes what to whom, in 1/100 %: parallel assignments added up, empty ones left out.

    ``order`` has all parties, givers before takers; None where shares go in a circle.
    """

    parties: Sequence[str]
    outgoing: Mapping[str, Mapping[str, int]]
    incoming: Mapping[str, Sequence[Assignment]]
    order: Sequence[str] | None

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The parties that pass to each other, givers before takers; nearly all are alone."""
        if self.order is None:
            return components(self.parties, self.outgoing)
        return tuple((party,) for party in self.order)

    @cached_property
    def group_of(self) -> Mapping[str, int]:
        """Each party's place among the groups."""
        return {party: place for place, group in enumerate(self.groups) for party in group}

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
        assignor, acquirer = assignment.assignor, assignment.acquirer
        named.add(assignor)
        named.add(acquirer)
        if not share(assignment.share):
            continue
        targets = outgoing.setdefault(assignor, {})
        targets[acquirer] = targets.get(acquirer, 0) + assignment.share
        incoming.setdefault(acquirer, []).append(assignment)
    # Sorted, so that equal questions have equal answers.
    everyone = sorted(named)
    return Network(
        parties=everyone,
        outgoing=outgoing,
        incoming=incoming,
        order=_in_order(everyone, outgoing),
    )


def _in_order(
    parties: Sequence[str], outgoing: Mapping[str, Mapping[str, int]]
) -> list[str] | None:
    """Return the parties, each after all that pass to it; None where there is a circle."""
    givers: dict[str, int] = {}
    for targets in outgoing.values():
        for acquirer in targets:
            givers[acquirer] = givers.get(acquirer, 0) + 1
    order = [party for party in parties if party not in givers]
    for party in order:  # It grows on the way.
        for acquirer in outgoing.get(party, ()):
            givers[acquirer] -= 1
            if not givers[acquirer]:
                order.append(acquirer)
    return order if len(order) == len(parties) else None
