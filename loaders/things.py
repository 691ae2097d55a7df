"""Loaders of things by id: one for each kind that the request asks for."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from graph.things import ById, rows_by_id
from loaders.batching import BatchLoader, RequestLoaders

Row = TypeVar("Row")


class ThingLoaders:
    """A request's loaders by id, made when first asked for; a kind needs no declaration here."""

    def __init__(self, request: RequestLoaders) -> None:
        self._request = request
        self._made: dict[ById[Any], BatchLoader[str, Any]] = {}

    def by(self, things: ById[Row]) -> BatchLoader[str, Row]:
        """Return the loader of a kind of thing."""
        loader = self._made.get(things)
        if loader is None:
            loader = self._made[things] = self._loader(things)
        return cast("BatchLoader[str, Row]", loader)

    def _loader(self, things: ById[Row]) -> BatchLoader[str, Row]:
        async def fetch(keys: list[str]) -> dict[str, Row]:
            async with self._request.gate:
                return await rows_by_id(self._request.graph, things, keys)

        return BatchLoader(things.summary, self._request, fetch)
