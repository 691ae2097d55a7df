"""Loaders of the deals that cover things."""

from collections.abc import Mapping, Sequence

from graph.deals import COVERING, DealRow, covering_deals
from loaders.batching import BatchLoader, DomainLoaders, PerRequest, RequestLoaders


def _covering(request: RequestLoaders) -> dict[str, BatchLoader[str, Sequence[DealRow]]]:
    def loader(label: str) -> BatchLoader[str, Sequence[DealRow]]:
        async def fetch(keys: list[str]) -> Mapping[str, Sequence[DealRow]]:
            async with request.gate:
                return await covering_deals(request.graph, label, keys)

        return BatchLoader("covering deals", request, fetch)

    return {label: loader(label) for label in COVERING}


class DealLoaders(DomainLoaders):
    """What availability is worked out from."""

    covering = PerRequest(_covering)
    """By label of the thing, keyed by its id."""
