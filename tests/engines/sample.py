"""How the sample engine of a test session is filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.engines import Endpoint


async def load_sample(endpoint: Endpoint) -> None:
    """Write the bundled sample into an empty engine, as the product's own command does."""
    raise NotImplementedError(f"No sample is bundled yet to load into {endpoint.uri}.")
