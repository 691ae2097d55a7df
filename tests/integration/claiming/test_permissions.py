"""Who may write rights, how far a mandate reaches, and what is told of claims that are not seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from graph.claiming import Claimant, ReviseClaim
from resolvers.permission import Role, Viewer
from schema.ids import global_id
from tests.integration.accounts.people import Word
from tests.integration.claiming.rights import CLAIM, asset_id, party_id, rules
from tests.integration.claiming.test_messages import Sender

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.claiming.rights import Rights

ANALYST: Final = frozenset({"rights_analyst", "admin"})
WRITERS: Final = ANALYST | {"rightsholder"}
NOBODY: Final = global_id("Claim", "nobody")
MAY: Final = {
    "assertClaim": (
        WRITERS,
        (
            f'assetId: "{asset_id("take")}", partyId: "{party_id("zed")}", '
            "right: MASTER, kind: OWNERSHIP, share: 1"
        ),
    ),
    "reviseClaim": (WRITERS, f'id: "{NOBODY}", share: 1'),
    "withdrawClaim": (WRITERS, f'id: "{NOBODY}"'),
    "disputeClaim": (WRITERS, f'id: "{NOBODY}"'),
    "resolveConflict": (ANALYST, f'id: "{global_id("Conflict", "nobody")}", resolution: "x"'),
    "recordAgreement": (
        ANALYST,
        (
            f'assignorId: "{party_id("zed")}", kept: 0, kind: ASSIGNMENT, '
            f'acquirers: [{{partyId: "{party_id("bob")}", share: 10000}}], territories: ["2136"]'
        ),
    ),
    "reviseAgreement": (ANALYST, f'id: "{global_id("Agreement", "nobody")}", share: 1'),
    "endAgreement": (ANALYST, f'id: "{global_id("Agreement", "nobody")}", at: "2026-01-01"'),
    "withdrawAgreement": (ANALYST, f'id: "{global_id("Agreement", "nobody")}"'),
    "transferCatalogue": (
        ANALYST,
        f'sellerId: "{party_id("zed")}", buyerId: "{party_id("bob")}", at: "2026-01-01"',
    ),
}
OF_CLAIM: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("reviseClaim", {"share": 1}),
    ("reviseClaim", {"role": "original publisher", "share": 20_000}),
    ("withdrawClaim", {}),
    ("disputeClaim", {}),
)


@pytest.mark.parametrize("mutation", MAY)
async def test_who_may_is_who_is_told_so(rights: Rights, mutation: str) -> None:
    """Refused before anything is read, or else answered with what is wrong."""
    may, given = MAY[mutation]
    for more in ("", ", validateOnly: true"):
        text = f"mutation {{ it: {mutation}(input: {{{given}{more}}}) {{ errors {{ code }} }} }}"
        for role in (None, *Role):
            viewer = Viewer(
                subject=role,
                user=role and f"user-of-{role}",
                roles=frozenset({role} if role else ()),
            )
            answer = await rights.people.ask.seen_by(viewer)(text)
            if role in may:
                assert answer.data["it"]["errors"], (role, answer.body)
                continue
            assert answer.refusal["code"] == ("FORBIDDEN" if role else "UNAUTHENTICATED")
            assert answer.body["data"] == {"it": None}
            assert answer.reads == []


async def holder(of: Rights, party: str, name: str = "ada", **terms: Any) -> str:
    """Have somebody be a rightsholder by a mandate for a party, and return its id."""
    agency = await of.people.organisation(name)
    return await mandate(of, agency, party, **terms)


async def mandate(of: Rights, agency: str, party: str, **terms: Any) -> str:
    """Return the id of a new mandate."""
    payload = await of.does(
        "grantMandate", "mandate { id }", organisationId=agency, partyId=party_id(party), **terms
    )
    assert payload["errors"] == []
    return payload["mandate"]["id"]


async def tries(rights: Rights, claim: str, name: str = "ada") -> list[str]:
    """Return what somebody is told of each change of a claim, tried and then asked for."""
    told: list[str] = []
    for mutation, given in OF_CLAIM:
        for more in ({"validateOnly": True}, {}):
            payload = await rights.people.does(name, mutation, CLAIM, id=claim, **{**given, **more})
            told.append(f"{mutation}: {payload['claim']} {payload['errors']}")
    return told


async def test_what_is_not_seen_is_as_if_it_were_not_there(rights: Rights) -> None:
    """Word for word, and nothing is written of it: of others, of other rights, countries and days."""
    today = datetime.now(UTC).date()
    agency = await rights.people.organisation("ada")
    nothing = await tries(rights, NOBODY)
    terms: dict[str, Any] = {
        "territories": ["DE"],
        "validFrom": "2020-01-01",
        "validTo": "2021-01-01",
    }
    elsewhere: dict[str, Any] = {**terms, "territories": ["FR"]}
    later: dict[str, Any] = {**terms, "validFrom": "2021-01-01", "validTo": None}
    claims = {
        "other party": await rights.claimed("take", "bob", **terms),
        "other right": await rights.claimed("song", "ann", **terms),
        "other country": await rights.claimed("take", "ann", **elsewhere),
        "day after": await rights.claimed("take", "ann", **later),
    }
    its = {"rights": [Word("MASTER")], "territories": ["DE"]}
    await rights.people.organisation("zoe")
    over = await rights.claimed("live", "cat", **terms)
    begins = (today + timedelta(days=1)).isoformat()
    await mandate(rights, agency, "cat", validFrom=begins)
    await mandate(rights, agency, "cat", validTo=today.isoformat())
    await mandate(rights, agency, "ann", **its, validFrom="2020-01-01", validTo="2021-01-01")
    for name, claim in {**claims, "not in force": over}.items():
        assert await tries(rights, claim) == nothing, name
    # One that is in force: what has a day of it is seen, and what has none is not.
    since = {"validFrom": "2021-01-01", "validTo": (today + timedelta(days=9)).isoformat()}
    await mandate(rights, agency, "ann", **its, **since)
    before = await rights.claimed("live", "ann", territories=["DE"], validTo="2021-01-01")
    beyond = await rights.claimed("live", "ann", territories=["DE"], validFrom=since["validTo"])
    seen = claims.pop("day after")
    for name, claim in {**claims, "before": before, "beyond": beyond}.items():
        assert await tries(rights, claim) == nothing, name
    payload = await rights.people.does("ada", "disputeClaim", CLAIM, id=seen)
    assert rules(payload) == [("NOT_ALLOWED", None, ["id"])]
    for claim in (*claims.values(), over, seen, before, beyond):
        assert await tries(rights, claim, "zoe") == nothing


async def test_a_mandate_reaches_to_its_edge(rights: Rights) -> None:
    """Right, countries and days; one more of any is refused, in asserting and in revising."""
    today = datetime.now(UTC).date()
    till = (today + timedelta(days=30)).isoformat()
    id_ = await holder(
        rights,
        "ann",
        rights=[Word("PR"), Word("MASTER")],
        territories=["DE", "FR"],
        validFrom=today.isoformat(),
        validTo=till,
    )
    whole: dict[str, Any] = {
        "territories": ["DE", "FR"],
        "validFrom": today.isoformat(),
        "validTo": till,
    }
    day = timedelta(days=1)
    beyond: tuple[dict[str, Any], ...] = (
        {"territories": ["DE", "FR", "AT"]},
        {"territories": ["2120"]},
        {"territories": []},
        {"territories": ["AT"]},
        {"validFrom": (today - day).isoformat()},
        {"validFrom": None},
        {"validTo": (today + 31 * day).isoformat()},
        {"validTo": None},
    )

    async def asserts(party: str = "ann", asset: str = "take", **more: Any) -> dict[str, Any]:
        given = {**whole, "right": Word("MASTER"), **more}
        return await rights.people.does(
            "ada",
            "assertClaim",
            CLAIM,
            assetId=asset_id(asset),
            partyId=party_id(party),
            kind=Word("OWNERSHIP"),
            share=5_000,
            **given,
        )

    refused = [("NOT_ALLOWED", None, ["partyId"])]
    for only in (True, False):
        for each in beyond:
            assert rules(await asserts(**each, validateOnly=only)) == refused, each
        assert rules(await asserts("bob", validateOnly=only)) == refused
        assert rules(await asserts(asset="song", right=Word("MR"), validateOnly=only)) == refused
    made = await asserts()
    assert made["errors"] == []
    claim = made["claim"]["id"]
    for only in (True, False):
        for each in beyond:
            payload = await rights.people.does(
                "ada", "reviseClaim", CLAIM, id=claim, **each, validateOnly=only
            )
            assert rules(payload) == [("NOT_ALLOWED", None, ["id"])], each
    payload = await rights.does("endMandate", "mandate { id }", id=id_)
    assert payload["errors"] == []
    assert await tries(rights, claim) == await tries(rights, NOBODY)
    assert rules(await asserts()) == refused


async def test_a_merged_party_is_mandated_as_what_it_was_merged_into(rights: Rights) -> None:
    """And not any more once it is itself again; a claim for the merged one is not made."""
    await holder(rights, "ann")
    claim = await rights.claimed("take", "bob")
    nothing = await tries(rights, NOBODY)
    assert await tries(rights, claim) == nothing
    text = "errors { code message }"
    merged = await rights.people.ask(
        f'mutation {{ it: merge(input: {{id: "{party_id("ann")}", into: "{party_id("bob")}"}}) '
        f"{{ {text} }} }}"
    )
    assert merged.data["it"]["errors"] == []
    payload = await rights.people.does("ada", "reviseClaim", CLAIM, id=claim, share=5_000)
    assert payload["errors"] == []
    claim = payload["claim"]["id"]
    for party, code in (("ann", "MERGED"), ("bob", None), ("cat", "NOT_ALLOWED")):
        payload = await rights.people.does(
            "ada",
            "assertClaim",
            CLAIM,
            assetId=asset_id("live"),
            partyId=party_id(party),
            right=Word("MASTER"),
            kind=Word("OWNERSHIP"),
            share=5_000,
        )
        assert [each["code"] for each in payload["errors"]] == ([code] if code else [])
    parted = await rights.people.ask(
        f'mutation {{ it: unmerge(input: {{id: "{party_id("ann")}"}}) {{ {text} }} }}'
    )
    assert parted.data["it"]["errors"] == []
    assert await tries(rights, claim) == nothing


LOOKS: Final = """{
  node(id: "%s") { ... on Claim {
    id revises { id share } revisedBy { totalCount nodes { id } edges { cursor node { id } }
    pageInfo { hasNextPage } } } }
  recording(id: "%s") {
    claims { totalCount nodes { id revises { id } revisedBy { totalCount nodes { id } } } }
    now: claims(at: "2026-06-01") { totalCount nodes { id revises { id share } } }
    then: claims(knownAt: "%s") { totalCount nodes { id } } }
}"""


async def test_a_sale_is_told_to_each_side_as_its_own(rights: Rights) -> None:
    """Neither learns of the other's records: by links, lists or refusals."""
    await holder(rights, "ann", "sue")
    await holder(rights, "bob", "ben")
    first = await rights.claimed("take", "ann")
    known = datetime.now(UTC).isoformat()
    payload = await rights.does(
        "transferCatalogue",
        "opened",
        sellerId=party_id("ann"),
        buyerId=party_id("bob"),
        right=Word("MASTER"),
        at="2026-01-01",
        share=4_000,
        reason="sold by ann in need",
    )
    assert payload["errors"] == []
    text = """{ recording(id: "%s") { claims { nodes { id party { name } } } } }"""
    found = (await rights.people.ask(text % asset_id("take"))).data["recording"]["claims"]["nodes"]
    sets = {
        name: {each["id"] for each in found if each["party"]["name"] == name}
        for name in ("ann", "bob")
    }
    for who, own, other in (("sue", "ann", "bob"), ("ben", "bob", "ann")):
        for claim in sorted(sets[own] | sets[other]):
            for roles in ((), (Role.EDITOR,), (Role.SENIOR_REVIEWER,)):
                looks = LOOKS % (claim, asset_id("take"), known)
                answer = await rights.people.asks(who, looks, *roles)
                assert "errors" not in answer.body
                told = str(answer.data).replace(repr(claim), "")
                assert not any(each in told for each in sets[other]), (who, told)
                assert answer.data["recording"]["claims"]["totalCount"] == len(sets[own])
                assert answer.data["recording"]["then"]["totalCount"] == (own == "ann")
        for claim in sorted(sets[other]):
            assert await tries(rights, claim, who) == await tries(rights, NOBODY, who)
    [error] = (await rights.people.does("sue", "withdrawClaim", CLAIM, id=first))["errors"]
    assert not any(each in error["message"] for each in sets["bob"])
    assert all(each in error["message"] for each in sets["ann"] - {first})


