"""Catalogues sold: what is closed and opened, kept apart, refused; and that it is all or nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, LiteralString

import pytest

from execution.limits import Limits
from execution.operations import Operations
from execution.requests import GraphQLRequest
from graph.claiming import MOST_SOLD, Sale, TransferCatalogue, transferring
from graph.errors import CommandRefused
from graph.journal import Attribution, Journal, head
from graph.transactions import Transaction
from schema import schema
from schema.ids import global_id
from tests.integration.accounts.people import Word
from tests.integration.claiming.rights import asset_id, party_id, rules

if TYPE_CHECKING:
    from tests.integration.claiming.rights import Rights

TOLD: Final = "closed opened conflictCount conflicts { effect rule } buyer { name }"
CLAIMS: Final = """{ recording(id: "%s") { claims(status: ASSERTED, first: 50) { nodes {
  kind share validFrom validTo party { name } territory { description } } } } }"""


async def sells(rights: Rights, seller: str = "ann", buyer: str = "bob", **more: Any) -> Any:
    """Return the payload of a sale."""
    given = {"sellerId": party_id(seller), "buyerId": party_id(buyer), "at": "2020-01-01", **more}
    return await rights.does("transferCatalogue", TOLD, **given)


async def stands(rights: Rights, asset: str = "take") -> list[tuple[Any, ...]]:
    """Return what is claimed of a recording now."""
    found = (await rights.people.ask(CLAIMS % asset_id(asset))).data["recording"]["claims"]
    return sorted(
        (
            each["party"]["name"],
            each["kind"],
            each["share"],
            each["territory"]["description"],
            each["validFrom"] or "",
            each["validTo"] or "",
        )
        for each in found["nodes"]
    )


async def test_a_sale_closes_and_opens_at_its_day(rights: Rights) -> None:
    """Of every asset, and the answer of before the sale stays."""
    await rights.claimed("take", "ann", validFrom="2010-01-01", validTo="2030-01-01")
    await rights.claimed("live", "ann", 5_000)
    await rights.claimed("live", "cat", 5_000)
    verdict = await sells(rights, validateOnly=True)
    at = await head(rights.graph)
    assert verdict == {
        "closed": 2,
        "opened": 4,
        "conflictCount": 0,
        "conflicts": [],
        "buyer": {"name": "bob"},
        "errors": [],
    }
    assert await sells(rights) == verdict
    assert await head(rights.graph) != at
    assert await stands(rights) == [
        ("ann", "OWNERSHIP", 10_000, "World", "2010-01-01", "2020-01-01"),
        ("bob", "OWNERSHIP", 10_000, "World", "2020-01-01", "2030-01-01"),
    ]
    assert await stands(rights, "live") == [
        ("ann", "OWNERSHIP", 5_000, "World", "", "2020-01-01"),
        ("bob", "OWNERSHIP", 5_000, "World", "2020-01-01", ""),
        ("cat", "OWNERSHIP", 5_000, "World", "", ""),
    ]
    assert (await rights.owned("live"))["status"] == "CLEAR"


async def test_a_part_is_sold(rights: Rights) -> None:
    """In some countries, of some share: the seller keeps the rest as claims of its own."""
    await rights.claimed("take", "ann")
    assert (await sells(rights, territories=["2120"], share=4_000))["errors"] == []
    assert await stands(rights) == [
        ("ann", "OWNERSHIP", 6_000, "Europe", "2020-01-01", ""),
        ("ann", "OWNERSHIP", 10_000, "World", "", "2020-01-01"),
        ("ann", "OWNERSHIP", 10_000, "World except Europe", "2020-01-01", ""),
        ("bob", "OWNERSHIP", 4_000, "Europe", "2020-01-01", ""),
    ]
    for place in ("DE", "US"):
        assert (await rights.owned("take", place))["status"] == "CLEAR"


async def test_a_sale_leaves_countries_out(rights: Rights) -> None:
    """Of the world, or of those that are named: a share is of what is left of them."""
    await rights.claimed("take", "ann", territories=["2120"])
    assert (await sells(rights, excludedTerritories=["DE"], share=4_000))["errors"] == []
    given: dict[str, Any] = {"territories": ["DE", "FR"], "excludedTerritories": ["FR"]}
    payload = await sells(rights, buyer="cat", at="2021-01-01", share=10_000, **given)
    assert payload["errors"] == []
    after = {place: (await rights.owned("take", place, "2022-01-01")) for place in ("DE", "FR")}
    claims = {
        place: sorted((each["party"]["name"], each["share"]) for each in found["claims"])
        for place, found in after.items()
    }
    assert claims == {"DE": [("cat", 10_000)], "FR": [("ann", 6_000), ("bob", 4_000)]}
    given = {"territories": ["FR"], "excludedTerritories": ["2120"]}
    payload = await sells(rights, at="2023-01-01", **given)
    assert rules(payload) == [("INVALID_VALUE", None, ["excludedTerritories"])]


async def test_what_is_not_sold_stays(rights: Rights) -> None:
    """Other rights, other assets, licences, and what begins later or has ended by then."""
    await rights.claimed("song", "ann", right=Word("PR"))
    await rights.claimed("song", "ann", right=Word("MR"))
    await rights.claimed("take", "ann", validTo="2020-01-01")
    await rights.claimed("live", "ann", validFrom="2020-01-02")
    await rights.claimed("take", "ann", 1, kind=Word("LICENCE"))
    before = await stands(rights), await stands(rights, "live")
    payload = await sells(rights, right=Word("MR"))
    assert (payload["closed"], payload["opened"]) == (1, 2)
    assert (await stands(rights), await stands(rights, "live")) == before
    assert (await rights.owned("song"))["claims"][0]["party"] == {"name": "ann"}
    assert (await rights.owned("song", right="MR"))["claims"][0]["party"] == {"name": "bob"}


async def test_the_seller_goes_on_collecting(rights: Rights) -> None:
    """Until the day that is told, apart from who owns."""
    await rights.claimed("take", "ann")
    await rights.claimed("take", "ann", kind=Word("COLLECTION"))
    assert (await sells(rights, collectionUntil="2022-01-01"))["errors"] == []
    assert await stands(rights) == [
        ("ann", "COLLECTION", 10_000, "World", "", "2022-01-01"),
        ("ann", "OWNERSHIP", 10_000, "World", "", "2020-01-01"),
        ("bob", "COLLECTION", 10_000, "World", "2022-01-01", ""),
        ("bob", "OWNERSHIP", 10_000, "World", "2020-01-01", ""),
    ]
    payload = await sells(rights, "bob", "cat", at="2023-01-01", collectionUntil="2023-01-01")
    assert rules(payload) == [("INVALID_VALUE", None, ["collectionUntil"])]


async def test_nobody_sells_more_than_they_hold(rights: Rights) -> None:
    """It is told what there is too little of, and nothing at all is sold."""
    await rights.claimed("take", "ann", 6_000)
    await rights.claimed("live", "ann", 3_000, territories=["DE"])
    before = await head(rights.graph)
    held = ("RULE_BROKEN", "HELD")
    refused: list[tuple[dict[str, Any], list[str] | None, str]] = [
        ({"share": 5_000}, ["share"], "MASTER of “live” in Germany: 30.00 %"),
        ({"share": 2_000, "territories": ["DE", "FR"]}, ["share"], "“live” in France: 0.00 %"),
        ({"seller": "bob", "buyer": "ann"}, ["sellerId"], "nothing"),
        ({"territories": ["FR"], "assets": [asset_id("live")]}, None, "nothing"),
        ({"assets": [asset_id("take"), asset_id("song")]}, ["assets", "1"], "that asset"),
    ]
    for given, path, said in refused:
        payload = await sells(rights, **given)
        assert rules(payload)[0][:2] == held
        assert path is None or rules(payload)[0][2] == path
        assert said in payload["errors"][0]["message"]
    wrong: list[tuple[dict[str, Any], list[str]]] = [
        ({"buyer": "ann"}, ["buyerId"]),
        ({"share": 0}, ["share"]),
        ({"territories": ["XX"]}, ["territories", "0"]),
    ]
    for given, path in wrong:
        assert rules(await sells(rights, **given)) == [("INVALID_VALUE", None, path)]
    assert await head(rights.graph) == before
    assert (await sells(rights, share=3_000))["errors"] == []


async def test_what_was_passed_on_is_not_sold(rights: Rights) -> None:
    """An assignment that is in force then has given it to somebody else."""
    await rights.claimed("take", "ann")
    given: dict[str, Any] = {
        "assignorId": party_id("ann"),
        "kept": 4_000,
        "acquirers": [{"partyId": party_id("cat"), "share": 6_000}],
        "kind": Word("ASSIGNMENT"),
        "territories": ["2120"],
    }
    assert (await rights.does("recordAgreement", "agreement { id }", **given))["errors"] == []
    payload = await sells(rights)
    assert rules(payload) == [("RULE_BROKEN", "HELD", ["sellerId"])]
    assert "MASTER in Europe to cat" in payload["errors"][0]["message"]
    assert (await sells(rights, excludedTerritories=["2120"]))["errors"] == []
    assert (await rights.owned("take", "US"))["claims"][0]["party"] == {"name": "bob"}


async def test_of_two_sellers_of_the_same_share_one_sells(rights: Rights) -> None:
    """Whoever comes second finds nothing to sell, by one process or by two."""
    await rights.claimed("take", "ann")
    other = Journal(rights.graph)

    async def by_the_other() -> list[Any]:
        command = TransferCatalogue("ann", Sale(buyer="cat", at="2020-01-01"))
        try:
            await other.run(command, Attribution(actor="b"))
        except CommandRefused as refused:
            return [(refused.code, refused.rule, list(refused.path))]
        return []

    first, second = await asyncio.gather(sells(rights), by_the_other())
    assert sorted([rules(first), second]) == [[], [("RULE_BROKEN", "HELD", ["sellerId"])]]
    assert len(await stands(rights)) == 2
    await other.close()


async def test_a_sale_is_bounded(rights: Rights, monkeypatch: pytest.MonkeyPatch) -> None:
    """More claims than one transaction closes are refused, and may be sold in parts."""
    assert MOST_SOLD >= 1_000
    monkeypatch.setattr(transferring, "MOST_SOLD", 1)
    await rights.claimed("take", "ann")
    await rights.claimed("live", "ann")
    assert rules(await sells(rights)) == [("REFUSED", None, ["sellerId"])]
    assert (await sells(rights, assets=[asset_id("take")]))["errors"] == []


async def test_a_sale_outlasts_its_operation(
    rights: Rights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asked is told that it may be made, and by its key what came of it."""
    await rights.claimed("take", "ann")
    really = Transaction.read

    async def slow(self: Transaction, *given: Any, **parameters: Any) -> Any:
        await asyncio.sleep(1)
        return await really(self, *given, **parameters)

    monkeypatch.setattr(Transaction, "read", slow)
    request = GraphQLRequest(
        query="""mutation ($input: TransferCatalogueInput!) {
          transferCatalogue(input: $input) { closed errors { code } } }""",
        operation_name=None,
        variables={
            "input": {
                "sellerId": party_id("ann"),
                "buyerId": party_id("bob"),
                "at": "2020-01-01",
                "idempotencyKey": "k",
            }
        },
        extensions={},
        by_get=False,
    )
    ask = rights.people.ask
    given_up = Operations(schema, Limits(seconds=3.0))
    body = (await given_up.run(request, lambda _: ask.context())).body
    [error] = body["errors"]
    assert (body["data"], error["extensions"]) == (None, {"code": "TIMEOUT"})
    assert "may be changed all the same" in error["message"]
    monkeypatch.undo()
    in_time = Operations(schema, Limits(seconds=60.0))
    body = (await in_time.run(request, lambda _: ask.context())).body
    assert body["data"] == {"transferCatalogue": {"closed": 1, "errors": []}}
    assert len(await stands(rights)) == 2


