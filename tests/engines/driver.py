"""The bare driver, for tests of the engines themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from neo4j import AsyncDriver, AsyncGraphDatabase

if TYPE_CHECKING:
    from graph.engines import Endpoint


def driver_to(endpoint: Endpoint) -> AsyncDriver:
    """Return a driver to an endpoint; close it with ``async with``."""
    # The driver leaves the types of its keyword settings out; the ones passed are typed here.
    return AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]
        endpoint.uri, auth=endpoint.auth
    )
