"""Real records of the bundled sample, one by one."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import musicbrainz
from ingest.records import Record

SAMPLE = Path(__file__).resolve().parents[3] / "sample"


@pytest.fixture(scope="session")
def responses() -> dict[str, bytes]:
    """Return each MusicBrainz response of the sample by the name of its original file."""
    path = "musicbrainz/responses.jsonl.gz"
    lines = gzip.decompress((SAMPLE / path).read_bytes()).splitlines()
    with (SAMPLE / "MANIFEST.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["path"] == path]
    return {row["original"]: lines[int(row["line"]) - 1] for row in rows}


@pytest.fixture
def read_response(responses: dict[str, bytes], tmp_path: Path) -> Callable[[str], Record]:
    """Return a reader of one response by the name of its original file."""

    def read(name: str) -> Record:
        file = tmp_path / name
        file.write_bytes(responses[name])
        (record,) = musicbrainz.read(file)
        return record

    return read


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[[str], list[Record]]:
    """Return a reader of MusicBrainz text given in the test."""

    def read(text: str) -> list[Record]:
        file = tmp_path / "text.json"
        file.write_text(text, encoding="utf-8")
        return list(musicbrainz.read(file))

    return read
