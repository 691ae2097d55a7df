"""What is wrong with a message, and what was done about it: facts to report, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CwrRule(StrEnum):
    """By which rule something is wrong; the codes are stable and explained in docs/cwr.md."""

    CWR_HEADER = "CWR_HEADER"
    CWR_VERSION = "CWR_VERSION"
    CWR_ENCODING = "CWR_ENCODING"
    CWR_CHARACTER = "CWR_CHARACTER"
    CWR_RECORD_TOO_LONG = "CWR_RECORD_TOO_LONG"
    CWR_UNKNOWN_RECORD = "CWR_UNKNOWN_RECORD"
    CWR_PREFIX = "CWR_PREFIX"
    CWR_REQUIRED = "CWR_REQUIRED"
    CWR_FIELD = "CWR_FIELD"
    CWR_CODE = "CWR_CODE"
    CWR_LENGTH = "CWR_LENGTH"
    CWR_ORPHAN = "CWR_ORPHAN"
    CWR_GROUP = "CWR_GROUP"
    CWR_SEQUENCE = "CWR_SEQUENCE"
    CWR_COUNT = "CWR_COUNT"
    CWR_TERRITORY = "CWR_TERRITORY"
    CWR_TRANSACTION_TOO_LARGE = "CWR_TRANSACTION_TOO_LARGE"
    CWR_UNTERMINATED = "CWR_UNTERMINATED"
    CWR_TOO_LONG = "CWR_TOO_LONG"
    CWR_SEVERAL_ANSWERED = "CWR_SEVERAL_ANSWERED"
    CWR_WRITTEN_HERE = "CWR_WRITTEN_HERE"
    CWR_WITHDRAWN_HERE = "CWR_WITHDRAWN_HERE"
    CWR_DISPUTED_HERE = "CWR_DISPUTED_HERE"
    CWR_OWNERSHIP = "CWR_OWNERSHIP"
    CWR_CLAIM = "CWR_CLAIM"
    CWR_DISPUTED = "CWR_DISPUTED"
    CWR_AGREEMENT = "CWR_AGREEMENT"
    W1 = "W1"
    W2 = "W2"
    W3 = "W3"
    W4 = "W4"
    W5 = "W5"
    W6 = "W6"
    W7 = "W7"
    W8 = "W8"
    W9 = "W9"
    W10 = "W10"
    W11 = "W11"


class Done(StrEnum):
    """What was done about something wrong."""

    KEPT = "KEPT"
    FIELD_LEFT_OUT = "FIELD_LEFT_OUT"
    RECORD_LEFT_OUT = "RECORD_LEFT_OUT"
    TRANSACTION_LEFT_OUT = "TRANSACTION_LEFT_OUT"
    REST_LEFT_OUT = "REST_LEFT_OUT"


WORDS = {
    Done.KEPT: "kept as it stands",
    Done.FIELD_LEFT_OUT: "the field is left out",
    Done.RECORD_LEFT_OUT: "the record is left out",
    Done.TRANSACTION_LEFT_OUT: "the transaction is left out",
    Done.REST_LEFT_OUT: "the rest of the file is left out",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where, by which rule, in words, and what was done."""

    rule: CwrRule
    line: int
    record: str
    message: str
    done: Done = Done.KEPT

    @property
    def sentence(self) -> str:
        """The fault in one plain sentence, the record first."""
        before = f"{self.record}: " if self.record else ""
        return f"{before}{self.message}; {WORDS[self.done]}."
