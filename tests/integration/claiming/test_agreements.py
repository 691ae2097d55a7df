"""Agreements recorded: W11, what they pass on, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph.journal import head
from tests.integration.accounts.people import Word
from tests.integration.claiming.rights import asset_id, party_id, rules

if TYPE_CHECKING:
    from tests.integration.claiming.rights import Rights

TOLD: Final = """agreement { id } agreements { kind right share validFrom validTo status
  assignor { name } acquirer { name } territory { description } source { kind }
  history { nodes { action actorId } } }"""


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
