"""How the sample engine of a test session is filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.client import connect
from graph.migrations import migrate
from ingest import sample

if TYPE_CHECKING:
    from graph.engines import Endpoint


async def load_sample(endpoint: Endpoint) -> None:
    """Write the bundled sample into an empty engine, as the product's own command does."""
    async with connect(endpoint) as graph:
        await migrate(graph)
        await sample.load_sample(graph)
