"""Conflicts settled as claims land: those about the assets that a batch of facts is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, LiteralString

from graph import settling
from graph.client import Graph
from graph.facts.assertions import ClaimFact
from graph.facts.landing import SURVIVORS_OF, Fact
from graph.facts.registrations import RegistrationFact
from graph.transactions import Transaction

# Assets whose claims are held at a time.
_ASSETS: Final = 500
_LABELS: Final[tuple[LiteralString, ...]] = ("Recording", "Work")
_STANDING: Final = ("ASSERTED", "DISPUTED")

# Those that came in with these very facts: nothing stands on them but what the facts say.
NEW_ASSETS: Final[Mapping[str, LiteralString]] = {
    label: f"""
UNWIND $rows AS row
MATCH (thing:{label} {{id: row.id}})
WHERE thing.recordedAt = $recordedAt AND COUNT {{ (thing)<-[:ON]-() }} = row.claims
  AND COUNT {{ (thing)<-[:REGISTERS]-() }} = row.registrations
  AND NOT EXISTS {{ (thing)<-[:ABOUT]-() }}
RETURN collect(row.id) AS rows"""
    for label in _LABELS
}


class Landing:
    """What a batch says of the claims on one asset, as far as it goes."""

    def __init__(self) -> None:
        self.claims: dict[str, ClaimFact] = {}
        self.registrations: dict[str, RegistrationFact] = {}

    def told(self) -> settling.Claims:
        """Return what stands on the asset, where that is all."""
        return settling.Claims(
            [
                _row(each)
                for each in self.claims.values()
                if each.status in _STANDING and each.recorded_to is None
            ],
            [
                breach
                for each in self.registrations.values()
                for breach in settling.breaches_of(each.id, each.broken_at)
            ],
        )


class Settling:
    """The conflicts of one batch's assets; what became of them is that of the last attempt."""

    def __init__(self, assets: Mapping[str, Mapping[str, Landing]], recorded_at: datetime) -> None:
        self._assets = assets
        self._recorded_at = recorded_at
        self.settled = settling.Settled()

    async def run(self, transaction: Transaction) -> None:
        """Settle them in the transaction in which the claims change."""
        self.settled = settling.Settled()
        now = datetime.now(UTC)
        for label, landings in self._assets.items():
            ids = sorted(landings)
            for start in range(0, len(ids), _ASSETS):
                part = ids[start : start + _ASSETS]
                new = await self._new(transaction, label, {id_: landings[id_] for id_ in part})
                found = await settling.settle_conflicts(transaction, label, part, now=now, new=new)
                self.settled.add(found)

    async def _new(
        self, transaction: Transaction, label: str, landings: Mapping[str, Landing]
    ) -> dict[str, settling.Claims]:
        """Return what stands on those that are new; one registered twice has claims that ended at once."""
        rows = [
            {"id": id_, "claims": len(each.claims), "registrations": len(each.registrations)}
            for id_, each in landings.items()
            if len(each.registrations) <= 1
        ]
        new: list[str] = await transaction.read(
            "new assets", NEW_ASSETS[label], rows=rows, recordedAt=self._recorded_at
        )
        return {id_: landings[id_].told() for id_ in new}


async def claimed(
    graph: Graph, facts: Iterable[Fact], merged: Iterable[tuple[str, str]]
) -> dict[str, Mapping[str, Landing]]:
    """Return the assets, by label and id, whose claims are others once the facts are stored.

    That is of what is claimed, what is registered (which may end claims), and what others were merged into.
    """
    found: dict[str, defaultdict[str, Landing]] = {label: defaultdict(Landing) for label in _LABELS}
    for fact in facts:
        if isinstance(fact, ClaimFact):
            found[fact.asset][fact.asset_id].claims[fact.id] = fact
        elif isinstance(fact, RegistrationFact) and fact.work_id is not None:
            found["Work"][fact.work_id].registrations[fact.id] = fact
    for label, landings in found.items():
        gone = sorted(each for its, each in merged if its == label)
        if gone:
            for _, survivor in await graph.read("survivors", SURVIVORS_OF, ids=gone):
                landings.setdefault(survivor, Landing())
    return {label: landings for label, landings in found.items() if landings}


def _row(claim: ClaimFact) -> Sequence[Any]:
    """Return a claim as it is read to be settled."""
    known = {
        "id": claim.id,
        "party": claim.party_id,
        "right": claim.right,
        "kind": claim.kind,
        "share": claim.share,
        "valid_from": claim.valid_from,
        "valid_to": claim.valid_to,
        "role": claim.role,
        "disputed": claim.status == "DISPUTED",
        "registration": claim.registration,
        "position": claim.position,
        "chain": claim.chain,
    }
    return known, claim.territories, claim.excluded_territories
