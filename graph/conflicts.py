"""Conflicts among claims: what is stored of them, and how they are listed and found by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString, NamedTuple

from graph import things
from graph.client import Graph
from graph.columns import Columns
from graph.listings import Listing, Order
from graph.rights import ASSET_STARTS
from graph.things import ById


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """One conflict: `cells` are texts that `cells_of` reads, parties and evidence are ids."""

    id: str
    asset_label: str
    asset_id: str
    kind: str
    rule: str
    right: str
    party_ids: list[str]
    claim_ids: list[str]
    cells: list[str]
    status: str
    deadline: str | None
    opened_at: str
    resolved_at: str | None
    resolution: str | None
    resolved_by: str | None
    recorded_at: str
    source_id: str


class CellRange(NamedTuple):
    """Cells of a conflict: countries by short lists of codes, days [from, to), the claims' total there."""

    valid_from: str | None
    valid_to: str | None
    total: int
    territories: tuple[str, ...]
    excluded_territories: tuple[str, ...]

    def text(self) -> str:
        """Return it as it is stored."""
        parts = (
            self.valid_from or "",
            self.valid_to or "",
            str(self.total),
            ",".join(self.territories),
            ",".join(self.excluded_territories),
        )
        return "|".join(parts)


def cells_of(text: str) -> CellRange:
    """Return what a stored text of cells says; raise ValueError for one that says nothing."""
    since, until, total, included, excluded = text.split("|")
    return CellRange(
        since or None,
        until or None,
        int(total),
        tuple(filter(None, included.split(","))),
        tuple(filter(None, excluded.split(","))),
    )


CONFLICT: Final = Columns(
    "conflict",
    id="conflict.id",
    asset_label="head(labels(asset))",
    asset_id="asset.id",
    kind="conflict.kind",
    rule="conflict.rule",
    right="conflict.right",
    party_ids="conflict.parties",
    claim_ids="conflict.evidence",
    cells="conflict.cells",
    status="conflict.status",
    deadline="conflict.deadline",
    opened_at="toString(conflict.openedAt)",
    resolved_at="toString(conflict.resolvedAt)",
    resolution="conflict.resolution",
    resolved_by="conflict.resolvedBy",
    recorded_at="toString(conflict.recordedAt)",
    source_id="conflict.sourceId",
)
_ORDERS: Final = {"DEADLINE": Order(("coalesce(conflict.deadline, '')", "conflict.id"))}
_FILTERS: Final[Mapping[str, LiteralString]] = {
    "kind": "conflict.kind = $kind",
    "status": "conflict.status = $status",
    "right": "conflict.right = $right",
}

# Whose a conflict is, is told by its evidence: that moves with its party where one is merged. What is no
# list is one of itself.
_OF_PARTY: Final = """<-[:CLAIMED_BY]-(claim:Claim)-[:ON]->(asset)<-[:ABOUT]-(conflict:Conflict)
WHERE claim.id IN [] + conflict.evidence
WITH DISTINCT conflict, asset"""

CONFLICTS: Final = Listing(
    summary="conflicts",
    make=ConflictRow,
    match="MATCH (conflict:Conflict)-[:ABOUT]->(asset)",
    row=CONFLICT,
    carry="conflict, asset",
    orders=_ORDERS,
    filters=_FILTERS,
    entries={
        "party": """OPTIONAL MATCH (redirect:Redirect {id: $party})
WITH coalesce(redirect.to, $party) AS partyId
MATCH (:Party {id: partyId})"""
        + _OF_PARTY
    },
)
CONFLICTS_BY_PARTY: Final = Listing(
    summary="conflicts by party",
    make=ConflictRow,
    start=things.PARTY,
    match="MATCH (thing)" + _OF_PARTY,
    row=CONFLICT,
    carry="conflict, asset",
    orders=_ORDERS,
    filters=_FILTERS,
)
CONFLICTS_BY_ASSET: Final[Mapping[str, Listing[ConflictRow]]] = {
    label: Listing(
        summary="conflicts by asset",
        make=ConflictRow,
        start=start,
        match="MATCH (thing)<-[:ABOUT]-(conflict:Conflict)\nWITH conflict, thing AS asset",
        row=CONFLICT,
        carry="conflict, asset",
        orders=_ORDERS,
        filters=_FILTERS,
    )
    for label, start in ASSET_STARTS.items()
}
"""The conflicts about an asset, by the asset's label."""

CONFLICTS_BY_ID: Final = ById(
    summary="conflicts by id",
    make=ConflictRow,
    find="UNWIND $ids AS key\nMATCH (conflict:Conflict {id: key})-[:ABOUT]->(asset)",
    row=CONFLICT,
    carry="conflict, asset",
)


class ConflictCells(NamedTuple):
    """Where and when a conflict is, and the instants (texts) at which it was opened and resolved."""

    id: str
    right: str
    cells: list[str]
    openings: list[str]
    closings: list[str] | None


CONFLICT_CELLS: Final[Mapping[str, LiteralString]] = {
    label: f"""{start}
MATCH (thing)<-[:ABOUT]-(conflict:Conflict)
WITH key, conflict ORDER BY conflict.id
RETURN collect([key, [conflict.id, conflict.right, conflict.cells, conflict.openings, conflict.closings]])
  AS rows"""
    for label, start in ASSET_STARTS.items()
}


async def conflict_cells(
    graph: Graph, label: str, ids: Sequence[str]
) -> dict[str, list[ConflictCells]]:
    """Return the cells of all conflicts about assets of one label, by asset id; resolved ones, too."""
    found: dict[str, list[ConflictCells]] = {}
    for key, values in await graph.read("conflict cells", CONFLICT_CELLS[label], ids=list(ids)):
        found.setdefault(key, []).append(ConflictCells._make(values))
    return found
