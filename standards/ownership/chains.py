"""Chains of assignments: how a share came to its owner, as evidence for people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from standards.ownership.best_first import BestFirst
from standards.ownership.network import Network
from standards.ownership.steps import Chain, Chains, Step, chain_of
from standards.shares import WHOLE

# So many chains are followed one by one, which takes less than choosing among them.
_FEW: Final = 64


class ChainSearch:
    """The chains of one network from its first-hand claims; what all owners need is worked out once."""

    def __init__(self, network: Network, base: Mapping[str, int]) -> None:
        self._network = network
        self._base = base
        self._best_first = BestFirst(network, base)

    def to(self, owner: str, *, limit: int) -> Chains:
        """Return up to ``limit`` chains from first-hand claims to an owner, weightiest first."""
        kept = WHOLE - self._network.assigned(owner)
        if not kept:
            return Chains(chains=(), truncated=False)
        if self._ways and self._ways.get(owner, 0) <= _FEW:
            return self._all(owner, kept, limit)
        return self._best_first.to(owner, kept, limit)

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
        found: list[Chain] = []
        waiting = [Step(owner, None, None)]
        while waiting:
            step = waiting.pop()
            if claimed := self._base.get(step.party):
                found.append(chain_of(step, claimed, kept))
            waiting += [
                Step(assignment.assignor, assignment, step)
                for assignment in self._network.incoming.get(step.party, ())
                if assignment.assignor in self._ways
            ]
        if len(found) > 1:
            # Compared in one unit. What an owner oversold is negative, of the weightiest chain most.
            longest = max(len(chain.assignments) for chain in found)
            found.sort(
                key=lambda chain: -abs(chain.parts) * WHOLE ** (longest - len(chain.assignments))
            )
        return Chains(chains=tuple(found[:limit]), truncated=len(found) > limit)
