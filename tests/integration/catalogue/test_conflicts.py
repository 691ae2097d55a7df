"""Conflicts as objects: opened, updated, resolved and reopened as the claims change, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
import pytest_asyncio

from graph.detecting import detect_conflicts
from graph.facts import ClaimFact, PartyFact, RecordingFact, WorkFact
from graph.settling import Settled, resolve_conflict, settle_conflicts
from resolvers.permission import Role, Viewer
from schema.ids import global_id
from tests.reads.graphs import write

if TYPE_CHECKING:
    from graph.transactions import Transaction
    from tests.reads.asking import Asker

FIRST: Final = datetime(2026, 3, 1, tzinfo=UTC)
ASSETS: Final = ("meets", "alone", "short")


def claim(asset: str, party: str, share: int = 10_000, **more: Any) -> ClaimFact:
    """Return a claim to a master in all the world."""
    told: dict[str, Any] = {"territories": ("2136",), **more}
    return ClaimFact(
        id=f"c-{asset}-{party}",
        asset="Recording",
        asset_id=asset,
        party_id=party,
        right="MASTER",
        kind="OWNERSHIP",
        share=share,
        **told,
    )


@pytest_asyncio.fixture
async def ask(written: Asker) -> Asker:
    """Return what asks a graph in which two parties claim what one can have in the United States."""
    forgotten = ("MATCH (n:Conflict) DETACH DELETE n", "MATCH (n:Claim) DETACH DELETE n")
    await written.graph.write("forget", [(text, {}) for text in forgotten])
    await write(
        written.graph,
        [
            *(PartyFact(id=each, name=each, kind="PERSON") for each in ("ann", "bob")),
            *(RecordingFact(id=each, title=each) for each in ASSETS),
            WorkFact(id="song", title="song"),
            claim("meets", "ann"),
            claim("meets", "bob", territories=("US",), valid_from="2000-01-01", recorded_at=FIRST),
            claim("alone", "ann"),
            claim("short", "ann", 7_500),
        ],
    )
    return written


async def settle(ask: Asker, now: datetime, assets: tuple[str, ...] = ASSETS) -> Settled:
    """Settle the conflicts of recordings in one transaction."""

    async def work(transaction: Transaction) -> Settled:
        return await settle_conflicts(transaction, "Recording", assets, now=now)

    return await ask.graph.transact(work)


QUERY: Final = """query ($id: ID!) { recording(id: $id) { conflicts { totalCount nodes {
  id kind rule right status deadline openedAt resolvedAt resolution resolvedBy
  parties { name } evidence { id } asset { id } source { kind }
  scope { total validFrom validTo territory { description } } } } } }"""


async def of(ask: Asker, asset: str) -> list[dict[str, Any]]:
    """Return the conflicts about a recording, the same on either way."""
    given = {"id": global_id("Recording", asset)}
    planned = (await ask(QUERY, **given)).data
    assert (await ask.through_loaders(QUERY, **given)).data == planned
    return planned["recording"]["conflicts"]["nodes"]


async def test_a_conflict_is_opened_with_all_that_belongs_to_it(ask: Asker) -> None:
    """Kind, rule, parties, evidence, deadline, and the cells that it holds: not the recording."""
    found = await settle(ask, FIRST)
    assert len(found.opened) == 2
    [conflict] = await of(ask, "meets")
    assert conflict == {
        "id": conflict["id"],
        "kind": "OVERCLAIM",
        "rule": "W1",
        "right": "MASTER",
        "status": "OPEN",
        "deadline": "2026-05-30",
        "openedAt": "2026-03-01T00:00:00+00:00",
        "resolvedAt": None,
        "resolution": None,
        "resolvedBy": None,
        "parties": [{"name": "ann"}, {"name": "bob"}],
        "evidence": [
            {"id": global_id("Claim", "c-meets-ann")},
            {"id": global_id("Claim", "c-meets-bob")},
        ],
        "asset": {"id": global_id("Recording", "meets")},
        "source": {"kind": "RULE"},
        "scope": [
            {
                "total": 20_000,
                "validFrom": "2000-01-01",
                "validTo": None,
                "territory": {"description": "United States"},
            }
        ],
    }
    [short] = await of(ask, "short")
    assert (short["kind"], short["scope"][0]["total"]) == ("UNDERCLAIM", 7_500)
    assert await of(ask, "alone") == []


async def test_the_same_again_changes_nothing(ask: Asker) -> None:
    """Settled once more, later: no conflict is touched."""
    await settle(ask, FIRST)
    before = await of(ask, "meets")
    assert await settle(ask, FIRST + timedelta(days=1)) == Settled()
    assert await of(ask, "meets") == before


async def test_conflicts_follow_the_claims(ask: Asker) -> None:
    """Updated as they change, resolved once they agree, and reopened under the same id."""
    [opened] = (await settle(ask, FIRST, ("meets",))).opened
    bobs = claim("meets", "bob", territories=("US",), valid_from="2000-01-01", recorded_at=FIRST)
    await write(ask.graph, [replace(bobs, share=5_000, valid_from="2010-01-01")])
    later = FIRST + timedelta(days=1)
    assert (await settle(ask, later)).updated == [opened]
    [updated] = await of(ask, "meets")
    assert updated["scope"][0]["total"] == 15_000
    assert updated["openedAt"] == "2026-03-01T00:00:00+00:00"
    ended = replace(bobs, status="WITHDRAWN", recorded_to=later, stood_as="ASSERTED")
    await write(ask.graph, [ended])
    assert (await settle(ask, later)).resolved == [opened]
    [resolved] = await of(ask, "meets")
    assert (resolved["status"], resolved["resolvedBy"]) == ("RESOLVED", "RULE")
    assert resolved["resolvedAt"] == "2026-03-02T00:00:00+00:00"
    again = replace(bobs, id="c-meets-bob-2")
    await write(ask.graph, [again])
    assert (await settle(ask, later + timedelta(days=1))).reopened == [opened]
    [reopened] = await of(ask, "meets")
    assert (reopened["status"], reopened["resolvedAt"]) == ("OPEN", None)
    assert reopened["deadline"] == "2026-06-01"


async def test_what_somebody_resolved_stays_so_while_nothing_changes(ask: Asker) -> None:
    """A rule does not reopen what people have settled, unless the claims are others by then."""
    [opened] = (await settle(ask, FIRST, ("short",))).opened

    async def by_hand(transaction: Transaction) -> None:
        await resolve_conflict(
            transaction, opened, resolution="The rest is in the public domain.", by="ann", now=FIRST
        )

    await ask.graph.transact(by_hand)
    assert await settle(ask, FIRST, ("short",)) == Settled()
    [kept] = await of(ask, "short")
    assert (kept["status"], kept["resolvedBy"]) == ("RESOLVED", "ann")
    await write(ask.graph, [claim("short", "ann", 6_000)])
    assert (await settle(ask, FIRST, ("short",))).reopened == [opened]


async def test_a_cell_tells_the_conflicts_that_hold_it_up_when_it_was_known(ask: Asker) -> None:
    """In the cells of a conflict, between its opening and its resolution; nowhere else."""
    await settle(ask, FIRST)
    query = """query ($id: ID!) { recording(id: $id) {
      us: ownership(right: MASTER, territory: "US", at: "2024-01-01") { conflicts { kind } }
      early: ownership(right: MASTER, territory: "US", at: "1999-01-01") { conflicts { kind } }
      de: ownership(right: MASTER, territory: "DE", at: "2024-01-01") { conflicts { kind } }
      before: ownership(right: MASTER, territory: "US", at: "2024-01-01",
        knownAt: "2026-02-28T00:00:00Z") { conflicts { kind } }
      since: ownership(right: MASTER, territory: "US", at: "2024-01-01",
        knownAt: "2026-03-01T00:00:00Z") { status conflicts { kind } } } }"""
    for way in (ask, ask.through_loaders):
        found = (await way(query, id=global_id("Recording", "meets"))).data["recording"]
        assert found["us"]["conflicts"] == [{"kind": "OVERCLAIM"}]
        assert found["since"] == {"status": "OVERCLAIMED", "conflicts": [{"kind": "OVERCLAIM"}]}
        assert [found[each]["conflicts"] for each in ("early", "de", "before")] == [[], [], []]


async def test_all_conflicts_are_listed_by_what_is_asked(ask: Asker) -> None:
    """Of the whole graph, by kind, status and right, the first due first."""
    await settle(ask, FIRST)
    query = """query ($kind: ConflictKind) {
      conflicts(kind: $kind, status: OPEN, right: MASTER) { totalCount nodes { kind deadline } } }"""
    found = (await ask(query)).data["conflicts"]
    assert sorted(each["kind"] for each in found["nodes"]) == ["OVERCLAIM", "UNDERCLAIM"]
    assert (await ask(query, kind="OVERCLAIM")).data["conflicts"]["totalCount"] == 1
    viewer = Viewer(subject="somebody", roles=frozenset({Role.EDITOR}))
    refused = await ask.seen_by(viewer)(query)
    assert refused.body["data"] == {"conflicts": None}
    assert refused.refusal["code"] == "FORBIDDEN"


async def test_all_assets_are_gone_through_and_one_cut_off_goes_on(
    ask: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page by page; what stopped after a page begins with the next, and all is as if it had not stopped."""
    monkeypatch.setattr("graph.detecting.ASSETS_A_PAGE", 1)

    class CutOffError(Exception):
        pass

    seen: list[str] = []

    def told(label: str, count: int, settled: Settled) -> None:
        seen.append(f"{label} {count}")
        if len(seen) == 2:
            raise CutOffError
        del settled

    with pytest.raises(CutOffError):
        await detect_conflicts(ask.graph, now=FIRST, told=told)
    rest = await detect_conflicts(ask.graph, now=FIRST, told=told)
    assert seen[:3] == ["Recording 1", "Recording 2", "Recording 1"]
    assert not rest.unreadable
    assert len(await of(ask, "meets")) == len(await of(ask, "short")) == 1
    assert await detect_conflicts(ask.graph, now=FIRST) == Settled()


