"""Serving: the socket first, then the engine, then HTTP; and down again in the other order."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import structlog
import uvicorn

from server.app import create_app
from server.connections import Connection
from server.exits import AddressTakenError, stderr
from server.observability import telemetry
from server.persisted import persisted_documents
from server.sample import first_start, load_first_sample
from server.service import serving

if TYPE_CHECKING:
    from collections.abc import Generator

    from server.settings import Settings
    from server.streams import Streams

DRAIN_SECONDS: Final = 10
KEEP_ALIVE_SECONDS: Final = 65
PING_SECONDS: Final = 20
"""How often websockets are asked whether somebody is there, and how long the answer may take."""
UNTAKEN_SECONDS: Final = 30
BACKLOG: Final = 2048
YOUNG_OBJECTS: Final = 200_000
SWITCH_SECONDS: Final = 0.0005
ANYWHERE: Final = frozenset({"0.0.0.0", "::", "127.0.0.1", "::1"})  # noqa: S104 - compared, not bound.

_log = structlog.stdlib.get_logger("content_graph.serve")


async def serve(settings: Settings) -> None:
    """Serve until Ctrl-C or SIGTERM; requests under way are answered before the engine stops.

    Raises AddressTakenError, EngineError or GraphError where the server cannot start.
    """
    running = asyncio.current_task()
    assert running is not None  # noqa: S101 - a coroutine that runs has a task.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    documents = persisted_documents(settings)  # Before anything starts: it may not be readable.
    with telemetry(settings), listening(settings.host, settings.port) as listener:
        first = first_start(settings)
        if settings.embedded and settings.development and stderr.is_terminal:
            stderr.print("Starting the embedded engine…")
        async with serving(settings) as service:
            if first:
                await load_first_sample(settings, service.graph)
            app = create_app(settings, service=service, documents=documents)
            config = uvicorn.Config(
                app,
                http=Connection,
                ws="websockets-sansio",
                ws_max_size=settings.max_body_bytes,
                ws_per_message_deflate=False,
                ws_ping_interval=PING_SECONDS,
                ws_ping_timeout=PING_SECONDS,
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=DRAIN_SECONDS,
            )
            announced = address(settings, listener)
            collect_seldom()
            take_turns()
            await _Server(
                config, announced, app.state.streams, explorer=settings.development
            ).serve([listener])


def collect_seldom() -> None:
    """Have the garbage collector leave what stands now alone, and look at the rest seldom.

    A request makes no reference cycles, so counting references frees all of it at once. The default
    looks through what is under way after every 700 objects: a third of the time of large answers.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 50)


def take_turns() -> None:
    """Have the thread that answers wait no longer than it works for the one that checks long documents.

    By default it waits 5 ms each time that it has sent or received something, ten times for ten answers.
    """
    sys.setswitchinterval(SWITCH_SECONDS)


@contextmanager
def listening(host: str, port: int) -> Generator[socket.socket]:
    """Yield a socket that listens there, or say who cannot: before anything else is started."""
    try:
        [(family, *_), *_] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        reason, _, _ = (error.strerror or str(error)).partition(" (while")
        raise AddressTakenError(
            f"Nothing can listen on {host} port {port}: {reason}. "
            "Choose another with PORT or --port."
        ) from None
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # Whoever is gone without a word is found out by what it does not take.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNTAKEN_SECONDS * 1_000)
    with listener:
        yield listener


def address(settings: Settings, listener: socket.socket) -> str:
    """Return the address a browser on this machine takes."""
    port = listener.getsockname()[1]
    return f"http://{'localhost' if settings.host in ANYWHERE else settings.host}:{port}"


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it answers, and ends without raising the signal again."""

    def __init__(
        self, config: uvicorn.Config, address: str, streams: Streams, *, explorer: bool
    ) -> None:
        super().__init__(config)
        self._streams = streams
        self._address = address
        self._explorer = explorer

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say where: in words where people look on, otherwise in the log."""
        await super().startup(sockets)
        if self.should_exit:
            return
        if self._explorer:
            stderr.print(f"Content Graph answers at [bold]{self._address}/graphql[/bold]")
            stderr.print(f"The explorer is at [bold]{self._address}/[/bold] (Ctrl-C stops both)")
        else:
            _log.info("serving", address=f"{self._address}/graphql")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: what would never end by itself is ended first."""
        self._streams.stop()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Stop on a signal; the caller cleans up after `serve`, so it must come back from it."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)
