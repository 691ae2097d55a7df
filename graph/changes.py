"""Changes: the journal's records as they are listed, in the order of commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from graph import things
from graph.client import Graph
from graph.columns import Columns
from graph.listings import Listing, Order


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One change of one thing; `details` is JSON of what differs and why, or null once erased."""

    id: str
    sequence: int
    at: str
    action: str
    type: str
    thing_id: str
    version: int
    actor: str
    on_behalf_of: str | None
    source: str
    trace_id: str | None
    details: str | None


_CHANGE: Final = Columns(
    "change",
    id="change.id",
    sequence="change.sequence",
    at="change.at",
    action="change.action",
    type="change.type",
    thing_id="change.subject",
    version="change.version",
    actor="change.actor",
    on_behalf_of="change.onBehalfOf",
    source="change.source",
    trace_id="change.traceId",
    details="change.details",
)
# The only key: no two changes have the same, and indexes of it are all that reading takes.
_ORDERS: Final = {"SEQUENCE": Order(("change.sequence",), every="change.sequence >= 1")}
_FILTERS: Final[Mapping[str, LiteralString]] = {"types": "change.type IN $types"}
# A scan may pass a place before what belongs there is committed, and still meet what came after it.
# Up to a sequence that was read first, all that there is to see is there.
_UNTIL: Final[Mapping[str, LiteralString]] = {"until": "change.sequence <= $until"}

_STARTS: Final[Mapping[str, LiteralString]] = {
    **things.START,
    "Claim": "UNWIND $ids AS key\nMATCH (thing:Claim {id: key})",
    "Agreement": "UNWIND $ids AS key\nMATCH (thing:Agreement {id: key})",
    "Conflict": "UNWIND $ids AS key\nMATCH (thing:Conflict {id: key})",
}

CHANGES: Final = Listing(
    summary="changes",
    make=ChangeRow,
    match="MATCH (change:Change)",
    by_id="UNWIND $found AS id\nMATCH (change:Change {sequence: id})",
    row=_CHANGE,
    carry="change",
    orders=_ORDERS,
    filters={**_FILTERS, **_UNTIL},
)
CHANGES_BY_THING: Final[Mapping[str, Listing[ChangeRow]]] = {
    label: Listing(
        summary="changes by thing",
        make=ChangeRow,
        start=start,
        match="MATCH (change:Change {subject: thing.id})",
        row=_CHANGE,
        carry="change",
        orders=_ORDERS,
        filters=_FILTERS,
    )
    for label, start in _STARTS.items()
}
"""The changes of a thing, by the thing's label."""

CHANGES_BETWEEN: Final[LiteralString] = f"""
MATCH (change:Change)
WHERE change.sequence > $after AND change.sequence <= $until
WITH change ORDER BY change.sequence
RETURN collect({_CHANGE.literal}) AS rows
"""

NEWEST_CHANGE: Final = """
OPTIONAL MATCH (journal:Journal {id: 'journal'})
RETURN coalesce(journal.sequence, 0) AS rows
"""


async def newest_change(graph: Graph) -> int:
    """Return the sequence of the newest change, 0 where there is none."""
    return await graph.read("newest change", NEWEST_CHANGE)


async def changes_between(graph: Graph, after: int, until: int) -> list[ChangeRow]:
    """Return the changes after one and up to another, in order, as far as they are committed.

    Only what nothing is missing before is returned: none is passed by that is not seen yet.
    """
    rows: list[dict[str, Any]] = await graph.read(
        "changes between", CHANGES_BETWEEN, after=after, until=until
    )
    return [
        ChangeRow(**row)
        for expected, row in enumerate(rows, after + 1)
        if row["sequence"] == expected
    ]
