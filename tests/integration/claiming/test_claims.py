"""Claims asserted, revised, withdrawn and disputed: what is checked, told, recorded and left alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import orjson

from graph.facts import ClaimFact
from graph.journal import head, verify
from resolvers.permission import Role
from schema.ids import global_id, key_of
from tests.integration.accounts.people import Word
from tests.integration.claiming.rights import CLAIM, CONFLICTS, asset_id, party_id, rules, told
from tests.reads.graphs import write

if TYPE_CHECKING:
    from tests.integration.claiming.rights import Rights

TOLD: Final = f"{CLAIM} {CONFLICTS}"
FORGET: Final = ("MATCH (n:Claim) DETACH DELETE n", "MATCH (n:Conflict) DETACH DELETE n")
NODES: Final = "MATCH (node) RETURN count(node) AS rows"
STORED: Final = """
MATCH (claim:Claim {id: $id})
RETURN [claim.status, claim.stoodAs, claim.share, claim.recordedTo IS NULL, claim.sourceId] AS rows
"""


async def test_a_claim_is_asserted(rights: Rights) -> None:
    """It is told with its source, and the conflict that it opens."""
    payload = await rights.claims("take", "ann", 7_500, territories=["DE"], validFrom="2020-01-01")
    assert payload["errors"] == []
    assert payload["claim"] == {
        "id": payload["claim"]["id"],
        "share": 7_500,
        "status": "ASSERTED",
        "role": None,
        "validFrom": "2020-01-01",
        "validTo": None,
        "recordedTo": None,
        "territory": {"description": "Germany"},
        "party": {"name": "ann"},
        "revises": None,
        "source": {"kind": "EDITORS"},
    }
    assert told(payload) == [("OPENED", "W1")]
    assert payload["conflicts"][0]["conflict"] == {"status": "OPEN"}
    assert (await rights.owned("take"))["total"] == 7_500
    assert (await rights.owned("take", at="2019-12-31"))["status"] == "UNKNOWN"
    assert (await rights.owned("take", "FR"))["status"] == "UNKNOWN"


WRONG: Final[tuple[tuple[str, dict[str, Any], tuple[str, str | None, list[str]]], ...]] = (
    ("take", {"right": Word("PR")}, ("INVALID_VALUE", None, ["right"])),
    ("song", {"right": Word("MASTER")}, ("INVALID_VALUE", None, ["right"])),
    ("take", {"share": 10_001}, ("INVALID_VALUE", None, ["share"])),
    ("take", {"share": -1}, ("INVALID_VALUE", None, ["share"])),
    ("take", {"kind": Word("OTHER")}, ("INVALID_VALUE", None, ["kind"])),
    ("take", {"territories": ["DE", "XX"]}, ("INVALID_VALUE", None, ["territories", "1"])),
    (
        "take",
        {"territories": ["DE"], "excludedTerritories": ["2120"]},
        ("INVALID_VALUE", None, ["excludedTerritories"]),
    ),
    (
        "take",
        {"validFrom": "2020-01-01", "validTo": "2020-01-01"},
        ("INVALID_VALUE", None, ["validTo"]),
    ),
    ("take", {"role": "original publisher"}, ("INVALID_VALUE", None, ["role"])),
    ("song", {"role": "E", "share": 5_007}, ("RULE_BROKEN", "W2", ["share"])),
    ("song", {"role": "AM", "share": 1}, ("RULE_BROKEN", "W6", ["role"])),
    ("gone", {}, ("NOT_FOUND", None, ["assetId"])),
)


async def test_what_no_other_claim_mends_is_refused(rights: Rights) -> None:
    """With its code, its rule and its place; nothing is written."""
    before = await rights.graph.read("nodes", NODES)
    for asset, given, wrong in WRONG:
        payload = await rights.claims(asset, "ann", **{"share": 5_000, **given})
        assert wrong in rules(payload)
        assert (payload["claim"], payload["conflicts"]) == (None, [])
    assert await rights.graph.read("nodes", NODES) == before


async def test_all_that_is_wrong_is_told_at_once(rights: Rights) -> None:
    """Of a claim, of what it would be revised to, and of an agreement."""
    wrong: dict[str, Any] = {
        "share": 75_000,
        "territories": ["XX", "DE"],
        "validFrom": "2020-01-01",
    }
    two = [("INVALID_VALUE", None, ["territories", "0"]), ("INVALID_VALUE", None, ["share"])]
    assert rules(await rights.claims("take", "ann", **wrong)) == two
    claim = await rights.claimed("take", "ann")
    given: dict[str, Any] = {
        "id": claim,
        "territories": ["XX"],
        "role": "original publisher",
        "share": None,
    }
    payload = await rights.does("reviseClaim", "claim { id }", **given)
    places = [["share"], ["role"], ["territories", "0"]]
    assert sorted(each[2] for each in rules(payload)) == sorted(places)
    given = {
        "assignorId": party_id("ann"),
        "kept": 1,
        "acquirers": [],
        "kind": Word("ASSIGNMENT"),
        "excludedTerritories": ["YY"],
        "territories": ["XX"],
    }
    payload = await rights.does("recordAgreement", "agreement { id }", **given)
    places = [["territories", "0"], ["excludedTerritories", "0"], ["acquirers"], ["acquirers"]]
    assert sorted(each[2] for each in rules(payload)) == sorted(places)


MENDABLE: Final[tuple[tuple[list[dict[str, Any]], list[str]], ...]] = (
    ([{"share": 10_000}], []),
    ([{"share": 9_994}], []),
    ([{"share": 10_000}, {"share": 7, "party": "bob"}], ["W1"]),
    ([{"share": 9_993}], ["W1"]),
    ([{"share": 5_006, "role": "E"}, {"share": 5_000, "party": "bob"}], []),
    (
        [
            {"share": 3_000, "role": "E"},
            {"share": 3_000, "role": "AQ", "party": "bob"},
            {"share": 4_000, "party": "cat"},
        ],
        ["W2"],
    ),
    ([{"share": 5_000, "role": "C"}, {"share": 5_000, "role": "A", "party": "bob"}], []),
    ([{"share": 4_000, "role": "C"}, {"share": 6_000, "party": "bob"}], ["W3"]),
    ([{"share": 10_000}, {"share": 10_000, "kind": Word("COLLECTION")}], []),
    (
        [
            {"share": 10_000},
            {"share": 6_000, "kind": Word("COLLECTION")},
            {"share": 4_007, "kind": Word("COLLECTION"), "party": "bob"},
        ],
        ["W4"],
    ),
    ([{"share": 10_000}, {"share": 0, "role": "AM", "party": "bob"}], []),
    ([{"share": 5_000, "kind": Word("COLLECTION")}], ["MANDATE"]),
    (
        [{"share": 10_000}]
        + [
            {
                "share": 1,
                "kind": Word("LICENCE"),
                "role": "EXCLUSIVE_LICENSEE",
                "party": each,
            }
            for each in ("bob", "cat")
        ],
        ["EXCLUSIVE"],
    ),
)


async def test_what_others_can_mend_is_a_conflict(rights: Rights) -> None:
    """The claim stands as it is made, and what it opens is told by its rule."""
    for claims, opened in MENDABLE:
        await rights.graph.write("forget", [(text, {}) for text in FORGET])
        effects: dict[str, str] = {}
        for each in claims:
            said: dict[str, Any] = {"party": "ann", **each}
            payload = await rights.claims("song", **said)
            assert payload["errors"] == []
            assert payload["claim"]["share"] == each["share"]
            effects |= {rule: effect for effect, rule in told(payload)}
        found = (await rights.people.ask("{ conflicts(status: OPEN) { nodes { rule } } }")).data
        assert sorted(each["rule"] for each in found["conflicts"]["nodes"]) == opened
        assert sorted(rule for rule, effect in effects.items() if effect != "RESOLVED") == opened


async def test_the_same_verdict_without_writing(rights: Rights) -> None:
    """No record, no memory of the key, no node, the same conflicts and the same refusals."""
    await rights.claimed("take", "ann")
    given: dict[str, Any] = {"validateOnly": True, "idempotencyKey": "k"}
    state = await head(rights.graph), await rights.graph.read("nodes", NODES)
    for _ in range(2):
        verdict = await rights.claims("take", "bob", **given)
        assert verdict["errors"] == []
        assert verdict["claim"] is None
        assert told(verdict) == [("OPENED", "W1")]
        assert verdict["conflicts"][0]["conflict"] is None
        refused = await rights.claims("take", "nobody", **given)
        assert rules(refused) == [("NOT_FOUND", None, ["partyId"])]
        assert (await head(rights.graph), await rights.graph.read("nodes", NODES)) == state
    made = await rights.claims("take", "bob", idempotencyKey="k")
    assert told(made) == [("OPENED", "W1")]
    again = await rights.claims("take", "bob", idempotencyKey="k")
    assert (again["claim"]["id"], told(again)) == (made["claim"]["id"], told(made))
    state = await head(rights.graph)
    for name in ("withdrawClaim", "disputeClaim"):
        verdict = await rights.does(name, TOLD, id=made["claim"]["id"], validateOnly=True)
        assert verdict["errors"] == []
        assert verdict["claim"]["status"] == "ASSERTED"
        assert await head(rights.graph) == state


async def test_a_revision_ends_one_record_and_begins_another(rights: Rights) -> None:
    """What the first said stays; what is left out of the revision is carried over."""
    first = await rights.claimed("take", "ann", 6_000, territories=["2136"], role="OWNER")
    payload = await rights.does(
        "reviseClaim", TOLD, id=first, share=10_000, excludedTerritories=["US"], reason="a letter"
    )
    assert payload["errors"] == []
    claim = payload["claim"]
    assert (claim["share"], claim["role"], claim["revises"]) == (10_000, "OWNER", {"id": first})
    assert claim["territory"]["description"] == "World except United States"
    assert told(payload) == [("RESOLVED", "W1")]
    stored = await rights.graph.read("stored", STORED, id=key_of("Claim", first))
    assert stored[:4] == ["SUPERSEDED", "ASSERTED", 6_000, False]
    for id_, expected in ((first, "CLAIM_OVER"), (claim["id"], None)):
        payload = await rights.does("reviseClaim", TOLD, id=id_, role=None)
        assert [each["rule"] for each in payload["errors"]] == [expected] * bool(expected)
    payload = await rights.does("reviseClaim", TOLD, id=payload["claim"]["id"], share=10_000)
    assert rules(payload) == [("INVALID_VALUE", None, [])]
    for share in (None, 10_001):
        payload = await rights.does("reviseClaim", TOLD, id=payload["claim"]["id"], share=share)
        assert rules(payload) == [("INVALID_VALUE", None, ["share"])]


REVISED: Final = """query ($id: ID!) { node(id: $id) {
  ... on Claim { revisedBy { totalCount nodes { id party { name } } } } } }"""


async def revised_by(rights: Rights, claim: str) -> list[str]:
    """Return the records that took a claim's place, planned and on graphql-core alike."""
    planned = (await rights.people.ask(REVISED, id=claim)).data
    assert (await rights.people.ask.through_loaders(REVISED, id=claim)).data == planned
    found = planned["node"]["revisedBy"]
    assert found["totalCount"] == len(found["nodes"])
    return [each["id"] for each in found["nodes"]]


