"""Loaders of lists: one for each list that the request asks of."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from graph.listings import Listing
from loaders.batching import ListLoader, RequestLoaders

Row = TypeVar("Row")


class ListLoaders:
    """A request's list loaders, made when first asked for; a list needs no declaration here."""

    def __init__(self, request: RequestLoaders) -> None:
        self._request = request
        self._made: dict[Listing[Any], ListLoader[Any]] = {}

    def of(self, listing: Listing[Row]) -> ListLoader[Row]:
        """Return the loader of a list."""
        loader = self._made.get(listing)
        if loader is None:
            loader = self._made[listing] = ListLoader(self._request, listing)
        return cast("ListLoader[Row]", loader)
