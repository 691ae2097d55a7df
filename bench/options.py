"""The options that several of the benchmark's commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

CACHE: Final = Path("var/bench")

Seed = Annotated[int, typer.Option(help="Of the generated data.")]
Cache = Annotated[Path, typer.Option("--data", help="Where data sets are kept for the next run.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, a line a result.")]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Print tables for a document.")]