async def test_what_ended_leads_to_what_stands(rights: Rights) -> None:
    """Step by step, and at once in the refusal; to nothing where it was withdrawn."""
    first = await rights.claimed("take", "ann", 6_000)
    steps = [first]
    for share in (7_000, 8_000):
        revised = await rights.does("reviseClaim", TOLD, id=steps[-1], share=share)
        steps.append(revised["claim"]["id"])
    assert [await revised_by(rights, each) for each in steps] == [[steps[1]], [steps[2]], []]
    for each in steps[:2]:
        [error] = (await rights.does("disputeClaim", TOLD, id=each))["errors"]
        assert error["rule"] == "CLAIM_OVER"
        assert error["message"].endswith(f"In its place stands {steps[2]}.")
    await rights.does("withdrawClaim", TOLD, id=steps[2])
    [error] = (await rights.does("reviseClaim", TOLD, id=first, share=1))["errors"]
    assert error["message"].endswith("what has ended is not changed.")


async def test_what_was_sold_in_part_leads_to_all_that_stands(rights: Rights) -> None:
    """To what the seller keeps, and to what the buyer has."""
    claim = await rights.claimed("take", "ann")
    await rights.does(
        "transferCatalogue",
        "opened",
        sellerId=party_id("ann"),
        buyerId=party_id("bob"),
        right=Word("MASTER"),
        at="2026-01-01",
        share=4_000,
    )
    standing = await revised_by(rights, claim)
    assert len(standing) == 3
    [error] = (await rights.does("reviseClaim", TOLD, id=claim, share=1))["errors"]
    assert all(each in error["message"] for each in standing)


