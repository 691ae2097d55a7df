"""What was loaded comes out equal in meaning, and loads again as the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from export.cwr import export_catalogue
from graph.client import Graph
from ingest.load import SourceFormat, load
from standards.cwr.faults import CwrRule
from standards.cwr.layouts import LAYOUTS
from standards.cwr.meaning import Meaning, meaning
from standards.cwr.records import Version
from standards.cwr.rules import Profile, broken
from standards.cwr.transactions import Transaction
from tests.cwr.messages import FILES, NAMES, read

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
WORKS = ("NWR", "REV", "WRK")
REGISTERING = [name for name in NAMES if "052" not in name]

PARTIES = """
MATCH (party:Party)<-[:NAMES]-(:Registration)
WITH DISTINCT party ORDER BY party.id
RETURN collect(party.id) AS rows
"""
ANSWERS = """
MATCH (a:Acknowledgement) WITH a ORDER BY a.kind, a.title, a.number, a.status
RETURN collect([a.kind, a.title, a.number, a.recipientNumber, a.status, a.date, a.iswc]) AS rows
"""


def registered(transactions: list[Transaction]) -> list[Transaction]:
    """Return those that register works."""
    return [each for each in transactions if each.header and each.header.type in WORKS]


def by_number(transactions: list[Transaction], names: set[str]) -> dict[str, Meaning]:
    """Return what is said of each work, by its submitter's number."""
    found: dict[str, Meaning] = {}
    for each in registered(transactions):
        assert each.header
        number = each.header.text("number")
        assert number
        found[number] = meaning(each, names=names)
    return found


def rules(original: list[Transaction], written: list[Transaction]) -> Counter[str]:
    """Return which rules the works that were written broke as they came in."""
    numbers = {each.header.text("number") for each in registered(written) if each.header}
    return Counter(
        fault.rule
        for each in registered(original)
        if each.header and each.envelope and each.header.text("number") in numbers
        for fault in broken(each, Profile(version=each.envelope.version))
    )


def common(*versions: Version) -> set[str]:
    """Return the names of the fields that every one of the versions has."""
    names = {
        field.name
        for layouts in LAYOUTS.values()
        for each in layouts.values()
        for field in each.fields
    }
    for version in versions:
        layouts = LAYOUTS[version].values()
        names &= {field.name for layout in layouts for field in layout.fields}
    return names


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", REGISTERING)
async def test_every_file_comes_out_as_it_came_in(empty: Graph, tmp_path: Path, name: str) -> None:
    """Each party's catalogue has its works as they were registered; together they are all works."""
    original = read((FILES / name).read_bytes())
    envelope = original[0].envelope
    assert envelope
    version = Version.V30 if envelope.version is Version.V30 else Version.V22
    names = common(envelope.version, version)
    expected = by_number(original, names)
    await load(empty, SourceFormat.CWR, [FILES / name])
    found: defaultdict[str, list[Meaning]] = defaultdict(list)
    for party in await empty.read("parties", PARTIES):
        path = tmp_path / f"{party}.cwr"
        report = await export_catalogue(empty, party, version, path, NOW)
        written = read(path.read_bytes())
        assert [fault for each in written for fault in each.faults] == []
        for number, said in by_number(written, names).items():
            found[number].append(said)
        assert report.noted_by_rule == rules(original, written)
    assert found.keys() == expected.keys()
    for number, said in expected.items():
        assert set(found[number]) == {said}


@pytest.mark.timeout(300)
async def test_what_societies_answer_is_kept(empty: Graph) -> None:
    """Every acknowledgement and every ISWC of the file stands, with its status."""
    [name] = set(NAMES) - set(REGISTERING)
    expected: list[list[object]] = []
    for each in read((FILES / name).read_bytes()):
        header = each.header
        if header is None:
            continue
        values = header.values
        named = ("title", "number", "recipient_number", "status", "processed", "iswc")
        expected.append([header.type, *(values.get(field) for field in named)])
    await load(empty, SourceFormat.CWR, [FILES / name])
    found = await empty.read("answers", ANSWERS)
    assert len(found) == 8
    assert sorted(map(str, found)) == sorted(map(str, expected))


@pytest.mark.timeout(300)
async def test_what_came_out_of_one_version_goes_into_another(empty: Graph, tmp_path: Path) -> None:
    """A catalogue of 2.2 written as 3.0 has its collection, and owners that collect nowhere."""
    name = "weso_demo_cwr_cleaned.v22"
    await load(empty, SourceFormat.CWR, [FILES / name])
    [party] = await empty.read(
        "crown",
        "MATCH (p:Party {name: 'CROWN PUBLISHING'}) RETURN collect(p.id) AS rows",
    )
    path = tmp_path / "crown.cwr"
    report = await export_catalogue(empty, party, Version.V30, path, NOW)
    written = by_number(read(path.read_bytes()), common(Version.V30))
    original = by_number(read((FILES / name).read_bytes()), common(Version.V22))
    assert written.keys() == original.keys()
    losing = [
        said
        for said in original.values()
        if any(each.owned and each.collected for each in said.parties)
    ]
    assert losing
    assert report.noted_by_rule[CwrRule.CWR_OWNERSHIP] == len(losing)
    for number, said in original.items():
        for before, after in zip(said.parties, written[number].parties, strict=True):
            assert after.record == before.record
            assert after.owned == ()
            if before.collected:
                assert after.collected == before.collected
            else:
                assert {each[:2] for each in after.collected} == set(before.owned)