async def test_claims_that_make_no_sense_are_told_and_stop_nothing(ask: Asker) -> None:
    """An asset whose claims nobody can read is named; the others are settled."""
    damage = "MATCH (claim:Claim {id: 'c-alone-ann'}) SET claim.territories = ['ATLANTIS']"
    await ask.graph.write("damage", [(damage, {})])
    found = await settle(ask, FIRST)
    assert found.unreadable == ["alone"]
    assert len(found.opened) == 2


OF_PARTY: Final = """query ($id: ID!, $status: ConflictStatus, $right: Right) {
  party(id: $id) { conflicts(status: $status, right: $right) { totalCount nodes { id asset { id } } } }
  conflicts(party: $id, status: $status, right: $right) { totalCount nodes { id asset { id } } } }"""
MERGED: Final = "MERGE (:Redirect {id: 'eve', to: 'bob', label: 'Party'})"
DAMAGED: Final = """
MATCH (recording:Recording {id: 'alone'})
CREATE (recording)<-[:ABOUT]-(:Conflict {id: 'odd', right: 'MASTER', kind: 'OVERCLAIM', evidence: $evidence})
"""


async def of_party(ask: Asker, party: str, **asked: str) -> list[str]:
    """Return the assets of a party's conflicts: alike as its own list and of all, by plan and loaders."""
    given = {"id": global_id("Party", party), **asked}
    planned = (await ask(OF_PARTY, **given)).data
    assert (await ask.through_loaders(OF_PARTY, **given)).data == planned
    [found] = [planned["conflicts"]]
    if planned["party"] is not None:
        assert planned["party"]["conflicts"] == found
    assert found["totalCount"] == len(found["nodes"])
    return sorted(each["asset"]["id"] for each in found["nodes"])