async def test_a_claim_is_withdrawn_once(rights: Rights) -> None:
    """It ends, and the answer of before stays."""
    claim = await rights.claimed("take", "ann")
    known = await instant(rights)
    before = await rights.owned("take", known=known)
    payload = await rights.does("withdrawClaim", TOLD, id=claim)
    assert payload["claim"]["status"] == "WITHDRAWN"
    assert payload["claim"]["recordedTo"] is not None
    assert (await rights.owned("take"))["status"] == "UNKNOWN"
    assert await rights.owned("take", known=known) == before
    payload = await rights.does("withdrawClaim", TOLD, id=claim)
    assert rules(payload) == [("RULE_BROKEN", "CLAIM_OVER", ["id"])]
    nobody = global_id("Claim", "nobody")
    payload = await rights.does("withdrawClaim", TOLD, id=nobody)
    assert rules(payload) == [("NOT_FOUND", None, ["id"])]


async def test_a_dispute_is_raised_and_settled(rights: Rights) -> None:
    """The claim is another record, disputed; resolving the conflict has it stand again."""
    claim = await rights.claimed("take", "ann")
    payload = await rights.does("disputeClaim", TOLD, id=claim, reason="it is ours")
    assert (payload["claim"]["status"], payload["claim"]["revises"]) == ("DISPUTED", {"id": claim})
    assert told(payload) == [("OPENED", "DISPUTE")]
    assert (await rights.owned("take"))["status"] == "CONFLICTED"
    again = await rights.does("disputeClaim", TOLD, id=payload["claim"]["id"])
    assert rules(again) == [("RULE_BROKEN", "DISPUTED_ONCE", ["id"])]
    known = await instant(rights)
    before = await rights.owned("take", known=known)
    conflict = before["conflicts"][0]["id"]
    settled = "conflict { status resolution resolvedBy } conflicts { effect rule }"
    for given, path in (({"resolution": " "}, ["resolution"]), ({}, None)):
        payload = await rights.does(
            "resolveConflict", settled, id=conflict, **{"resolution": "it is ann's", **given}
        )
        if path:
            assert rules(payload) == [("INVALID_VALUE", None, path)]
    assert payload["conflict"] == {
        "status": "RESOLVED",
        "resolution": "it is ann's",
        "resolvedBy": "user-of-rita",
    }
    assert (await rights.owned("take"))["status"] == "CLEAR"
    assert await rights.owned("take", known=known) == before
    payload = await rights.does("resolveConflict", settled, id=conflict, resolution="again")
    assert rules(payload) == [("RULE_BROKEN", "CONFLICT_RESOLVED", ["id"])]


