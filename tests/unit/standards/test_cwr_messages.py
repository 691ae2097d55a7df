"""Messages read and written: every layout both ways, and nothing wrong ever raises."""

from __future__ import annotations

import string
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.fields import PREFIX, Field
from standards.cwr.layouts import LAYOUTS
from standards.cwr.meaning import meaning
from standards.cwr.reader import MAX_RECORD
from standards.cwr.records import CONTROL, Version
from standards.cwr.values import Kind, Value
from tests.cwr.messages import (
    FILES,
    NAMES,
    lines,
    message,
    nwr,
    one,
    pwr,
    read,
    song,
    spt,
    spu,
    swr,
    swt,
)

EVERY = [(version, kind) for version, layouts in LAYOUTS.items() for kind in layouts]


def values(field: Field) -> st.SearchStrategy[Value]:  # noqa: PLR0911 - one a kind.
    """Return what a field may hold."""
    if field.codes is not None:
        return st.sampled_from(sorted(field.codes))
    match field.kind:
        case Kind.TEXT | Kind.CODE:
            letters = st.text(string.ascii_uppercase + string.digits, min_size=1)
            return letters.map(lambda text: text[: field.length])
        case Kind.NUMBER:
            return st.integers(0, 10**field.length - 1)
        case Kind.SHARE:
            return st.integers(0, 10000)
        case Kind.DATE:
            days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
            return days.map(lambda day: day.isoformat())
        case Kind.TIME:
            return st.integers(1, 99 * 3600)
        case Kind.FLAG:
            return st.sampled_from("YNU")


@settings(max_examples=15)
@given(st.data())
@pytest.mark.parametrize(("version", "kind"), EVERY)
def test_what_is_written_is_read_again(version: Version, kind: str, data: st.DataObject) -> None:
    """Every field of every record of every version, in its place."""
    layout = LAYOUTS[version][kind]
    said = {field.name: data.draw(values(field), label=field.name) for field in layout.fields}
    faults: list[Fault] = []
    line = layout.write(said, 12, 34, faults)
    found = layout.read(line, 7, faults)
    assert faults == []
    assert found is not None
    assert {name: found.values[name] for name in said} == said
    numbers = (0, 0) if kind in CONTROL else (12, 34)
    assert (found.line, found.transaction, found.sequence) == (7, *numbers)
    assert len(line) == layout.length


@pytest.mark.parametrize(("version", "kind"), EVERY)
def test_no_two_fields_overlap(version: Version, kind: str) -> None:
    """A layout's fields stand one after another, after the prefix, each name once."""
    fields = sorted(LAYOUTS[version][kind].fields, key=lambda field: field.start)
    assert len({field.name for field in fields}) == len(fields)
    assert fields[0].start > (3 if kind in CONTROL else PREFIX)
    for before, after in pairwise(fields):
        assert before.end < after.start


@given(st.lists(st.binary(max_size=400), max_size=30), st.booleans())
def test_nothing_raises(rubbish: list[bytes], headed: bool) -> None:  # noqa: FBT001 - drawn.
    """Whatever stands in a file, reading it tells of it, and ends it as cut off."""
    text = b"\n".join([*([message(song())[:-26]] if headed else []), *rubbish])
    found = read(text)
    assert found[-1].last
    assert found[-1].faults


@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_changed_byte_costs_no_more_than_its_file(at: int, byte: int) -> None:
    """One damaged byte is told or changes a value; it never raises."""
    raw = bytearray(message(song(), song(number="W2")))
    raw[at % len(raw)] = byte
    read(bytes(raw))


@pytest.mark.parametrize("name", NAMES)
def test_real_files_are_written_as_they_were_read(name: str) -> None:
    """Every record of every real file, written from what was read, is read as the same."""
    original = read((FILES / name).read_bytes())
    for transaction in original:
        if transaction.header is None:
            continue
        assert transaction.envelope
        layouts = LAYOUTS[transaction.envelope.version]
        for record in (transaction.header, *transaction.details):
            layout = layouts[record.type]
            faults: list[Fault] = []
            line = layout.write(record.values, record.transaction, record.sequence, faults)
            again = layout.read(line, record.line, faults)
            assert again is not None
            assert again.sequence == record.sequence
            # A number of nothing is written as zeros.
            assert _said(again.values) == _said(record.values)
            assert faults == []


def _said(values: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value}


def told(text: list[str] | bytes) -> list[tuple[CwrRule, int, str, Done]]:
    """Return everything that is told of a message."""
    faults = [fault for each in read(text) for fault in each.faults]
    return [(fault.rule, fault.line, fault.record, fault.done) for fault in faults]


