"""Agreements recorded: what a party passes to others, and keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graph.claiming.claims import usable
from graph.claiming.terms import period_flaws, territory_flaws
from graph.editing import CREATED
from graph.errors import InvalidValue, RuleBroken
from graph.ids import random_id
from graph.journal import Command, Ref
from graph.journal.stage import VERSION, Recorded
from graph.sources import EDITORS
from standards.shares import InvalidShare, is_complete, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.errors import CommandRefused
    from graph.journal import Stage
    from graph.journal.stage import Properties

ASSIGNMENT: Final = "ASSIGNMENT"
AGREEMENT_KINDS: Final = (ASSIGNMENT, "ADMINISTRATION", "DISTRIBUTION", "LICENCE", "PUBLISHING")

AGREE: Final = """
UNWIND $rows AS row
MATCH (assignor:Party {id: $assignor})
MATCH (acquirer:Party {id: row.acquirer})
CREATE (assignor)-[:ASSIGNS {sourceId: $sourceId, recordedAt: $recordedAt}]->
  (agreement:Agreement {id: row.id})
  -[:ACQUIRED_BY {sourceId: $sourceId, recordedAt: $recordedAt}]->(acquirer)
SET agreement += row.properties,
  agreement.sourceId = $sourceId, agreement.recordedAt = $recordedAt
"""
PASSES: Final = """
UNWIND $acquirers AS id
MATCH (assignor:Party {id: $assignor})
MATCH (acquirer:Party {id: id})
OPTIONAL MATCH (assignor)-[old:PASSES_TO]->(acquirer)
WITH assignor, acquirer, old WHERE old IS NULL
CREATE (assignor)-[:PASSES_TO {sourceId: $sourceId, recordedAt: $recordedAt}]->(acquirer)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is agreed: who keeps and gets how much (1/100 %) of each right, where, and for how long.

    Without rights it is about every right. `collection_to` ends what is collected after the term.
    """

    assignor: str
    kept: int
    acquirers: Sequence[tuple[str, int]]
    kind: str
    rights: Sequence[str] = ()
    territories: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    collection_to: str | None = None

    def flaws(self) -> Iterator[CommandRefused]:
        """Yield what is wrong with it; W11 has a party that acquires, a territory, and all of each right."""
        if self.kind not in AGREEMENT_KINDS:
            yield InvalidValue("Nothing is agreed so.", path=("kind",))
        if not self.acquirers:
            yield RuleBroken("Somebody acquires.", path=("acquirers",), rule="W11")
        if not self.territories:
            yield RuleBroken("It holds somewhere.", path=("territories",), rule="W11")
        else:
            yield from territory_flaws(self.territories, self.excluded)
        yield from period_flaws(self.valid_from, self.valid_to)
        if self.collection_to and (not self.valid_to or self.collection_to < self.valid_to):
            message = "What is collected after the term ends after it."
            yield InvalidValue(message, path=("collectionTo",))
        yield from self._wrong_shares()

    def _wrong_shares(self) -> Iterator[CommandRefused]:
        told: list[tuple[tuple[str, ...], int]] = [(("kept",), self.kept)]
        known = {self.assignor}
        for index, (acquirer, acquired) in enumerate(self.acquirers):
            place = ("acquirers", str(index))
            told.append(((*place, "share"), acquired))
            if acquirer in known:
                message = "Each party of an agreement stands in it once."
                yield InvalidValue(message, path=(*place, "partyId"))
            known.add(acquirer)
        for path, each in told:
            try:
                share(each)
            except InvalidShare as error:
                yield InvalidValue(str(error), path=path)
        total = sum(each for _, each in told)
        if not is_complete(total) or not total:
            message = f"The assignor and the acquirers have {total} of 10000 together."
            yield RuleBroken(message, path=("acquirers",), rule="W11")


class RecordAgreement(Command):
    """Record what a party agreed with others: an agreement for each of them, and each right.

    Refuses NotThere, Merged, Retired, InvalidValue, and RuleBroken (W11).
    """

    def __init__(self, deed: Deed) -> None:
        self._deed = deed
        self._assignor = Ref("Party", deed.assignor)
        self._acquirers = [Ref("Party", each) for each, _ in deed.acquirers]
        self.reads = (self._assignor, *self._acquirers)

    async def run(self, stage: Stage) -> Ref:
        """Record it; it is about the first of the agreements."""
        deed = self._deed
        for flaw in deed.flaws():
            raise flaw
        await usable(stage, self._assignor, path=("assignorId",))
        for index, acquirer in enumerate(self._acquirers):
            await usable(stage, acquirer, path=("acquirers", str(index), "partyId"))
        rows: list[dict[str, Any]] = [
            {"id": random_id(), "acquirer": acquirer, "properties": _properties(deed, right, got)}
            for acquirer, got in deed.acquirers
            for right in deed.rights or (None,)
        ]
        given = {"assignor": deed.assignor, "sourceId": EDITORS, "recordedAt": stage.now}
        await stage.write("record agreements", AGREE, rows=rows, **given)
        if deed.kind == ASSIGNMENT:
            acquirers = [each for each, _ in deed.acquirers]
            await stage.write("record agreements", PASSES, acquirers=acquirers, **given)
        for row in rows:
            after = {**row["properties"], "assignor": deed.assignor, "acquirer": row["acquirer"]}
            del after[VERSION]
            ref = Ref("Agreement", row["id"])
            stage.record(Recorded(action=CREATED, ref=ref, version=1, before={}, after=after))
        return Ref("Agreement", rows[0]["id"])


def _properties(deed: Deed, right: str | None, acquired: int) -> Properties:
    told = {
        "kind": deed.kind,
        "right": right,
        "share": acquired,
        "territories": list(deed.territories),
        "excludedTerritories": list(deed.excluded) or None,
        "validFrom": deed.valid_from,
        "validTo": deed.valid_to,
        "collectionTo": deed.collection_to,
        "status": "ASSERTED",
        VERSION: 1,
    }
    return {name: value for name, value in told.items() if value is not None}
