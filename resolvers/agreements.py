"""Agreements and sales written by people: what is agreed put as the graph has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from graph.claiming import (
    MOST_ASSETS,
    Deed,
    EndAgreement,
    RecordAgreement,
    ReviseAgreement,
    Sale,
    TransferCatalogue,
    WithdrawAgreement,
    territory_flaws,
)
from graph.errors import CommandRefused, InvalidValue
from graph.journal import Command
from resolvers.claims import WORLDWIDE, never_none
from resolvers.context import Context
from resolvers.editing import checked
from resolvers.mandates import territory_codes
from resolvers.things import Thing
from resolvers.writing import Asked, Outcome, Refusals, carry_out, noting, ref_of
from standards.shares import WHOLE
from standards.territories import countries

MOST_ACQUIRERS: Final = 100

_NEVER_NONE: Final = frozenset({"kind", "share", "territories"})
_TERM: Final = {
    "validFrom": "valid_from",
    "validTo": "valid_to",
    "collectionTo": "collection_to",
}
_PLACES: Final = {"territories": "territories", "excludedTerritories": "excluded"}


async def record_agreement(
    context: Context, asked: Asked, deed: Deed, given: Mapping[str, Any]
) -> Outcome:
    """Record an agreement, by what is given of its period."""

    def make() -> Command:
        if len(deed.acquirers) > MOST_ACQUIRERS:
            message = f"acquirers: give at most {MOST_ACQUIRERS}"
            raise InvalidValue(message, path=("acquirers",))
        refused: list[CommandRefused] = []
        said: dict[str, Any] = {"territories": WORLDWIDE, "excluded": ()}
        with noting(refused):
            said |= {_TERM[name]: value for name, value in checked(given).items()}
        for name, own in _PLACES.items():
            with noting(refused):
                said[own] = territory_codes(getattr(deed, own), name)
        whole = replace(deed, **said)
        refused += whole.flaws()
        if refused:
            raise Refusals(tuple(refused))
        return RecordAgreement(whole)

    return await carry_out(context, asked, make)


async def revise_agreement(
    context: Context, asked: Asked, agreement: str, given: Mapping[str, Any]
) -> Outcome:
    """Have an agreement say what is given from now on; None takes away."""
    return await carry_out(
        context,
        asked,
        lambda: ReviseAgreement(agreement, _changes(given)),
        Thing("Agreement", agreement),
    )


async def end_agreement(
    context: Context, asked: Asked, agreement: str, at: str, collection_to: str | None
) -> Outcome:
    """Have an agreement's term end on a day."""
    return await carry_out(
        context,
        asked,
        lambda: EndAgreement(agreement, at, collection_to),
        Thing("Agreement", agreement),
    )


async def withdraw_agreement(context: Context, asked: Asked, agreement: str) -> Outcome:
    """Take an agreement back."""
    return await carry_out(
        context, asked, lambda: WithdrawAgreement(agreement), Thing("Agreement", agreement)
    )


def _changes(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is given of an agreement, as commands have it; raise Refusals for what nothing can be."""
    if wrong := never_none(given, _NEVER_NONE):
        raise Refusals(wrong)
    told = checked({name: given[name] for name in _TERM if name in given})
    found = {_TERM[name]: value for name, value in told.items()}
    found |= {name: given[name] for name in ("kind", "share") if name in given}
    for name, own in _PLACES.items():
        if name in given:
            found[own] = territory_codes(given[name] or (), name)
    return found


async def transfer_catalogue(  # noqa: PLR0913 - who sells what, where.
    context: Context,
    asked: Asked,
    seller: str,
    sale: Sale,
    *,
    right: str | None,
    assets: Sequence[Thing],
    territories: Sequence[str],
    excluded: Sequence[str],
) -> Outcome:
    """Sell what a party holds, or some of it."""

    def make() -> Command:
        if len(assets) > MOST_ASSETS:
            raise InvalidValue(f"assets: give at most {MOST_ASSETS}", path=("assets",))
        if sale.share is not None and not 0 < sale.share <= WHOLE:
            raise InvalidValue(f"A share that is sold is 1 to {WHOLE}.", path=("share",))
        if sale.collection_until and sale.collection_until <= sale.at:
            message = "The seller would stop collecting before the sale."
            raise InvalidValue(message, path=("collectionUntil",))
        codes = territory_codes(territories, "territories")
        without = territory_codes(excluded, "excludedTerritories")
        for flaw in territory_flaws(codes or WORLDWIDE, without):
            raise flaw
        where = replace(
            sale,
            named=countries(codes, ()) if codes else None,
            excluded=countries(without, ()) if without else frozenset(),
        )
        return TransferCatalogue(seller, where, right=right, assets=list(map(ref_of, assets)))

    buyer = Thing("Party", sale.buyer)
    outcome = await carry_out(context, asked, make, buyer)
    if any(each.path != ("buyerId",) for each in outcome.refusals):
        return replace(outcome, subject=buyer)  # Whatever else was merged, it is no buyer.
    return outcome
