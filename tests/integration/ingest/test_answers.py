"""Acknowledgements find what they answer, in whichever order files come; what fits several is told."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Final

import pytest

from ingest.load import SourceFormat, load
from standards.cwr.faults import CwrRule
from tests.cwr.messages import Written, message, song
from tests.engines.wiping import wipe
from tests.integration.ingest.whole_graph import contents

if TYPE_CHECKING:
    from pathlib import Path

    from graph.client import Graph

TIED: Final = """
MATCH (a:Acknowledgement) WITH a ORDER BY a.number
OPTIONAL MATCH (r:Registration {id: a.registration})
RETURN collect([a.number, r.submitter]) AS rows
"""
REGISTERED: Final = """
MATCH (r:Registration)-[:REGISTERS]->(:Work)<-[:ON]-(claim:Claim {registration: r.id})
WITH r.submitter AS submitter, r.number AS number, count(claim) AS claims ORDER BY submitter, number
RETURN collect([submitter, number, claims]) AS rows
"""


def answered(*numbers: str) -> bytes:
    """Return a message that answers transactions of one group, in order."""
    told: list[list[Written]] = [
        [
            (
                "ACK",
                {
                    "original_created": "2026-01-02",
                    "original_group": 1,
                    "original_transaction": at,
                    "original_type": "NWR",
                    "title": "A SONG",
                    "number": number,
                    "processed": "2026-01-09",
                    "status": "RA",
                },
            )
        ]
        for at, number in enumerate(numbers)
    ]
    return message(*told, created="2026-01-09", sender="000000052")


@pytest.mark.timeout(300)
async def test_two_senders_of_one_second_are_told_apart(empty: Graph, tmp_path: Path) -> None:
    """Both register; what either may have been answered is tied to neither, what only one sent is."""
    files = {
        "a.v22": message(song(number="W1"), song(number="W2")),
        "b.v22": message(song(number="W1"), song(number="W3"), sender="000000297"),
        "ack.v22": answered("W1", "W2"),
    }
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    for order in permutations(files):
        await wipe(empty)
        report = await load(empty, SourceFormat.CWR, [tmp_path / name for name in order])
        assert await empty.read("registered", REGISTERED) == [
            ["PB000000199", "W1", 8],
            ["PB000000199", "W2", 8],
            ["PB000000297", "W1", 8],
            ["PB000000297", "W3", 8],
        ]
        assert await empty.read("tied", TIED) == [["W1", None], ["W2", "PB000000199"]]
        noted = [
            each
            for file in report.files
            for each in file.noted
            if each.rule is CwrRule.CWR_SEVERAL_ANSWERED
        ]
        assert [(each.file, each.line) for each in noted] == [(str(tmp_path / order[-1]), 3)]
        assert "PB000000199, PB000000297" in noted[0].message
        before = await contents(empty, times=True)
        await load(empty, SourceFormat.CWR, [tmp_path / name for name in order], force=True)
        assert await contents(empty, times=True) == before
