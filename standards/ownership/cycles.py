"""Shares within a group of parties that pass to each other, solved exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Final

from standards.shares import WHOLE

_Row = dict[str, Fraction]
_NOTHING: Final = Fraction()
_NONE: Final[Mapping[str, int]] = {}


def gross_shares(
    members: Iterable[str],
    inflow: Mapping[str, Fraction],
    outgoing: Mapping[str, Mapping[str, int]],
) -> dict[str, Fraction] | None:
    """Return what passes through each member, or None if the group keeps circulating it all.

    ``outgoing`` is in 1/100 %.

    Members are eliminated one at a time: whatever went through the eliminated one is joined from
    its givers to its takers, its own loop summed as a geometric series. A series that does not
    converge (nothing leaves, or over-assignment makes it grow) has no answer, and shows as a
    pivot that is not positive. This is Gaussian elimination of (I - A), kept sparse by taking
    the member with the fewest ties first.
    """
    members = tuple(members)
    if len(members) == 1:
        return _alone(members[0], inflow, outgoing)
    matrix = _Matrix(members, outgoing)
    held = {member: inflow.get(member, Fraction()) for member in matrix.takers}
    eliminated: list[tuple[str, Fraction, _Row]] = []
    queue = [(matrix.ties(member), member) for member in held]
    heapify(queue)
    while queue:
        ties, member = heappop(queue)
        # Ties change as others go: put the member back where it now belongs.
        if (now := matrix.ties(member)) != ties:
            heappush(queue, (now, member))
            continue
        pivot, takers, givers = matrix.eliminate(member)
        if pivot <= 0:
            return None
        for taker, part in takers.items():
            held[taker] += held[member] * part / pivot
        eliminated.append((member, pivot, givers))
    # Backwards: each member's givers were eliminated after it, so their shares are known.
    gross: dict[str, Fraction] = {}
    for member, pivot, givers in reversed(eliminated):
        received = sum((gross[giver] * part for giver, part in givers.items()), held[member])
        gross[member] = received / pivot
    return gross


def _alone(
    member: str, inflow: Mapping[str, Fraction], outgoing: Mapping[str, Mapping[str, int]]
) -> dict[str, Fraction] | None:
    """Return the answer for a group of one, as nearly all are: only its own loop matters."""
    held = inflow.get(member, _NOTHING)
    own = outgoing.get(member, _NONE).get(member)
    if own is None:
        return {member: held}
    return {member: held * WHOLE / (WHOLE - own)} if own < WHOLE else None


class _Matrix:
    """The group's A, kept by rows (a giver's takers) and by columns (a taker's givers)."""

    def __init__(self, members: Iterable[str], outgoing: Mapping[str, Mapping[str, int]]) -> None:
        self.takers: dict[str, _Row] = {member: {} for member in members}
        self._givers: dict[str, _Row] = {member: {} for member in self.takers}
        for giver, row in self.takers.items():
            for taker, part in outgoing.get(giver, {}).items():
                if taker in self.takers:
                    row[taker] = self._givers[taker][giver] = Fraction(part, WHOLE)

    def ties(self, member: str) -> int:
        """Return how many entries eliminating a member may add."""
        return len(self.takers[member]) * len(self._givers[member])

    def eliminate(self, member: str) -> tuple[Fraction, _Row, _Row]:
        """Take a member out; return its pivot, its takers and its givers, itself in neither.

        With a pivot that is not positive the matrix is left unfinished.
        """
        takers, givers = self.takers.pop(member), self._givers.pop(member)
        givers.pop(member, None)
        pivot = 1 - takers.pop(member, Fraction())
        for taker in takers:
            del self._givers[taker][member]
        for giver in givers:
            del self.takers[giver][member]
        if pivot > 0:
            for giver, given in givers.items():
                row = self.takers[giver]
                for taker, part in takers.items():
                    joined = row.get(taker, Fraction()) + given * part / pivot
                    row[taker] = self._givers[taker][giver] = joined
        return pivot, takers, givers
