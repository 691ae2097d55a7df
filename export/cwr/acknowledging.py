"""Acknowledgements of a received message: a status for each transaction, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from export.cwr.writing import Draft, From, Message
from export.errors import NotCwr
from export.reports import ExportReport
from graph.client import Graph
from graph.registrations import instant, registered_before, registration_id
from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.reader import MAX_RECORD
from standards.cwr.records import Version
from standards.cwr.rules import Profile, broken
from standards.cwr.transactions import Transaction, transactions
from standards.cwr.values import Value

_ANSWERED: Final = frozenset({"NWR", "REV", "WRK", "AGR"})
_LEVELS: Final = {
    Done.FIELD_LEFT_OUT: "F",
    Done.RECORD_LEFT_OUT: "R",
    Done.TRANSACTION_LEFT_OUT: "T",
    Done.KEPT: "T",
}
# What a message may have wrong without any registration being so.
_FORMAL: Final = frozenset(
    {CwrRule.CWR_GROUP, CwrRule.CWR_SEQUENCE, CwrRule.CWR_COUNT, CwrRule.CWR_LENGTH}
    | {CwrRule.CWR_CHARACTER, CwrRule.CWR_VERSION}
)
_TEXT: Final = 150
_FIRST: Final = b"HDR"
# The longest record, its end, and one character more.
_LINE: Final = MAX_RECORD + 2
_PAGE: Final = 200


async def acknowledge(
    graph: Graph, received: Path, path: Path, sender: From, now: datetime
) -> ExportReport:
    """Write the acknowledgement of a received file, of the file's own version.

    Accepted (RA, and AC for agreements) is what is stored and breaks no rule; DU what was registered
    before; RJ what breaks a rule or is not stored. Raises OSError where the file cannot be read, and NotCwr
    for another file, before anything is written.
    """
    with received.open("rb") as file:
        if file.read(len(_FIRST)) != _FIRST:
            raise NotCwr(f"{received} is no CWR file: its first record is no HDR.")
    report = ExportReport(file=str(path))
    message: Message | None = None
    with received.open("rb") as file, path.open("w", encoding="ascii", newline="") as out:
        for page in _pages(file):
            known = await registered_before(graph, [_id(each) for each in page])
            for transaction in page:
                if message is None:
                    message = _opened(out, transaction, report, sender, now)
                drafts, status = _answer(transaction, known.get(_id(transaction)), now)
                message.transaction(str(transaction.line), drafts)
                report.statuses[status] += 1
        if message is None:
            message = Message(out, Version.V22, report)
            message.begin(sender, now)
        else:
            message.close()
        message.end()
    return report


def _pages(file: BinaryIO) -> Iterator[list[Transaction]]:
    """Yield the transactions that are answered, some at a time."""
    page: list[Transaction] = []
    for transaction in transactions(_numbered(file)):
        if transaction.header is not None and transaction.header.type in _ANSWERED:
            page.append(transaction)
        if len(page) >= _PAGE:
            yield page
            page = []
    if page:
        yield page


def _numbered(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with their numbers; of one longer than any record its beginning, which is refused."""
    number = 0
    while line := file.readline(_LINE):
        number += 1
        yield number, line.removesuffix(b"\n")
        while len(line) == _LINE and not line.endswith(b"\n"):
            line = file.readline(_LINE)


def _opened(
    out: TextIO, transaction: Transaction, report: ExportReport, sender: From, now: datetime
) -> Message:
    version = transaction.envelope.version if transaction.envelope else Version.V22
    message = Message(out, version, report)
    message.begin(sender, now)
    message.group("ACK")
    return message


def _id(transaction: Transaction) -> str:
    """Return the id of the registration that a transaction made."""
    header, envelope = transaction.header, transaction.envelope
    if header is None or envelope is None:
        return ""
    created = envelope.header.text("created"), envelope.header.number("created_time")
    group = envelope.group.number("group")
    number = header.text("number") or ""
    at = instant(*created)
    return registration_id(envelope.sender, at, group, header.transaction, number)


def _answer(
    transaction: Transaction, known: tuple[str | None, bool] | None, now: datetime
) -> tuple[list[Draft], str]:
    header, envelope = transaction.header, transaction.envelope
    if header is None or envelope is None:
        return [], ""
    faults = [each for each in transaction.faults if each.rule not in _FORMAL]
    faults += broken(transaction, Profile(version=envelope.version))
    status = _status(header.type, known, rejected=any(map(_rejects, faults)))
    work = known[0] if known else None
    acknowledged: dict[str, Value] = {
        "original_created": envelope.header.text("created"),
        "original_time": envelope.header.number("created_time"),
        "original_group": envelope.group.number("group"),
        "original_transaction": header.transaction,
        "original_type": header.type,
        "title": header.values.get("title"),
        "number": header.text("number"),
        "recipient_number": work.upper() if work and status in ("RA", "DU") else None,
        "processed": now.date().isoformat(),
        "status": status,
    }
    drafts: list[Draft] = [("ACK", acknowledged)]
    drafts += [("MSG", _message(each, transaction)) for each in faults]
    drafts += [(each.type, each.values) for each in (header, *transaction.details)]
    return drafts, status


def _rejects(fault: Fault) -> bool:
    """Say whether a fault is of the whole transaction: a broken rule, or a record left out."""
    return fault.done is not Done.FIELD_LEFT_OUT


def _status(kind: str, known: tuple[str | None, bool] | None, *, rejected: bool) -> str:
    if rejected or known is None:
        return "RJ"
    if kind == "AGR":
        return "AC"
    return "DU" if known[1] and kind == "NWR" else "RA"


def _message(fault: Fault, transaction: Transaction) -> dict[str, Value]:
    sequence = next((each.sequence for each in transaction.details if each.line == fault.line), 0)
    level = _LEVELS.get(fault.done, "T")
    own = fault.rule if fault.rule.startswith("W") else "000"
    return {
        "level_rejected": level,
        "original_sequence": sequence,
        "original_record": fault.record,
        "level": level,
        "validation": own,
        "message": f"{fault.rule}: {fault.message}"[:_TEXT],
    }
