"""The bundled sample, loaded the first time that a data folder is served in development."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines.locks import folder_errors
from ingest.sample import load_sample
from server.exits import stderr
from server.progress import shown, tell

if TYPE_CHECKING:
    from pathlib import Path

    from graph.client import Graph
    from server.settings import Settings


def first_start(settings: Settings) -> bool:
    """Say whether the sample is due; asked before the engine makes its folder.

    A mark stays until the sample is whole, so a first start that was cut off goes on later.
    """
    if not settings.load_sample:
        return False
    if not settings.embedded:
        return True  # It was asked for by name, and loading it again changes nothing.
    mark = _mark(settings)
    with folder_errors(settings.data):
        if not (settings.data / "engine").exists():
            settings.data.mkdir(parents=True, exist_ok=True)
            mark.touch()
        return mark.exists()


async def load_first_sample(settings: Settings, graph: Graph) -> None:
    """Load the sample, remember that it is there, and tell what was loaded."""
    with shown() as progress:
        report = await load_sample(graph, progress=progress)
    if settings.embedded:
        _mark(settings).unlink(missing_ok=True)
    tell(report, stderr)


def _mark(settings: Settings) -> Path:
    return settings.data / "sample-pending"
