"""What a sale makes of a seller's claims: worked out without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph.claiming.records import Claim, following
from graph.claiming.terms import COLLECTION, OWNERSHIP, Terms
from standards.conflicts.scopes import parts
from standards.shares import format_percent
from standards.territories import TerritorySet, world

EVERYWHERE: Final = world().countries


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """What is sold from a day on: all that is held, or `share` (1/100 %) of every right.

    Where no countries are named it is sold wherever something is held but in those `excluded`; a share is of
    each that is named. With `collection_until` the seller goes on collecting until that day.
    """

    buyer: str
    at: str
    share: int | None = None
    named: frozenset[int] | None = None
    excluded: frozenset[int] = frozenset()
    collection_until: str | None = None

    @property
    def countries(self) -> frozenset[int]:
        """Where it is sold."""
        return (EVERYWHERE if self.named is None else self.named) - self.excluded


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """What the seller has less of than is sold: a right in an asset, and where."""

    asset: str
    right: str
    held: int
    countries: frozenset[int]

    def __str__(self) -> str:
        """Say it in words."""
        where = TerritorySet(countries=self.countries, since=world().since).describe()
        return f"{self.right} of {self.asset} in {where}: {format_percent(self.held)}"


@dataclass(slots=True)
class Sold:
    """The claims that end, those that begin, and what there is too little of."""

    ended: list[Claim] = field(default_factory=list[Claim])
    begun: list[Claim] = field(default_factory=list[Claim])
    short: list[Short] = field(default_factory=list[Short])


def sell(claims: Iterable[Claim], sale: Sale) -> Sold:
    """Return what a sale makes of the claims that a seller has on its day.

    A sale of a share is one of ownership: who collects it is agreed apart from that.
    """
    sold = Sold()
    held: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        kind = claim.properties["kind"]
        if sale.share is None:
            until = sale.collection_until if kind == COLLECTION else None
            _part(sold, claim, sale, {claim.properties["share"]: sale.countries}, until or sale.at)
        elif kind == OWNERSHIP:
            held[claim.asset, claim.properties["right"]].append(claim)
    for (asset, right), of_right in held.items():
        for claim, taken in _taken(sold, asset, right, of_right, sale):
            _part(sold, claim, sale, taken, sale.at)
    return sold


def _taken(
    sold: Sold, asset: str, right: str, claims: Sequence[Claim], sale: Sale
) -> Iterator[tuple[Claim, Mapping[int, frozenset[int]]]]:
    """Yield how much of each claim is sold where: of several claims in a country, the first ids first."""
    taken: defaultdict[str, dict[int, frozenset[int]]] = defaultdict(dict)
    asked = frozenset[int]() if sale.named is None else sale.countries
    nowhere = asked
    for places, here in parts(sorted(claims, key=lambda each: each.id)):
        countries = places & sale.countries
        if not countries:
            continue
        nowhere -= countries
        left = sale.share or 0
        for claim in here:
            part = min(left, claim.properties["share"])
            left -= part
            if part:
                its = taken[claim.id]
                its[part] = its.get(part, frozenset()) | countries
        if left:
            total = (sale.share or 0) - left
            sold.short.append(Short(asset=asset, right=right, held=total, countries=countries))
    if nowhere and nowhere != asked:  # Who holds nothing of it there does not sell it.
        sold.short.append(Short(asset=asset, right=right, held=0, countries=nowhere))
    for claim in claims:
        if claim.id in taken:
            yield claim, taken[claim.id]


def _part(
    sold: Sold, claim: Claim, sale: Sale, taken: Mapping[int, frozenset[int]], at: str
) -> None:
    """Cut a claim at a day into what the seller had before it, what it keeps, and what the buyer gets."""
    terms = Terms.of(claim.properties)
    if terms.valid_to and terms.valid_to <= at:
        return
    pieces = {share: each & terms.countries for share, each in taken.items()}
    pieces = {share: each for share, each in pieces.items() if each}
    if not pieces:
        return
    sold.ended.append(claim)
    if not terms.valid_from or terms.valid_from < at:
        sold.begun.append(following(claim, validTo=at))
    since = max(at, terms.valid_from or at)
    outside = terms.countries.difference(*pieces.values())
    if outside:
        sold.begun.append(following(claim, validFrom=since, **_places(outside)))
    for share, countries in pieces.items():
        where: dict[str, Any] = {} if countries == terms.countries else _places(countries)
        if rest := terms.share - share:
            sold.begun.append(following(claim, validFrom=since, share=rest, **where))
        sold.begun.append(following(claim, sale.buyer, validFrom=since, share=share, **where))


def _places(countries: frozenset[int]) -> dict[str, Any]:
    included, excluded = TerritorySet(countries=countries, since=world().since).codes()
    return {"territories": included, "excludedTerritories": excluded or None}
