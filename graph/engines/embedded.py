"""The embedded engine as its users see it: found and shared, or started, and kept running.

    async with embedded(Path("var/data")) as endpoint:
        driver = AsyncGraphDatabase.driver(endpoint.uri, auth=endpoint.auth)

The engine is a process of its own. It lives for as long as any user of the folder does, whichever
of them started it, and it leaves no orphan when they are killed.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph.engines.embedded_child import Exit
from graph.engines.errors import EngineError, EngineStartError, EngineUnresponsiveError
from graph.engines.folder import LOOPBACK, EngineFolder
from graph.engines.locks import FileLock, folder_errors, holder
from graph.engines.storage import little_left

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from graph.engines.endpoint import Endpoint

_logger = logging.getLogger(__name__)

_POLL_SECONDS: Final = 0.02
_WATCH_SECONDS: Final = 0.1
_STOP_SECONDS: Final = 20.0
_BACKOFF_SECONDS: Final = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
_HEALTHY_SECONDS: Final = 60.0
_ROOT: Final = Path(__file__).resolve().parents[2]


class WalFlush(IntEnum):
    """What a commit waits for: nothing, its data on the disk, or the file's metadata too.

    A killed process loses nothing with any of them; a power cut may with NEVER.
    """

    NEVER = 0
    DATA = 1
    FULL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOptions:
    """How an engine is started; who shares a running one takes it as it is.

    ``statement_seconds`` ends every statement, reads and writes alike: the embedded engine knows no
    time limit of a transaction, and runs on for a client that has left.
    """

    heap_mb: int = 1024
    statement_seconds: float = 15.0
    wal_flush: WalFlush = WalFlush.DATA
    start_seconds: float = 60.0


class EmbeddedEngine:
    """One process's share in the engine of a data folder."""

    def __init__(self, data: Path, options: EngineOptions | None = None) -> None:
        self._folder = EngineFolder(data)
        self._options = options or EngineOptions()
        self._share = FileLock(self._folder.users)
        self._child: int | None = None
        self._port = 0

    async def open(self) -> Endpoint:
        """Find the folder's engine and share it, or start it; return where it answers."""
        self._folder.prepare()
        with folder_errors(self._folder.data):
            deadline = time.monotonic() + self._options.start_seconds
            while not self._share.take(shared=True):
                await self._pause(deadline)
            try:
                self._port = await self._ensure(deadline)
            except BaseException:
                self._share.release()
                raise
        return self._folder.endpoint(self._port)

    async def close(self) -> None:
        """Give the share back; wait for the engine to stop when nobody else needs it."""
        self._share.release()
        deadline = time.monotonic() + _STOP_SECONDS
        others = 0
        # The engine looks at the lock for an instant at a time: once held may be only that.
        while not self._stopped() and others < 3 and time.monotonic() < deadline:  # noqa: PLR2004
            free = FileLock(self._folder.users).free()
            others = 0 if free or self._folder.state() is None else others + 1
            await asyncio.sleep(_POLL_SECONDS)
        self._reap()

    async def supervise(self) -> None:
        """Restart the engine on its port whenever its process ends; run until cancelled.

        Clients keep their address and password, so a driver's pool recovers by itself.
        """
        failures = 0
        up_since = time.monotonic()
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            if not self._stopped():
                continue
            if time.monotonic() - up_since > _HEALTHY_SECONDS:
                failures = 0
            await asyncio.sleep(_BACKOFF_SECONDS[min(failures, len(_BACKOFF_SECONDS) - 1)])
            failures += 1
            try:
                await self._ensure(time.monotonic() + self._options.start_seconds, self._port)
            except (EngineError, OSError) as error:
                _logger.error("The engine is down: %s", error)  # noqa: TRY400 - told, not traced.
            else:
                _logger.warning("The engine had ended; it answers again on port %d.", self._port)
                up_since = time.monotonic()

    async def _ensure(self, deadline: float, port: int | None = None) -> int:
        """Return the port of the running engine, starting one if there is none.

        A port given is kept; without one the last engine's is preferred, for its other users.
        """
        starting = FileLock(self._folder.starting)
        try:
            while True:
                state = self._folder.state()
                if state and not self._stopped() and await _answers(state.port):
                    return state.port
                # Looked at again under the starters' lock: another may just have started it.
                if starting.take() and self._stopped():
                    return await self._start(deadline, port)
                # Somebody's engine is starting, stopping, or hangs: time tells which.
                await self._pause(deadline)
        finally:
            starting.release()

    async def _start(self, deadline: float, port: int | None) -> int:
        last = self._folder.state()
        preferred = port or (last.port if last else 0)
        try:
            return await self._spawn(deadline, preferred)
        except _PortTakenError as error:
            if port is None:
                return await self._spawn(deadline, 0)
            raise EngineStartError(
                f"The engine's port {port} is taken by another program. Restart the server."
            ) from error

    async def _spawn(self, deadline: float, port: int) -> int:
        last = self._folder.state()
        self._child = _spawn(self._folder, port, self._options)
        while True:
            ended = self._reap()
            state = self._folder.state()
            # Not by our child's number: a starter that was killed may have left one that is first.
            if state is not None and state != last:
                return state.port
            if ended is not None:
                raise _failure(ended, self._folder)
            await self._pause(deadline)

    def _stopped(self) -> bool:
        """Say whether no engine process holds the folder."""
        self._reap()
        return FileLock(self._folder.lock).free()

    def _reap(self) -> int | None:
        """Collect our child if it has ended and return its exit code."""
        if self._child is None:
            return None
        try:
            pid, status = os.waitpid(self._child, os.WNOHANG)
        except ChildProcessError:
            self._child = None
            return int(Exit.FAILED)
        if pid == 0:
            return None
        self._child = None
        return os.waitstatus_to_exitcode(status)

    async def _pause(self, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise EngineUnresponsiveError(
                f"The engine of {self._folder.data} (process {holder(self._folder.lock)}) is "
                "running but does not answer. Stop that process, then try again; its log is "
                f"in {self._folder.log}."
            )
        await asyncio.sleep(_POLL_SECONDS)


class _PortTakenError(EngineStartError):
    """The port asked for is somebody else's."""


def _spawn(folder: EngineFolder, port: int, options: EngineOptions) -> int:
    """Start the engine's process in a session of its own, so that Ctrl-C does not reach it.

    Not ``subprocess``: the process outlives this one when others use it, which would warn.
    """
    program = [
        sys.executable,
        "-P",
        "-m",
        "graph.engines.embedded_child",
        str(folder.data),
        f"--port={port}",
        f"--heap-mb={options.heap_mb}",
        f"--wal-flush={int(options.wal_flush)}",
        f"--statement-ms={int(options.statement_seconds * 1000)}",
    ]
    log = os.open(folder.process_log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        return os.posix_spawn(
            sys.executable,
            program,
            {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUNBUFFERED": "1"},
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, log, 1),
                (os.POSIX_SPAWN_DUP2, log, 2),
            ],
            setsid=True,
        )
    finally:
        os.close(log)


def _failure(code: int, folder: EngineFolder) -> EngineStartError | EngineUnresponsiveError:
    if code == Exit.PORT_TAKEN:
        return _PortTakenError("The engine's port is taken.")
    if code == Exit.FOLDER_HELD:
        return EngineUnresponsiveError(
            f"The engine of {folder.data} (process {holder(folder.lock)}) is running but does not "
            f"answer. Stop that process, then try again; its log is in {folder.log}."
        )
    left = little_left(folder.data)
    if left is not None:
        return EngineStartError(
            f"The engine ended while starting, with {left} MB left on the disk of {folder.data}. "
            f"Free space, then try again; what is stored is kept. Its log is in {folder.log}."
        )
    with suppress(OSError):
        lines = folder.process_log.read_text(encoding="utf-8", errors="replace").splitlines()
        told = [line for line in lines if line.strip() and not line.startswith("WARNING")]
        if told:
            return EngineStartError(
                f"The engine ended while starting: {told[-1].strip()[:300]} "
                f"The whole of it is in {folder.log}."
            )
    return EngineStartError(
        f"The engine ended while starting, with code {code}. Its log is in {folder.log}."
    )


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


@asynccontextmanager
async def embedded(
    data: Path, options: EngineOptions | None = None, *, supervised: bool = False
) -> AsyncGenerator[Endpoint]:
    """Hold the engine of a data folder while the block runs; ``supervised`` for long ones."""
    engine = EmbeddedEngine(data, options)
    endpoint = await engine.open()
    watch = asyncio.create_task(engine.supervise()) if supervised else None
    try:
        yield endpoint
    finally:
        if watch is not None:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch
        await engine.close()
