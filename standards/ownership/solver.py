"""The solver: base claims and assignments in, effective shares out, in exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from standards.ownership.chains import ChainSearch
from standards.ownership.cycles import gross_shares
from standards.ownership.network import Assignment, Network, network
from standards.ownership.steps import Chains
from standards.shares import WHOLE

DEFAULT_CHAINS = 32
_LONGEST: Final = 64
_NONE: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who effectively holds a cell. All shares are in 1/100 %, exact, never scaled.

    ``shares`` has every party that keeps something: what reaches it less what it passes on. A
    party listed in ``over_assigned`` passes on more than it has, so its own share is negative by
    what it oversold; nothing is corrected. ``unresolvable`` lists the groups of parties that
    pass everything among themselves, ``unresolvable_shares`` what flows into each and comes to
    no one. Shares and unresolvable shares add up to the base claims.
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
    shares = None if cell.cycles else _without_cycles(base, cell)
    closed: list[tuple[tuple[str, ...], Fraction]] = []
    if shares is None:
        shares, closed = _in_fractions(base, cell)
    return Resolution(
        shares={party: shares[party] for party in sorted(shares)},
        unresolvable=tuple(group for group, _ in closed),
        unresolvable_shares=tuple(flow for _, flow in closed),
        over_assigned=tuple(
            sorted(party for party in cell.outgoing if cell.assigned(party) > WHOLE)
        ),
        search=ChainSearch(cell, dict(base)),
    )


def _without_cycles(base: Mapping[str, int], cell: Network) -> dict[str, Fraction] | None:
    """Return what each party keeps, in whole numbers of a unit that every step can be divided by.

    The unit grows with the longest chain; None where fractions, which shrink on the way, are faster.
    """
    passed: dict[str, int] = {}
    for (party,) in cell.groups:
        steps = passed.get(party, 0) + 1
        for acquirer in cell.outgoing.get(party, ()):
            passed[acquirer] = max(steps, passed.get(acquirer, 0))
    longest = max(passed.values(), default=0)
    if longest > _LONGEST:
        return None
    unit = WHOLE ** (longest + 1)
    held = {party: claimed * unit for party, claimed in base.items()}
    shares: dict[str, Fraction] = {}
    for (party,) in cell.groups:
        passing = held.get(party)
        if not passing:
            continue
        part = passing // WHOLE
        for acquirer, taken in cell.outgoing.get(party, _NONE).items():
            held[acquirer] = held.get(acquirer, 0) + part * taken
            passing -= part * taken
        if passing:
            shares[party] = Fraction(passing, unit)
    return shares


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
    return shares, sorted(closed)
