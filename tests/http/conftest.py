"""The whole application over a small schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from server.settings import Settings
from tests.http.asking import client_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx


@pytest_asyncio.fixture(scope="session")
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the application; no graph is behind it."""
    async with client_of(Settings()) as client:
        yield client