async def test_a_sale_takes_as_many_statements_for_many_as_for_few(
    rights: Rights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of a thousand claims, and of what they are about, is one statement each."""
    ran: list[str] = []
    for name in ("read", "write"):

        def counted(really: Any) -> Any:
            async def counting(
                self: Transaction, summary: LiteralString, text: LiteralString, **given: Any
            ) -> Any:
                ran.append(summary)
                return await really(self, summary, text, **given)

            return counting

        monkeypatch.setattr(Transaction, name, counted(getattr(Transaction, name)))
    taken: list[list[str]] = []
    for assets in (["take"], ["take", "live"]):
        for asset in assets:
            await rights.claimed(asset, "ann")
        ran.clear()
        assert (await sells(rights))["closed"] == len(assets)
        taken.append(sorted(ran))
        for asset in assets:
            for each in await ids(rights, asset):
                await rights.does("withdrawClaim", "claim { id }", id=each)
    assert taken[0] == taken[1] != []


async def ids(rights: Rights, asset: str) -> list[str]:
    """Return the ids of the claims that stand."""
    text = f'{{ recording(id: "{asset_id(asset)}") {{ claims(status: ASSERTED) {{ nodes {{ id }} }} }} }}'
    found = (await rights.people.ask(text)).data["recording"]["claims"]["nodes"]
    return [each["id"] for each in found]


async def test_a_merged_seller_is_no_buyer(rights: Rights) -> None:
    """The payload tells who would buy; of a merged buyer, whom it was merged into."""
    given = {"id": party_id("ann"), "into": party_id("cat")}
    assert (await rights.does("merge", "entity { id }", **given))["errors"] == []
    for seller, buyer, path, told in (
        ("ann", "bob", "sellerId", "bob"),
        ("bob", "ann", "buyerId", "cat"),
    ):
        payload = await sells(rights, seller, buyer)
        assert rules(payload) == [("MERGED", None, [path])]
        assert payload["buyer"] == {"name": told}


async def test_unknown_parties_are_told(rights: Rights) -> None:
    """Each at its place."""
    for name in ("sellerId", "buyerId"):
        payload = await rights.does(
            "transferCatalogue",
            TOLD,
            **{
                "sellerId": party_id("ann"),
                "buyerId": party_id("bob"),
                "at": "2020-01-01",
                name: global_id("Party", "nobody"),
            },
        )
        assert rules(payload) == [("NOT_FOUND", None, [name])]
