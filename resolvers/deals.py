"""Whether something is available: in one country, for one use, under one commercial model, on one day.

Cost: one read a batch, however many things.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.deals import DealRow
from graph.times import instant
from resolvers.context import Context
from resolvers.errors import ArgumentInvalid, in_place
from resolvers.things import Thing
from standards.deals import Cell, Terms, Verdict, judge
from standards.territories import (
    Territory,
    TerritoryKind,
    UnknownTerritory,
    countries,
    territory,
)

TAKE_DOWN = "TAKE_DOWN"
_SPEAKING = ("DEAL", TAKE_DOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What availability is asked of."""

    territory: Territory
    use: str
    model: str
    at: date

    @property
    def cell(self) -> Cell:
        """The cell as the standard has it."""
        return Cell(
            country=self.territory.tis, use=self.use, model=self.model, day=self.at.isoformat()
        )


def asked_for(code: str, use: str, model: str, at: date | None) -> Asked:
    """Return what is asked, of today where no day is given; raise ArgumentInvalid."""
    for argument, word in (("use", use), ("model", model)):
        if word == "OTHER":
            raise ArgumentInvalid(argument, "name one: OTHER stands for many")
    today = date.today()  # noqa: DTZ011 - a calendar day.
    try:
        found = territory(code)
    except UnknownTerritory as error:
        raise ArgumentInvalid("territory", str(error)) from error
    if found.kind is not TerritoryKind.COUNTRY:
        raise ArgumentInvalid("territory", "give a country: deals differ within a group")
    return Asked(territory=found, use=use, model=model, at=at or today)


async def available(
    context: Context, things: Sequence[Thing], asked: Asked
) -> list[Verdict[DealRow] | Exception]:
    """Return whether each thing is available as asked.

    A thing whose deals make no sense has the error in its place.
    """
    loaders = context.loaders.deals.covering
    found = await asyncio.gather(*(loaders[thing.type].load(thing.key) for thing in things))
    cell = asked.cell
    return [in_place(_verdict, deals or (), cell) for deals in found]


def _verdict(deals: Sequence[DealRow], cell: Cell) -> Verdict[DealRow]:
    return judge([_terms(deal) for deal in deals if deal.kind in _SPEAKING], cell)


def _terms(deal: DealRow) -> Terms[DealRow]:
    replaced = instant(deal.recorded_to).date().isoformat() if deal.recorded_to else None
    return Terms(
        deal=deal,
        offer=(deal.release_id, deal.sender_id),
        take_down=deal.kind == TAKE_DOWN,
        countries=countries(tuple(deal.territories), tuple(deal.excluded_territories or ())),
        uses=frozenset(deal.uses or ()),
        models=frozenset(deal.models or ()),
        valid_from=deal.valid_from,
        valid_to=deal.valid_to,
        replaced=replaced,
    )
