"""What an export wrote, and what it could not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from standards.cwr.faults import Fault

MAX_NOTED: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that a file does not say as the graph does."""

    about: str
    rule: str
    message: str


@dataclass(slots=True, kw_only=True)
class ExportReport:
    """One file that was written."""

    file: str
    transactions: int = 0
    records: int = 0
    statuses: Counter[str] = field(default_factory=Counter[str])
    noted: list[Note] = field(default_factory=list[Note])
    noted_by_rule: Counter[str] = field(default_factory=Counter[str])

    def note(self, about: str, faults: Iterable[Fault]) -> None:
        """Take what is wrong with one transaction's records."""
        for fault in faults:
            self.noted_by_rule[fault.rule] += 1
            if len(self.noted) < MAX_NOTED:
                self.noted.append(Note(about=about, rule=fault.rule, message=fault.sentence))

    @property
    def line(self) -> str:
        """The report in one plain line."""
        noted = self.noted_by_rule.total()
        tail = f", {noted:,} noted" if noted else ""
        return f"{self.file}: {self.transactions:,} transactions, {self.records:,} records{tail}."
