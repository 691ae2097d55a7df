"""A catalogue sold: the seller's claims closed at a day and opened for the buyer, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from graph.claiming.claims import usable
from graph.claiming.contracts import HELD, day_after, passed_on, some_of
from graph.claiming.records import SUPERSEDED, Claim, begin, end, settle
from graph.claiming.sales import Sale, sell
from graph.claiming.terms import OWNERSHIP
from graph.errors import CommandRefused, InvalidValue, RuleBroken
from graph.journal import Command, Ref
from standards.territories import TerritorySet, world

if TYPE_CHECKING:
    from graph.claiming.sales import Short, Sold
    from graph.journal import Stage

MOST_SOLD: Final = 2_000
"""The claims that one sale closes."""
MOST_ASSETS: Final = 1_000
"""The assets that one sale names."""

HELD_CLAIMS: Final = """
MATCH (seller:Party {id: $seller})<-[:CLAIMED_BY]-(claim:Claim)-[:ON]->(asset)
WHERE claim.recordedTo IS NULL AND claim.status IN ['ASSERTED', 'DISPUTED']
  AND claim.kind IN ['OWNERSHIP', 'COLLECTION']
  AND coalesce(claim.validFrom, '') <= $at AND coalesce(claim.validTo, '~') > $at
  AND ($right = '' OR claim.right = $right)
  AND (size($assets) = 0 OR asset.id IN $assets)
WITH claim, asset ORDER BY claim.id LIMIT $limit
OPTIONAL MATCH (made:Registration {id: claim.registration})
RETURN collect([asset.title, head(labels(asset)), asset.id, $seller, properties(claim), made.key]) AS rows
"""


class TransferCatalogue(Command):
    """Sell what a party holds on a day, or some of it, to another; it is about the buyer.

    Refuses NotThere, Merged, Retired, InvalidValue, CommandRefused for too many claims, and RuleBroken (HELD)
    for more than is held, whether it was sold or passed on before.
    """

    def __init__(
        self, seller: str, sale: Sale, *, right: str | None = None, assets: Sequence[Ref] = ()
    ) -> None:
        self._seller = Ref("Party", seller)
        self._buyer = Ref("Party", sale.buyer)
        self._sale = sale
        self._right = right
        self._assets = tuple(assets)
        self.reads = (self._seller, self._buyer, *self._assets)

    async def run(self, stage: Stage) -> Ref:
        """Sell it."""
        await usable(stage, self._seller, path=("sellerId",))
        await usable(stage, self._buyer, path=("buyerId",))
        if self._seller == self._buyer:
            raise InvalidValue("Nobody sells to themself.", path=("buyerId",))
        for index, asset in enumerate(self._assets):
            await usable(stage, asset, path=("assets", str(index)))
        claims, titles = await self._held(stage)
        sold = sell(claims, self._sale)
        self._check_held(claims, sold, titles)
        await self._check_kept(stage, sold)
        await end(stage, sold.ended, SUPERSEDED)
        await begin(stage, sold.begun)
        await settle(stage, sold.ended)
        return self._buyer

    async def _held(self, stage: Stage) -> tuple[list[Claim], dict[str, str]]:
        rows: list[Sequence[Any]] = await stage.read(
            "claims to sell",
            HELD_CLAIMS,
            seller=self._seller.id,
            at=self._sale.at,
            right=self._right or "",
            assets=[each.id for each in self._assets],
            limit=MOST_SOLD + 1,
        )
        if len(rows) > MOST_SOLD:
            message = f"It holds more than {MOST_SOLD:,} claims there: sell it in parts."
            raise CommandRefused(message, path=("sellerId",))
        claims = [Claim.read(*row) for _, *row in rows]
        return claims, {asset: title for title, _, asset, *_ in rows}

    def _check_held(self, claims: Sequence[Claim], sold: Sold, titles: dict[str, str]) -> None:
        if sold.short:
            said = some_of(sold.short, lambda each: _said(each, titles))
            raise RuleBroken(f"It holds less than that: {said}", path=("share",), rule=HELD)
        if not sold.ended:
            raise RuleBroken("It holds nothing of that then.", path=("sellerId",), rule=HELD)
        owned: dict[str, frozenset[int]] = {}
        for claim in claims:
            if claim.properties["kind"] == OWNERSHIP:
                known = owned.get(claim.asset, frozenset())
                owned[claim.asset] = known | claim.countries
        for index, asset in enumerate(self._assets):
            if owned.get(asset.id, frozenset()).isdisjoint(self._sale.countries):
                raise RuleBroken(
                    "It holds nothing of that asset then.", path=("assets", str(index)), rule=HELD
                )

    async def _check_kept(self, stage: Stage, sold: Sold) -> None:
        """Refuse to sell what an agreement has passed on: it is held by somebody else."""
        at = self._sale.at
        passed = await passed_on(stage, self._seller.id, at, day_after(at))
        for claim in sold.ended:
            right = claim.properties["right"]
            if claim.properties["kind"] != OWNERSHIP:
                continue
            for each in passed:
                where = each.countries & self._sale.countries & claim.countries
                if each.about(right) and where:
                    places = TerritorySet(countries=where, since=world().since).describe()
                    raise RuleBroken(
                        f"It has passed on {right} in {places} to {each.acquirer}, by an agreement that is "
                        "in force then.",
                        path=("sellerId",),
                        rule=HELD,
                    )


def _said(short: Short, titles: dict[str, str]) -> str:
    return str(short).replace(short.asset, f"“{titles.get(short.asset, short.asset)}”", 1)
