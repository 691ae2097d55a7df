"""Who sent a message and when: what its transactions are known by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from graph.facts import RegistrationFact
from graph.registrations import instant, quoted, registration_id
from standards.cwr.faults import Fault
from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import Record, Version
from standards.cwr.transactions import Envelope, Transaction

_HOLDERS: Final = frozenset({"SPU", "OPU", "SWR", "OWR"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The sender of a message, by the code that identifies it, and when the message was made."""

    code: str
    name: str
    created: str


@lru_cache(maxsize=4)
def _sender(code: str, name: str, created: str) -> Sender:
    return Sender(code=code, name=name, created=created)


def sender_of(envelope: Envelope) -> Sender:
    """Return a message's sender."""
    header = envelope.header
    code = envelope.sender
    created = instant(header.text("created"), header.number("created_time"))
    return _sender(code, header.text("sender_name") or code, created)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A transaction as it was sent, and the rules that it breaks."""

    transaction: Transaction
    header: Record
    envelope: Envelope
    sender: Sender
    broken: Sequence[Fault]

    @property
    def number(self) -> str:
        """The sender's own number of the work or agreement."""
        return self.header.text("number") or ""

    def fact(self, family: str, kept: Iterable[Record], work_id: str | None) -> RegistrationFact:
        """Return the registration, one of a family of numbers, with the records it keeps as text."""
        sender, header = self.sender, self.header
        group, version = self.envelope.group.number("group"), self.envelope.version
        place = sender.created, group, header.transaction, self.number
        return RegistrationFact(
            id=registration_id(sender.code, *place),
            key=f"{sender.code}/{family}/{self.number}",
            order=f"{sender.created}/{group:05d}/{header.transaction:08d}/{header.line:09d}",
            kind=header.type,
            format=f"CWR {version}",
            submitter=sender.code,
            number=self.number,
            quoted=quoted(*place),
            records=tuple(_kept([header, *kept], version)),
            broken=tuple(dict.fromkeys(fault.rule.value for fault in self.broken)),
            broken_at=tuple(dict.fromkeys(self._broken_at())),
            work_id=work_id,
        )

    def _broken_at(self) -> Iterator[str]:
        """Yield the rules that are broken, each with the position and chain of the party concerned."""
        places: dict[int, str] = {}
        place = "0/"
        for record in self.transaction.details:
            if record.type in _HOLDERS:
                chain = record.number("chain") if "chain" in record.values else ""
                place = f"{record.sequence}/{chain}"
            places[record.line] = place
        for fault in self.broken:
            yield f"{fault.rule}/{places.get(fault.line, '0/')}"


def _kept(records: Sequence[Record], version: Version) -> Iterator[str]:
    """Yield records as text, by their layout, each with its place in the transaction."""
    for record in sorted(records, key=lambda each: each.sequence):
        line = LAYOUTS[version][record.type].write(record.values, 0, record.sequence, [])
        yield line.rstrip()