def test_what_is_refused_has_its_rule_line_record_and_what_was_done() -> None:
    """Each way to be malformed, in a message that is otherwise whole."""
    whole = lines(song())

    def changed(at: int, start: int, part: str) -> list[str]:
        line = whole[at]
        return [
            *whole[:at],
            line[: start - 1] + part + line[start - 1 + len(part) :],
            *whole[at + 1 :],
        ]

    assert told(whole) == []
    left = Done.RECORD_LEFT_OUT
    assert told(changed(0, 1, "XXX")) == [(CwrRule.CWR_HEADER, 1, "HDR", Done.REST_LEFT_OUT)]
    assert told(changed(0, 60, "09.99")) == [(CwrRule.CWR_VERSION, 1, "HDR", Done.REST_LEFT_OUT)]
    assert told(changed(4, 1, "ZZZ")) == [(CwrRule.CWR_UNKNOWN_RECORD, 5, "ZZZ", left)]
    assert told(changed(4, 12, "0000000A")) == [(CwrRule.CWR_PREFIX, 5, "SPT", left)]
    assert told(changed(4, 35, "0X000")) == [(CwrRule.CWR_FIELD, 5, "SPT", Done.FIELD_LEFT_OUT)]
    assert told(changed(4, 40, "10001")) == [(CwrRule.CWR_FIELD, 5, "SPT", Done.FIELD_LEFT_OUT)]
    assert told(changed(4, 50, " ")) == [(CwrRule.CWR_REQUIRED, 5, "SPT", left)]
    assert told(changed(4, 50, "Q")) == [(CwrRule.CWR_CODE, 5, "SPT", left)]
    assert told(changed(4, 4, "00000009")) == [(CwrRule.CWR_SEQUENCE, 5, "SPT", Done.KEPT)]
    assert told(changed(1, 4, "REV")) == [(CwrRule.CWR_GROUP, 3, "NWR", Done.KEPT)]
    assert told(changed(2, 107, "20201399")) == [(CwrRule.CWR_FIELD, 3, "NWR", Done.FIELD_LEFT_OUT)]
    assert told(changed(9, 9, "00000007")) == [(CwrRule.CWR_COUNT, 10, "TRL", Done.KEPT)]
    assert told([*whole[:4], whole[4] + " MORE", *whole[5:]]) == [
        (CwrRule.CWR_LENGTH, 5, "SPT", Done.KEPT)
    ]
    assert told([*whole[:4], "X" * (MAX_RECORD + 1), *whole[5:]])[0] == (
        CwrRule.CWR_RECORD_TOO_LONG,
        5,
        "",
        left,
    )


def test_a_transaction_without_its_title_is_left_out_with_its_details() -> None:
    """Its details belong to nobody else."""
    found = read(lines([nwr(title=None), *song()[1:]], song(number="W2")))
    kept = [each for each in found if each.header]
    assert [each.header.text("number") for each in kept if each.header] == ["W2"]
    assert len(kept[0].details) == 5
    [fault] = [fault for each in found for fault in each.faults]
    assert (fault.rule, fault.line, fault.done) == (
        CwrRule.CWR_REQUIRED,
        3,
        Done.TRANSACTION_LEFT_OUT,
    )


def test_a_file_that_breaks_off_loses_what_came_last() -> None:
    """Nobody can tell what the last transaction lacks; those before it stand."""
    found = read(lines(song(), song(number="W2"))[:-3])
    assert [each.header.text("number") for each in found if each.header] == ["W1"]
    assert found[-1].last
    assert [fault.rule for fault in found[-1].faults] == [CwrRule.CWR_UNTERMINATED]


def test_other_characters_need_a_character_set() -> None:
    """Without one they are read as Latin-1 and noted; with one they are what it says."""
    raw = message(song(title="CAFÉ"), encoding="latin-1")
    assert [fault.rule for each in read(raw) for fault in each.faults] == [CwrRule.CWR_CHARACTER]
    named = message(song(title="歌"), encoding="utf-8", character_set="UTF-8")
    found = [each for each in read(named) if each.header]
    assert [each.header.text("title") for each in found if each.header] == ["歌"]
    damaged = named.replace("歌".encode(), b"\xff\xfe\xfd")
    assert CwrRule.CWR_ENCODING in [fault.rule for each in read(damaged) for fault in each.faults]


def test_meaning_tells_what_matters_from_what_does_not() -> None:
    """Another share, territory, name or order of a chain is another meaning; numbering is none."""
    base = meaning(one(*song()))
    head, publisher, place, writer, there, link = song()
    assert meaning(one(head, publisher, place, writer, there, link)) == base
    listed = [spt(tis=US) for US in (840,)]
    others = [
        [nwr(title="B SONG"), *song()[1:]],
        [head, spu(name="ANOTHER"), place, writer, there, link],
        [head, spu(shares={"pr_share": 4999}), place, writer, there, link],
        [head, publisher, *listed, writer, there, link],
        [head, publisher, place, swr(role="C"), there, link],
        [head, publisher, place, writer, swt(tis=840), link],
        [head, publisher, place, writer, there, pwr(publisher="P2")],
        [head, publisher, place, writer, there],
    ]
    for other in others:
        assert meaning(one(*other)) != base
    revised = meaning(one(nwr("REV"), *song()[1:]))
    assert revised == base
