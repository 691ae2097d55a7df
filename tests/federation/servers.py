"""Processes of the server over one Neo4j: the whole schema, and each part."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from schema.subgraphs import Domain
from tests.engines.serving import START_SECONDS, serving

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from graph.engines import Endpoint

__all__ = ["START_SECONDS", "all_served", "served"]


@asynccontextmanager
async def all_served(endpoint: Endpoint, folder: Path) -> AsyncGenerator[dict[str, str]]:
    """Yield where each domain's subgraph answers, and `whole`, while the block runs."""
    async with AsyncExitStack() as stack:
        names = [*(domain.value for domain in Domain), "whole"]
        addresses = await asyncio.gather(
            *(stack.enter_async_context(served(name, endpoint, folder)) for name in names)
        )
        yield dict(zip(names, addresses, strict=True))


@asynccontextmanager
async def served(name: str, endpoint: Endpoint, folder: Path) -> AsyncGenerator[str]:
    """Yield where one process answers while the block runs."""
    part = () if name == "whole" else ("--subgraph", name)
    async with serving(endpoint, folder / f"{name}.log", *part) as running:
        yield running.address
