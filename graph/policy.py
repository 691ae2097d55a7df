"""Policy flags: what may be done with content, where, when, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.columns import Columns
from graph.listings import Listing, Order
from graph.things import ById


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFlagRow:
    """One flag on a thing; its scope is territories, surfaces and [from, to)."""

    id: str
    thing_label: str
    thing_id: str
    kind: str
    status: str
    reason: str | None
    severity: str | None
    policy_version: str | None
    territories: list[str] | None
    excluded_territories: list[str] | None
    surfaces: list[str] | None
    valid_from: str | None
    valid_to: str | None
    recorded_at: str
    source_id: str


_FLAG: Final = Columns(
    "flag",
    id="flag.id",
    thing_label="head(labels(subject))",
    thing_id="subject.id",
    kind="flag.kind",
    status="flag.status",
    reason="flag.reason",
    severity="flag.severity",
    policy_version="flag.policyVersion",
    territories="flag.territories",
    excluded_territories="flag.excludedTerritories",
    surfaces="flag.surfaces",
    valid_from="flag.validFrom",
    valid_to="flag.validTo",
    recorded_at="toString(flag.recordedAt)",
    source_id="flag.sourceId",
)
_ORDERS: Final = {
    "KIND": Order(("flag.kind", "flag.id")),
    "VALID_FROM": Order(("coalesce(flag.validFrom, '')", "flag.id")),
}
_FILTERS: Final[Mapping[str, LiteralString]] = {
    "kind": "flag.kind = $kind",
    "status": "flag.status = $status",
}

POLICY_FLAGS: Final = Listing(
    summary="policy flags",
    make=PolicyFlagRow,
    match="MATCH (flag:PolicyFlag)-[:FLAGS]->(subject)",
    row=_FLAG,
    carry="flag, subject",
    orders=_ORDERS,
    filters=_FILTERS,
)
POLICY_FLAGS_BY_THING: Final[Mapping[str, Listing[PolicyFlagRow]]] = {
    label: Listing(
        summary="policy flags by thing",
        make=PolicyFlagRow,
        start=things.START[label],
        match="MATCH (thing)<-[:FLAGS]-(flag:PolicyFlag)\nWITH flag, thing AS subject",
        row=_FLAG,
        carry="flag, subject",
        orders=_ORDERS,
        filters=_FILTERS,
    )
    for label in ("Artist", "Recording", "Release", "Work")
}
"""The flags on a thing, by the thing's label."""

POLICY_FLAGS_BY_ID: Final = ById(
    summary="policy flags by id",
    make=PolicyFlagRow,
    find="UNWIND $ids AS key\nMATCH (flag:PolicyFlag {id: key})-[:FLAGS]->(subject)",
    row=_FLAG,
    carry="flag, subject",
)
