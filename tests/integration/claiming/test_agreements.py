"""Agreements written: W11 and HELD, what they pass on, what is revised, ended, withdrawn, and refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph.facts import AgreementFact
from graph.journal import head, verify
from resolvers.permission import Role
from schema.ids import global_id
from tests.integration.accounts.people import Word
from tests.integration.claiming.rights import asset_id, party_id, rules
from tests.reads.graphs import write

if TYPE_CHECKING:
    from tests.integration.claiming.rights import Rights

TOLD: Final = """agreement { id } inTheWay { id }
  agreements { id kind right share validFrom validTo status assignor { name } acquirer { name }
  territory { description } source { kind } history { nodes { action actorId } } }"""

REVISED: Final = """query ($id: ID!) { node(id: $id) {
  ... on Agreement { revisedBy { totalCount nodes { id revisedBy { totalCount } } } } } }"""


def acquirer(key: str, share: int) -> dict[str, Any]:
    """Return somebody who acquires."""
    return {"partyId": party_id(key), "share": share}


async def records(rights: Rights, /, **more: Any) -> Any:
    """Return the payload of an agreement of ann with bob, or with others."""
    given: dict[str, Any] = {
        "assignorId": party_id("ann"),
        "kept": 5_000,
        "acquirers": [acquirer("bob", 5_000)],
        "kind": Word("ASSIGNMENT"),
        "rights": [Word("MASTER")],
        "territories": ["2136"],
    }
    return await rights.does("recordAgreement", TOLD, **{**given, **more})


async def recorded(rights: Rights, /, **more: Any) -> str:
    """Return the id of an agreement that is recorded: all is ann's but what is told."""
    payload = await records(rights, **more)
    assert payload["errors"] == [], payload
    return payload["agreement"]["id"]


async def changes(rights: Rights, mutation: str, agreement: str, /, **given: Any) -> Any:
    """Return the payload of a change of an agreement."""
    told = """agreement { id kind share status validFrom validTo collectionTo recordedTo
      territory { description } revises { id } source { kind } acquirer { name } } inTheWay { id }"""
    return await rights.does(mutation, told, id=agreement, **given)


async def owners(rights: Rights, at: str, known: str | None = None) -> dict[str, str]:
    """Return the effective shares of the recording in Germany on a day, planned and not."""
    text = """query ($id: ID!, $at: Date!, $known: DateTime) { node(id: $id) { ... on Recording {
      ownership(right: MASTER, territory: "DE", at: $at, knownAt: $known) { owners {
        party { name } share { fraction } } } } } }"""
    given = {"id": asset_id("take"), "at": at, "known": known}
    planned = (await rights.people.ask(text, **given)).data
    assert (await rights.people.ask.through_loaders(text, **given)).data == planned
    found = planned["node"]["ownership"]["owners"]
    return {each["party"]["name"]: each["share"]["fraction"] for each in found}


async def now(rights: Rights) -> str:
    """Return the instant of the newest change."""
    text = "{ changes(last: 1) { nodes { at } } }"
    return (await rights.people.ask(text)).data["changes"]["nodes"][0]["at"]


async def test_an_agreement_passes_ownership_on(rights: Rights) -> None:
    """To each acquirer its share, from its day on; what was known before stays."""
    await rights.claimed("take", "ann")
    payload = await records(
        rights,
        kept=1_000,
        acquirers=[acquirer("bob", 6_000), acquirer("cat", 3_003)],
        validFrom="2020-01-01",
    )
    assert payload["errors"] == []
    assert [
        (each["acquirer"]["name"], each["right"], each["share"]) for each in payload["agreements"]
    ] == [("bob", "MASTER", 6_000), ("cat", "MASTER", 3_003)]
    first = payload["agreements"][0]
    assert first["history"]["nodes"] == [{"action": "CREATED", "actorId": "user-of-rita"}]
    assert (first["status"], first["source"]) == ("ASSERTED", {"kind": "EDITORS"})
    text = """query ($id: ID!) { node(id: $id) { ... on Recording {
      now: ownership(right: MASTER, territory: "DE", at: "2026-01-01") { owners {
        party { name } share { fraction } } }
      then: ownership(right: MASTER, territory: "DE", at: "2019-12-31") { owners {
        party { name } } } } } }"""
    found = (await rights.people.ask(text, id=asset_id("take"))).data["node"]
    assert found["then"]["owners"] == [{"party": {"name": "ann"}}]
    assert {
        each["party"]["name"]: each["share"]["fraction"] for each in found["now"]["owners"]
    } == {
        "bob": "3/5",
        "cat": "3003/10000",
        "ann": "997/10000",
    }


