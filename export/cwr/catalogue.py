"""A party's catalogue as a CWR message: what stands of every work that it is named or claims in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Final

from export.cwr.checking import faults_of
from export.cwr.contents import Contents
from export.cwr.writing import Message
from export.parties import party_called
from export.reports import ExportReport
from graph.client import Graph
from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import Version

_ORDER: Final = ("AGR", "NWR", "REV", "WRK")


async def export_catalogue(  # noqa: PLR0913 - what a message is made of.
    graph: Graph,
    called: str,
    version: Version,
    path: Path,
    now: datetime,
    *,
    at: date | None = None,
) -> ExportReport:
    """Write a party's catalogue as it stands on a day, today unless told; it is named by our id or an IPI.

    Raises UnknownParty and AmbiguousParty before anything is written.
    """
    party = await party_called(graph, called)
    contents = Contents(graph, party, version, (at or now.date()).isoformat())
    await contents.find()
    report = ExportReport(file=str(path))
    with path.open("w", encoding="ascii", newline="") as file:
        message = Message(file, version, report)
        message.begin(contents.sender, now)
        for kind in _ORDER:
            if kind not in LAYOUTS[version]:
                report.note(party.name, contents.unwritten(kind))
                continue
            opened = False
            async for about, records, faults in contents.transactions(kind):
                if not opened:
                    message.group(kind)
                    opened = True
                lines = message.transaction(about, records)
                report.note(about, [*faults, *faults_of(lines, version)])
            if opened:
                message.close()
        message.end()
    report.note(party.name, contents.faults)
    return report
