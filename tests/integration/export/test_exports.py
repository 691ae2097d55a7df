"""Catalogues of works that no message registered, acknowledgements, and whose catalogue is meant."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from export.cwr import acknowledge, export_catalogue
from export.cwr.writing import From
from export.errors import AmbiguousParty, UnknownParty
from graph.client import Graph
from graph.facts import ClaimFact, PartyFact, SourceFact, WorkFact, begin_source, write_facts
from ingest.identities import Thing, identifier
from ingest.load import SourceFormat, load
from standards.cwr.reader import MAX_RECORD
from standards.cwr.records import Version
from standards.cwr.works import work_of
from standards.identifiers import Scheme
from tests.cwr.messages import FILES, message, nwr, opu, pwr, read, song, spt, spu, swr, swt

NOW = datetime(2026, 3, 4, tzinfo=UTC)
SOURCE = SourceFact(name="test", kind="GENERATED", licence="CC0-1.0", uri="test:", digest="1")
SOCIETY = From(code="SO000000052", name="A SOCIETY")
IPI = "00000000199"


async def claimed(graph: Graph) -> None:
    """Store a work with a writer and a publisher, as no message would."""
    await begin_source(graph, SOURCE, NOW)

    def half(claim: str, party: str, role: str) -> ClaimFact:
        return ClaimFact(
            id=claim,
            asset="Work",
            asset_id="work0123456789abcdef",
            party_id=party,
            right="PR",
            kind="OWNERSHIP",
            share=5000,
            territories=("2136",),
            role=role,
        )

    facts = [
        WorkFact(id="work0123456789abcdef", title="Über den Fluß"),
        PartyFact(id="pub", name="Fontaine Songs", kind="ORGANISATION"),
        PartyFact(id="writer", name="Zoë Lind", kind="PERSON"),
        identifier(Thing(label="Party", id="pub"), Scheme.IPI_NAME, IPI),
        half("c1", "pub", "ORIGINAL_PUBLISHER"),
        half("c2", "writer", "COMPOSER"),
    ]
    await write_facts(graph, facts, source_id=SOURCE.id, recorded_at=NOW, position=1)


@pytest.mark.timeout(300)
async def test_claims_without_a_message_are_drawn_up_as_one(empty: Graph, tmp_path: Path) -> None:
    """The party is controlled, others are not; what its letters lose is noted."""
    await claimed(empty)
    path = tmp_path / "out.cwr"
    report = await export_catalogue(empty, "199", Version.V22, path, NOW)
    assert report.transactions == 1
    assert report.noted_by_rule == {"CWR_CHARACTER": 2}
    [found] = read(path.read_bytes())
    assert found.faults == []
    assert found.header
    assert found.header.text("title") == "UBER DEN FLUSS"
    work = work_of(found)
    assert [
        (holder.record.type, holder.record.text("name"), holder.role, holder.owned)
        for holder in work.holders
    ] == [
        ("SPU", "FONTAINE SONGS", "E", {"PR": 5000}),
        ("OWR", "ZOE LIND", "C", {"PR": 5000}),
    ]
    assert work.publishers[0].record.text("ipi_name") == IPI


@pytest.mark.timeout(300)
async def test_whose_catalogue_is_told_by_id_or_number(empty: Graph, tmp_path: Path) -> None:
    """Nobody, and several, are refused before anything is written."""
    await claimed(empty)
    path = tmp_path / "out.cwr"
    with pytest.raises(UnknownParty):
        await export_catalogue(empty, "nobody", Version.V22, path, NOW)
    with pytest.raises(UnknownParty, match=r"Not a valid number: The check digit should be 99\.$"):
        await export_catalogue(empty, "198", Version.V22, path, NOW)
    more = [
        PartyFact(id="second", name="Another", kind="ORGANISATION"),
        identifier(Thing(label="Party", id="second"), Scheme.IPI_NAME, IPI),
    ]
    await write_facts(empty, more, source_id=SOURCE.id, recorded_at=NOW, position=2)
    with pytest.raises(AmbiguousParty):
        await export_catalogue(empty, IPI, Version.V22, path, NOW)
    assert not path.exists()
    report = await export_catalogue(empty, "pub", Version.V30, path, NOW)
    assert report.transactions == 1


@pytest.mark.timeout(300)
async def test_a_superseded_registration_stays_at_home(empty: Graph, tmp_path: Path) -> None:
    """A catalogue has what stands: the revision, not what it replaced."""
    for name, work, created in (
        ("a.v22", song(), "2026-01-02"),
        ("b.v22", [nwr("REV", title="ANOTHER TITLE"), *song()[1:]], "2026-02-03"),
    ):
        (tmp_path / name).write_bytes(message(work, created=created))
        await load(empty, SourceFormat.CWR, [tmp_path / name])
    [party] = await empty.read(
        "party", "MATCH (p:Party {name: 'PUBLISHER P1'}) RETURN collect(p.id) AS rows"
    )
    path = tmp_path / "out.cwr"
    await export_catalogue(empty, party, Version.V22, path, NOW)
    found = read(path.read_bytes())
    assert [each.header.text("title") for each in found if each.header] == ["ANOTHER TITLE"]
    assert [each.header.type for each in found if each.header] == ["REV"]


@pytest.mark.timeout(300)
async def test_every_transaction_received_is_answered(empty: Graph, tmp_path: Path) -> None:
    """Accepted, registered before, or rejected with the rule; a society's message reads back."""
    overclaimed = [
        nwr(number="W2"),
        spu(),
        spt(),
        opu(shares={"mr_share": 2500}),
        swr(),
        swt(),
        pwr(),
    ]
    first, second = tmp_path / "a.v22", tmp_path / "b.v22"
    first.write_bytes(message(song(), overclaimed, created="2026-01-02"))
    second.write_bytes(message(song(), song(number="W3"), created="2026-02-03"))
    await load(empty, SourceFormat.CWR, [first, second])
    answers: list[list[tuple[str | None, str | None, list[str]]]] = []
    for received in (first, second):
        path = tmp_path / f"{received.name}.ack"
        report = await acknowledge(empty, received, path, SOCIETY, NOW)
        assert report.transactions == 2
        found = read(path.read_bytes())
        assert [fault for each in found for fault in each.faults] == []
        answers.append(
            [
                (
                    each.header.text("status"),
                    each.nested[0].header.text("number") if each.nested[0].header else None,
                    [(msg.text("validation") or "") for msg in each.of("MSG")],
                )
                for each in found
                if each.header
            ]
        )
    assert answers == [
        [("RA", "W1", []), ("RJ", "W2", ["W1", "W2"])],
        [("DU", "W1", []), ("RA", "W3", [])],
    ]


