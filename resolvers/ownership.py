"""Who effectively owns an asset in one cell: a right, a country, a day (domain.md §2).

Cost: one read a batch, however many assets and however deep their chains.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from graph.rights import AgreementRow, ClaimRow
from resolvers.context import Context
from resolvers.errors import ArgumentInvalid, in_place
from resolvers.things import Thing
from standards.ownership import Assignment, Resolution, resolve
from standards.shares import TotalState, total_state
from standards.territories import (
    Territory,
    TerritoryKind,
    UnknownTerritory,
    countries,
    territory,
)


class OwnershipStatus(StrEnum):
    """How the claims on a cell add up."""

    CLEAR = "CLEAR"
    UNDERCLAIMED = "UNDERCLAIMED"
    OVERCLAIMED = "OVERCLAIMED"
    CONFLICTED = "CONFLICTED"
    UNRESOLVABLE = "UNRESOLVABLE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What ownership is asked of: one right, in one country, on one day."""

    right: str
    territory: Territory
    at: date

    @cached_property
    def day(self) -> str:
        """The day as the graph has days: ISO 8601."""
        return self.at.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What becomes of shares once they are claimed: one object for all assets claimed alike."""

    agreements: Mapping[str, AgreementRow]
    resolution: Resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """The answer for one asset and cell; shares are in 1/100 %."""

    cell: Cell
    claims: tuple[ClaimRow, ...]
    total: int
    status: OwnershipStatus
    holding: Holding


def cell(right: str, code: str, at: date | None) -> Cell:
    """Return the cell asked for, today's where no day is given; raise ArgumentInvalid."""
    try:
        found = territory(code)
    except UnknownTerritory as error:
        raise ArgumentInvalid("territory", str(error)) from error
    if found.kind is not TerritoryKind.COUNTRY:
        raise ArgumentInvalid("territory", "give a country: shares differ within a group")
    return Cell(right=right, territory=found, at=at or date.today())  # noqa: DTZ011 - a calendar day.


async def ownership(
    context: Context, assets: Sequence[Thing], asked: Cell
) -> list[Ownership | Exception]:
    """Return who effectively owns each asset in the cell, every chain followed to its end.

    An asset whose claims or agreements make no sense has the error in its place.
    """
    loaders = context.loaders.rights.ownership
    found = await asyncio.gather(*(loaders[asset.type].load(asset.key) for asset in assets))
    passing: dict[int, _Passing] = {}
    owned: list[Ownership | Exception] = []
    for facts in found:
        if facts is None:
            owned.append(_worked_out(asked, (), _Passing(asked, {})))
            continue
        batch = id(facts.assignments)
        if batch not in passing:
            passing[batch] = _Passing(asked, facts.assignments)
        owned.append(in_place(_worked_out, asked, facts.claims, passing[batch]))
    return owned


class _Passing:
    """What parties pass on in the cell; looked at once for all assets, and only where a share comes."""

    def __init__(self, asked: Cell, assignments: Mapping[str, Sequence[AgreementRow]]) -> None:
        self._asked = asked
        self._assignments = assignments
        self._known: dict[str, list[tuple[AgreementRow, Assignment]]] = {}
        self._holdings: dict[frozenset[tuple[str, int]], Holding] = {}

    def holding(self, base: Mapping[str, int]) -> Holding:
        """Return what becomes of the shares that parties claim; worked out once for equal claims."""
        key = frozenset(base.items())
        known = self._holdings.get(key)
        if known is None:
            found = self._from(base)
            known = self._holdings[key] = Holding(
                agreements={id_: agreement for id_, (agreement, _) in found.items()},
                resolution=resolve(base, [assignment for _, assignment in found.values()]),
            )
        return known

    def _from(self, claimants: Iterable[str]) -> dict[str, tuple[AgreementRow, Assignment]]:
        """Return the agreements that the claimants' shares flow through, by id."""
        found: dict[str, tuple[AgreementRow, Assignment]] = {}
        waiting = list(claimants)
        passed = set(waiting)
        while waiting:
            for each in self._of(waiting.pop()):
                agreement = each[0]
                found[agreement.id] = each
                if agreement.acquirer_id not in passed:
                    passed.add(agreement.acquirer_id)
                    waiting.append(agreement.acquirer_id)
        return found

    def _of(self, assignor: str) -> list[tuple[AgreementRow, Assignment]]:
        known = self._known.get(assignor)
        if known is None:
            known = self._known[assignor] = [
                (each, _assignment(each))
                for each in self._assignments.get(assignor, ())
                if each.right in (None, self._asked.right) and _covers(self._asked, each)
            ]
        return known


def _assignment(agreement: AgreementRow) -> Assignment:
    return Assignment(
        assignor=agreement.assignor_id,
        acquirer=agreement.acquirer_id,
        share=agreement.share,
        id=agreement.id,
    )


def _worked_out(asked: Cell, claimed: Sequence[ClaimRow], passing: _Passing) -> Ownership:
    claims = tuple(
        claim for claim in claimed if claim.right == asked.right and _covers(asked, claim)
    )
    base: dict[str, int] = {}
    for claim in claims:
        base[claim.party_id] = base.get(claim.party_id, 0) + claim.share
    holding = passing.holding(base)
    total = sum(base.values())
    return Ownership(
        cell=asked,
        claims=claims,
        total=total,
        status=_status(claims, total, holding.resolution),
        holding=holding,
    )


def _covers(asked: Cell, assertion: ClaimRow | AgreementRow) -> bool:
    day = asked.day
    if assertion.valid_from and day < assertion.valid_from:
        return False
    if assertion.valid_to and day >= assertion.valid_to:
        return False
    includes, excludes = assertion.territories, assertion.excluded_territories
    return asked.territory.tis in countries(tuple(includes), tuple(excludes or ()))


def _status(claims: tuple[ClaimRow, ...], total: int, resolution: Resolution) -> OwnershipStatus:
    if not claims:
        return OwnershipStatus.UNKNOWN
    if any(resolution.unresolvable_shares):
        return OwnershipStatus.UNRESOLVABLE
    match total_state(total):
        case TotalState.OVER:
            return OwnershipStatus.OVERCLAIMED
        case TotalState.UNDER | TotalState.NONE:
            return OwnershipStatus.UNDERCLAIMED
        case TotalState.WHOLE:
            pass
    if resolution.over_assigned or any(claim.status == "DISPUTED" for claim in claims):
        return OwnershipStatus.CONFLICTED
    return OwnershipStatus.CLEAR
