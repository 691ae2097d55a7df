"""A load as people watch it; silent where nobody does."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rich.progress import Progress as Bars
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from ingest.reports import Silent, counted
from server.exits import stderr

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from rich.console import Console
    from rich.progress import TaskID

    from ingest.reports import FileReport, LoadReport, Progress

SHOWN_REFUSALS: Final = 10


@contextmanager
def shown(*, quiet: bool = False) -> Generator[Progress]:
    """Yield progress drawn on stderr, or silent where that is no terminal or `quiet` is asked."""
    if quiet or not stderr.is_terminal:
        yield Silent()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bars(*columns, console=stderr, transient=True) as bars:
        yield _Drawn(bars)


def tell(report: LoadReport, console: Console) -> None:
    """Print what was read, kept and refused, file by file; why it was refused, on stderr."""
    for file in report.files:
        console.print(file.line, markup=False, highlight=False, soft_wrap=True)
        shown = [*file.refused, *file.noted][:SHOWN_REFUSALS]
        for refusal in shown:
            where = f"{refusal.file}:{refusal.line}" if refusal.line else refusal.file
            text = f"{where}: {refusal.rule}: {refusal.message}"
            stderr.print(text, style="yellow", markup=False, highlight=False, soft_wrap=True)
        more = file.refused_by_rule.total() + file.noted_by_rule.total() - SHOWN_REFUSALS
        if more > 0:
            stderr.print(f"… and {more:,} more; --json tells the first hundred of each file.")


class _Drawn:
    """One line for the file that is being read."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._line: TaskID | None = None

    def started(self, file: Path, *, resumed_at: int) -> None:
        """Draw a line for the file."""
        after = f", after record {resumed_at:,}" if resumed_at else ""
        self._line = self._bars.add_task(f"{file.name}: reading{after}", total=None)

    def advanced(self, file: Path, *, records: int, facts: int) -> None:
        """Tell how far it is."""
        if self._line is not None:
            text = f"{file.name}: {counted(records, 'record')}, {counted(facts, 'fact')}"
            self._bars.update(self._line, description=text)

    def finished(self, report: FileReport) -> None:
        """Take the line away; the report follows."""
        del report
        if self._line is not None:
            self._bars.remove_task(self._line)
            self._line = None

    def interrupted(self, file: Path, *, position: int) -> None:
        """Say how to go on."""
        self._bars.print(
            f"{file.name}: stopped after {counted(position, 'record')}; "
            "the same command goes on from there."
        )