async def test_a_conflict_that_people_settled_stays_settled(rights: Rights) -> None:
    """Until its cells or its claims change."""
    claim = await rights.claimed("take", "ann")
    await rights.claimed("take", "bob", territories=["US"])
    conflict = (await rights.owned("take", "US"))["conflicts"][0]["id"]
    await rights.does("resolveConflict", "conflict { id }", id=conflict, resolution="they share")
    await rights.claimed("live", "ann")
    assert (await rights.owned("take", "US"))["conflicts"] == []
    payload = await rights.does("reviseClaim", TOLD, id=claim, share=9_999)
    assert ("REOPENED", "W1") in told(payload)


async def test_history_tells_who_did_what(rights: Rights) -> None:
    """Of claims and conflicts, as of all that commands change; the chain of records holds."""
    claim = await rights.claimed("take", "ann", 6_000)
    payload = await rights.does("reviseClaim", TOLD, id=claim, share=7_000, reason="a letter")
    text = """query ($id: ID!) { node(id: $id) { ... on Claim { history { nodes {
      action actorId reason version before { name value } after { name value } } } } } }"""
    told = (await rights.people.ask(text, id=claim)).data["node"]["history"]["nodes"]
    assert [(each["action"], each["version"]) for each in told] == [
        ("CREATED", 1),
        ("SUPERSEDED", 2),
    ]
    assert (told[1]["actorId"], told[1]["reason"]) == ("user-of-rita", "a letter")
    assert told[1]["before"] == [{"name": "status", "value": '"ASSERTED"'}]
    next_ = (await rights.people.ask(text, id=payload["claim"]["id"])).data["node"]["history"]
    after = {each["name"]: each["value"] for each in next_["nodes"][0]["after"]}
    assert (after["share"], after["revises"]) == ("7000", f'"{claim}"')
    assert (after["asset"], after["party"]) == (f'"{asset_id("take")}"', f'"{party_id("ann")}"')
    conflict = (await rights.owned("take"))["conflicts"][0]["id"]
    text = "query ($id: ID!) { node(id: $id) { ... on Conflict { history { nodes { action } } } } }"
    told = (await rights.people.ask(text, id=conflict)).data["node"]["history"]["nodes"]
    assert told == [{"action": "OPENED"}, {"action": "UPDATED"}]
    assert (await verify(rights.graph)).flaw is None


