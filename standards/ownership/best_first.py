"""The weightiest chains of very many, found without having seen them all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from heapq import heappop, heappush
from itertools import count
from math import inf, log
from typing import Final

from standards.ownership.network import Network
from standards.ownership.steps import Chain, Chains, Step, chain_of
from standards.shares import WHOLE

# Steps of the search per chain wanted, over and above the size of the network. Only cycles,
# where a step can lead to a party already passed, ever come near it.
_STEPS_PER_CHAIN: Final = 1000
_DECIMALS: Final = 9
# The longest stretch of a chain within one group of parties that pass to each other.
_LONGEST_STRETCH: Final = 256

# The bound on a chain's weight, order of arrival, weight so far, and the step to go on from or,
# if complete, whose claim the chain begins with.
_Entry = tuple[float, int, float, Step, bool]


class BestFirst:
    """Searches backwards from an owner, guided by the weightiest way any claim reaches each party.

    Without cycles it never takes a step that is not on a chain it returns.
    """

    def __init__(self, network: Network, base: Mapping[str, int]) -> None:
        self._network = network
        self._base = base

    def to(self, owner: str, kept: int, limit: int) -> Chains:
        """Return the weightiest chains to an owner that keeps a part (1/100 %) of what it holds."""
        network, base, distance = self._network, self._base, self._distances
        found: list[Chain] = []
        abandoned = False
        queue: list[_Entry] = []
        # Of equal ways the latest comes first: it goes deep, where first-in would go wide.
        ticket = count(0, -1)

        def put(step: Step, weight: float, bound: float, *, complete: bool) -> None:
            # Rounded, so that equal products in another order of factors are equal.
            entry = round(bound, _DECIMALS), next(ticket), weight, step, complete
            heappush(queue, entry)

        if owner in distance:
            put(Step(owner, None, None), 0.0, distance[owner], complete=False)
        steps = limit * _STEPS_PER_CHAIN + len(network.group_of)
        while queue and len(found) < limit and steps:
            steps -= 1
            _, _, weight, step, complete = heappop(queue)
            if complete:
                found.append(chain_of(step, base[step.party], kept))
                continue
            for assignment in network.incoming.get(step.party, ()):
                giver = assignment.assignor
                if giver not in distance:
                    continue
                stretch = _stretch(step, network.group_of[giver], network.group_of)
                abandoned |= len(stretch) >= _LONGEST_STRETCH
                if giver not in stretch and len(stretch) < _LONGEST_STRETCH:
                    longer = weight - log(assignment.share / WHOLE)
                    going = Step(giver, assignment, step)
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


def _stretch(step: Step, group: int, group_of: Mapping[str, int]) -> set[str]:
    # A chain that has left a group cannot come back to it, so only its last stretch can repeat.
    parties: set[str] = set()
    back: Step | None = step
    while back and group_of[back.party] == group and len(parties) < _LONGEST_STRETCH:
        parties.add(back.party)
        back = back.onward
    return parties
