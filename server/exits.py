"""How a command ends: exit codes that mean something, and plain words on stderr."""

from __future__ import annotations

import asyncio
import logging
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer
import uvloop
from rich.console import Console

from export.errors import ExportError
from graph.engines import EngineError
from graph.errors import GraphError
from server.interrupts import INTERRUPTED, WORD, raised_when_interrupted
from server.persisted import ManifestError
from server.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Coroutine

Result = TypeVar("Result")

stdout = Console()
stderr = Console(stderr=True)


class Exit(IntEnum):
    """What the exit code of a command says; `content-graph --help` and the README repeat it."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    UNAVAILABLE = 3
    INTERRUPTED = INTERRUPTED


class AddressTakenError(Exception):
    """Somebody else listens where the server should."""

    code = "ADDRESS_TAKEN"


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a command's work; what is expected to go wrong ends in a sentence and an exit code.

    A defect is not caught: its traceback is what is wanted then.
    """
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # Its failures are told in our words.
    try:
        with raised_when_interrupted():
            return uvloop.run(work)
    except (EngineError, GraphError, AddressTakenError) as error:
        fail(str(error), Exit.UNAVAILABLE)
    except (SettingsError, ManifestError, ExportError) as error:
        fail(str(error), Exit.USAGE)
    except (KeyboardInterrupt, asyncio.CancelledError):
        fail(WORD, Exit.INTERRUPTED)


def fail(message: str, code: Exit) -> NoReturn:
    """Say what is wrong and end with the code."""
    stderr.print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(code)
