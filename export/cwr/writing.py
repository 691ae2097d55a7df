"""A message written record by record: counted, numbered, in the characters that CIS allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO, TypeAlias

from export.reports import ExportReport
from standards.cwr.charset import plain
from standards.cwr.faults import CwrRule, Fault
from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import Version
from standards.cwr.values import Value

# A record's type and fields, before it is numbered.
Draft: TypeAlias = tuple[str, Mapping[str, Value]]

_GROUP_VERSIONS = {Version.V21: "02.10", Version.V22: "02.20", Version.V30: "03.00"}


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """Who sends a message: two letters of kind and a code, and a name."""

    code: str
    name: str


class Message:
    """One file. Groups come one after another; transactions belong to the last one opened."""

    def __init__(self, file: TextIO, version: Version, report: ExportReport) -> None:
        self._file = file
        self._version = version
        self._report = report
        self._groups = self._transactions = self._records = 0
        self._group_transactions = self._group_records = 0

    def begin(self, sender: From, now: datetime) -> None:
        """Write the header."""
        third = self._version is Version.V30
        standard = {} if third else {"standard": "01.10"}
        code = sender.code[2:]
        self._control(
            "HDR",
            {
                "sender_type": sender.code[:2],
                # A society's nine digits are four in 3.0: 000000052 is 0052.
                "sender": code[-4:] if third else code,
                "sender_name": plain(sender.name)[:45],
                "created": now.date().isoformat(),
                "created_time": now.hour * 3600 + now.minute * 60 + now.second,
                "transmitted": now.date().isoformat(),
                "version": self._version.value,
                "revision": 1 if self._version is Version.V22 else 0,
                "software": "CONTENT GRAPH",
                **standard,
            },
        )

    def group(self, kind: str) -> None:
        """Open a group of one type of transaction."""
        self._groups += 1
        self._group_transactions = self._group_records = 0
        version = _GROUP_VERSIONS[self._version]
        opened = {"transaction_type": kind, "group": self._groups, "version": version}
        self._control("GRH", opened)

    def transaction(self, about: str, drafts: Sequence[Draft]) -> list[str]:
        """Write one transaction, and return its lines; what its records cannot say is noted."""
        faults: list[Fault] = []
        lines: list[str] = []
        for sequence, (kind, values) in enumerate(drafts):
            layout = LAYOUTS[self._version][kind]
            allowed = {name: _plain(kind, name, value, faults) for name, value in values.items()}
            lines.append(layout.write(allowed, self._group_transactions, sequence, faults))
            self._write(lines[-1])
        self._group_transactions += 1
        self._transactions += 1
        self._report.transactions += 1
        self._report.note(about, faults)
        return lines

    def close(self) -> None:
        """Close the group."""
        self._control(
            "GRT",
            {
                "groups": self._groups,
                "transactions": self._group_transactions,
                "records": self._group_records + 1,
            },
        )

    def end(self) -> None:
        """Write the trailer."""
        totals: dict[str, Value] = {"groups": self._groups, "transactions": self._transactions}
        self._control("TRL", {**totals, "records": self._records + 1})

    def _control(self, kind: str, values: Mapping[str, Value]) -> None:
        self._write(LAYOUTS[self._version][kind].write(values, 0, 0, []))

    def _write(self, line: str) -> None:
        self._file.write(line + "\r\n")
        self._records += 1
        self._group_records += 1
        self._report.records += 1


def _plain(kind: str, name: str, value: Value, faults: list[Fault]) -> Value:
    if not isinstance(value, str) or (value.isascii() and value == value.upper()):
        return value
    found = plain(value)
    if found != value.upper():
        message = f"{name} {value!r} is written {found!r}"
        faults.append(Fault(CwrRule.CWR_CHARACTER, 0, kind, message))
    return found
