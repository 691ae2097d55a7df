"""Who may claim what, decided inside the transaction that claims it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graph.errors import NotAllowed, NotThere
from standards.territories import WORLD, countries

if TYPE_CHECKING:
    from graph.claiming.records import Claim
    from graph.claiming.terms import Terms
    from graph.journal import Stage

MANDATED: Final = """
OPTIONAL MATCH (own:Organisation)
WHERE own.id IN $organisations AND (
  own.partyId = $party OR EXISTS { MATCH (:Redirect {id: own.partyId, to: $party}) }
)
WITH count(own) AS own
OPTIONAL MATCH (mandate:Mandate)
WHERE mandate.organisationId IN $organisations AND mandate.status = 'ACTIVE'
  AND coalesce(mandate.validFrom, '') <= $today AND coalesce(mandate.validTo, '~') > $today
  AND (mandate.partyId = $party OR EXISTS { MATCH (:Redirect {id: mandate.partyId, to: $party}) })
WITH own, collect(properties(mandate)) AS mandates
RETURN [own > 0, mandates] AS rows
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Who acts: our id, whether for any party, or else the organisations by whose mandates.

    Who `sees_all` claims is told of those that they may not write, too.
    """

    user: str
    anybody: bool = False
    sees_all: bool = False
    organisations: tuple[str, ...] = ()

    async def check(
        self, stage: Stage, party: str, terms: Terms, *, path: tuple[str, ...] = ("partyId",)
    ) -> None:
        """Raise NotAllowed unless all of a party's claim is within a mandate, or of their own party."""
        if self.anybody:
            return
        own, mandates = await self._mandates(stage, party)
        if not own and not any(_within(terms, each) for each in mandates):
            message = "That is not within a mandate that your organisations have."
            raise NotAllowed(message, path=path)

    async def check_seen(self, stage: Stage, claim: Claim, terms: Terms) -> None:
        """Raise NotThere for a claim that they do not see, and NotAllowed as `check` does."""
        if self.anybody:
            return
        own, mandates = await self._mandates(stage, claim.party)
        if own or any(_within(terms, each) for each in mandates):
            return
        if self.sees_all or any(_meets(terms, each) for each in mandates):
            message = "It reaches beyond the mandates that your organisations have."
            raise NotAllowed(message, path=("id",))
        raise NotThere("There is no such thing.", path=("id",))

    async def _mandates(self, stage: Stage, party: str) -> tuple[bool, Sequence[Mapping[str, Any]]]:
        own, mandates = await stage.read(
            "mandates of a party",
            MANDATED,
            organisations=list(self.organisations),
            party=party,
            today=stage.now.date().isoformat(),
        )
        return own, mandates


def _within(terms: Terms, mandate: Mapping[str, Any]) -> bool:
    """Say whether all of a claim is within a mandate."""
    return (
        _of_right(terms, mandate)
        and terms.countries <= _countries(mandate)
        and (mandate.get("validFrom") or "") <= (terms.valid_from or "")
        and (terms.valid_to or "~") <= (mandate.get("validTo") or "~")
    )


def _meets(terms: Terms, mandate: Mapping[str, Any]) -> bool:
    """Say whether some of a claim is within a mandate, as `graph.mandates.WITHIN` does."""
    return (
        _of_right(terms, mandate)
        and not terms.countries.isdisjoint(_countries(mandate))
        and (mandate.get("validFrom") or "") < (terms.valid_to or "~")
        and (terms.valid_from or "") < (mandate.get("validTo") or "~")
    )


def _of_right(terms: Terms, mandate: Mapping[str, Any]) -> bool:
    rights = mandate.get("rights")
    return rights is None or terms.right in rights


def _countries(mandate: Mapping[str, Any]) -> frozenset[int]:
    included = mandate.get("territories") or [str(WORLD)]
    return countries(tuple(included), tuple(mandate.get("excludedTerritories") or ()))
