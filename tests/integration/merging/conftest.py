"""A graph to merge in, and its journal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest_asyncio

from graph.journal import Journal
from tests.integration.ingest.conftest import empty

if TYPE_CHECKING:
    from graph.client import Graph

__all__ = ["empty"]


@pytest_asyncio.fixture
async def journal(empty: Graph) -> AsyncIterator[Journal]:
    """Yield what carries commands out over the empty graph."""
    journal = Journal(empty)
    yield journal
    await journal.close()
