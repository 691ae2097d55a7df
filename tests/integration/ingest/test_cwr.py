"""CWR files in the graph: loaded once, revisions supersede, and nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.client import Graph
from ingest import storing
from ingest.load import SourceFormat, load
from ingest.reports import LoadReport, Outcome
from tests.cwr.messages import (
    FILES,
    NAMES,
    Written,
    message,
    nwr,
    opu,
    pwr,
    song,
    spt,
    spu,
    swr,
    swt,
)
from tests.engines.wiping import wipe
from tests.integration.ingest.whole_graph import contents

CLAIMS = """
MATCH (work:Work)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
WITH work, claim, party ORDER BY claim.position, claim.kind DESC, claim.right
RETURN collect([claim.status, claim.kind, claim.right, claim.share, party.name, claim.role,
  claim.recordedTo IS NULL]) AS rows
"""


async def stored(graph: Graph, folder: Path, name: str, raw: bytes) -> LoadReport:
    """Load one message."""
    path = folder / name
    path.write_bytes(raw)
    return await load(graph, SourceFormat.CWR, [path])


async def claims(graph: Graph, status: str) -> list[list[Any]]:
    """Return the claims of one status, in the order of their records."""
    return [row[1:] for row in await graph.read("claims", CLAIMS) if row[0] == status]


@pytest.mark.timeout(300)
async def test_the_real_files_are_loaded_once(empty: Graph) -> None:
    """Loading again, forced, finds every node and relationship again, with its time."""
    paths = [FILES / name for name in NAMES]
    report = await load(empty, SourceFormat.CWR, paths)
    assert report.refused_by_rule == {}
    assert {file.outcome for file in report.files} == {Outcome.LOADED}
    before = await contents(empty, times=True)
    again = await load(empty, SourceFormat.CWR, paths, force=True)
    assert again.kept == report.kept
    assert await contents(empty, times=True) == before


@pytest.mark.timeout(300)
async def test_a_load_in_small_batches_is_the_same(
    empty: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However a file is divided into transactions of the database, the graph is the same."""
    paths = [FILES / name for name in NAMES]
    await wipe(empty)
    await load(empty, SourceFormat.CWR, paths)
    whole = await contents(empty, times=False)
    await wipe(empty)
    monkeypatch.setattr(storing, "BATCH_FACTS", 10)
    await load(empty, SourceFormat.CWR, paths)
    assert await contents(empty, times=False) == whole


async def test_a_work_becomes_claims_right_by_right(empty: Graph, tmp_path: Path) -> None:
    """Ownership is the world's; collection has the territories that it is told with."""
    work = [
        nwr(),
        spu(),
        spt(),
        spt(tis=840, inclusion="E"),
        spu("S1", "SE"),
        spt("S1", 840),
        swr(),
        swt(),
        pwr(),
    ]
    await stored(empty, tmp_path, "a.v22", message(work))
    rows = await empty.read(
        "claims",
        "MATCH (claim:Claim) WITH claim ORDER BY claim.position, claim.kind DESC, claim.right"
        " RETURN collect([claim.kind, claim.right, claim.share, claim.territories,"
        " claim.excludedTerritories, claim.role, claim.controlled]) AS rows",
    )
    nowhere: list[str] = []
    world, other = (["2136"], nowhere), (["2136"], ["US"])
    whole = (("MR", 10000), ("PR", 5000), ("SR", 10000))
    expected = [
        *(["OWNERSHIP", right, share, *world, "E", True] for right, share in whole),
        *(["COLLECTION", right, share, *other, "E", True] for right, share in whole),
        *(["COLLECTION", right, share, ["US"], [], "SE", True] for right, share in whole),
        ["OWNERSHIP", "PR", 5000, *world, "CA", True],
        ["COLLECTION", "PR", 5000, *world, "CA", True],
    ]
    assert rows == expected
    mandates = await empty.read(
        "mandates",
        "MATCH (giver:Party)-[:ASSIGNS]->(agreement)-[:ACQUIRED_BY]->(taker:Party)"
        " RETURN collect([giver.name, taker.name, agreement.kind, agreement.right,"
        " agreement.territories]) AS rows",
    )
    assert mandates == [["PUBLISHER P1", "PUBLISHER S1", "ADMINISTRATION", None, ["US"]]]
    assert await empty.read("passes", "MATCH ()-[p:PASSES_TO]->() RETURN count(p) AS rows") == 0


@pytest.mark.parametrize("late", [False, True], ids=["in order", "the older one last"])
async def test_a_revision_supersedes_and_deletes_nothing(
    empty: Graph, tmp_path: Path, *, late: bool
) -> None:
    """The claims of the later message stand, whichever of the two was loaded first."""
    first = message(song(), created="2026-01-02")
    revised = [
        nwr("REV"),
        spu(shares={"pr_share": 2500, "mr_share": 5000, "sr_share": 5000}),
        spt(shares={"pr_share": 2500, "mr_share": 5000, "sr_share": 5000}),
        opu(chain=2, shares={"pr_share": 2500, "mr_share": 5000, "sr_share": 5000}),
        swr(),
        swt(),
        pwr(),
    ]
    second = message(revised, created="2026-02-03")
    messages = [("a.v22", first), ("b.v22", second)]
    for name, raw in reversed(messages) if late else messages:
        await stored(empty, tmp_path, name, raw)
    standing = await claims(empty, "ASSERTED")
    assert [row[:4] for row in standing if row[0] == "OWNERSHIP"] == [
        ["OWNERSHIP", "MR", 5000, "PUBLISHER P1"],
        ["OWNERSHIP", "PR", 2500, "PUBLISHER P1"],
        ["OWNERSHIP", "SR", 5000, "PUBLISHER P1"],
        ["OWNERSHIP", "MR", 5000, "PUBLISHER O1"],
        ["OWNERSHIP", "PR", 2500, "PUBLISHER O1"],
        ["OWNERSHIP", "SR", 5000, "PUBLISHER O1"],
        ["OWNERSHIP", "PR", 5000, "WRITER C1"],
    ]
    assert all(row[-1] for row in standing)
    superseded = await claims(empty, "SUPERSEDED")
    assert [row[2] for row in superseded] == [10000, 5000, 10000, 10000, 5000, 10000, 5000, 5000]
    assert not any(row[-1] for row in superseded)
    before = await contents(empty, times=True)
    paths = [tmp_path / "a.v22", tmp_path / "b.v22"]
    await load(empty, SourceFormat.CWR, paths, force=True)
    assert await contents(empty, times=True) == before


