"""Loaders of what ownership is worked out from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


class RightsLoaders(DomainLoaders):
    """What ownership is worked out from."""

    ownership = PerRequest(_ownership)
    """By label of the asset and whether the past is asked about, keyed by its id."""
