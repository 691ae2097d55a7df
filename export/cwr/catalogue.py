"""A party's catalogue as a CWR message: every registration that stands and names it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from export.cwr.kept import fitted
from export.cwr.loose import NUMBER, registrations
from export.cwr.registrations import drafts
from export.cwr.writing import From, Message
from export.parties import party_called
from export.reports import ExportReport
from graph.client import Graph
from graph.registrations import (
    PartyFound,
    RegistrationRow,
    loose_claims,
    registrations_by_id,
    standing,
)
from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import Version

# Registrations held at a time.
_PAGE: Final = 200
_ORDER: Final = ("AGR", "NWR", "REV", "WRK")
_IPI_TAIL: Final = 9


async def export_catalogue(
    graph: Graph, called: str, version: Version, path: Path, now: datetime
) -> ExportReport:
    """Write a party's catalogue; it is named by our id or an IPI name number.

    Raises UnknownParty and AmbiguousParty before anything is written.
    """
    party = await party_called(graph, called)
    found = await standing(graph, party.id)
    submitters = {submitter for _, _, submitter in found}
    sender = From(code=_code(party, submitters, version), name=party.name)
    report = ExportReport(file=str(path))
    with path.open("w", encoding="ascii", newline="") as file:
        message = Message(file, version, report)
        message.begin(sender, now)
        drawn = list(registrations(await loose_claims(graph, party.id), party.id))
        for kind in _ORDER:
            ids = [each for each, its, _ in found if fitted(its, version) == kind]
            loose = drawn if kind == fitted("NWR", version) else []
            if kind not in LAYOUTS[version]:
                report.note(party.name, _unwritten(kind, version, len(ids)))
            if not (ids or loose) or kind not in LAYOUTS[version]:
                continue
            message.group(kind)
            async for row in _rows(graph, ids, loose):
                faults: list[Fault] = []
                number = None
                if len(submitters) > 1 and row.work_id:
                    # Numbers of several submitters may be the same.
                    number = row.work_id[:NUMBER].upper()
                message.transaction(row.number or row.id, drafts(row, version, number, faults))
                report.note(row.number or row.id, faults)
            message.close()
        message.end()
    return report


def _unwritten(kind: str, version: Version, count: int) -> Iterator[Fault]:
    """Yield that a version has no place for some transactions, where there are any."""
    if count:
        message = f"CWR {version} has no such transaction, and there are {count:,}"
        done = Done.TRANSACTION_LEFT_OUT
        yield Fault(CwrRule.CWR_UNKNOWN_RECORD, 0, kind, message, done)


def _code(party: PartyFound, submitters: set[str], version: Version) -> str:
    """Return whom a message says it is from: whose numbers it has, or else the party by its IPI."""
    if len(submitters) == 1:
        [submitter] = submitters
        if (len(submitter) <= len("PB0000")) == (version is Version.V30):
            return submitter
    if version is Version.V30:
        return "PB" + party.id[:4].upper()
    ipi = party.ipi_name or ""
    # A number of more than nine digits begins where the kind of sender stands otherwise.
    return ipi if ipi and not ipi.startswith("00") else "PB" + ipi[-_IPI_TAIL:].zfill(_IPI_TAIL)


async def _rows(
    graph: Graph, ids: Sequence[str], loose: Sequence[RegistrationRow]
) -> AsyncIterator[RegistrationRow]:
    for start in range(0, len(ids), _PAGE):
        for row in await registrations_by_id(graph, ids[start : start + _PAGE]):
            yield row
    for row in loose:
        yield row