WRONG: Final[tuple[tuple[dict[str, Any], tuple[str, str | None, list[str]] | None], ...]] = (
    ({"kept": 5_006}, None),
    ({"kept": 5_007}, ("RULE_BROKEN", "W11", ["acquirers"])),
    ({"kept": 4_994}, None),
    ({"kept": 4_993}, ("RULE_BROKEN", "W11", ["acquirers"])),
    ({"territories": []}, ("RULE_BROKEN", "W11", ["territories"])),
    ({"acquirers": [], "kept": 10_000}, ("RULE_BROKEN", "W11", ["acquirers"])),
    (
        {"acquirers": [acquirer("ann", 5_000)]},
        ("INVALID_VALUE", None, ["acquirers", "0", "partyId"]),
    ),
    (
        {"acquirers": [acquirer("nobody", 5_000)]},
        ("NOT_FOUND", None, ["acquirers", "0", "partyId"]),
    ),
    ({"kept": -1}, ("INVALID_VALUE", None, ["kept"])),
    ({"kind": Word("OTHER")}, ("INVALID_VALUE", None, ["kind"])),
    ({"validFrom": "2020-01-01", "validTo": "2019-01-01"}, ("INVALID_VALUE", None, ["validTo"])),
    ({"collectionTo": "2020-01-01"}, ("INVALID_VALUE", None, ["collectionTo"])),
    ({"validTo": "2019-01-01", "collectionTo": "2020-01-01"}, None),
    ({"rights": []}, None),
)


async def test_what_an_agreement_has_to_say(rights: Rights) -> None:
    """All of each right, somebody who acquires, somewhere (W11): the same only tried, and done."""
    for given, wrong in WRONG:
        before = await head(rights.graph)
        for only in (True, False):
            payload = await records(rights, **given, validateOnly=only)
            assert (wrong in rules(payload)) if wrong else (payload["errors"] == [])
            assert (payload["agreement"] is None) == (only or wrong is not None)
            assert (await head(rights.graph) == before) == (only or wrong is not None)
            if payload["agreement"]:
                await changes(rights, "withdrawAgreement", payload["agreement"]["id"])


async def test_an_agreement_is_revised(rights: Rights) -> None:
    """One record ends, another says what it revises; what was known stays; what is left out is carried."""
    await rights.claimed("take", "ann")
    first = await recorded(rights, validFrom="2020-01-01")
    known = await now(rights)
    before = await owners(rights, "2026-01-01", known)
    assert before == {"ann": "1/2", "bob": "1/2"}
    payload = await changes(
        rights, "reviseAgreement", first, share=8_000, excludedTerritories=["US"], reason="a letter"
    )
    assert payload["errors"] == []
    told = payload["agreement"]
    assert told.pop("id") != first
    assert told == {
        "kind": "ASSIGNMENT",
        "share": 8_000,
        "status": "ASSERTED",
        "validFrom": "2020-01-01",
        "validTo": None,
        "collectionTo": None,
        "recordedTo": None,
        "territory": {"description": "World except United States"},
        "revises": {"id": first},
        "source": {"kind": "EDITORS"},
        "acquirer": {"name": "bob"},
    }
    assert await owners(rights, "2026-01-01") == {"bob": "4/5", "ann": "1/5"}
    assert await owners(rights, "2026-01-01", known) == before
    text = """query ($id: ID!) { node(id: $id) { ... on Agreement { status recordedTo history {
      nodes { action version reason } } } } }"""
    had = (await rights.people.ask(text, id=first)).data["node"]
    assert had["status"] == "SUPERSEDED"
    assert had["recordedTo"] is not None
    assert had["history"]["nodes"] == [
        {"action": "CREATED", "version": 1, "reason": None},
        {"action": "SUPERSEDED", "version": 2, "reason": "a letter"},
    ]
    assert (await verify(rights.graph)).flaw is None


