"""CWR files as records: one a transaction, with what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph.facts import Fact
from ingest.cwr.acknowledgements import acknowledgement, iswc_notice
from ingest.cwr.agreements import agreement_facts
from ingest.cwr.lines import numbered
from ingest.cwr.parties import Parties
from ingest.cwr.registrations import registration_facts
from ingest.cwr.senders import Sent, sender_of
from ingest.records import Record, opened
from ingest.reports import Refused
from standards.cwr.faults import Done, Fault
from standards.cwr.rules import Profile, broken
from standards.cwr.scopes import unknown
from standards.cwr.transactions import Transaction, transactions

KIND: Final = "CWR"
LICENCE: Final = "as received"

_WORKS: Final = frozenset({"NWR", "REV", "WRK"})


def read(path: Path, skip: int = 0) -> Iterator[Record]:
    """Yield a file's transactions after the first `skip`."""
    parties = Parties()
    try:
        with opened(path) as file:
            for at, transaction in enumerate(transactions(numbered(file))):
                if at >= skip:
                    yield _record(transaction, parties)
    except Refused as refused:
        yield Record(line=0, refused=[(0, refused.rule, refused.message)], fatal=True)


def _record(transaction: Transaction, parties: Parties) -> Record:
    record = Record(line=transaction.line, fatal=transaction.last)
    faults = [*transaction.faults, *unknown(transaction.details)]
    header, envelope = transaction.header, transaction.envelope
    if header is not None and envelope is not None:
        rules = broken(transaction, Profile(version=envelope.version))
        faults += rules
        record.facts = list(_facts(transaction, parties, rules, record))
    for fault in faults:
        said = (fault.line, fault.rule, fault.sentence)
        (record.noted if fault.done is Done.KEPT else record.refused).append(said)
    return record


def _facts(
    transaction: Transaction, parties: Parties, rules: list[Fault], record: Record
) -> Iterator[Fact]:
    header, envelope = transaction.header, transaction.envelope
    if header is None or envelope is None:
        return
    sender = sender_of(envelope)
    sent = Sent(
        transaction=transaction, header=header, envelope=envelope, sender=sender, broken=rules
    )
    if header.type in _WORKS:
        kept = (each.type for each in transaction.details if each.type not in _TOLD)
        record.unmapped.update(kept)
        yield from registration_facts(sent, parties)
    elif header.type == "AGR":
        yield from agreement_facts(sent, parties)
    elif header.type == "ACK":
        record.unmapped.update(
            f"{each.header.type} in ACK" for each in transaction.nested if each.header
        )
        yield acknowledgement(transaction, header, sender)
    elif header.type == "ISW":
        yield iswc_notice(header, sender)
    else:
        record.unmapped[header.type] += 1


# What has a place in the graph; the rest is kept as text with the registration.
_TOLD: Final = frozenset(
    {"SPU", "OPU", "SPT", "OPT", "SWR", "OWR", "SWT", "OWT", "PWR", "ALT", "PER", "REC"}
)
