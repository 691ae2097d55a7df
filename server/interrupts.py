"""Ctrl-C where no event loop answers it: a plain word and exit code 130, never a traceback.

Nothing is imported here that takes time: a second of imports is long enough to be interrupted.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType

INTERRUPTED: Final = 130
WORD: Final = "Interrupted."


def end_when_interrupted() -> None:
    """End at once on Ctrl-C from now on; one that the starter ignores stays ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


@contextmanager
def raised_when_interrupted() -> Generator[None]:
    """Raise KeyboardInterrupt on Ctrl-C in the block, as an event loop's runner expects."""
    if signal.getsignal(signal.SIGINT) is not _end:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    # Not by an exception: an import that is cut off may turn it into one of its own.
    os.write(2, f"{WORD}\n".encode())
    os._exit(INTERRUPTED)
