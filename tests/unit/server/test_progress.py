"""What a load says when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console

from ingest.reports import FileReport, LoadReport, Rule
from server import progress, sample
from server.progress import SHOWN_REFUSALS
from server.settings import Settings

if TYPE_CHECKING:
    import pytest


def report() -> LoadReport:
    """Return a load of two files, the second one refused whole."""
    first = FileReport(file="a.xml", read=1200, kept=1188)
    for line in range(1, 13):
        first.refuse(line, Rule.DISCOGS_NO_ID, "The record has no number.")
    second = FileReport(file="b.xml")
    second.refuse(0, Rule.FILE_UNREADABLE, "It is not there.")
    return LoadReport(files=[first, second])


async def test_a_first_load_ends_with_its_summary(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Read, kept, refused and why, also where nobody watches a terminal."""

    async def loaded(_graph: Any, **_given: Any) -> LoadReport:
        return report()

    monkeypatch.setattr(sample, "load_sample", loaded)
    for module in (sample, progress):
        monkeypatch.setattr(module, "stderr", Console(stderr=True))
    graph: Any = None
    await sample.load_first_sample(Settings(uri="bolt://elsewhere"), graph)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "a.xml: 1,200 records read, 1,188 kept, 12 refused."
    assert lines[1] == "a.xml:1: DISCOGS_NO_ID: The record has no number."
    assert lines[1 + SHOWN_REFUSALS].startswith("… and 2 more")
    assert lines[-2:] == [
        "b.xml: 0 records read, 0 kept, 1 refused.",
        "b.xml: FILE_UNREADABLE: It is not there.",
    ]
