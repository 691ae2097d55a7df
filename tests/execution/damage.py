"""What no fact says and a graph may hold all the same: gaps, unknown words, values out of range.

Everything damaged hangs on things of its own whose names sort last, so that most operations answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, LiteralString

if TYPE_CHECKING:
    from graph.client import Statement

DAMAGED: Final = (
    ("Artist", "za0"),
    ("Artist", "za1"),
    ("Recording", "zr0"),
    ("Recording", "zr1"),
    ("Recording", "zr2"),
    ("Recording", "zr3"),
    ("Work", "zw0"),
    ("Work", "zw1"),
    ("Release", "ze0"),
    ("Release", "ze1"),
    ("Label", "zl0"),
    ("Party", "zp0"),
    ("Party", "zp1"),
    ("Party", "zp2"),
)
"""Label and id of each thing that is damaged, or bears what is."""

WORLDWIDE: Final = {"status": "ASSERTED", "territories": ["2136"]}

NODES: Final[dict[LiteralString, list[dict[str, Any]]]] = {
    "Artist": [
        {"id": "za0", "sortKey": "zz a", "type": "GROUP", "searchText": "zz nameless"},
        {"id": "za1", "name": "zz a", "sortKey": "zz a", "aliases": [], "sourceId": "unknown"},
    ],
    "Recording": [
        {"id": "zr0", "title": "zz long", "sortKey": "zz long", "lengthMs": 3_000_000_000},
        {"id": "zr1", "title": "zz year", "sortKey": "zz year", "year": 99_999_999_999},
        {"id": "zr2", "title": 42, "sortKey": "zz number", "artistCredit": True, "video": 1},
        {"id": "zr3", "title": "zz claimed", "sortKey": "zz claimed", "lengthMs": "long"},
    ],
    "Work": [
        {"id": "zw0", "title": "zz", "sortKey": "zz", "language": 7, "aliases": ["zz", "zzz"]},
        {"id": "zw1", "title": ["zz", "z"], "sortKey": "zz"},
    ],
    "Release": [
        {"id": "ze0", "title": "zz tracks", "sortKey": "zz tracks", "year": "MCM"},
        {"id": "ze1", "sortKey": "zz untitled", "type": 7, "status": "LOST"},
    ],
    "Label": [{"id": "zl0", "sortKey": "zz", "name": False}],
    "Party": [
        {"id": "zp0", "name": "zz", "sortKey": "zz", "kind": "ROBOT"},
        {"id": "zp1", "sortKey": "zz nobody"},
        {"id": "zp2", "sortKey": "zz", "name": ["zz"]},
    ],
    "Identifier": [
        {"id": "zi0", "scheme": "UNHEARD_OF", "raw": "1", "value": "1", "valid": True},
        {"id": "zi1", "scheme": "ISRC", "raw": "2", "valid": True},
        {"id": "zi2", "scheme": "ISRC", "value": "3"},
        {"id": "zi3", "scheme": "PROPRIETARY", "raw": "4", "value": "4", "valid": True},
    ],
    "Identity": [{"id": "zx0", "scheme": "UNHEARD_OF", "value": "1", "key": "UNHEARD_OF:1"}],
    "IdentityLink": [
        {"id": "zk0", "relation": "SAME", "confidence": "high", "method": "GUESS", "status": "?"},
        {"id": "zk1", "evidence": [], "confidence": 0.5},
        {"id": "zk2", "confidence": 1, "method": "GUESS"},
    ],
    "Claim": [
        {"id": "zc0", "right": "SYNC", "kind": "OWNERSHIP", "share": 5_000, "status": "ASSERTED"},
        {"id": "zc1", "right": "MASTER", "share": 3_000_000_000, "territories": ["2136"]},
        {"id": "zc2", "right": "MASTER", "kind": "OWNERSHIP", "share": 1, "status": "ASSERTED"},
        {"id": "zc3", "right": "PR", "kind": "OWNERSHIP", "share": 1, "validFrom": "once"},
        {"id": "zc4", "right": "MR", "kind": "OWNERSHIP", "territories": ["2136"]},
        # Two recordings claimed alike, by a party that cannot be told.
        {"id": "zc5", **WORLDWIDE, "right": "MASTER", "kind": "OWNERSHIP", "share": 10_000},
        {"id": "zc6", **WORLDWIDE, "right": "MASTER", "kind": "OWNERSHIP", "share": 10_000},
    ],
    "Agreement": [
        {"id": "zg0", "kind": "ASSIGNMENT", "share": 1, "status": "ASSERTED", "right": "SYNC"},
        {"id": "zg1", "kind": "LICENCE", "share": "half", "territories": ["XX"]},
        {"id": "zg2", **WORLDWIDE, "kind": "ASSIGNMENT", "share": 5_000},
        {"id": "zg3", **WORLDWIDE, "kind": "ASSIGNMENT", "share": 5_000},
    ],
    "Deal": [
        {"id": "zd0", "kind": "SWAP", "status": "LOST", "territories": ["XX"], "uses": ["HUM"]},
        {"id": "zd1", **WORLDWIDE, "kind": "DEAL", "validFrom": "once", "models": "BARTER"},
        {"id": "zd2", "kind": "DEAL", "status": "ASSERTED", "territories": ["ATLANTIS"]},
        {"id": "zd3", "kind": "TAKE_DOWN", "message": 7},
    ],
    "Conflict": [
        {"id": "zq0", "kind": "ZZ", "status": "?", "right": "SYNC", "cells": ["x"], "rule": "W0"},
        {"id": "zq1", "right": "MASTER", "parties": ["nobody"], "evidence": "c", "cells": ["x"]},
        {"id": "zq2", "right": "PR", "cells": ["||1|ATLANTIS|"], "openings": ["once"]},
    ],
    "PolicyFlag": [
        {"id": "zf0", "kind": "ZZ", "status": "ACTIVE", "territories": ["2136"]},
        {"id": "zf1", "status": "ACTIVE"},
        {"id": "zf2", "kind": "ZZZ", "status": "OVER", "territories": ["ATLANTIS"]},
    ],
}
"""Nodes by label; those whose ids begin with an assertion's letter get a moment of recording."""

