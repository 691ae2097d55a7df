"""Loaders of what bears an identifier."""

from collections.abc import Mapping

from graph.identifiers import BEARERS, bearers
from loaders.batching import BatchLoader, DomainLoaders, PerRequest, RequestLoaders


def _bearers(request: RequestLoaders) -> dict[str, BatchLoader[str, list[str]]]:
    def loader(label: str) -> BatchLoader[str, list[str]]:
        async def fetch(keys: list[str]) -> Mapping[str, list[str]]:
            async with request.gate:
                return await bearers(request.graph, label, keys)

        return BatchLoader("bearers of identifiers", request, fetch)

    return {label: loader(label) for label in BEARERS}


class IdentifierLoaders(DomainLoaders):
    """The ids of what bears an identifier; two tell that several do."""

    bearers = PerRequest(_bearers)
    """By label of the things, keyed by the identifier's key."""
