"""Loaders of full-text candidates."""

import asyncio
from collections.abc import Mapping

from graph import search
from graph.recognition import RecognisedRow, by_identifier, by_title
from loaders.batching import BatchLoader, DomainLoaders, PerRequest, RequestLoaders, one


def _candidates(
    request: RequestLoaders,
) -> BatchLoader[search.SearchKey, tuple[search.CandidateRow, ...]]:
    async def fetch(
        keys: list[search.SearchKey],
    ) -> Mapping[search.SearchKey, tuple[search.CandidateRow, ...]]:
        async def read(key: search.SearchKey) -> tuple[search.CandidateRow, ...]:
            async with request.gate:
                return await search.candidates(request.graph, key)

        found = await asyncio.gather(*(read(key) for key in keys))
        return dict(zip(keys, found, strict=True))

    return BatchLoader("search", request, fetch)


class SearchLoaders(DomainLoaders):
    """Things whose names may match a text."""

    candidates = PerRequest(_candidates)
    by_identifier: PerRequest[BatchLoader[str, list[RecognisedRow]]] = one(
        "content by identifier", by_identifier
    )
    """What content may be, keyed by an identifier's key."""
    by_title: PerRequest[BatchLoader[str, list[RecognisedRow]]] = one("content by title", by_title)
    """What content may be, keyed by its title."""
