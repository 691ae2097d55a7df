"""Who is named how, once what a registration claimed was sold, revised, withdrawn or claimed beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from export.cwr import export_catalogue
from export.reports import ExportReport
from graph.claiming import (
    AssertClaim,
    Claimant,
    Deed,
    DisputeClaim,
    RecordAgreement,
    ReviseClaim,
    Sale,
    Terms,
    TransferCatalogue,
    WithdrawClaim,
)
from graph.client import Graph
from graph.facts import PartyFact, SourceFact, begin_source, write_facts
from graph.ids import mint
from graph.journal import Attribution, Command, Journal, Ref
from ingest.identities import Thing, identifier
from ingest.load import SourceFormat, load
from standards.cwr.records import Version
from standards.cwr.works import Work, work_of
from standards.identifiers import Scheme
from standards.territories import countries
from tests.cwr.messages import message, read, song
from tests.engines.wiping import wipe

NOW: Final = datetime(2026, 3, 4, tzinfo=UTC)
DAY: Final = "2026-03-01"
SOURCE: Final = SourceFact(
    name="test", kind="GENERATED", licence="CC0-1.0", uri="test:", digest="1"
)
ANALYST: Final = Claimant(user="a", anybody=True)
OWNED: Final = {"PR": 5000, "MR": 10000, "SR": 10000}
WORK: Final = mint("cwr", "work", "PB000000199", "W1")
SELLER: Final = mint("cwr", "party", "PB000000199", "P1")
WRITER: Final = mint("cwr", "party", "PB000000199", "C1")
IPIS: Final = {"buyer": "00000000199", "other": "00000000297"}
BUYER, OTHER = (mint("cwr", "party", "IPI_NAME", each) for each in IPIS.values())
CLAIMS: Final = """
MATCH (party:Party {id: $party})<-[:CLAIMED_BY]-(claim:Claim)
WHERE claim.recordedTo IS NULL AND claim.right = $right AND claim.kind = $kind
WITH claim ORDER BY claim.id
RETURN collect(claim.id) AS rows
"""
AGREEMENTS: Final = """
MATCH (a:Party)-[:ASSIGNS]->(agreement:Agreement)-[:ACQUIRED_BY]->(b:Party)
WHERE agreement.registration IS NOT NULL
WITH a, b, agreement ORDER BY b.id, agreement.right, agreement.kind
RETURN collect([a.id, b.id, agreement.kind, agreement.right, agreement.share, agreement.territories,
  agreement.validFrom, agreement.validTo, agreement.collectionTo]) AS rows
"""

pytestmark = pytest.mark.timeout(300)


class Wrote:
    """A registered song, with people who change what is claimed of it and write catalogues."""

    def __init__(self, graph: Graph, folder: Path) -> None:
        self.graph = graph
        self._folder = folder

    async def begin(self) -> None:
        """Load the song, and two parties that its registration does not name."""
        path = self._folder / "song.v22"
        path.write_bytes(message(song()))
        await load(self.graph, SourceFormat.CWR, [path])
        await begin_source(self.graph, SOURCE, NOW)
        facts: list[Any] = []
        for name, ipi in IPIS.items():
            party = mint("cwr", "party", "IPI_NAME", ipi)
            facts += [
                PartyFact(id=party, name=name, kind="ORGANISATION"),
                identifier(Thing(label="Party", id=party), Scheme.IPI_NAME, ipi),
            ]
        await write_facts(self.graph, facts, source_id=SOURCE.id, recorded_at=NOW, position=1)

    async def does(self, *commands: Command) -> None:
        """Carry commands out, one after another."""
        journal = Journal(self.graph)
        for command in commands:
            await journal.run(command, Attribution(actor="a"))
        await journal.close()

    async def claim(self, party: str, right: str = "PR", kind: str = "OWNERSHIP") -> str:
        """Return the id of the one claim that a party has of a kind."""
        [found] = await self.graph.read("claims", CLAIMS, party=party, right=right, kind=kind)
        return found

    async def catalogue(
        self, party: str, version: Version = Version.V22, at: date | None = None
    ) -> tuple[ExportReport, list[Work]]:
        """Return the works of a party's catalogue, read again, and what was noted of it."""
        path = self._folder / "out.cwr"
        report = await export_catalogue(self.graph, party, version, path, NOW, at=at)
        found = read(path.read_bytes())
        assert [fault for each in found for fault in each.faults] == []
        return report, [
            work_of(each) for each in found if each.header and each.header.type != "AGR"
        ]


@pytest.fixture
def wrote(empty: Graph, tmp_path: Path) -> Wrote:
    """Return the graph that is written in; a test begins it."""
    return Wrote(empty, tmp_path)


def sale(**more: Any) -> Command:
    """Return a sale by the song's publisher."""
    return TransferCatalogue(SELLER, Sale(buyer=BUYER, at=DAY, **more))