async def test_what_a_revision_may_say(rights: Rights) -> None:
    """As of a record; what is over is not changed, and nothing is changed into what it is."""
    first = await recorded(rights, validFrom="2020-01-01")
    refused: list[tuple[dict[str, Any], tuple[str, str | None, list[str]]]] = [
        ({"share": 10_001}, ("INVALID_VALUE", None, ["share"])),
        ({"share": None}, ("INVALID_VALUE", None, ["share"])),
        ({"kind": None}, ("INVALID_VALUE", None, ["kind"])),
        ({"kind": Word("OTHER")}, ("INVALID_VALUE", None, ["kind"])),
        ({"territories": None}, ("INVALID_VALUE", None, ["territories"])),
        ({"territories": []}, ("RULE_BROKEN", "W11", ["territories"])),
        ({"territories": ["XX"]}, ("INVALID_VALUE", None, ["territories", "0"])),
        ({"validTo": "2020-01-01"}, ("INVALID_VALUE", None, ["validTo"])),
        ({"collectionTo": "2030-01-01"}, ("INVALID_VALUE", None, ["collectionTo"])),
        ({"share": 5_000}, ("INVALID_VALUE", None, [])),
    ]
    before = await head(rights.graph)
    for given, wrong in refused:
        for only in (True, False):
            payload = await changes(rights, "reviseAgreement", first, **given, validateOnly=only)
            assert rules(payload) == [wrong]
            assert payload["agreement"]["id"] == first
    payload = await changes(rights, "reviseAgreement", first, share=1, validateOnly=True)
    assert (payload["errors"], payload["agreement"]["share"]) == ([], 5_000)
    assert await head(rights.graph) == before
    payload = await changes(rights, "reviseAgreement", first, kind=Word("ADMINISTRATION"))
    assert payload["agreement"]["kind"] == "ADMINISTRATION"
    standing = payload["agreement"]["id"]
    for name, given in (
        ("reviseAgreement", {"share": 1}),
        ("endAgreement", {"at": "2030-01-01"}),
        ("withdrawAgreement", {}),
    ):
        payload = await changes(rights, name, first, **given)
        assert rules(payload) == [("RULE_BROKEN", "AGREEMENT_OVER", ["id"])]
        assert payload["errors"][0]["message"].endswith(f"In its place stands {standing}.")
        nobody = await changes(rights, name, global_id("Agreement", "nobody"), **given)
        assert rules(nobody) == [("NOT_FOUND", None, ["id"])]
    found = (await rights.people.ask(REVISED, id=first)).data["node"]["revisedBy"]
    assert found == {"totalCount": 1, "nodes": [{"id": standing, "revisedBy": {"totalCount": 0}}]}
    assert (await rights.people.ask.through_loaders(REVISED, id=first)).data["node"] == {
        "revisedBy": found
    }


async def test_a_revision_makes_an_assignment(rights: Rights) -> None:
    """What only administered passes shares on from then on."""
    await rights.claimed("take", "ann")
    first = await recorded(rights, kind=Word("ADMINISTRATION"))
    assert await owners(rights, "2026-01-01") == {"ann": "1/1"}
    payload = await changes(rights, "reviseAgreement", first, kind=Word("ASSIGNMENT"))
    assert payload["errors"] == []
    assert await owners(rights, "2026-01-01") == {"ann": "1/2", "bob": "1/2"}


