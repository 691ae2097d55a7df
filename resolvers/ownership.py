"""Who effectively owns an asset in a cell: a right, a country, a day, as known at an instant (domain.md §2).

Cost: one read a batch, however many assets and cells, and however deep their chains.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from graph.rights import AgreementRow, ClaimRow
from loaders.rights import OwnershipFacts
from resolvers.cells import Cell, Matrix
from resolvers.context import Context
from resolvers.errors import in_place
from resolvers.standing import Record, as_known
from resolvers.things import Thing
from standards.ownership import Assignment, Resolution, resolve
from standards.shares import TotalState, total_state
from standards.territories import countries

_REMEMBERED: Final = 512
_FEW: Final = 16
"""The assignments of what is remembered: few ways lead through so few, so that little is kept of each."""


class OwnershipStatus(StrEnum):
    """How the claims on a cell add up."""

    CLEAR = "CLEAR"
    UNDERCLAIMED = "UNDERCLAIMED"
    OVERCLAIMED = "OVERCLAIMED"
    CONFLICTED = "CONFLICTED"
    UNRESOLVABLE = "UNRESOLVABLE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What becomes of shares once they are claimed: one object for all assets claimed alike."""

    agreements: Mapping[str, AgreementRow]
    resolution: Resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """The answer for one asset and cell; shares are in 1/100 %."""

    asset: Thing
    cell: Cell
    claims: tuple[ClaimRow, ...]
    total: int
    status: OwnershipStatus
    holding: Holding


async def ownership(
    context: Context, assets: Sequence[Thing], asked: Cell
) -> list[Ownership | Exception]:
    """Return who effectively owns each asset in the cell, every chain followed to its end.

    An asset whose claims or agreements make no sense has the error in its place.
    """
    owned = await _owned(context, assets, {asset.type: [asked] for asset in assets})
    return [each for [each] in owned]


async def ownership_matrix(
    context: Context, assets: Sequence[Thing], asked: Matrix
) -> list[list[Ownership | Exception]]:
    """Return the same for every right and country of a matrix, right by right."""
    return await _owned(context, assets, {asset.type: asked.cells(asset.type) for asset in assets})


async def _owned(
    context: Context, assets: Sequence[Thing], asked: Mapping[str, Sequence[Cell]]
) -> list[list[Ownership | Exception]]:
    past = any(cell.known_at is not None for cells in asked.values() for cell in cells)
    loaders = context.loaders.rights.ownership
    keys = {label: [each.key for each in assets if each.type == label] for label in asked}
    read = await asyncio.gather(*(loaders[label, past].load_all(keys[label]) for label in keys))
    facts = {
        Thing(label, key): found
        for label, its in zip(keys, read, strict=True)
        for key, found in zip(keys[label], its, strict=True)
    }
    unclaimed = OwnershipFacts(claims=(), assignments={}, worked_out={})
    return [
        [in_place(worked_out, asset, cell, facts[asset] or unclaimed) for cell in asked[asset.type]]
        for asset in assets
    ]


def worked_out(asset: Thing, asked: Cell, facts: OwnershipFacts) -> Ownership:
    """Return the answer for one asset and cell; what is alike in a batch is worked out once."""
    claims = _in_force(asked, [each for each in facts.claims if each.right == asked.right])
    base: dict[str, int] = {}
    for claim in claims:
        base[claim.party_id] = base.get(claim.party_id, 0) + claim.share
    passing = facts.worked_out.get(asked)
    if passing is None:
        passing = facts.worked_out[asked] = _Passing(asked, facts)
    holding = passing.holding(base, facts.worked_out)
    total = sum(base.values())
    return Ownership(
        asset=asset,
        cell=asked,
        claims=claims,
        total=total,
        status=_status(claims, total, holding.resolution),
        holding=holding,
    )


class _Passing:
    """What parties pass on in the cell; looked at once for all assets, and only where a share comes."""

    def __init__(self, asked: Cell, facts: OwnershipFacts) -> None:
        self._asked = asked
        self._assignments = facts.assignments
        self._known: dict[str, tuple[AgreementRow, ...]] = {}
        self._holdings: dict[frozenset[tuple[str, int]], Holding] = {}

    def holding(self, base: Mapping[str, int], elsewhere: dict[Any, Any]) -> Holding:
        """Return what becomes of the shares; cells in which the same flows have one answer, kept `elsewhere`.

        What is kept there with this is not held here, too: the two would hold each other.
        """
        claimed = frozenset(base.items())
        known = self._holdings.get(claimed)
        if known is None:
            passing = self._from(base)
            key = claimed, frozenset(passing)
            known = elsewhere.get(key)
            if known is None:
                known = elsewhere[key] = Holding(
                    agreements=passing, resolution=_resolution(claimed, passing.values())
                )
            self._holdings[claimed] = known
        return known

    def _from(self, claimants: Iterable[str]) -> dict[str, AgreementRow]:
        """Return the agreements that the claimants' shares flow through, by id."""
        found: dict[str, AgreementRow] = {}
        waiting = list(claimants)
        passed = set(waiting)
        while waiting:
            for agreement in self._of(waiting.pop()):
                found[agreement.id] = agreement
                if agreement.acquirer_id not in passed:
                    passed.add(agreement.acquirer_id)
                    waiting.append(agreement.acquirer_id)
        return found

    def _of(self, assignor: str) -> tuple[AgreementRow, ...]:
        known = self._known.get(assignor)
        if known is None:
            asked, records = self._asked, self._assignments.get(assignor, ())
            known = _in_force(
                asked, [each for each in records if each.right in (None, asked.right)]
            )
            self._known[assignor] = known
        return known


def _resolution(
    claimed: frozenset[tuple[str, int]], passing: Collection[AgreementRow]
) -> Resolution:
    made = frozenset(map(_assignment, passing))
    return (_remembered if len(made) <= _FEW else _resolved)(claimed, made)


def _resolved(claimed: frozenset[tuple[str, int]], made: frozenset[Assignment]) -> Resolution:
    return resolve(dict(claimed), made)


# Of the same shares and assignments always the same, whoever asks, whenever: nothing in it can grow old.
_remembered = lru_cache(maxsize=_REMEMBERED)(_resolved)


def _assignment(agreement: AgreementRow) -> Assignment:
    return Assignment(
        assignor=agreement.assignor_id,
        acquirer=agreement.acquirer_id,
        share=agreement.share,
        id=agreement.id,
    )


def _in_force(asked: Cell, records: Sequence[Record]) -> tuple[Record, ...]:
    """Return those of the cell's records that hold in it, as they were known."""
    if asked.known_at is not None:
        known = (as_known(each, asked.known_at) for each in records)
        records = [each for each in known if each is not None]
    return tuple(each for each in records if _covers(asked, each))


def _covers(asked: Cell, record: ClaimRow | AgreementRow) -> bool:
    day = asked.day
    if record.valid_from and day < record.valid_from:
        return False
    if record.valid_to and day >= record.valid_to:
        return False
    includes, excludes = record.territories, record.excluded_territories
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