def named(work: Work) -> list[tuple[str, str | None, str, int, dict[str, int]]]:
    """Return record, name, role, chain and ownership of everybody in a work."""
    publishers = [(each, chain.number) for chain in work.chains for each in chain.holders]
    return [
        (each.record.type, each.record.text("name"), each.role, chain, each.owned)
        for each, chain in [*publishers, *((writer, 0) for writer in work.writers)]
    ]


def collected(work: Work, name: str, right: str) -> Sequence[tuple[int, frozenset[int]]]:
    """Return what a named party collects of a right, and where."""
    return [
        (dict(scope.shares)[right], scope.countries)
        for each in work.holders
        if each.record.text("name") == name
        for scope in each.collected
        if right in dict(scope.shares)
    ]


async def test_a_buyer_follows_the_original_publisher(wrote: Wrote) -> None:
    """It acquires all: the seller stays without a share, it collects, and no rule is broken (W7)."""
    await wrote.begin()
    await wrote.does(sale())
    report, [work] = await wrote.catalogue(BUYER)
    assert report.noted_by_rule == {}
    assert work.header.type == "REV"
    assert work.header.text("number") == "W1"
    assert named(work) == [
        ("SPU", "PUBLISHER P1", "E", 1, {}),
        ("SPU", "BUYER", "AQ", 1, OWNED),
        ("SWR", "WRITER C1", "CA", 0, {"PR": 5000}),
    ]
    everywhere = countries(("2136",), ())
    assert collected(work, "BUYER", "PR") == [(5000, everywhere)]
    assert collected(work, "PUBLISHER P1", "PR") == []
    [link] = work.writers[0].publishers
    assert (link.text("publisher"), link.number("chain")) == ("P1", 1)
    assert work.publishers[1].record.text("ipi_name") == IPIS["buyer"]


async def test_an_acquirer_that_sells_is_replaced_and_one_that_gives_back_is_gone(
    wrote: Wrote,
) -> None:
    """Whoever came between is named no longer; who has it again is E, not AQ."""
    await wrote.begin()
    again = TransferCatalogue(BUYER, Sale(buyer=OTHER, at=DAY))
    await wrote.does(sale(), again)
    _, [work] = await wrote.catalogue(SELLER)
    assert named(work)[:2] == [
        ("SPU", "PUBLISHER P1", "E", 1, {}),
        ("SPU", "OTHER", "AQ", 1, OWNED),
    ]
    _, works = await wrote.catalogue(BUYER)
    assert works == []
    await wrote.does(TransferCatalogue(OTHER, Sale(buyer=SELLER, at=DAY)))
    report, [work] = await wrote.catalogue(SELLER)
    assert report.noted_by_rule == {}
    assert named(work)[:1] == [("SPU", "PUBLISHER P1", "E", 1, OWNED)]
    assert len(work.publishers) == 1


async def test_a_sale_counts_from_its_day(wrote: Wrote) -> None:
    """A catalogue is as of a day: before the sale the seller owns."""
    await wrote.begin()
    await wrote.does(sale())
    _, [work] = await wrote.catalogue(SELLER, at=date(2026, 2, 28))
    assert [each[1:] for each in named(work)[:1]] == [("PUBLISHER P1", "E", 1, OWNED)]
    assert len(work.publishers) == 1
    _, works = await wrote.catalogue(BUYER, at=date(2026, 2, 28))
    assert works == []


async def test_who_buys_a_share_begins_a_chain(wrote: Wrote) -> None:
    """The seller keeps the rest in its own; the writer is published in both. Collection was not sold (W5)."""
    await wrote.begin()
    await wrote.does(sale(share=2000))
    report, [work] = await wrote.catalogue(BUYER)
    assert report.noted_by_rule == {"W5": 1}
    assert named(work)[:3] == [
        ("SPU", "PUBLISHER P1", "E", 1, {"PR": 3000, "MR": 8000, "SR": 8000}),
        ("SPU", "PUBLISHER P1", "E", 2, {}),
        ("SPU", "BUYER", "AQ", 2, {"PR": 2000, "MR": 2000, "SR": 2000}),
    ]
    assert [each.number("chain") for each in work.writers[0].publishers] == [1, 2]


async def test_what_is_sold_of_the_world_is_cut_out(wrote: Wrote) -> None:
    """Who collects is told country by country; ownership of the larger part stands for all, and is noted."""
    await wrote.begin()
    america = countries(("US",), ())
    await wrote.does(sale(named=america))
    report, [work] = await wrote.catalogue(BUYER)
    assert report.noted_by_rule["CWR_OWNERSHIP"] == 3
    rest = countries(("2136",), ()) - america
    assert collected(work, "PUBLISHER P1", "MR") == [(10000, rest)]
    assert collected(work, "BUYER", "MR") == [(10000, america)]
    assert work.chains[0].holders[0].owned == OWNED
    assert all("W1" not in str(each.rule) for each in report.noted)


