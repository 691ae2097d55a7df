"""Loaders of what ownership is worked out from."""

from collections.abc import Mapping

from graph import rights
from graph.client import Graph
from loaders.batching import BatchLoader, DomainLoaders, PerRequest, one
from loaders.batching import RequestLoaders as Request

Downstream = Mapping[str, tuple[rights.AgreementRow, ...]]


def _ownership_claims(request: Request) -> dict[str, BatchLoader[str, tuple[rights.ClaimRow, ...]]]:
    def loader(label: str) -> BatchLoader[str, tuple[rights.ClaimRow, ...]]:
        async def fetch(keys: list[str]) -> dict[str, tuple[rights.ClaimRow, ...]]:
            async with request.gate:
                return await rights.ownership_claims(request.graph, label, keys)

        return BatchLoader("ownership claims", request, fetch)

    return {label: loader(label) for label in rights.OWNERSHIP_CLAIMS}


async def _downstream(graph: Graph, parties: list[str]) -> dict[str, Downstream]:
    return dict.fromkeys(parties, await rights.agreements_downstream(graph, parties))


class RightsLoaders(DomainLoaders):
    """What ownership is worked out from."""

    ownership_claims = PerRequest(_ownership_claims)
    downstream = one("agreements downstream", _downstream)
    """The agreements, by assignor, that any party of the batch can reach: each party's own among them."""
