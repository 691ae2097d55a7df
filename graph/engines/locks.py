"""File locks between processes: they end with their holder, however it ends."""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from graph.engines.errors import DataFolderError, ServerRunningError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path
    from types import TracebackType


class FileLock:
    """A lock on one file, shared or exclusive, never waited for.

    The kernel drops it when the process dies, so a kill -9 leaves nothing behind. Python opens
    files non-inheritable, so a process that we start never holds it by accident.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock if it is free for that mode; say whether it is now held."""
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self._file, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Let go of the lock; a lock not held stays as it is."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def free(self) -> bool:
        """Say whether nobody holds the file, by taking it for an instant."""
        probe = FileLock(self.path)
        held = probe.take()
        probe.release()
        return held

    def note(self, text: str) -> None:
        """Write who holds the lock into its file, for messages to people."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, text.encode(), 0)


def holder(path: Path) -> str:
    """Return what the holder noted in its lock file, or "unknown"."""
    try:
        return path.read_text(encoding="utf-8").strip() or "unknown"
    except OSError:
        return "unknown"


class ServerLock:
    """At most one server over a data folder; commands and workers do not take it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = FileLock(data / "server.lock")

    def __enter__(self) -> Self:
        with folder_errors(self._data):
            self._data.mkdir(parents=True, exist_ok=True)
            if not self._lock.take():
                raise ServerRunningError(
                    f"Another server (process {holder(self._lock.path)}) already serves "
                    f"{self._data}. Stop it first, or give this one a data folder of its own."
                )
        self._lock.note(str(os.getpid()))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()


@contextmanager
def folder_errors(folder: Path) -> Generator[None]:
    """Turn the operating system's refusals about a folder into one typed error."""
    try:
        yield
    except OSError as error:
        advice = "Choose a folder on a local disk that this user may write."
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            advice = "Free space, then try again; what is stored is kept."
        raise DataFolderError(
            f"The data folder {folder} cannot be used: {error.strerror or error}. {advice}"
        ) from error
