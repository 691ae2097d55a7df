"""Records to transactions: a header with its details, in the group and file that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.reader import Reader
from standards.cwr.records import CONTROL, HEADERS, Record, Version

# A work with every country's sub-publisher has some thousands of records.
MAX_RECORDS: Final = 20_000
# Faults are passed on at the latest when there are so many.
_FAULTS: Final = 500


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a transaction stands in: the file's header, its group, and its version."""

    header: Record
    group: Record
    version: Version

    @property
    def sender(self) -> str:
        """What the header identifies the sender by: its type and number, and in 3.0 its short code."""
        return f"{self.header.text('sender_type')}{self.header.text('sender')}"


@dataclass(slots=True)
class Transaction:
    """One transaction, and what is wrong with its records; without a header it is left out.

    `nested` are those that an acknowledgement repeats. `last` says that the file breaks off here:
    what follows, and how much, nobody can tell.
    """

    line: int
    envelope: Envelope | None = None
    header: Record | None = None
    details: list[Record] = field(default_factory=list[Record])
    nested: list[Transaction] = field(default_factory=list["Transaction"])
    faults: list[Fault] = field(default_factory=list[Fault])
    last: bool = False

    def of(self, *types: str) -> list[Record]:
        """Return the details of some types, in order."""
        return [each for each in self.details if each.type in types]


def transactions(lines: Iterable[tuple[int, bytes]]) -> Iterator[Transaction]:
    """Yield the transactions of numbered lines in order, in memory for one of them.

    What is wrong outside of any comes with one that has no header.
    """
    walk = _Walk()
    for record in walk.reader.records(lines):
        yield from walk.take(record)
    yield from walk.end()


class _Walk:
    """What stands open while records come in."""

    def __init__(self) -> None:
        self.reader = Reader()
        self._counts = _Counts()
        self._header: Record | None = None
        self._group: Record | None = None
        self._open: Transaction | None = None
        self._line = 0
        self._lost = False
        self._expected = 0
        self._trailer = False

    def take(self, record: Record | str) -> Iterator[Transaction]:
        """Take the next record; yield what it closes."""
        kind = record if isinstance(record, str) else record.type
        self._counts.record()
        if kind in CONTROL or (kind in HEADERS and not self._belongs(record)):
            yield from self._close()
            self._lost = False
        if isinstance(record, str):
            if kind in HEADERS:
                self._counts.transaction()
                self._expected += 1
                self._lost = True
        else:
            self._line = record.line
            self._put(record)
        if len(self.reader.faults) >= _FAULTS:
            yield self._faulty()

    def end(self) -> Iterator[Transaction]:
        """Yield what stands open at the end, and say whether the file was whole."""
        if self.reader.over or not self._trailer:
            if not self.reader.over:
                message = "the file ends without TRL, and what came last may lack something"
                self._tell(CwrRule.CWR_UNTERMINATED, "", message, Done.REST_LEFT_OUT)
            cut = self._faulty()
            cut.last = True
            yield cut
        else:
            yield from self._close()

    def _put(self, record: Record) -> None:
        if record.type in CONTROL:
            self._control(record)
        elif record.type in HEADERS:
            if self._belongs(record):
                self._nest(record)
            else:
                self._begin(record)
        elif self._open is not None:
            self._detail(self._open, record)
        elif not self._lost:
            message = "it stands in no transaction"
            self._tell(CwrRule.CWR_ORPHAN, record.type, message, Done.RECORD_LEFT_OUT)

    def _close(self) -> Iterator[Transaction]:
        closed, self._open = self._open, None
        if closed is not None:
            closed.faults += self.reader.faults
            self.reader.faults.clear()
            yield closed
        elif self.reader.faults:
            yield self._faulty()

    def _faulty(self) -> Transaction:
        """Return what is wrong so far, apart from any transaction."""
        faults = list(self.reader.faults)
        self.reader.faults.clear()
        return Transaction(min((each.line for each in faults), default=0), faults=faults)

    def _control(self, record: Record) -> None:
        match record.type:
            case "HDR":
                if self._header is not None:
                    self._tell(CwrRule.CWR_HEADER, "HDR", "it is the file's second")
                self._header = self._header or record
            case "GRH":
                self._group = record
                self._expected = 0
                self._counts.group()
            case "GRT":
                for message in self._counts.wrong(record):
                    self._tell(CwrRule.CWR_COUNT, "GRT", message)
                self._group = None
            case _:
                self._trailer = True
                for message in self._counts.wrong(record):
                    self._tell(CwrRule.CWR_COUNT, "TRL", message)

    def _belongs(self, record: Record | str) -> bool:
        """Say whether a header is a part of the acknowledgement that stands open."""
        outer = self._open.header if self._open else None
        return (
            isinstance(record, Record)
            and outer is not None
            and outer.type == "ACK"
            and record.sequence > 0
            and record.transaction == outer.transaction
        )

    def _nest(self, record: Record) -> None:
        if self._open is not None:
            self._open.nested.append(Transaction(record.line, self._open.envelope, record))

    def _begin(self, record: Record) -> None:
        self._counts.transaction()
        if self._header is None or self._group is None:
            message = "it stands in no group"
            self._tell(CwrRule.CWR_ORPHAN, record.type, message, Done.TRANSACTION_LEFT_OUT)
            self._lost = True
            return
        version = self.reader.version or Version.V21
        self._open = Transaction(record.line, Envelope(self._header, self._group, version), record)
        told = self._group.text("transaction_type")
        if told != record.type:
            self._tell(CwrRule.CWR_GROUP, record.type, f"it stands in a group of {told}")
        if record.transaction != self._expected:
            message = f"transaction {record.transaction} stands where {self._expected} should"
            self._tell(CwrRule.CWR_SEQUENCE, record.type, message)
        self._expected = record.transaction + 1

    def _detail(self, outer: Transaction, record: Record) -> None:
        inner = outer.nested[-1] if outer.nested and record.type != "MSG" else outer
        inner.details.append(record)
        if outer.header is not None and record.transaction != outer.header.transaction:
            message = f"it bears the number of transaction {record.transaction}"
            self._tell(CwrRule.CWR_SEQUENCE, record.type, message)
        if len(inner.details) > MAX_RECORDS:
            message = f"its transaction has more than {MAX_RECORDS:,} records"
            done = Done.TRANSACTION_LEFT_OUT
            self._tell(CwrRule.CWR_TRANSACTION_TOO_LARGE, record.type, message, done)
            self._open = None
            self._lost = True

    def _tell(self, rule: CwrRule, kind: str, message: str, done: Done = Done.KEPT) -> None:
        self.reader.faults.append(Fault(rule, self._line, kind, message, done))


class _Counts:
    """What the trailers of a group and of the file should say."""

    def __init__(self) -> None:
        self._groups = 0
        self._transactions = [0, 0]
        self._records = [0, 0]

    def record(self) -> None:
        self._records = [each + 1 for each in self._records]

    def transaction(self) -> None:
        self._transactions = [each + 1 for each in self._transactions]

    def group(self) -> None:
        self._groups += 1
        self._transactions[0] = 0
        self._records[0] = 1

    def wrong(self, trailer: Record) -> Iterator[str]:
        """Yield what a trailer counts differently."""
        at = 0 if trailer.type == "GRT" else 1
        found = {"transactions": self._transactions[at], "records": self._records[at]}
        if at:
            found["groups"] = self._groups
        for name, count in found.items():
            if trailer.number(name) != count:
                yield f"it says {trailer.number(name):,} {name}, and there are {count:,}"
