"""Records of agreements: found, begun, and held against what their assignor passes on already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graph.claiming.deeds import ASSIGNMENT, Agreed
from graph.claiming.passing import Passed, over
from graph.claiming.records import STANDING
from graph.editing import CREATED
from graph.errors import PassedOn
from graph.ids import random_id
from graph.journal import Ref
from graph.journal.stage import VERSION, Recorded
from graph.sources import EDITORS
from standards.territories import countries

if TYPE_CHECKING:
    from graph.journal import Stage
    from graph.journal.stage import Properties

HELD: Final = "HELD"
"""The rule that nobody sells, or passes on, more than they hold on the day."""

MOST_IN_THE_WAY: Final = 100
"""The agreements that a refusal names."""

_TOLD: Final = 5

Told = TypeVar("Told")

AGREEMENT: Final = """
MATCH (assignor:Party)-[:ASSIGNS]->(agreement:Agreement {id: $id})-[:ACQUIRED_BY]->(acquirer:Party)
RETURN collect([assignor.id, acquirer.id, properties(agreement)]) AS rows
"""
BEGIN: Final = """
UNWIND $rows AS row
MATCH (assignor:Party {id: row.assignor})
MATCH (acquirer:Party {id: row.acquirer})
CREATE (assignor)-[:ASSIGNS {sourceId: $sourceId, recordedAt: $recordedAt}]->
  (agreement:Agreement {id: row.id})
  -[:ACQUIRED_BY {sourceId: $sourceId, recordedAt: $recordedAt}]->(acquirer)
SET agreement += row.properties,
  agreement.sourceId = $sourceId, agreement.recordedAt = $recordedAt
"""
PASSES: Final = """
UNWIND $rows AS row
WITH DISTINCT row.assignor AS giver, row.acquirer AS taker
MATCH (assignor:Party {id: giver})
MATCH (acquirer:Party {id: taker})
OPTIONAL MATCH (assignor)-[old:PASSES_TO]->(acquirer)
WITH assignor, acquirer, old WHERE old IS NULL
CREATE (assignor)-[:PASSES_TO {sourceId: $sourceId, recordedAt: $recordedAt}]->(acquirer)
"""
PASSED_ON: Final = """
MATCH (assignor:Party {id: $assignor})-[:ASSIGNS]->(agreement:Agreement)-[:ACQUIRED_BY]->(acquirer:Party)
WHERE agreement.recordedTo IS NULL AND agreement.status IN ['ASSERTED', 'DISPUTED']
  AND agreement.kind = $kind
  AND coalesce(agreement.validFrom, '') < $until AND coalesce(agreement.validTo, '~') > $since
WITH agreement, acquirer ORDER BY agreement.id
RETURN collect([
  agreement.id, acquirer.name, agreement.right, agreement.share,
  coalesce(agreement.territories, []), coalesce(agreement.excludedTerritories, []),
  agreement.validFrom, agreement.validTo
]) AS rows
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One agreement: between whom, and its properties as they are stored."""

    assignor: str
    acquirer: str
    properties: Properties
    id: str = field(default_factory=random_id)

    @property
    def ref(self) -> Ref:
        """The agreement as the journal names it."""
        return Ref("Agreement", self.id)

    @property
    def stands(self) -> bool:
        """Whether it has not ended."""
        own = self.properties
        return own["status"] in STANDING and own.get("recordedTo") is None


def made(assignor: str, acquirer: str, agreed: Agreed, **more: Any) -> Agreement:
    """Return an agreement that says so."""
    properties = {**agreed.properties(), **more}
    return Agreement(
        assignor=assignor,
        acquirer=acquirer,
        properties={name: value for name, value in properties.items() if value is not None},
    )


async def agreement_of(stage: Stage, id_: str) -> Agreement | None:
    """Return an agreement as it is, or None where there is none."""
    rows: list[Sequence[Any]] = await stage.read("agreements to change", AGREEMENT, id=id_)
    for assignor, acquirer, properties in rows:
        return Agreement(assignor=assignor, acquirer=acquirer, properties=properties, id=id_)
    return None


async def begin_agreements(stage: Stage, agreements: Sequence[Agreement]) -> None:
    """Store agreements that begin now; an assignment is a way that shares can go from then on."""
    rows: list[dict[str, Any]] = [
        {
            "id": each.id,
            "assignor": each.assignor,
            "acquirer": each.acquirer,
            "properties": {**each.properties, VERSION: 1},
        }
        for each in agreements
    ]
    given = {"sourceId": EDITORS, "recordedAt": stage.now}
    await stage.write("record agreements", BEGIN, rows=rows, **given)
    passing = [row for row in rows if row["properties"]["kind"] == ASSIGNMENT]
    if passing:
        await stage.write("record agreements", PASSES, rows=passing, **given)
    for each in agreements:
        after = {**each.properties, "assignor": each.assignor, "acquirer": each.acquirer}
        stage.record(Recorded(action=CREATED, ref=each.ref, version=1, before={}, after=after))


def day_after(day: str) -> str:
    """Return a text that is after a day, and before the next: the last of all days has none after it."""
    return f"{day}~"


async def passed_on(
    stage: Stage, assignor: str, since: str | None = None, until: str | None = None
) -> list[Passed]:
    """Return the assignments of a party that stand and are in force on days [from, to)."""
    rows: list[Sequence[Any]] = await stage.read(
        "shares passed on",
        PASSED_ON,
        assignor=assignor,
        kind=ASSIGNMENT,
        since=since or "",
        until=until or "~",
    )
    return [
        Passed(
            id=id_,
            acquirer=acquirer,
            right=right,
            share=share,
            countries=countries(tuple(included), tuple(excluded)),
            valid_from=valid_from,
            valid_to=valid_to,
        )
        for id_, acquirer, right, share, included, excluded, valid_from, valid_to in rows
    ]


async def check_passed(
    stage: Stage,
    begun: Sequence[Agreement],
    ended: frozenset[str] = frozenset(),
    *,
    path: tuple[str, ...],
) -> None:
    """Raise PassedOn where agreements of one assignor, that would begin alike, have it pass on too much.

    That is more than all of a right in some country on some day, and more than it passes on there now.
    """
    new = [_passed(each) for each in begun if each.properties["kind"] == ASSIGNMENT]
    if not new:
        return
    standing = await passed_on(stage, begun[0].assignor, new[0].valid_from, new[0].valid_to)
    found = over(standing, ended, new)
    if not found:
        return
    others = dict.fromkeys(other.id for each in found for other in each.others)
    raise PassedOn(
        f"It would pass on more than all: {some_of(found)}",
        path=path,
        rule=HELD,
        agreements=tuple(others)[:MOST_IN_THE_WAY],
    )


def some_of(found: Sequence[Told], said: Callable[[Told], str] = str) -> str:
    """Return the first few in words, and how many more there are: the end of a sentence."""
    more = len(found) - _TOLD
    return "; ".join(map(said, found[:_TOLD])) + (f"; and {more} more." if more > 0 else ".")


def _passed(agreement: Agreement) -> Passed:
    agreed = Agreed.of(agreement.properties)
    return Passed(
        id=agreement.id,
        acquirer=agreement.acquirer,
        right=agreed.right,
        share=agreed.share,
        countries=agreed.countries,
        valid_from=agreed.valid_from,
        valid_to=agreed.valid_to,
    )
