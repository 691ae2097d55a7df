"""Mandates: granted and ended, and what a rightsholder sees by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any, Final

from graph.accounts.mandating import EndMandate, GrantMandate, Terms
from graph.errors import InvalidValue
from graph.journal import Command
from graph.mandates import claims_seen, mandated, mandates_seen
from resolvers.accounts import acting
from resolvers.context import Context
from resolvers.editing import checked
from resolvers.permission import MANDATING, ORGANISATIONS, RIGHTS, Viewer
from resolvers.things import Thing
from resolvers.writing import Asked, Outcome, Refusals, carry_out
from standards.territories import UnknownTerritory, territory

MOST_TERRITORIES: Final = 300


async def grant_mandate(
    context: Context, asked: Asked, terms: Terms, given: Mapping[str, Any]
) -> Outcome:
    """Have an organisation act for a party, by what is given of the terms."""

    def make() -> Command:
        told = checked(given)
        whole = replace(
            terms,
            territories=territory_codes(terms.territories, "territories"),
            excluded=territory_codes(terms.excluded, "excludedTerritories"),
            valid_from=told.get("validFrom"),
            valid_to=told.get("validTo"),
        )
        return GrantMandate(_acting(context), whole)

    return await carry_out(context, asked, make)


async def end_mandate(
    context: Context, asked: Asked, mandate: str, expected: int | None
) -> Outcome:
    """End a mandate."""
    return await carry_out(
        context,
        asked,
        lambda: EndMandate(_acting(context), mandate, expected=expected),
        Thing("Mandate", mandate),
    )


async def see_mandates(context: Context, ids: Sequence[str]) -> AbstractSet[str]:
    """Return those of the mandates that the viewer may see: of their organisations, and of its party."""
    if context.viewer.may(ORGANISATIONS):
        return frozenset(ids)
    user = context.viewer.user
    return await mandates_seen(context.loaders.graph, user, ids) if user else frozenset()


async def see_claims(context: Context, ids: Sequence[str]) -> AbstractSet[str]:
    """Return those of the claims that the viewer may see: within their mandates, unless they see all."""
    if context.viewer.may(RIGHTS):
        return frozenset(ids)
    return await claims_seen(context.loaders.graph, context.viewer.acts_for, ids)


def within_mandates(viewer: Viewer) -> Mapping[str, Any]:
    """Return the filters of a list of claims for a viewer: none where they see all of them."""
    return {} if viewer.may(RIGHTS) else {"mandated": mandated(viewer.acts_for)}


def _acting(context: Context) -> Any:
    return acting(context.viewer, entitled=context.viewer.may(MANDATING))


def territory_codes(codes: Sequence[str], argument: str) -> tuple[str, ...]:
    """Return codes in their normal form; raise Refusals for those that there are not."""
    if len(codes) > MOST_TERRITORIES:
        message = f"{argument}: give at most {MOST_TERRITORIES}"
        raise InvalidValue(message, path=(argument,))
    found: list[str] = []
    wrong: list[InvalidValue] = []
    for index, code in enumerate(codes):
        try:
            found.append(territory(code).code)
        except UnknownTerritory:
            message = f"{argument}: give ISO 3166-1 alpha-2, or a TIS number"
            wrong.append(InvalidValue(message, path=(argument, str(index))))
    if wrong:
        raise Refusals(tuple(wrong))
    return tuple(found)