MOMENTLESS: Final = ("zi2", "zk1", "zf1", "zd1", "zq1")

LINKS: Final[tuple[tuple[LiteralString, str, LiteralString, dict[str, Any], str], ...]] = (
    # Label of both ends, start, relationship, its properties, end.
    ("Artist|Recording", "za0", "RECORDED", {"position": 0, "sourceId": "unknown"}, "zr0"),
    ("Artist|Recording", "za1", "RECORDED", {"role": "MAIN"}, "zr0"),
    ("Artist|Recording", "za1", "RECORDED", {"role": "MAIN", "position": 2**40}, "zr3"),
    ("Artist|Release", "za1", "RELEASED", {"role": "MAIN", "position": 0}, "ze0"),
    ("Artist|Work", "za0", "WROTE", {"role": "COMPOSER", "position": 0}, "zw0"),
    ("Artist|Artist", "za0", "MEMBER_OF", {}, "za1"),
    ("Artist|Artist", "za1", "ALIAS_OF", {"attributes": ["x"], "beginDate": 1990}, "a00"),
    ("Recording|Work", "zr0", "RECORDING_OF", {}, "zw0"),
    ("Recording|Work", "zr3", "RECORDING_OF", {}, "zw1"),
    ("Release|Recording", "ze0", "HAS_TRACK", {"medium": 1}, "zr0"),
    ("Release|Recording", "ze0", "HAS_TRACK", {"medium": 1, "position": 1}, "zr1"),
    ("Release|Recording", "ze0", "HAS_TRACK", {"position": 2, "number": 3}, "zr2"),
    ("Release|Label", "ze0", "ISSUED_BY", {"catalogueNumber": 7}, "zl0"),
    ("Release|Label", "ze1", "ISSUED_BY", {}, "zl0"),
    ("Label|Label", "zl0", "SUBLABEL_OF", {}, "zl0"),
    ("Party|Label", "zp1", "OPERATES", {}, "zl0"),
    ("Party|Party", "zp0", "PARENT_OF", {"endDate": 7}, "zp1"),
    ("Party|Artist", "zp1", "KNOWN_AS", {}, "za0"),
    ("Artist|Identifier", "za1", "HAS_IDENTIFIER", {}, "zi0"),
    ("Recording|Identifier", "zr3", "HAS_IDENTIFIER", {}, "zi1"),
    ("Party|Identifier", "zp0", "HAS_IDENTIFIER", {}, "zi2"),
    ("Label|Identifier", "zl0", "HAS_IDENTIFIER", {}, "zi3"),
    ("Artist|IdentityLink", "za1", "HAS_IDENTITY_LINK", {}, "zk0"),
    ("Label|IdentityLink", "zl0", "HAS_IDENTITY_LINK", {}, "zk1"),
    ("Party|IdentityLink", "zp0", "HAS_IDENTITY_LINK", {}, "zk2"),
    ("IdentityLink|Identity", "zk0", "IDENTIFIES", {}, "x1"),
    ("IdentityLink|Identity", "zk1", "IDENTIFIES", {}, "x1"),
    ("IdentityLink|Identity", "zk2", "IDENTIFIES", {}, "zx0"),
    ("Claim|Recording", "zc0", "ON", {}, "zr3"),
    ("Claim|Recording", "zc1", "ON", {}, "zr2"),
    ("Claim|Recording", "zc2", "ON", {}, "zr2"),
    ("Claim|Work", "zc3", "ON", {}, "zw0"),
    ("Claim|Release", "zc4", "ON", {}, "ze1"),
    ("Claim|Recording", "zc5", "ON", {}, "zr0"),
    ("Claim|Recording", "zc6", "ON", {}, "zr1"),
    ("Claim|Party", "zc5", "CLAIMED_BY", {}, "zp1"),
    ("Claim|Party", "zc6", "CLAIMED_BY", {}, "zp1"),
    ("Claim|Party", "zc0", "CLAIMED_BY", {}, "zp0"),
    ("Claim|Party", "zc1", "CLAIMED_BY", {}, "zp0"),
    ("Claim|Party", "zc2", "CLAIMED_BY", {}, "zp1"),
    ("Claim|Party", "zc3", "CLAIMED_BY", {}, "zp0"),
    ("Claim|Party", "zc4", "CLAIMED_BY", {}, "zp1"),
    ("Party|Agreement", "zp1", "ASSIGNS", {}, "zg0"),
    ("Agreement|Party", "zg0", "ACQUIRED_BY", {}, "zp0"),
    ("Party|Party", "zp1", "PASSES_TO", {}, "zp0"),
    ("Party|Agreement", "zp1", "ASSIGNS", {}, "zg2"),
    ("Agreement|Party", "zg2", "ACQUIRED_BY", {}, "zp0"),
    ("Party|Agreement", "zp0", "ASSIGNS", {}, "zg3"),
    ("Agreement|Party", "zg3", "ACQUIRED_BY", {}, "zp2"),
    ("Party|Party", "zp0", "PASSES_TO", {}, "zp2"),
    ("Party|Agreement", "zp0", "ASSIGNS", {}, "zg1"),
    ("Agreement|Party", "zg1", "ACQUIRED_BY", {}, "zp1"),
    ("Deal|Recording", "zd0", "COVERS", {}, "zr0"),
    ("Deal|Release", "zd0", "SENT_WITH", {}, "ze1"),
    ("Deal|Party", "zd0", "SENT_BY", {}, "zp1"),
    ("Deal|Recording", "zd1", "COVERS", {}, "zr1"),
    ("Deal|Release", "zd1", "SENT_WITH", {}, "ze1"),
    ("Deal|Party", "zd1", "SENT_BY", {}, "zp1"),
    ("Deal|Release", "zd2", "COVERS", {}, "ze0"),
    ("Deal|Release", "zd2", "SENT_WITH", {}, "ze1"),
    ("Deal|Party", "zd2", "SENT_BY", {}, "zp1"),
    ("Deal|Release", "zd3", "COVERS", {}, "ze1"),
    ("Deal|Release", "zd3", "SENT_WITH", {}, "ze1"),
    ("Deal|Party", "zd3", "SENT_BY", {}, "zp1"),
    ("Conflict|Recording", "zq0", "ABOUT", {}, "zr0"),
    ("Conflict|Recording", "zq1", "ABOUT", {}, "zr3"),
    ("Conflict|Work", "zq2", "ABOUT", {}, "zw0"),
    ("PolicyFlag|Recording", "zf0", "FLAGS", {}, "zr0"),
    ("PolicyFlag|Label", "zf1", "FLAGS", {}, "zl0"),
    ("PolicyFlag|Artist", "zf2", "FLAGS", {}, "za1"),
)


def damage(moment: Any, source_id: str) -> list[Statement]:
    """Return the statements that write everything above."""
    found: list[Statement] = []
    for label, rows in NODES.items():
        text: LiteralString = f"UNWIND $rows AS row CREATE (node:{label}) SET node = row"
        whole: list[dict[str, Any]] = []
        for row in rows:
            known: dict[str, Any] = {} if row["id"] in MOMENTLESS else {"recordedAt": moment}
            whole.append({"sourceId": source_id, **known, **row})
        # A property of one name has one type in one statement: the engines' own way with lists.
        found.extend((text, {"rows": [row]}) for row in whole)
    for labels, start, relation, known, end in LINKS:
        one, _, other = labels.partition("|")
        text = (
            f"MATCH (one:{one} {{id: $one}}) MATCH (other:{other} {{id: $other}}) "
            f"CREATE (one)-[tie:{relation}]->(other) SET tie = $known"
        )
        found.append((text, {"one": start, "other": end, "known": known}))
    return found