async def test_another_senders_number_is_another_work(empty: Graph, tmp_path: Path) -> None:
    """Numbers are each sender's own: nothing is superseded."""
    await stored(empty, tmp_path, "a.v22", message(song()))
    other = message(song(), created="2026-02-03", sender="000000297")
    await stored(empty, tmp_path, "b.v22", other)
    assert await claims(empty, "SUPERSEDED") == []
    assert await empty.read("works", "MATCH (w:Work) RETURN count(w) AS rows") == 2


async def test_what_breaks_a_rule_is_stored_and_told(empty: Graph, tmp_path: Path) -> None:
    """An overclaim is evidence of a conflict: it is kept, unscaled, with the rule's id."""
    work = [
        nwr(),
        spu(shares={"mr_share": 10000}),
        spt(),
        opu(chain=2, shares={"mr_share": 2500}),
        swr(),
        swt(),
        pwr(),
    ]
    report = await stored(empty, tmp_path, "a.v22", message(work))
    assert "W1" in report.files[0].noted_by_rule
    assert report.refused_by_rule == {}
    broken = "MATCH (r:Registration) RETURN collect(r.broken) AS rows"
    assert "W1" in (await empty.read("broken", broken))[0]
    shares = [row[2] for row in await claims(empty, "ASSERTED") if row[:2] == ["OWNERSHIP", "MR"]]
    assert shares == [10000, 2500]


async def test_an_acknowledgement_names_the_registration_it_answers(
    empty: Graph, tmp_path: Path
) -> None:
    """By the original's time, group, transaction and number, whichever was loaded first."""
    answer: list[Written] = [
        (
            "ACK",
            {
                "original_created": "2026-01-02",
                "original_group": 1,
                "original_transaction": 0,
                "original_type": "NWR",
                "title": "A SONG",
                "number": "W1",
                "recipient_number": "S-77",
                "processed": "2026-01-09",
                "status": "RA",
            },
        )
    ]
    await stored(empty, tmp_path, "ack.v22", message(answer, created="2026-01-09"))
    await stored(empty, tmp_path, "a.v22", message(song()))
    rows = await empty.read(
        "answers",
        "MATCH (a:Acknowledgement) MATCH (r:Registration {id: a.registration})"
        " RETURN collect([a.status, a.recipientNumber, a.date, r.number]) AS rows",
    )
    assert rows == [["RA", "S-77", "2026-01-09", "W1"]]


async def test_an_agreement_is_stored_and_a_later_one_supersedes_it(
    empty: Graph, tmp_path: Path
) -> None:
    """An acquirer's share of each right, in its territories and term; it multiplies nothing."""

    def agreement(share: int) -> list[Any]:
        kept = {"pr_share": 10000 - share, "mr_share": 0}
        acquired = {"pr_share": share, "mr_share": 10000}
        return [
            (
                "AGR",
                {
                    "number": "A1",
                    "agreement_type": "OS",
                    "start": "2020-01-01",
                    "end": "2030-01-01",
                    "prior_royalty": "N",
                    "post_term": "D",
                    "post_term_end": "2031-01-01",
                    "works": 1,
                },
            ),
            ("TER", {"inclusion": "I", "territory": 2136}),
            ("TER", {"inclusion": "E", "territory": 840}),
            ("IPA", {"role": "AS", "ip": "C1", "name": "DUPONT", "first_name": "J", **kept}),
            ("IPA", {"role": "AC", "ip": "P1", "name": "WARNER", **acquired}),
        ]

    await stored(empty, tmp_path, "a.v22", message(agreement(4000), created="2026-01-02"))
    await stored(empty, tmp_path, "b.v22", message(agreement(5000), created="2026-02-02"))
    rows = await empty.read(
        "agreements",
        "MATCH (giver:Party)-[:ASSIGNS]->(a:Agreement)-[:ACQUIRED_BY]->(taker:Party)"
        " WITH giver, a, taker ORDER BY a.status, a.right"
        " RETURN collect([giver.name, taker.name, a.kind, a.right, a.share, a.territories,"
        " a.excludedTerritories, a.validFrom, a.validTo, a.collectionTo, a.status]) AS rows",
    )
    where = [["2136"], ["US"], "2020-01-01", "2030-01-01", "2031-01-01"]
    both = ["J DUPONT", "WARNER", "PUBLISHING"]
    assert rows == [
        [*both, "MR", 10000, *where, "ASSERTED"],
        [*both, "PR", 5000, *where, "ASSERTED"],
        [*both, "MR", 10000, *where, "SUPERSEDED"],
        [*both, "PR", 4000, *where, "SUPERSEDED"],
    ]