CHANGES: Final = """query ($id: ID!) { node(id: $id) { ... on Conflict { history { nodes {
  action before { name value } after { name value } } } } } }"""


async def changes(
    rights: Rights, conflict: str
) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Return what became of a conflict, planned and on graphql-core alike: action, before and after."""
    planned = (await rights.people.ask(CHANGES, id=conflict)).data
    assert (await rights.people.ask.through_loaders(CHANGES, id=conflict)).data == planned
    return [
        (each["action"], _values(each["before"]), _values(each["after"]))
        for each in planned["node"]["history"]["nodes"]
    ]


def _values(told: list[dict[str, str]]) -> dict[str, Any]:
    return {each["name"]: orjson.loads(each["value"]) for each in told}


async def test_history_tells_conflicts_in_words(rights: Rights) -> None:
    """Cells by their countries and days, things by ids that `node` takes, and what differs: no more."""
    claim = await rights.claimed("take", "ann", 6_000, territories=["DE"], validFrom="2020-01-01")
    conflict = (await rights.owned("take"))["conflicts"][0]["id"]
    revised = await rights.does("reviseClaim", TOLD, id=claim, share=7_000)
    second = revised["claim"]["id"]
    given = {"id": conflict, "resolution": "the rest is nobody's"}
    await rights.does("resolveConflict", "conflict { id }", **given)
    await rights.does("reviseClaim", TOLD, id=second, share=10_000)
    opened, updated, resolved = await changes(rights, conflict)
    cell = {"territory": "Germany", "validFrom": "2020-01-01", "validTo": None, "total": 6_000}
    assert opened[:2] == ("OPENED", {})
    assert opened[2] == {
        "kind": "UNDERCLAIM",
        "rule": "W1",
        "right": "MASTER",
        "status": "OPEN",
        "asset": asset_id("take"),
        "parties": [party_id("ann")],
        "evidence": [claim],
        "cells": [cell],
        "resolution": None,
        "resolvedBy": None,
    }
    assert updated == (
        "UPDATED",
        {"evidence": [claim], "cells": [cell]},
        {"evidence": [second], "cells": [{**cell, "total": 7_000}]},
    )
    assert resolved == (
        "RESOLVED",
        {"status": "OPEN", "resolution": None, "resolvedBy": None},
        {
            "status": "RESOLVED",
            "resolution": "the rest is nobody's",
            "resolvedBy": "user-of-rita",
        },
    )
    for id_ in (claim, second, asset_id("take"), party_id("ann")):
        told = (await rights.people.ask("query ($id: ID!) { node(id: $id) { id } }", id=id_)).data
        assert told["node"] == {"id": id_}
    assert (await verify(rights.graph)).flaw is None


async def test_what_the_rules_did_is_told_as_it_was(rights: Rights) -> None:
    """Resolved where the claims agree, reopened where they do not any more."""
    claim = await rights.claimed("take", "ann", 6_000)
    conflict = (await rights.owned("take"))["conflicts"][0]["id"]
    for share in (10_000, 7_000):
        revised = await rights.does("reviseClaim", TOLD, id=claim, share=share)
        claim = revised["claim"]["id"]
    _, resolved, reopened = await changes(rights, conflict)
    agreed = {
        "status": "RESOLVED",
        "resolution": "The claims no longer conflict.",
        "resolvedBy": "RULE",
    }
    before = {"status": "OPEN", "resolution": None, "resolvedBy": None}
    assert resolved == ("RESOLVED", before, agreed)
    assert reopened[0] == "REOPENED"
    assert reopened[1].items() >= agreed.items()
    assert reopened[2].items() >= before.items()
    assert [each["total"] for each in reopened[1]["cells"]] == [6_000]
    assert [each["total"] for each in reopened[2]["cells"]] == [7_000]


async def test_loads_leave_alone_what_people_wrote(rights: Rights) -> None:
    """A source that states its claim again neither revives it nor ends what took its place."""
    fact = ClaimFact(
        id="loaded",
        asset="Recording",
        asset_id="take",
        party_id="ann",
        right="MASTER",
        kind="OWNERSHIP",
        share=4_000,
        territories=("2136",),
    )
    await write(rights.graph, [fact])
    payload = await rights.does("reviseClaim", TOLD, id=global_id("Claim", "loaded"), share=10_000)
    assert payload["claim"]["source"] == {"kind": "EDITORS"}
    await write(rights.graph, [fact])
    owned = await rights.owned("take")
    assert [each["share"] for each in owned["claims"]] == [10_000]
    assert (await rights.graph.read("stored", STORED, id="loaded"))[:3] == [
        "SUPERSEDED",
        "ASSERTED",
        4_000,
    ]


async def test_of_two_who_change_one_claim_at_once_one_does(rights: Rights) -> None:
    """The other is told that it is over."""
    claim = await rights.claimed("take", "ann")
    first, second = await asyncio.gather(
        rights.does("withdrawClaim", TOLD, id=claim),
        rights.does("reviseClaim", TOLD, id=claim, share=5_000),
    )
    wrong = [rules(each) for each in (first, second)]
    assert sorted(wrong) == [[], [("RULE_BROKEN", "CLAIM_OVER", ["id"])]]


async def test_a_rightsholder_claims_within_its_mandates(rights: Rights) -> None:
    """Right, countries and days within one mandate; of others it learns nothing."""
    people, holder = rights.people, Role.RIGHTSHOLDER
    agency = await people.organisation("ada")
    payload = await rights.does(
        "grantMandate",
        "mandate { id }",
        organisationId=agency,
        partyId=party_id("ann"),
        rights=[Word("MASTER")],
        territories=["2120"],
        validFrom="2020-01-01",
    )
    assert payload["errors"] == []

    async def claims(party: str, **more: Any) -> list[Any]:
        given = {"validFrom": "2020-01-01", "territories": ["DE"], **more}
        payload = await people.does(
            "ada",
            "assertClaim",
            CLAIM,
            assetId=asset_id("take"),
            partyId=party_id(party),
            right=Word("MASTER"),
            kind=Word("OWNERSHIP"),
            share=5_000,
            **given,
        )
        return rules(payload) or [payload["claim"]["id"]]

    refused = [("NOT_ALLOWED", None, ["partyId"])]
    assert await claims("bob") == refused
    assert await claims("ann", territories=["DE", "US"]) == refused
    assert await claims("ann", validFrom="2019-12-31") == refused
    assert await claims("ann", validFrom=None) == refused
    [own] = await claims("ann")
    payload = await people.does("ada", "reviseClaim", CLAIM, id=own, share=6_000)
    assert payload["errors"] == []
    own = payload["claim"]["id"]
    payload = await people.does("ada", "reviseClaim", CLAIM, id=own, territories=["2136"])
    assert rules(payload) == [("NOT_ALLOWED", None, ["id"])]
    wide = await rights.claimed("live", "ann")
    hers = await rights.claimed("live", "bob")
    for name in ("withdrawClaim", "disputeClaim", "reviseClaim"):
        for id_, code in ((wide, "NOT_ALLOWED"), (hers, "NOT_FOUND")):
            payload = await people.does("ada", name, "claim { id }", id=id_)
            assert rules(payload) == [(code, None, ["id"])]
    text = f'mutation {{ it: withdrawClaim(input: {{id: "{own}"}}) {{ {TOLD} }} }}'
    answer = await (await people.of("ada", holder))(text)
    assert answer.body["data"]["it"]["claim"]["status"] == "WITHDRAWN"
    assert answer.body["data"]["it"]["conflicts"] is None
    assert [each["extensions"]["code"] for each in answer.body["errors"]] == ["FORBIDDEN"]


async def test_who_sees_some_claims_is_told_no_changes_of_any(rights: Rights) -> None:
    """The history of a claim that is seen is told; the feed tells who sees all of them."""
    claim = await rights.claimed("take", "ann")
    text = '{ changes(types: ["Claim", "Conflict", "Agreement"]) { totalCount } }'
    for roles, count in (
        ((Role.SERVICE,), 1),
        ((Role.AUDITOR,), 1),
        ((Role.ADMIN,), 1),
    ):
        answer = await (await rights.people.of("x", *roles))(text)
        assert answer.data["changes"]["totalCount"] == count
    seen = rights.people.ask.seen_by(
        await rights.people.viewer("ed", Role.EDITOR, Role.RIGHTSHOLDER)
    )
    assert (await seen(f'{{ node(id: "{claim}") {{ id }} }}')).data == {"node": None}


async def instant(rights: Rights) -> str:
    """Return the instant of the newest change."""
    text = "{ changes(last: 1) { nodes { at } } }"
    return (await rights.people.ask(text)).data["changes"]["nodes"][0]["at"]
