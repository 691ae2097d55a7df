"""Loaders of what ownership is worked out from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.ownership import OWNERSHIP, ownership_rows
from graph.rights import AgreementRow, ClaimRow
from loaders.batching import BatchLoader, DomainLoaders, PerRequest
from loaders.batching import RequestLoaders as Request


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipFacts:
    """The claims on an asset, and all that its batch's claimants pass on, by assignor."""

    claims: Sequence[ClaimRow]
    assignments: Mapping[str, Sequence[AgreementRow]]


def _ownership(request: Request) -> dict[str, BatchLoader[str, OwnershipFacts]]:
    def loader(label: str) -> BatchLoader[str, OwnershipFacts]:
        async def fetch(keys: list[str]) -> dict[str, OwnershipFacts]:
            async with request.gate:
                rows = await ownership_rows(request.graph, label, keys)
            return {
                key: OwnershipFacts(claims=claims, assignments=rows.assignments)
                for key, claims in rows.claims.items()
            }

        return BatchLoader("ownership", request, fetch)

    return {label: loader(label) for label in OWNERSHIP}


class RightsLoaders(DomainLoaders):
    """What ownership is worked out from."""

    ownership = PerRequest(_ownership)
    """By label of the asset, keyed by its id."""
