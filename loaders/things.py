"""Loaders of things by id: one for each kind that the request asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from graph.things import ById, rows_by_id
from loaders.batching import BatchLoader, RequestLoaders

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from collections.abc import Set as AbstractSet

Row = TypeVar("Row")


class ThingLoaders:
    """A request's loaders by id, made when first asked for; a kind needs no declaration here."""

    def __init__(self, request: RequestLoaders) -> None:
        self._request = request
        self._made: dict[ById[Any], BatchLoader[str, Any]] = {}
        self._seen: dict[str, BatchLoader[str, bool]] = {}

    def by(self, things: ById[Row]) -> BatchLoader[str, Row]:
        """Return the loader of a kind of thing."""
        loader = self._made.get(things)
        if loader is None:
            loader = self._made[things] = self._loader(things)
        return cast("BatchLoader[str, Row]", loader)

    async def is_seen(
        self, kind: str, key: str, seen: Callable[[list[str]], Awaitable[AbstractSet[str]]]
    ) -> bool:
        """Say whether a thing is among those that `seen` returns of a batch of its kind."""
        loader = self._seen.get(kind)
        if loader is None:

            async def fetch(keys: list[str]) -> dict[str, bool]:
                async with self._request.gate:
                    return dict.fromkeys(await seen(keys), True)

            loader = self._seen[kind] = BatchLoader(f"{kind} seen", self._request, fetch)
        found = loader.load(key)
        loader.clear(key)  # A later change of the same request may show it, or hide it.
        return bool(await found)

    def _loader(self, things: ById[Row]) -> BatchLoader[str, Row]:
        async def fetch(keys: list[str]) -> dict[str, Row]:
            async with self._request.gate:
                return await rows_by_id(self._request.graph, things, keys)

        return BatchLoader(things.summary, self._request, fetch)
