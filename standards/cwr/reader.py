"""Lines to records: the version is told by the first line, every fault by its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from standards.cwr.charset import DEFAULT, codec
from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import Record, Version

# The longest record, NPN's 512 characters and REC's 540, is far from this.
MAX_RECORD: Final = 8192
_STANDARD: Final = slice(59, 64)
_THIRD: Final = slice(102, 105)
_SECOND: Final = slice(101, 104)
_OLD: Final = "01.10"
_GROUP_VERSION: Final = slice(11, 16)
_VERSIONS: Final = {"02.10": Version.V21, "02.20": Version.V22, "03.00": Version.V30}
_TRAILING: Final = "\r\n\x1a\x00"


class Reader:
    """Reads one file's lines in order. `version` and `charset` are known after the header."""

    def __init__(self) -> None:
        self.version: Version | None = None
        self.charset = DEFAULT
        self.faults: list[Fault] = []
        self.over = False

    def records(self, lines: Iterable[tuple[int, bytes]]) -> Iterator[Record | str]:
        """Yield the records of numbered lines, of a refused one its type.

        `faults` takes what is wrong, and may be emptied between records; `over` ends the file.
        """
        for number, raw in lines:
            record = self._record(number, raw)
            if self.over:
                return
            if record is not None:
                yield record
            elif raw.strip():
                yield raw[:3].decode("ascii", "replace")

    def _record(self, number: int, raw: bytes) -> Record | None:
        if len(raw) > MAX_RECORD:
            message = f"it has more than {MAX_RECORD:,} bytes"
            return self._refuse(CwrRule.CWR_RECORD_TOO_LONG, number, "", message)
        try:
            text = raw.decode(self.charset).rstrip(_TRAILING)
        except UnicodeDecodeError:
            return self._refuse(CwrRule.CWR_ENCODING, number, "", f"it is not {self.charset}")
        if not text.strip():
            return None
        if self.version is None:
            return self._header(number, text)
        kind = text[:3]
        if kind == "GRH":
            self._group(number, text)
        layout = LAYOUTS[self.version].get(kind)
        if layout is None:
            message = f"CWR {self.version} has no record of this type"
            return self._refuse(CwrRule.CWR_UNKNOWN_RECORD, number, kind, message)
        if self.charset == DEFAULT and not text.isascii():
            message = "it has characters besides ASCII, and the header names no character set"
            self.faults.append(Fault(CwrRule.CWR_CHARACTER, number, kind, message))
        return layout.read(text, number, self.faults)

    def _header(self, number: int, text: str) -> Record | None:
        if not text.startswith("HDR"):
            return self._end(CwrRule.CWR_HEADER, number, "the first record is no HDR")
        if text[_STANDARD] == _OLD:
            self.version = Version.V22 if text[_SECOND] == "2.2" else Version.V21
        elif text[_THIRD].startswith("3."):
            self.version = Version.V30
        else:
            return self._end(CwrRule.CWR_VERSION, number, "its version is none of 2.1, 2.2, 3.0")
        record = LAYOUTS[self.version]["HDR"].read(text, number, self.faults)
        if record is None:
            return self._end(CwrRule.CWR_HEADER, number, "the header cannot be read")
        found = codec(record.text("character_set"))
        if found is None:
            named = record.text("character_set")
            return self._end(CwrRule.CWR_ENCODING, number, f"character set {named!r} is not known")
        self.charset = found
        return record

    def _group(self, number: int, text: str) -> None:
        """Let a group say its version: headers of 2.1 have no place for one."""
        found = _VERSIONS.get(text[_GROUP_VERSION])
        third = Version.V30 in (found, self.version)
        if found is None or (third and found is not self.version):
            message = f"version {text[_GROUP_VERSION]!r} is read as the file's, {self.version}"
            self.faults.append(Fault(CwrRule.CWR_VERSION, number, "GRH", message))
        else:
            self.version = found

    def _refuse(self, rule: CwrRule, number: int, kind: str, message: str) -> None:
        self.faults.append(Fault(rule, number, kind, message, Done.RECORD_LEFT_OUT))

    def _end(self, rule: CwrRule, number: int, message: str) -> None:
        self.over = True
        self.faults.append(Fault(rule, number, "HDR", message, Done.REST_LEFT_OUT))
