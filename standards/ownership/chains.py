"""Chains of assignments: how a share came to its owner, as evidence for people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final, TypeAlias

from standards.ownership.best_first import BestFirst
from standards.ownership.network import Network
from standards.ownership.steps import Chain, Chains
from standards.shares import WHOLE

LONGEST: Final = 64
"""The steps that are taken in whole numbers; each makes them four digits longer."""
# So many chains are followed one by one, which takes less than choosing among them.
_FEW: Final = 64

_NONE: Final = Chains(chains=(), truncated=False)

_Way: TypeAlias = "tuple[str, tuple[str, ...], int]"
"""The origin, the assignments' ids, and the parts that come this way."""


class ChainSearch:
    """The chains of one network from its first-hand claims; what owners share is worked out once."""

    def __init__(self, network: Network, base: Mapping[str, int]) -> None:
        self._network = network
        self._base = base
        self._best_first = BestFirst(network, base)
        self._known: dict[str, list[_Way]] = {}
        self._ranked: dict[str, tuple[Chain, ...]] = {}

    def to(self, owner: str, *, limit: int) -> Chains:
        """Return up to ``limit`` chains from first-hand claims to an owner, weightiest first."""
        if owner not in self._few:
            kept = WHOLE - self._network.assigned(owner)
            return self._best_first.to(owner, kept, limit) if kept else _NONE
        ranked = self._ranked.get(owner)
        if ranked is None:
            ranked = self._ranked[owner] = self._of_few(owner)
        return Chains(chains=ranked[:limit], truncated=len(ranked) > limit)

    def _of_few(self, owner: str) -> tuple[Chain, ...]:
        """Return all chains to an owner that few and short ones lead to."""
        kept = WHOLE - self._network.assigned(owner)
        found = self._ways(owner) if kept else []
        if len(found) > 1:
            # Compared in one unit. What an owner oversold is negative, of the weightiest chain most.
            longest = max(len(ids) for _, ids, _ in found)
            found = sorted(found, key=lambda way: -way[2] * WHOLE ** (longest - len(way[1])))
        return tuple(
            Chain(origin=origin, assignments=ids, parts=parts * kept)
            for origin, ids, parts in found
        )

    def _ways(self, party: str) -> list[_Way]:
        """Return all ways by which a claim reaches a party that few and short ones lead to."""
        known = self._known.get(party)
        if known is None:
            claimed = self._base.get(party)
            known = self._known[party] = [(party, (), claimed)] if claimed else []
            for each in self._network.incoming.get(party, ()):
                known += [
                    (origin, (*ids, each.id), parts * each.share)
                    for origin, ids, parts in self._ways(each.assignor)
                ]
        return known

    @cached_property
    def _few(self) -> frozenset[str]:
        """The parties that few and short chains lead to; of a network with cycles nothing is told."""
        found: dict[str, tuple[int, int]] = {}
        for party in self._network.order or ():
            count, longest = int(bool(self._base.get(party))), 0
            for each in self._network.incoming.get(party, ()):
                ways, steps = found[each.assignor]
                count += ways
                longest = max(longest, steps + 1)
            found[party] = count, longest
        return frozenset(
            party
            for party, (count, longest) in found.items()
            if count <= _FEW and longest <= LONGEST
        )
