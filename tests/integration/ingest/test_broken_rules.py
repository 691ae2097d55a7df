"""What messages break of W5 and W7 to W10 is a conflict of the work's, while the registration stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from graph.client import Graph
from graph.detecting import detect_conflicts
from graph.settling import Settled
from ingest.load import SourceFormat, load
from tests.cwr.messages import Written, message, nwr, opu, pwr, song, spt, spu, swr, swt

CONFLICTS: Final = """
MATCH (conflict:Conflict)-[:ABOUT]->(work:Work)
WITH conflict, work ORDER BY conflict.rule, conflict.right
RETURN collect({id: conflict.id, kind: conflict.kind, rule: conflict.rule, right: conflict.right,
  status: conflict.status, cells: conflict.cells, deadline: conflict.deadline,
  resolvedBy: conflict.resolvedBy, openings: size(conflict.openings),
  parties: COLLECT { UNWIND conflict.parties AS id MATCH (party:Party {id: id})
    RETURN party.name ORDER BY party.name },
  evidence: COLLECT { UNWIND conflict.evidence AS id MATCH (claim:Claim {id: id})-[:ON]->(work)
    MATCH (source:Source {id: claim.sourceId})
    RETURN source.name + ' ' + toString(claim.position) ORDER BY claim.position }
}) AS rows
"""
E1, C1 = "PUBLISHER P1", "WRITER C1"
WHOLE: Final = {"pr_share": 5000, "mr_share": 10000, "sr_share": 10000}

# What breaks each rule alone, and whose it is.
CASES: Final[dict[str, tuple[list[Written], dict[str, list[str]]]]] = {
    "W5": (
        [nwr(), spu(), spt(shares={**WHOLE, "pr_share": 4000}), swr(), swt(), pwr()],
        {"PR": [E1]},
    ),
    "W7": (
        [nwr(), spu(), spt(), opu(chain=1, shares={}), swr(), swt(), pwr()],
        {"MR": [E1], "PR": [E1], "SR": [E1]},
    ),
    "W8": (
        [nwr(), spu(), spt(), spt(tis=840, shares={}), swr(), swt(), pwr()],
        {"MR": [E1], "PR": [E1], "SR": [E1]},
    ),
    "W9": (
        [nwr(version="MOD"), spu(), spt(), swr(), swt(), pwr()],
        {"MR": [E1], "PR": [E1, C1], "SR": [E1]},
    ),
    "W10": ([nwr(), spu(), spt(), swr(), swt()], {"PR": [C1]}),
}


async def stored(graph: Graph, folder: Path, at: int, work: list[Written]) -> dict[str, int]:
    """Load a message with one work, made on one day after another, and return what became of conflicts."""
    path = folder / f"{at}.v22"
    created = date(2026, 1, 1) + timedelta(days=at)
    path.write_bytes(message(work, created=created.isoformat()))
    report = await load(graph, SourceFormat.CWR, [path])
    assert await detect_conflicts(graph, now=datetime.now(UTC)) == Settled()
    return dict(report.files[0].conflicts)


async def conflicts(graph: Graph) -> list[dict[str, Any]]:
    """Return all conflicts, by rule and right."""
    return await graph.read("conflicts", CONFLICTS)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("rule", list(CASES))
async def test_a_broken_rule_is_opened_resolved_and_reopened(
    empty: Graph, tmp_path: Path, rule: str
) -> None:
    """With parties, evidence, deadline and cells; by the revisions of its registration, under one id."""
    work, expected = CASES[rule]
    count = len(expected)
    assert await stored(empty, tmp_path, 0, song()) == {}
    assert await stored(empty, tmp_path, 1, work) == {"opened": count}
    opened = await conflicts(empty)
    assert {each["right"]: each["parties"] for each in opened} == {
        right: sorted(parties) for right, parties in expected.items()
    }
    for each in opened:
        assert (each["kind"], each["rule"], each["status"]) == ("RULE_BROKEN", rule, "OPEN")
        assert each["deadline"] > datetime.now(UTC).date().isoformat()
        assert each["cells"]
        assert {place.split(" ")[0] for place in each["evidence"]} == {"1.v22"}
    assert await stored(empty, tmp_path, 2, song("REV")) == {"resolved": count}
    assert {each["resolvedBy"] for each in await conflicts(empty)} == {"RULE"}
    assert await stored(empty, tmp_path, 3, work) == {"reopened": count}
    reopened = await conflicts(empty)
    assert [each["id"] for each in reopened] == [each["id"] for each in opened]
    assert {(each["status"], each["openings"]) for each in reopened} == {("OPEN", 2)}
    assert {place for each in reopened for place in each["evidence"]} == {
        place.replace("1.v22", "3.v22") for each in opened for place in each["evidence"]
    }


@pytest.mark.timeout(300)
async def test_an_older_message_opens_nothing(empty: Graph, tmp_path: Path) -> None:
    """What it broke was revised before it came in."""
    work, _ = CASES["W10"]
    await stored(empty, tmp_path, 5, song("REV"))
    assert await stored(empty, tmp_path, 1, work) == {}
    assert await conflicts(empty) == []