async def test_conflicts_are_told_to_no_rightsholder(rights: Rights) -> None:
    """By no way to them, and payloads say nothing but that."""
    await holder(rights, "ann")
    claim = await rights.claimed("take", "ann", 6_000)
    await rights.claimed("take", "bob", 6_000)
    conflict = (await rights.owned("take"))["conflicts"][0]["id"]
    for text in (
        f'{{ it: party(id: "{party_id("ann")}") {{ at: conflicts {{ totalCount }} }} }}',
        f'{{ it: recording(id: "{asset_id("take")}") {{ at: conflicts {{ totalCount }} }} }}',
        f'{{ it: conflicts(party: "{party_id("ann")}") {{ totalCount }} }}',
        "{ it: conflicts { totalCount nodes { id } } }",
        f'{{ it: node(id: "{conflict}") {{ id }} }}',
        f'{{ it: node(id: "{global_id("Conflict", "nobody")}") {{ id }} }}',
    ):
        answer = await rights.people.asks("ada", text)
        assert [each["extensions"]["code"] for each in answer.body["errors"]] == ["FORBIDDEN"]
        assert answer.body["data"]["it"] in (None, {"at": None})
    ada = await rights.people.of("ada")
    for given in (
        f'reviseClaim(input: {{id: "{claim}", share: 5000, validateOnly: true}})',
        f'disputeClaim(input: {{id: "{claim}", validateOnly: true}})',
        f'withdrawClaim(input: {{id: "{claim}", validateOnly: true}})',
        f'reviseClaim(input: {{id: "{NOBODY}", share: 5000}})',
        f'withdrawClaim(input: {{id: "{claim}"}})',
    ):
        answer = await ada(
            f"mutation {{ it: {given} {{ conflicts {{ effect rule conflict {{ id }} }} }} }}"
        )
        assert answer.body["data"] == {"it": {"conflicts": None}}
        assert [each["extensions"]["code"] for each in answer.body["errors"]] == ["FORBIDDEN"]


