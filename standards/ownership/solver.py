"""The solver: base claims and assignments in, effective shares out, in exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from operator import itemgetter
from typing import Final

from standards.ownership.chains import LONGEST, ChainSearch
from standards.ownership.cycles import gross_shares
from standards.ownership.network import Assignment, Network, network
from standards.ownership.steps import Chains
from standards.shares import WHOLE, at_most

DEFAULT_CHAINS = 32
_NONE: Final[Mapping[str, int]] = {}
_NO_PARTS: Final = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who effectively holds a cell. All shares are in 1/100 %, exact, never scaled.

    ``shares`` has every party that keeps something, the largest first: what reaches it less what
    it passes on. Who passes on more than it has has a negative share, by what it oversold; nothing
    is corrected. ``over_assigned`` lists those who do so beyond the tolerance on totals (W11).
    ``unresolvable`` lists the groups of parties that pass everything among themselves,
    ``unresolvable_shares`` what flows into each and comes to no one. Shares and unresolvable shares
    add up to the base claims.
    """

    shares: Mapping[str, Fraction]
    unresolvable: tuple[tuple[str, ...], ...]
    unresolvable_shares: tuple[Fraction, ...]
    over_assigned: tuple[str, ...]
    search: ChainSearch = field(repr=False)

    @property
    def unresolvable_total(self) -> Fraction:
        """What flows into closed groups altogether."""
        return sum(self.unresolvable_shares, Fraction())

    def chains_to(self, owner: str, *, limit: int = DEFAULT_CHAINS) -> Chains:
        """Return the chains of assignments by which shares reach an owner, weightiest first."""
        return self.search.to(owner, limit=limit)


def resolve(base: Mapping[str, int], assignments: Iterable[Assignment]) -> Resolution:
    """Return the effective shares of one cell: b·(I-A)⁻¹, less what each party passes on.

    ``base`` is what each party claims at first hand, in 1/100 %; ``assignments`` are those in
    force in the cell. Cycles are solved exactly. A group that passes on everything among itself
    is reported and holds what flows into it; nothing is said to flow out of it, and all other
    parties are still resolved. Raises ValueError for a share no assignment or claim can have.
    """
    if any(claimed < 0 for claimed in base.values()):
        raise ValueError("A base claim is not negative.")
    cell = network(base, assignments)
    shares = _without_cycles(base, cell)
    closed: list[tuple[tuple[str, ...], Fraction]] = []
    if shares is None:
        shares, closed = _in_fractions(base, cell)
    return Resolution(
        shares=shares,
        unresolvable=tuple(group for group, _ in closed),
        unresolvable_shares=tuple(flow for _, flow in closed),
        over_assigned=tuple(
            sorted(party for party in cell.outgoing if not at_most(cell.assigned(party), WHOLE))
        ),
        search=ChainSearch(cell, dict(base)),
    )


def _without_cycles(base: Mapping[str, int], cell: Network) -> dict[str, Fraction] | None:
    """Return what each party keeps, worked out in whole numbers: parts that each step makes 10000 of.

    None where there are cycles, or chains so long that fractions, which shrink on the way, are faster.
    """
    if cell.order is None:
        return None
    held = {party: (claimed, 0) for party, claimed in base.items()}
    kept: dict[str, tuple[int, int]] = {}
    for party in cell.order:
        parts, steps = held.get(party, _NO_PARTS)
        if not parts:
            continue
        if steps > LONGEST:
            return None
        steps += 1
        rest = WHOLE
        for acquirer, taken in cell.outgoing.get(party, _NONE).items():
            rest -= taken
            coming = parts * taken, steps
            before = held.get(acquirer)
            held[acquirer] = coming if before is None else _added(before, coming)
        if rest:
            kept[party] = parts * rest, steps
    most = max((steps for _, steps in kept.values()), default=0)
    ranked = sorted(
        (-parts * WHOLE ** (most - steps), party) for party, (parts, steps) in kept.items()
    )
    return {party: Fraction(kept[party][0], WHOLE ** kept[party][1]) for _, party in ranked}


def _added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Return the sum of two numbers of parts, each with the steps that it has come."""
    (few, short), (many, long) = sorted((one, other), key=itemgetter(1))
    return few * WHOLE ** (long - short) + many, long


def _in_fractions(
    base: Mapping[str, int], cell: Network
) -> tuple[dict[str, Fraction], list[tuple[tuple[str, ...], Fraction]]]:
    """Return what each party keeps, and the closed groups with what flows into each."""
    inflow = {party: Fraction(claimed) for party, claimed in base.items()}
    shares: dict[str, Fraction] = {}
    closed: list[tuple[tuple[str, ...], Fraction]] = []
    for group in cell.groups:
        gross = gross_shares(group, inflow, cell.outgoing)
        if gross is None:
            closed.append((group, sum((inflow.get(m, Fraction()) for m in group), Fraction())))
            continue
        for party, passing in gross.items():
            if not passing:
                continue
            if kept := passing * Fraction(WHOLE - cell.assigned(party), WHOLE):
                shares[party] = kept
            for acquirer, part in cell.outgoing.get(party, _NONE).items():
                # Within the group the shares are final; only what leaves it flows on.
                if acquirer not in gross:
                    flow = passing * Fraction(part, WHOLE)
                    inflow[acquirer] = inflow.get(acquirer, 0) + flow
    ranked = sorted(shares, key=lambda party: (-shares[party], party))
    return {party: shares[party] for party in ranked}, sorted(closed)
