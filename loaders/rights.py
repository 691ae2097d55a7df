"""Loaders of what ownership is worked out from."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.conflicts import CONFLICT_CELLS, ConflictCells, conflict_cells
from graph.holdings import HoldingsAsked, holdings
from graph.ownership import OWNERSHIP, ownership_rows
from graph.rights import AgreementRow, ClaimRow
from loaders.batching import BatchLoader, DomainLoaders, PerRequest
from loaders.batching import RequestLoaders as Request


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipFacts:
    """The claims on an asset, and all that its batch's claimants pass on, by assignor.

    `worked_out` is the batch's: what resolvers make of the assignments, kept for all who ask in the request.
    """

    claims: Sequence[ClaimRow]
    assignments: Mapping[str, Sequence[AgreementRow]]
    worked_out: dict[Any, Any]


def _ownership(request: Request) -> dict[tuple[str, bool], BatchLoader[str, OwnershipFacts]]:
    def loader(label: str, *, past: bool) -> BatchLoader[str, OwnershipFacts]:
        async def fetch(keys: list[str]) -> dict[str, OwnershipFacts]:
            async with request.gate:
                rows = await ownership_rows(request.graph, label, keys, past=past)
            kept: dict[Any, Any] = {}
            return {
                key: OwnershipFacts(claims=claims, assignments=rows.assignments, worked_out=kept)
                for key, claims in rows.claims.items()
            }

        return BatchLoader("ownership", request, fetch)

    return {(label, past): loader(label, past=past) for label, past in OWNERSHIP}


def _conflict_cells(request: Request) -> dict[str, BatchLoader[str, list[ConflictCells]]]:
    def loader(label: str) -> BatchLoader[str, list[ConflictCells]]:
        async def fetch(keys: list[str]) -> dict[str, list[ConflictCells]]:
            async with request.gate:
                return await conflict_cells(request.graph, label, keys)

        return BatchLoader("conflict cells", request, fetch)

    return {label: loader(label) for label in CONFLICT_CELLS}


@dataclass(frozen=True, slots=True)
class HoldingsKey:
    """A party, and which of its assets are looked for."""

    party: str
    asked: HoldingsAsked


def _holdings(request: Request) -> BatchLoader[HoldingsKey, list[tuple[str, str]]]:
    async def fetch(keys: list[HoldingsKey]) -> dict[HoldingsKey, list[tuple[str, str]]]:
        parties: defaultdict[HoldingsAsked, list[str]] = defaultdict(list)
        for key in keys:
            parties[key.asked].append(key.party)

        async def read(
            asked: HoldingsAsked, ids: list[str]
        ) -> dict[HoldingsKey, list[tuple[str, str]]]:
            async with request.gate:
                found = await holdings(request.graph, ids, asked)
            return {HoldingsKey(party, asked): assets for party, assets in found.items()}

        read_all = await asyncio.gather(*(read(*each) for each in parties.items()))
        return {key: assets for found in read_all for key, assets in found.items()}

    return BatchLoader("holdings by party", request, fetch)


class RightsLoaders(DomainLoaders):
    """What ownership is worked out from."""

    ownership = PerRequest(_ownership)
    """By label of the asset and whether the past is asked about, keyed by its id."""
    conflict_cells = PerRequest(_conflict_cells)
    """By label of the asset, keyed by its id."""
    holdings = PerRequest(_holdings)
    """Label and id of what a party may own something of, keyed by the party and what is asked."""
