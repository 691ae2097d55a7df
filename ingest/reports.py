"""What a load did: read, kept, refused and why, file by file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from graph.settling import Settled
from standards.cwr.faults import CwrRule

# Refusals kept word for word per file; beyond that they are counted by rule.
MAX_REFUSALS: Final = 100


class Rule(StrEnum):
    """Why something was refused; the codes are stable and explained in docs/ingest.md."""

    FILE_UNREADABLE = "FILE_UNREADABLE"
    GZIP_CORRUPT = "GZIP_CORRUPT"
    RECORD_TOO_LARGE = "RECORD_TOO_LARGE"
    JSON_SYNTAX = "JSON_SYNTAX"
    JSON_TOO_DEEP = "JSON_TOO_DEEP"
    MB_SHAPE = "MB_SHAPE"
    MB_NO_ID = "MB_NO_ID"
    MB_NO_NAME = "MB_NO_NAME"
    MB_UNKNOWN_KIND = "MB_UNKNOWN_KIND"
    XML_SYNTAX = "XML_SYNTAX"
    XML_DTD = "XML_DTD"
    XML_ENCODING = "XML_ENCODING"
    XML_UNTERMINATED = "XML_UNTERMINATED"
    DISCOGS_ROOT = "DISCOGS_ROOT"
    DISCOGS_NO_ID = "DISCOGS_NO_ID"
    DISCOGS_NO_NAME = "DISCOGS_NO_NAME"
    ERN_ROOT = "ERN_ROOT"
    ERN_VERSION = "ERN_VERSION"
    ERN_HEADER = "ERN_HEADER"
    ERN_NO_ID = "ERN_NO_ID"
    ERN_NO_TITLE = "ERN_NO_TITLE"
    ERN_REFERENCE = "ERN_REFERENCE"
    ERN_DEAL_TERMS = "ERN_DEAL_TERMS"
    ERN_TERRITORY = "ERN_TERRITORY"
    ERN_DATE = "ERN_DATE"


# Rules of a standard are told by its own codes.
AnyRule: TypeAlias = Rule | CwrRule


class Refused(Exception):
    """A record, or what is left of a file, cannot be kept."""

    def __init__(self, rule: Rule, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One thing left out: where it stands, by which rule, and a plain sentence."""

    file: str
    line: int
    rule: AnyRule
    message: str


class Outcome(StrEnum):
    """What became of a file."""

    LOADED = "LOADED"
    RESUMED = "RESUMED"
    SKIPPED = "SKIPPED"
    REFUSED = "REFUSED"


@dataclass(slots=True, kw_only=True)
class FileReport:
    """One file's part of a load. `read` and `kept` count records of this run."""

    file: str
    source_id: str | None = None
    outcome: Outcome = Outcome.LOADED
    resumed_at: int = 0
    read: int = 0
    kept: int = 0
    refused: list[Refusal] = field(default_factory=list[Refusal])
    refused_by_rule: Counter[str] = field(default_factory=Counter[str])
    noted: list[Refusal] = field(default_factory=list[Refusal])
    noted_by_rule: Counter[str] = field(default_factory=Counter[str])
    facts: Counter[str] = field(default_factory=Counter[str])
    unmapped: Counter[str] = field(default_factory=Counter[str])
    conflicts: Counter[str] = field(default_factory=Counter[str])

    def settled(self, settled: Settled) -> None:
        """Count what became of conflicts."""
        self.conflicts.update({what: count for what, count in settled.counts.items() if count})

    def refuse(self, line: int, rule: AnyRule, message: str) -> None:
        """Note one refusal; past `MAX_REFUSALS` only its rule is counted."""
        self.refused_by_rule[rule] += 1
        if len(self.refused) < MAX_REFUSALS:
            self.refused.append(Refusal(file=self.file, line=line, rule=rule, message=message))

    def note(self, line: int, rule: AnyRule, message: str) -> None:
        """Note something wrong that was kept as it stands, as `refuse` does what was not."""
        self.noted_by_rule[rule] += 1
        if len(self.noted) < MAX_REFUSALS:
            self.noted.append(Refusal(file=self.file, line=line, rule=rule, message=message))

    @property
    def line(self) -> str:
        """The report in one plain line."""
        if self.outcome is Outcome.SKIPPED:
            return f"{self.file}: already loaded, nothing to do."
        refused = self.refused_by_rule.total()
        tail = f", {refused:,} refused" if refused else ""
        noted = self.noted_by_rule.total()
        tail += f", {noted:,} noted" if noted else ""
        opened = self.conflicts["opened"] + self.conflicts["reopened"]
        tail += f", {counted(opened, 'conflict')} opened" if opened else ""
        head = f"resumed at record {self.resumed_at:,}, " if self.resumed_at else ""
        return f"{self.file}: {head}{counted(self.read, 'record')} read, {self.kept:,} kept{tail}."


@dataclass(slots=True, kw_only=True)
class LoadReport:
    """A whole load."""

    files: list[FileReport] = field(default_factory=list[FileReport])

    @property
    def read(self) -> int:
        """Records read."""
        return sum(file.read for file in self.files)

    @property
    def kept(self) -> int:
        """Records kept."""
        return sum(file.kept for file in self.files)

    @property
    def refused(self) -> list[Refusal]:
        """The refusals that were kept word for word."""
        return [refusal for file in self.files for refusal in file.refused]

    @property
    def refused_by_rule(self) -> Counter[str]:
        """All refusals, counted by rule."""
        return sum((file.refused_by_rule for file in self.files), Counter[str]())

    @property
    def facts(self) -> Counter[str]:
        """Facts by kind, as stated by the records: a thing said twice counts twice."""
        return sum((file.facts for file in self.files), Counter[str]())

    @property
    def unmapped(self) -> Counter[str]:
        """What the records say and the graph has no place for, by kind."""
        return sum((file.unmapped for file in self.files), Counter[str]())


def counted(count: int, noun: str) -> str:
    """Return so many of something, in words."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


class Progress(Protocol):
    """What a load tells while it runs; every call returns at once."""

    def started(self, file: Path, *, resumed_at: int) -> None:
        """Report that reading begins, after `resumed_at` records stored earlier."""

    def advanced(self, file: Path, *, records: int, facts: int) -> None:
        """Report how many records and facts of the file are stored by now."""

    def finished(self, report: FileReport) -> None:
        """Report that the file is done, skipped or refused."""

    def interrupted(self, file: Path, *, position: int) -> None:
        """Report that the load stops; the same command resumes after `position` records."""


class Silent:
    """Progress that nobody watches."""

    def started(self, file: Path, *, resumed_at: int) -> None:
        """Do nothing."""

    def advanced(self, file: Path, *, records: int, facts: int) -> None:
        """Do nothing."""

    def finished(self, report: FileReport) -> None:
        """Do nothing."""

    def interrupted(self, file: Path, *, position: int) -> None:
        """Do nothing."""
