"""The bundled sample: real records, and a generated layer over them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from graph.client import Graph
from ingest.generated import generate_layer
from ingest.load import SourceFormat, load
from ingest.reports import LoadReport, Progress

SAMPLE: Final = Path(__file__).resolve().parents[1] / "sample"
SEED: Final = 1


async def load_sample(graph: Graph, *, progress: Progress | None = None) -> LoadReport:
    """Load the bundled files and what is generated over them; again, it changes nothing."""
    report = LoadReport()
    for source_format in (SourceFormat.MUSICBRAINZ, SourceFormat.DISCOGS):
        paths = sorted((SAMPLE / source_format).iterdir())
        report.files += (await load(graph, source_format, paths, progress=progress)).files
    sources = [file.source_id for file in report.files if file.source_id]
    layer = await generate_layer(graph, sources=sources, seed=SEED, progress=progress)
    report.files += layer.files
    return report
