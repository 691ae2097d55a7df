"""The bundled sample: real records, and a generated layer over them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from graph.client import Graph
from graph.detecting import detect_conflicts
from ingest.generated import generate_layer
from ingest.load import SourceFormat, load
from ingest.reports import LoadReport, Progress

SAMPLE: Final = Path(__file__).resolve().parents[1] / "sample"
SEED: Final = 1


async def load_sample(graph: Graph, *, progress: Progress | None = None) -> LoadReport:
    """Load the bundled files, what is generated over them, and its conflicts; again, it changes nothing."""
    report = LoadReport()
    for source_format in (SourceFormat.MUSICBRAINZ, SourceFormat.DISCOGS):
        paths = sorted((SAMPLE / source_format).iterdir())
        report.files += (await load(graph, source_format, paths, progress=progress)).files
    sources = [file.source_id for file in report.files if file.source_id]
    layer = await generate_layer(graph, sources=sources, seed=SEED, progress=progress)
    report.files += layer.files
    await detect_conflicts(graph, now=datetime.now(UTC))
    return report
