"""Discogs dumps as records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.records import Record
from ingest.reports import Rule

KIND: Final = "DISCOGS"
LICENCE: Final = "CC0-1.0"


def read(path: Path, skip: int = 0) -> Iterator[Record]:  # noqa: ARG001 - not yet.
    """Refuse the file: the format is not read yet."""
    yield Record(
        line=0, refused=[(0, Rule.DISCOGS_ROOT, f"{path.name}: not read yet.")], fatal=True
    )
