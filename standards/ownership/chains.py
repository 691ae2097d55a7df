"""Chains of assignments: how a share came to its owner, as evidence for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import heappop, heappush
from itertools import count
from math import inf, log
from typing import Final

from standards.ownership.network import Assignment, Network
from standards.shares import WHOLE

# Steps of the search per chain wanted, over and above the size of the network. Only cycles,
# where a step can lead to a party already passed, ever come near it.
_STEPS_PER_CHAIN: Final = 1000
_DECIMALS: Final = 9
# So many chains are followed one by one, which takes less than choosing among them.
_FEW: Final = 64
# The longest stretch of a chain within one group of parties that pass to each other.
_LONGEST_STRETCH: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One way from a first-hand claim to an owner, no party passed twice.

    ``assignments`` are their ids in order, none if the owner claims at first hand. ``share`` is
    what reaches the owner this way and stays there, in 1/100 %.
    """

    origin: str
    assignments: tuple[str, ...]
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """The chains to an owner, weightiest first; ``truncated`` if there may be more.

    Without cycles, all chains together make the owner's share. With cycles they make less: a
    share that comes round again is in the share but in no chain.
    """

    chains: tuple[Chain, ...]
    truncated: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """A partial chain, told backwards from the owner: where it stands and how it goes on."""

    party: str
    via: Assignment | None
    onward: _Step | None


# The bound on a chain's weight, order of arrival, weight so far, and the step to go on from or,
# if complete, whose claim the chain begins with.
_Entry = tuple[float, int, float, _Step, bool]


class ChainSearch:
    """The chains of one network from its first-hand claims; what all owners need is worked out once."""

    def __init__(self, network: Network, base: Mapping[str, int]) -> None:
        self._network = network
        self._base = base

    def to(self, owner: str, *, limit: int) -> Chains:
        """Return up to ``limit`` chains from first-hand claims to an owner, weightiest first."""
        kept = WHOLE - self._network.assigned(owner)
        if not kept:
            return Chains(chains=(), truncated=False)
        if self._ways and self._ways.get(owner, 0) <= _FEW:
            return self._all(owner, kept, limit)
        return self._best(owner, kept, limit)

    @cached_property
    def _ways(self) -> Mapping[str, int]:
        """By how many chains a claim reaches each party; of a network with cycles nothing is told."""
        ways: dict[str, int] = {}
        if self._network.cycles:
            return ways
        for (party,) in self._network.groups:
            givers = self._network.incoming.get(party, ())
            count = sum(ways.get(each.assignor, 0) for each in givers)
            if count or self._base.get(party):
                ways[party] = count + bool(self._base.get(party))
        return ways

    def _all(self, owner: str, kept: int, limit: int) -> Chains:
        """Return the weightiest of few chains, having followed each back to its claim."""
        found: list[tuple[int, int, _Step]] = []
        waiting: list[tuple[_Step, int, int]] = [(_Step(owner, None, None), kept, 1)]
        while waiting:
            step, part, length = waiting.pop()
            if claimed := self._base.get(step.party):
                found.append((part * claimed, length, step))
            for assignment in self._network.incoming.get(step.party, ()):
                if assignment.assignor in self._ways:
                    going = _Step(assignment.assignor, assignment, step)
                    waiting.append((going, part * assignment.share, length + 1))
        longest = max((length for _, length, _ in found), default=0)
        # Compared in one unit. What an owner oversold is negative, of the weightiest chain most.
        found.sort(key=lambda each: -abs(each[0]) * WHOLE ** (longest - each[1]))
        return Chains(
            chains=tuple(
                _chain(step, Fraction(share, WHOLE**length))
                for share, length, step in found[:limit]
            ),
            truncated=len(found) > limit,
        )

    def _best(self, owner: str, kept: int, limit: int) -> Chains:
        """Return the weightiest chains of very many, without having seen them all.

        The search runs backwards from the owner, best first, guided by the weightiest way any claim
        reaches each party: without cycles it never takes a step that is not on a chain it returns.
        """
        network, base, distance = self._network, self._base, self._distances
        found: list[Chain] = []
        abandoned = False
        queue: list[_Entry] = []
        # Of equal ways the latest comes first: it goes deep, where first-in would go wide.
        ticket = count(0, -1)

        def put(step: _Step, weight: float, bound: float, *, complete: bool) -> None:
            # Rounded, so that equal products in another order of factors are equal.
            entry = round(bound, _DECIMALS), next(ticket), weight, step, complete
            heappush(queue, entry)

        if owner in distance:
            put(_Step(owner, None, None), 0.0, distance[owner], complete=False)
        steps = limit * _STEPS_PER_CHAIN + len(network.group_of)
        while queue and len(found) < limit and steps:
            steps -= 1
            _, _, weight, step, complete = heappop(queue)
            if complete:
                found.append(_chain(step, _share(step, base[step.party], kept)))
                continue
            for assignment in network.incoming.get(step.party, ()):
                giver = assignment.assignor
                if giver not in distance:
                    continue
                stretch = _stretch(step, network.group_of[giver], network.group_of)
                abandoned |= len(stretch) >= _LONGEST_STRETCH
                if giver not in stretch and len(stretch) < _LONGEST_STRETCH:
                    longer = weight - log(assignment.share / WHOLE)
                    going = _Step(giver, assignment, step)
                    put(going, longer, longer + distance[giver], complete=False)
            if claimed := base.get(step.party):
                put(step, weight, weight - log(claimed), complete=True)
        found.sort(key=lambda chain: abs(chain.share), reverse=True)
        return Chains(chains=tuple(found), truncated=bool(queue) or abandoned)

    @cached_property
    def _distances(self) -> Mapping[str, float]:
        """Return for each party a claim reaches the weightiest way, as a sum of logarithms.

        Logarithms only rank: a product of ten thousand parts would vanish in a float.
        """
        best: dict[str, float] = {}
        queue = [(-log(claimed), party) for party, claimed in self._base.items() if claimed]
        queue.sort()
        tentative = {party: weight for weight, party in queue}
        while queue:
            weight, party = heappop(queue)
            if party in best:
                continue
            best[party] = weight
            for acquirer, part in self._network.outgoing.get(party, {}).items():
                longer = weight - log(part / WHOLE)
                if acquirer not in best and longer < tentative.get(acquirer, inf):
                    tentative[acquirer] = longer
                    heappush(queue, (longer, acquirer))
        return best


def _stretch(step: _Step, group: int, group_of: Mapping[str, int]) -> set[str]:
    # A chain that has left a group cannot come back to it, so only its last stretch can repeat.
    parties: set[str] = set()
    back: _Step | None = step
    while back and group_of[back.party] == group and len(parties) < _LONGEST_STRETCH:
        parties.add(back.party)
        back = back.onward
    return parties


def _share(step: _Step, claimed: int, kept: int) -> Fraction:
    numerator, length = claimed * kept, 1
    while step.via is not None and step.onward is not None:
        numerator *= step.via.share
        length += 1
        step = step.onward
    return Fraction(numerator, WHOLE**length)


def _chain(step: _Step, share: Fraction) -> Chain:
    origin, ids = step.party, list[str]()
    while step.via is not None and step.onward is not None:
        ids.append(step.via.id)
        step = step.onward
    return Chain(origin=origin, assignments=tuple(ids), share=share)
