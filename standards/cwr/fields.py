"""Fields and layouts: one declared table a record, read and written from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final, TypeAlias, cast

from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.records import CONTROL, HEADERS, Record, Version
from standards.cwr.values import READ, Kind, Value, written

# Type, transaction sequence and record sequence begin every record but the control records.
PREFIX: Final = 19
_TYPE: Final = 3
_SEQUENCE: Final = 8
_ORDER: Final = (Version.V21, Version.V22)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: where it stands, what it holds, whether a record without it is refused."""

    name: str
    start: int
    length: int
    kind: Kind
    required: bool = False
    codes: frozenset[str] | None = None
    since: Version = Version.V21

    @property
    def end(self) -> int:
        """The index after its last character."""
        return self.start - 1 + self.length


Table: TypeAlias = tuple[Field, ...]


def text(name: str, start: int, length: int, *, required: bool = False) -> Field:
    """Return a field of text."""
    return Field(name, start, length, Kind.TEXT, required)


def code(
    name: str, start: int, length: int, codes: frozenset[str], *, required: bool = False
) -> Field:
    """Return a field whose values are listed."""
    return Field(name, start, length, Kind.CODE, required, codes)


def number(name: str, start: int, length: int, *, required: bool = False) -> Field:
    """Return a field of digits."""
    return Field(name, start, length, Kind.NUMBER, required)


def share(name: str, start: int) -> Field:
    """Return a field of a share, 999v99."""
    return Field(name, start, 5, Kind.SHARE)


def day(name: str, start: int, *, required: bool = False) -> Field:
    """Return a field of a date, YYYYMMDD."""
    return Field(name, start, 8, Kind.DATE, required)


def time(name: str, start: int) -> Field:
    """Return a field of a time or duration, HHMMSS."""
    return Field(name, start, 6, Kind.TIME)


def flag(name: str, start: int) -> Field:
    """Return a field of yes, no or unknown."""
    return Field(name, start, 1, Kind.FLAG)


def since(version: Version, *fields: Field) -> Table:
    """Return the fields as ones that a version brought."""
    return tuple(replace(each, since=version) for each in fields)


class Layout:
    """One record type of one version: its `fields`, and the names of every version's (`blank`)."""

    def __init__(self, kind: str, fields: Table, blank: Mapping[str, Value]) -> None:
        self.type = kind
        self.fields = fields
        self.length = max((each.end for each in fields), default=PREFIX)
        self._blank = dict(blank)
        # Text that may be anything, most of a record and most of it empty, is cut out at once.
        free = [each for each in fields if each.kind is Kind.TEXT and not each.required]
        self._names = tuple(each.name for each in free)
        self._cut = _cutter(free)
        self._checked = tuple(
            (each, slice(each.start - 1, each.end), READ[each.kind])
            for each in fields
            if each not in free
        )

    @property
    def _refused(self) -> Done:
        """What goes with a record that is refused."""
        return Done.TRANSACTION_LEFT_OUT if self.type in HEADERS else Done.RECORD_LEFT_OUT

    def read(self, raw: str, line: int, faults: list[Fault]) -> Record | None:
        """Return the record, or None where it is refused; `faults` takes what is wrong with it.

        A record may end early: what is missing says nothing.
        """
        numbers = "0" * (PREFIX - _TYPE) if self.type in CONTROL else raw[_TYPE:PREFIX]
        if len(numbers) < PREFIX - _TYPE or not (numbers.isascii() and numbers.isdigit()):
            message = f"its sequence numbers are {numbers!r}"
            faults.append(Fault(CwrRule.CWR_PREFIX, line, self.type, message, self._refused))
            return None
        values = self._blank.copy()
        for name, part in zip(self._names, self._cut(raw), strict=True):
            if found := part.strip():
                values[name] = found
        for each, place, read in self._checked:
            try:
                value = read(raw[place])
            except ValueError as error:
                wrong = CwrRule.CWR_FIELD, f"{each.name} is {raw[place].strip()!r}: {error}"
            else:
                wrong = _wrong(each, value)
                if wrong is None:
                    values[each.name] = value
                    continue
            done = self._refused if each.required else Done.FIELD_LEFT_OUT
            faults.append(Fault(wrong[0], line, self.type, wrong[1], done))
            if each.required:
                return None
        if len(raw) > self.length and raw[self.length :].strip():
            message = f"it goes on after its {self.length} characters, which says nothing"
            faults.append(Fault(CwrRule.CWR_LENGTH, line, self.type, message, Done.KEPT))
        transaction, sequence = int(numbers[:_SEQUENCE]), int(numbers[_SEQUENCE:])
        return Record(self.type, line, transaction, sequence, values)

    def write(
        self, values: Mapping[str, Value], transaction: int, sequence: int, faults: list[Fault]
    ) -> str:
        """Return the record as a line without its end; what is too long is cut, and told."""
        head = self.type
        if self.type not in CONTROL:
            head += f"{transaction:08d}{sequence:08d}"
        parts = list(head.ljust(self.length))
        for each in self.fields:
            value = written(each.kind, values.get(each.name), each.length)
            if len(value) > each.length:
                message = f"{each.name} has {len(value)} characters of {each.length}: {value!r}"
                done = Done.FIELD_LEFT_OUT if each.kind is not Kind.TEXT else Done.KEPT
                faults.append(Fault(CwrRule.CWR_TOO_LONG, 0, self.type, message, done))
                value = value[: each.length] if done is Done.KEPT else " " * each.length
            parts[each.start - 1 : each.end] = value
        return "".join(parts)


def _cutter(fields: Sequence[Field]) -> Callable[[str], Sequence[str]]:
    """Return what cuts a line into the fields."""
    places = [slice(each.start - 1, each.end) for each in fields]
    if len(places) > 1:
        return cast("Callable[[str], Sequence[str]]", itemgetter(*places))
    return lambda raw: [raw[place] for place in places]


def _wrong(each: Field, value: Value) -> tuple[CwrRule, str] | None:
    """Return what is wrong with a value that its kind allows."""
    if value is None:
        return (CwrRule.CWR_REQUIRED, f"{each.name} is missing") if each.required else None
    if each.codes is not None and value not in each.codes:
        return CwrRule.CWR_CODE, f"{each.name} is {value!r}, which is not listed"
    return None


def layouts(old: Mapping[str, Table], new: Mapping[str, Table]) -> dict[Version, dict[str, Layout]]:
    """Return the layouts of each version from the tables of 2.x and those of 3.0."""
    blank = {
        kind: dict.fromkeys(each.name for each in (*old.get(kind, ()), *new.get(kind, ())))
        for kind in {*old, *new}
    }
    found: dict[Version, dict[str, Layout]] = {}
    for at, version in enumerate(_ORDER):
        kept = frozenset(_ORDER[: at + 1])
        found[version] = {
            kind: Layout(kind, tuple(each for each in table if each.since in kept), blank[kind])
            for kind, table in old.items()
        }
    found[Version.V30] = {kind: Layout(kind, table, blank[kind]) for kind, table in new.items()}
    return found


def named(table: Iterable[Field], **required: bool) -> Table:
    """Return a table in which other fields are required."""
    return tuple(replace(each, required=required.get(each.name, each.required)) for each in table)