async def test_an_agreement_ends_on_a_day(rights: Rights) -> None:
    """Until the day before it holds; it is ended once, later, or again sooner, and not longer."""
    await rights.claimed("take", "ann")
    first = await recorded(rights, validFrom="2020-01-01")
    known = await now(rights)
    payload = await changes(
        rights, "endAgreement", first, at="2025-01-01", collectionTo="2026-01-01"
    )
    assert payload["errors"] == []
    told = payload["agreement"]
    assert (told["validTo"], told["collectionTo"]) == ("2025-01-01", "2026-01-01")
    assert (told["revises"], told["status"]) == ({"id": first}, "ASSERTED")
    assert await owners(rights, "2024-12-31") == {"ann": "1/2", "bob": "1/2"}
    assert await owners(rights, "2025-01-01") == {"ann": "1/1"}
    assert await owners(rights, "2025-01-01", known) == {"ann": "1/2", "bob": "1/2"}
    for at in ("2025-01-01", "2025-01-02", "2020-01-01", "2019-01-01"):
        payload = await changes(rights, "endAgreement", told["id"], at=at)
        assert rules(payload) == [("INVALID_VALUE", None, ["at"])]
    payload = await changes(
        rights, "endAgreement", told["id"], at="2024-01-01", collectionTo="2023-01-01"
    )
    assert rules(payload) == [("INVALID_VALUE", None, ["collectionTo"])]
    payload = await changes(rights, "endAgreement", told["id"], at="2024-01-01")
    assert payload["agreement"]["validTo"] == "2024-01-01"


async def test_an_agreement_is_withdrawn(rights: Rights) -> None:
    """For all of its term, from now on; what was known before stays."""
    await rights.claimed("take", "ann")
    first = await recorded(rights)
    known = await now(rights)
    payload = await changes(rights, "withdrawAgreement", first)
    assert (payload["agreement"]["id"], payload["agreement"]["status"]) == (first, "WITHDRAWN")
    assert await owners(rights, "2026-01-01") == {"ann": "1/1"}
    assert await owners(rights, "2026-01-01", known) == {"ann": "1/2", "bob": "1/2"}


HELD: Final = ("RULE_BROKEN", "HELD", ["acquirers"])
OTHERS: Final[tuple[tuple[dict[str, Any], bool], ...]] = (
    ({}, True),
    ({"acquirers": [acquirer("cat", 4_006)], "kept": 6_000}, False),
    ({"acquirers": [acquirer("cat", 4_007)], "kept": 5_993}, True),
    ({"rights": []}, True),
    ({"rights": [Word("PR"), Word("MASTER")]}, True),
    ({"rights": [Word("PR")]}, False),
    ({"territories": ["US"]}, False),
    ({"territories": ["US", "FR"]}, True),
    ({"validTo": "2020-01-01"}, False),
    ({"validTo": "2020-01-02"}, True),
    ({"validFrom": "2030-01-01"}, False),
    ({"validFrom": "2029-12-31"}, True),
    ({"kind": Word("ADMINISTRATION")}, False),
    ({"assignorId": party_id("bob")}, False),
)


async def test_nobody_passes_on_more_than_all(rights: Rights) -> None:
    """Of a right, in a country, on a day, all that stands taken together: tried and done alike."""
    first = await recorded(
        rights,
        acquirers=[acquirer("bob", 6_000)],
        kept=4_000,
        territories=["2120"],
        validFrom="2020-01-01",
        validTo="2030-01-01",
    )
    for more, refused in OTHERS:
        given = {"acquirers": [acquirer("cat", 5_000)], **more}
        before = await head(rights.graph)
        for only in (True, False):
            payload = await records(rights, **given, validateOnly=only)
            assert rules(payload) == [HELD] * refused
            assert [each["id"] for each in payload["inTheWay"]] == [first] * refused
            assert (await head(rights.graph) == before) == (only or refused)
            for each in payload["agreements"]:
                await changes(rights, "withdrawAgreement", each["id"])
    payload = await records(rights, acquirers=[acquirer("cat", 5_000)], territories=["DE", "US"])
    assert payload["errors"][0]["message"] == (
        "It would pass on more than all: 110.00 % of MASTER in Germany from 2020-01-01 until "
        "2030-01-01, with 60.00 % that bob has."
    )


