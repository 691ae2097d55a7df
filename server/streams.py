"""Streams that are open: so many a caller, and all of them ended when the server stops."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Final

from execution.limits import LimitError

TAKE_SECONDS: Final = 30.0
"""How long a client may leave what is sent to it untaken; then it is let go."""
AGAIN_SECONDS: Final = 30


class TooManyStreamsError(LimitError):
    """The caller has as many streams as it may have."""

    code = "TOO_MANY_STREAMS"

    def __init__(self, most: int) -> None:
        self.retry_after = AGAIN_SECONDS
        super().__init__(f"You have {most} streams; end one, or put more into one.")


class ClientGoneError(ConnectionError):
    """The client has gone, or takes nothing any more."""


class Streams:
    """The streams of one server."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[object]] = set()
        self.stopped = False

    @property
    def open(self) -> int:
        """How many are open."""
        return self._open.total()

    def begin(self, caller: str) -> None:
        """Count one more of a caller; raise TooManyStreamsError where it has too many."""
        if self._open[caller] >= self._most:
            raise TooManyStreamsError(self._most)
        self._open[caller] += 1

    def end(self, caller: str) -> None:
        """Count one less of a caller."""
        self._open[caller] -= 1
        if not self._open[caller]:
            del self._open[caller]

    def running(self, task: asyncio.Task[object]) -> None:
        """End a task, too, when the server stops."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop(self) -> None:
        """End what runs: clients that are cut off ask again, elsewhere."""
        self.stopped = True
        for task in self._tasks:
            task.cancel()