async def test_who_has_nothing_left_goes_unless_they_wrote(wrote: Wrote) -> None:
    """Writers are named with no share; a claim in dispute is written, and noted."""
    await wrote.begin()
    await wrote.does(
        WithdrawClaim(ANALYST, await wrote.claim(WRITER)),
        *[
            WithdrawClaim(ANALYST, await wrote.claim(SELLER, right, kind))
            for right in ("PR", "MR", "SR")
            for kind in ("OWNERSHIP", "COLLECTION")
        ],
        DisputeClaim(ANALYST, await wrote.claim(WRITER, kind="COLLECTION")),
    )
    report, works = await wrote.catalogue(SELLER)
    assert works == []
    report, [work] = await wrote.catalogue(WRITER)
    assert report.noted_by_rule == {"CWR_DISPUTED": 1}
    assert named(work) == [("SWR", "WRITER C1", "CA", 0, {})]
    assert work.writers[0].publishers == []


async def test_what_is_claimed_beside_a_registration_has_a_line(wrote: Wrote) -> None:
    """Another publisher has a chain of its own; what somebody who is named claims adds to their share."""
    await wrote.begin()
    where = Ref("Work", WORK)

    def terms(right: str, kind: str = "OWNERSHIP", share: int = 1000) -> Terms:
        return Terms(right=right, kind=kind, share=share, territories=("2136",), role="E")

    revised = await wrote.claim(SELLER, "MR")
    await wrote.does(
        AssertClaim(ANALYST, where, OTHER, terms("MR")),
        AssertClaim(ANALYST, where, OTHER, terms("MR", "LICENCE")),
        ReviseClaim(ANALYST, revised, {"share": 8000}),
        AssertClaim(ANALYST, where, SELLER, terms("MR")),
    )
    report, [work] = await wrote.catalogue(SELLER)
    assert report.noted_by_rule == {"CWR_CLAIM": 1}
    assert named(work)[:2] == [
        ("SPU", "PUBLISHER P1", "E", 1, {"PR": 5000, "MR": 9000, "SR": 10000}),
        ("OPU", "OTHER", "E", 2, {"MR": 1000}),
    ]
    report, [work] = await wrote.catalogue(OTHER)
    assert named(work)[1] == ("SPU", "OTHER", "E", 2, {"MR": 1000})


async def test_a_writer_who_sells_stays_one_and_the_buyer_publishes(wrote: Wrote) -> None:
    """A buyer has written nothing: it is a publisher, linked to the writer; W2 and W3 are noted."""
    await wrote.begin()
    await wrote.does(TransferCatalogue(WRITER, Sale(buyer=BUYER, at=DAY)))
    report, [work] = await wrote.catalogue(BUYER)
    assert {"W2"} <= set(report.noted_by_rule)
    assert named(work)[1:] == [
        ("SPU", "BUYER", "E", 2, {"PR": 5000}),
        ("SWR", "WRITER C1", "CA", 0, {}),
    ]
    assert [each.number("chain") for each in work.writers[0].publishers] == [1, 2]


async def test_agreements_of_people_go_out(wrote: Wrote, tmp_path: Path) -> None:
    """As general ones of writers or publishers, and come in as they are; an assignment is noted."""
    await wrote.begin()

    def deed(kind: str, **more: Any) -> RecordAgreement:
        given: dict[str, Any] = {
            "assignor": BUYER,
            "kept": 4000,
            "acquirers": [(OTHER, 6000)],
            "kind": kind,
            "territories": ("2120",),
            "excluded": ("GB",),
            "valid_from": "2020-01-01",
        }
        return RecordAgreement(Deed(**{**given, **more}))

    past = deed("ADMINISTRATION", valid_to="2025-01-01")
    term = {"valid_to": "2030-01-01", "collection_to": "2031-01-01"}
    publishing = deed("PUBLISHING", rights=("PR", "MR"), **term)
    await wrote.does(deed("ADMINISTRATION"), past, deed("ASSIGNMENT"), publishing)
    report, _ = await wrote.catalogue(BUYER)
    assert report.transactions == 2
    assert report.noted_by_rule == {"CWR_AGREEMENT": 1}
    report, _ = await wrote.catalogue(BUYER, Version.V30)
    assert report.noted_by_rule == {"CWR_AGREEMENT": 1, "CWR_UNKNOWN_RECORD": 1}
    await wrote.catalogue(BUYER)
    await wipe(wrote.graph)
    await load(wrote.graph, SourceFormat.CWR, [tmp_path / "out.cwr"])
    places = ["2120"]
    open_end = [None, None]
    assert await wrote.graph.read("agreements", AGREEMENTS) == [
        [BUYER, OTHER, kind, right, 6000, places, "2020-01-01", *ends]
        for right, kind, ends in (
            ("MR", "ADMINISTRATION", open_end),
            ("MR", "PUBLISHING", list(term.values())),
            ("PR", "ADMINISTRATION", open_end),
            ("PR", "PUBLISHING", list(term.values())),
            ("SR", "ADMINISTRATION", open_end),
        )
    ]