async def test_a_revision_passes_on_no_more_than_all(rights: Rights) -> None:
    """The one that it takes the place of is not counted; less than before is always allowed."""
    await recorded(rights)
    second = await recorded(rights, acquirers=[acquirer("cat", 4_000)], kept=6_000)
    payload = await changes(rights, "reviseAgreement", second, share=5_000)
    assert payload["errors"] == []
    second = payload["agreement"]["id"]
    payload = await changes(rights, "reviseAgreement", second, share=5_007)
    assert rules(payload) == [("RULE_BROKEN", "HELD", ["share"])]
    assert len(payload["inTheWay"]) == 1
    third = await recorded(rights, acquirers=[acquirer("cat", 5_000)], kind=Word("ADMINISTRATION"))
    payload = await changes(rights, "reviseAgreement", third, kind=Word("ASSIGNMENT"))
    assert rules(payload) == [("RULE_BROKEN", "HELD", ["share"])]


def fact(id_: str, share: int, acquirer_id: str = "bob") -> AgreementFact:
    """Return an agreement that a source tells."""
    return AgreementFact(
        id=id_,
        assignor_id="ann",
        acquirer_id=acquirer_id,
        kind="ASSIGNMENT",
        right="MASTER",
        share=share,
        territories=("2136",),
    )


async def test_loads_pass_on_what_they_say(rights: Rights) -> None:
    """Too much is told as CONFLICTED; people may make it less, and not more; loads leave that alone."""
    await rights.claimed("take", "ann")
    loaded = [fact("loaded", 6_000), fact("other", 7_000, "cat")]
    await write(rights.graph, loaded)
    assert (await rights.owned("take"))["status"] == "CONFLICTED"
    known = await now(rights)
    first = global_id("Agreement", "loaded")
    for share, wrong in ((6_001, [("RULE_BROKEN", "HELD", ["share"])]), (5_000, [])):
        payload = await changes(rights, "reviseAgreement", first, share=share)
        assert rules(payload) == wrong
    assert (payload["agreement"]["source"], payload["agreement"]["revises"]) == (
        {"kind": "EDITORS"},
        {"id": first},
    )
    payload = await changes(rights, "reviseAgreement", payload["agreement"]["id"], share=3_000)
    assert payload["errors"] == []
    expected = {"cat": "7/10", "bob": "3/10"}
    assert await owners(rights, "2026-01-01") == expected
    await write(rights.graph, loaded)
    assert await owners(rights, "2026-01-01") == expected
    assert (await rights.owned("take"))["status"] == "CLEAR"
    assert (await rights.owned("take", known=known))["total"] == 10_000


async def test_agreements_are_for_analysts(rights: Rights) -> None:
    """Nobody else writes them, also not for a party of their own."""
    first = await recorded(rights)
    given = f'(input: {{id: "{first}", %s}}) {{ agreement {{ id }} }}'
    for name, more in (
        ("reviseAgreement", "share: 1"),
        ("endAgreement", 'at: "2030-01-01"'),
        ("withdrawAgreement", ""),
    ):
        for role in Role:
            if role in (Role.RIGHTS_ANALYST, Role.ADMIN):
                continue
            ask = await rights.people.of("x", role)
            answer = await ask(f"mutation {{ {name}{given % more} }}")
            assert [each["extensions"]["code"] for each in answer.body["errors"]] == ["FORBIDDEN"]