async def test_a_party_has_the_conflicts_that_its_claims_are_in(ask: Asker) -> None:
    """Each once, under the filters of other conflicts, and under an id that it had before a merge."""
    await settle(ask, FIRST)
    meets, short = (global_id("Recording", each) for each in ("meets", "short"))
    assert await of_party(ask, "ann") == sorted([meets, short])
    assert await of_party(ask, "bob") == [meets]
    assert await of_party(ask, "bob", status="RESOLVED") == []
    assert await of_party(ask, "ann", right="PR") == []
    assert await of_party(ask, "nobody") == []
    await ask.graph.write("merge", [(MERGED, {})])
    assert await of_party(ask, "eve") == [meets]


@pytest.mark.parametrize("evidence", ["c", None, 1, ["c-alone-bob"]])
async def test_evidence_that_is_none_makes_nobody_a_party(ask: Asker, evidence: Any) -> None:
    """A conflict that was stored wrongly hides none that was not."""
    await settle(ask, FIRST)
    await ask.graph.write("damage", [(DAMAGED, {"evidence": evidence})])
    assert len(await of_party(ask, "ann")) == 2


async def test_the_party_of_conflicts_is_one(ask: Asker) -> None:
    """An id of something else is refused."""
    answer = await ask('{ conflicts(party: "' + global_id("Work", "song") + '") { totalCount } }')
    assert "not of a Party" in answer.refusal["message"]
