"""Commands on mandates: granted and ended, by those who keep rights, or by the party itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graph.accounts.acting import ACTIVE, ENDED, Acting, has_ties, roles_in
from graph.accounts.cells import cells_of
from graph.editing import standing
from graph.errors import InvalidValue, NotAllowed, NotThere, RuleBroken
from graph.ids import random_id
from graph.journal import Command, Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.journal import Stage
    from graph.journal.stage import Properties

OF_PARTY: Final = """
OPTIONAL MATCH (organisation:Organisation {partyId: $party})
MATCH (membership:Membership {userId: $user})
WHERE membership.organisationId = organisation.id AND membership.status = 'ACTIVE'
  AND membership.role = 'ADMIN' AND coalesce(membership.validFrom, '') <= $today
  AND coalesce(membership.validTo, '~') > $today
RETURN count(membership) AS rows
"""
OTHERS: Final = """
OPTIONAL MATCH (mandate:Mandate {organisationId: $organisation})
WHERE mandate.partyId = $party AND mandate.status = 'ACTIVE'
RETURN collect(properties(mandate)) AS rows
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a mandate is about; no rights are all rights, no territories the world; [from, to)."""

    organisation: str
    party: str
    rights: Sequence[str] = ()
    territories: Sequence[str] = ()
    excluded: Sequence[str] = ()
    valid_from: str | None = None
    valid_to: str | None = None


class GrantMandate(Command):
    """Have an organisation act for a party; refuses NotThere, NotAllowed, InvalidValue and RuleBroken."""

    def __init__(self, acting: Acting, terms: Terms) -> None:
        self._acting = acting
        self._terms = terms
        self._ref = Ref("Mandate", random_id())
        self._organisation = Ref("Organisation", terms.organisation)
        self._party = Ref("Party", terms.party)
        self.reads = (self._organisation, self._party)

    async def run(self, stage: Stage) -> Ref:
        """Grant it."""
        terms = self._terms
        await standing(stage, self._party, path=("partyId",))
        # A party is for everybody to see: nothing is told by saying that it is not theirs.
        owned = await _speaks_for(stage, self._acting, terms.party, path=("partyId",), member=True)
        had = await standing(stage, self._organisation, path=("organisationId",))
        if not owned and await has_ties(stage, self._acting.user, terms.organisation):
            raise NotAllowed(
                "Nobody grants their own organisation a mandate.", path=("organisationId",)
            )
        if had.get("partyId") == terms.party:
            message = "It is that party, and needs no mandate of itself."
            raise RuleBroken(message, path=("organisationId",), rule="OWN_PARTY")
        told = _properties(terms)
        others: list[Properties] = await stage.read(
            "other mandates", OTHERS, organisation=terms.organisation, party=terms.party
        )
        if any(_overlap(told, other) for other in others):
            message = "It has a mandate already for some of that."
            raise RuleBroken(message, path=(), rule="MANDATE_TWICE")
        stage.create(self._ref, told, action="GRANTED")
        return self._ref


class EndMandate(Command):
    """End a mandate; refuses NotThere, NotAllowed, VersionConflict and RuleBroken."""

    def __init__(self, acting: Acting, mandate: str, *, expected: int | None) -> None:
        self._acting = acting
        self._ref = Ref("Mandate", mandate)
        self.reads = (self._ref,)
        self._expected = expected

    async def run(self, stage: Stage) -> Ref:
        """End it."""
        had = await standing(stage, self._ref)
        member = bool(await roles_in(stage, self._acting.user, had["organisationId"]))
        await _speaks_for(stage, self._acting, had["partyId"], path=("id",), member=member)
        await standing(stage, self._ref, expected=self._expected)
        if had["status"] != ACTIVE:
            raise RuleBroken("It is over already.", path=("id",), rule="MANDATE_OVER")
        await stage.change(self._ref, {"status": ENDED}, action=ENDED)
        return self._ref


async def _speaks_for(
    stage: Stage, acting: Acting, party: str, *, path: tuple[str, ...], member: bool = False
) -> bool:
    """Say whether who acts is an admin of the party's own organisation.

    Raises unless they are, or keep all parties' rights: NotAllowed to members of what it is about, and to
    others NotThere.
    """
    day = stage.now.date().isoformat()
    owned = await stage.read(
        "admins of a party", OF_PARTY, party=party, user=acting.user, today=day
    )
    if owned or acting.everything or acting.entitled:
        return bool(owned)
    if member:
        raise NotAllowed("Only the party's own organisation may do that.", path=path)
    raise NotThere("There is no such thing.", path=path)


def _properties(terms: Terms) -> Properties:
    begin, end = terms.valid_from, terms.valid_to
    if begin is not None and end is not None and end <= begin:
        raise InvalidValue("It would end before it begins.", path=("validTo",))
    cells = cells_of(terms.territories or ("2136",), terms.excluded)
    if cells == []:
        raise InvalidValue("It would hold nowhere.", path=("excludedTerritories",))
    return {
        "organisationId": terms.organisation,
        "partyId": terms.party,
        "rights": sorted(set(terms.rights)) or None,
        "territories": list(dict.fromkeys(terms.territories)) or None,
        "excludedTerritories": list(dict.fromkeys(terms.excluded)) or None,
        "cells": cells,
        "validFrom": begin,
        "validTo": end,
        "status": ACTIVE,
    }


def _overlap(one: Properties, other: Properties) -> bool:
    """Say whether two mandates have a right, a country and a day in common."""
    return (
        _meet(one.get("rights"), other.get("rights"))
        and _meet(one.get("cells"), other.get("cells"))
        and (one.get("validFrom") or "") < (other.get("validTo") or "~")
        and (other.get("validFrom") or "") < (one.get("validTo") or "~")
    )


def _meet(one: Any, other: Any) -> bool:
    """Say whether two lists, of which none is of everything, have something in common."""
    return one is None or other is None or not set(one).isdisjoint(other)
