"""Who effectively owns an asset in one cell: a right, a country, a day (domain.md §2).

Cost: two reads a batch, however many assets and however deep their chains.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.rights import AgreementRow, ClaimRow
from loaders.rights import Downstream
from resolvers.context import Context
from resolvers.errors import ArgumentInvalid, in_place
from resolvers.things import Thing
from standards.ownership import Assignment, Resolution, resolve
from standards.shares import TotalState, total_state
from standards.territories import (
    Territory,
    TerritoryKind,
    TerritorySet,
    UnknownTerritory,
    territory,
)

ASSIGNMENT = "ASSIGNMENT"


class OwnershipStatus(StrEnum):
    """How the claims on a cell add up."""

    CLEAR = "CLEAR"
    UNDERCLAIMED = "UNDERCLAIMED"
    OVERCLAIMED = "OVERCLAIMED"
    CONFLICTED = "CONFLICTED"
    UNRESOLVABLE = "UNRESOLVABLE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What ownership is asked of: one right, in one country, on one day."""

    right: str
    territory: Territory
    at: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """The answer for one asset and cell; shares are in 1/100 %."""

    cell: Cell
    claims: tuple[ClaimRow, ...]
    agreements: Mapping[str, AgreementRow]
    total: int
    status: OwnershipStatus
    resolution: Resolution


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
    loaders = context.loaders.rights
    found = await asyncio.gather(
        *(loaders.ownership_claims[asset.type].load(asset.key) for asset in assets)
    )
    claims = [in_place(_in_force, asked, each or ()) for each in found]
    parties = list(
        dict.fromkeys(
            claim.party_id for each in claims if not isinstance(each, Exception) for claim in each
        )
    )
    reached = await asyncio.gather(*(loaders.downstream.load(party) for party in parties))
    downstream = dict(zip(parties, reached, strict=True))
    return [
        each if isinstance(each, Exception) else in_place(_worked_out, asked, each, downstream)
        for each in claims
    ]


def _in_force(asked: Cell, claims: Sequence[ClaimRow]) -> tuple[ClaimRow, ...]:
    return tuple(claim for claim in claims if claim.right == asked.right and _covers(asked, claim))


def _worked_out(
    asked: Cell, claims: tuple[ClaimRow, ...], downstream: Mapping[str, Downstream | None]
) -> Ownership:
    base: defaultdict[str, int] = defaultdict(int)
    for claim in claims:
        base[claim.party_id] += claim.share
    agreements = _in_cell(asked, {party: downstream[party] for party in base})
    resolution = resolve(
        base,
        [
            Assignment(
                assignor=agreement.assignor_id,
                acquirer=agreement.acquirer_id,
                share=agreement.share,
                id=agreement.id,
            )
            for agreement in agreements.values()
        ],
    )
    total = sum(base.values())
    return Ownership(
        cell=asked,
        claims=claims,
        agreements=agreements,
        total=total,
        status=_status(claims, total, resolution),
        resolution=resolution,
    )


def _in_cell(asked: Cell, reachable: Mapping[str, Downstream | None]) -> dict[str, AgreementRow]:
    """Return the agreements that the claimants' shares flow through in the cell, by id."""
    found: dict[str, AgreementRow] = {}
    for claimant, downstream in reachable.items():
        waiting, passed = [claimant], {claimant}
        while waiting:
            for agreement in (downstream or {}).get(waiting.pop(), ()):
                if not _passes_on(asked, agreement):
                    continue
                found[agreement.id] = agreement
                if agreement.acquirer_id not in passed:
                    passed.add(agreement.acquirer_id)
                    waiting.append(agreement.acquirer_id)
    return found


def _passes_on(asked: Cell, agreement: AgreementRow) -> bool:
    return (
        agreement.kind == ASSIGNMENT
        and agreement.right in (None, asked.right)
        and _covers(asked, agreement)
    )


def _covers(asked: Cell, assertion: ClaimRow | AgreementRow) -> bool:
    day = asked.at.isoformat()
    if assertion.valid_from and day < assertion.valid_from:
        return False
    if assertion.valid_to and day >= assertion.valid_to:
        return False
    scope = TerritorySet.parse(assertion.territories, assertion.excluded_territories or ())
    return asked.territory.tis in scope.countries


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
