"""The application behind a real port, for what asks it over the network."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Literal

import uvicorn

from server.connections import Connection

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.applications import Starlette
    from starlette.types import ASGIApp


@asynccontextmanager
async def listening(app: Starlette) -> AsyncGenerator[str]:
    """Yield where the application's GraphQL answers while the block runs."""
    async with listening_at(app) as address:
        yield f"{address}/graphql"


@asynccontextmanager
async def listening_at(
    app: ASGIApp,
    *,
    lifespan: Literal["auto", "off"] = "auto",
    keep_alive_seconds: int = 5,
    ws: Literal["auto", "none"] = "auto",
) -> AsyncGenerator[str]:
    """Yield the address at which an application answers while the block runs."""
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            port=0,
            http=Connection,
            log_config=None,
            access_log=False,
            lifespan=lifespan,
            ws=ws,
            timeout_keep_alive=keep_alive_seconds,
        )
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it.
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await serving