async def test_who_sees_a_claim_otherwise_is_told_that_it_is_not_theirs(rights: Rights) -> None:
    """One who sees all claims, and writes some: a claim that is told is not said to be none."""
    await holder(rights, "ann")
    first = await rights.claimed("take", "bob")
    revised = await rights.does("reviseClaim", CLAIM, id=first, share=9_000)
    for role in (Role.FINANCE, Role.AUDITOR, Role.SERVICE):
        for claim in (first, revised["claim"]["id"]):
            for mutation, given in (("reviseClaim", {"share": 1}), *OF_CLAIM[2:]):
                payload = await rights.people.does(
                    "ada", mutation, "claim { id }", role, id=claim, **given
                )
                assert payload["claim"] == {"id": claim}
                assert rules(payload) == [("NOT_ALLOWED", None, ["id"])]
        for mutation, given in (("reviseClaim", {"share": 1}), *OF_CLAIM[2:]):
            payload = await rights.people.does(
                "ada", mutation, "claim { id }", role, id=NOBODY, **given
            )
            assert rules(payload) == [("NOT_FOUND", None, ["id"])]


async def test_what_a_message_waits_with_is_theirs_to_claim_as_well(
    rights: Rights, tmp_path: Path
) -> None:
    """Who withdraws what people wrote may do so where the message's claim is within a mandate, too."""
    sender = Sender(rights, tmp_path)
    await sender.begin()
    await sender.sends(0, 5_000)
    [row] = await sender.standing()
    publisher = row[1]
    first = await sender.one()
    given: dict[str, Any] = {"share": 4_000, "territories": ("DE",)}
    await sender.does(ReviseClaim(Claimant(user="a", anybody=True), first, given))
    await sender.sends(1, 3_000)
    written = global_id("Claim", await sender.one())
    await holder(rights, publisher, "ada", territories=["DE"])
    await holder(rights, publisher, "zoe", rights=[Word("PR")])
    before = await sender.told()
    for only in (True, False):
        payload = await rights.people.does(
            "ada", "withdrawClaim", CLAIM, id=written, validateOnly=only
        )
        assert rules(payload) == [("NOT_ALLOWED", None, ["id"])]
        assert payload["claim"]["id"] == written
        assert await sender.told() == before
    payload = await rights.people.does("ada", "reviseClaim", "claim { id }", id=written, share=1)
    assert payload["errors"] == []
    written = payload["claim"]["id"]
    payload = await rights.people.does("zoe", "withdrawClaim", CLAIM, id=written)
    assert payload["errors"] == []
    assert (payload["claim"]["share"], payload["claim"]["revises"]) == (3_000, {"id": written})
    await sender.journal.close()