@pytest.mark.timeout(300)
async def test_what_was_not_loaded_is_not_accepted(empty: Graph, tmp_path: Path) -> None:
    """An acknowledgement tells of what is stored."""
    received = tmp_path / "a.v22"
    received.write_bytes(message(song()))
    report = await acknowledge(empty, received, tmp_path / "a.ack", SOCIETY, NOW)
    assert report.statuses == {"RJ": 1}
    assert (tmp_path / "a.ack").read_text().startswith("HDRSO000000052A SOCIETY ")
    [third] = FILES.glob("*.SUB")
    report = await acknowledge(empty, third, tmp_path / "third.ack", SOCIETY, NOW)
    assert report.statuses == {"RJ": 1}
    assert (tmp_path / "third.ack").read_text().startswith("HDRSO0052A SOCIETY ")


@pytest.mark.timeout(300)
async def test_a_line_without_an_end_is_not_held(empty: Graph, tmp_path: Path) -> None:
    """It is refused by its length, and what follows it is answered."""
    received, path = tmp_path / "a.v22", tmp_path / "a.ack"
    header, *rest = message(song()).split(b"\n")
    longest = b"X" * MAX_RECORD
    endless = b"SPU" + b"X" * 30_000_000
    received.write_bytes(b"\n".join([header, endless, longest, *rest]))
    tracemalloc.start()
    report = await acknowledge(empty, received, path, SOCIETY, NOW)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000
    assert report.statuses == {"RJ": 1}
    [told] = [each for each in read(path.read_bytes()) if each.header]
    assert [fault for each in read(path.read_bytes()) for fault in each.faults] == []
    assert told.nested[0].header is not None
