"""Records begun and ended, in pages, each told by the journal; and what claims do to conflicts.

A record is written once and ended once (docs/graph.md, "Time"): nothing here changes what one says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, LiteralString, Protocol, Self

from graph.editing import CREATED
from graph.ids import random_id
from graph.journal import Ref
from graph.journal.stage import VERSION, Recorded
from graph.rights import ASSET_STARTS
from graph.settling import settle_conflicts
from graph.sources import EDITORS
from standards.territories import countries

if TYPE_CHECKING:
    from graph.journal import Stage
    from graph.journal.stage import Properties

ASSERTED: Final = "ASSERTED"
DISPUTED: Final = "DISPUTED"
WITHDRAWN: Final = "WITHDRAWN"
SUPERSEDED: Final = "SUPERSEDED"
STANDING: Final = frozenset({ASSERTED, DISPUTED})
LINE: Final = "line"
CONTINUES: Final = "continues"
# They follow from what a claim revises.
_UNTOLD: Final = frozenset({LINE, CONTINUES})

# Rows a statement, as where facts are stored.
_ROWS: Final = 1_000

CLAIMS: Final = """
UNWIND $ids AS key
MATCH (claim:Claim {id: key})-[:CLAIMED_BY]->(party:Party)
MATCH (claim)-[:ON]->(asset)
OPTIONAL MATCH (made:Registration {id: claim.registration})
RETURN collect([head(labels(asset)), asset.id, party.id, properties(claim), made.key]) AS rows
"""
BEGIN: Final[Mapping[str, LiteralString]] = {
    label: """
UNWIND $rows AS row
MATCH (party:Party {id: row.party})
MATCH (asset:"""
    + label
    + """ {id: row.asset})
CREATE (asset)<-[:ON {sourceId: $sourceId, recordedAt: $recordedAt}]-(claim:Claim {id: row.id})
  -[:CLAIMED_BY {sourceId: $sourceId, recordedAt: $recordedAt}]->(party)
SET claim += row.properties, claim.sourceId = $sourceId, claim.recordedAt = $recordedAt
"""
    for label in ("Recording", "Work")
}
END: Final[Mapping[str, LiteralString]] = {
    label: """
UNWIND $rows AS row
MATCH (record:"""
    + label
    + """ {id: row.id})
SET record.recordedTo = $now, record.status = row.status, record.stoodAs = row.stoodAs,
  record.version = row.version, record.line = row.line
"""
    for label in ("Claim", "Agreement")
}
_REVISING: Final = """
RETURN collect([later.id, later.status IN ['ASSERTED', 'DISPUTED'] AND later.recordedTo IS NULL]) AS rows
"""
REVISING: Final[Mapping[str, LiteralString]] = {
    "Claim": """
UNWIND $ids AS key
MATCH (:Claim {id: key})-[:ON]->()<-[:ON]-(later:Claim)
WHERE later.revises = key"""
    + _REVISING,
    "Agreement": """
UNWIND $ids AS key
MATCH (:Agreement {id: key})<-[:ASSIGNS]-()-[:ASSIGNS]->(later:Agreement)
WHERE later.revises = key"""
    + _REVISING,
}
CONFLICTS_TOLD: Final = """
UNWIND $ids AS key
MATCH (conflict:Conflict {id: key})-[:ABOUT]->(asset)
RETURN collect([key, size(conflict.openings) + size(coalesce(conflict.closings, [])), {
  kind: conflict.kind, rule: conflict.rule, right: conflict.right, status: conflict.status,
  parties: conflict.parties, evidence: conflict.evidence, cells: conflict.cells, asset: asset.id,
  resolution: conflict.resolution, resolvedBy: conflict.resolvedBy
}]) AS rows
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim: on which asset, whose, and its properties as they are stored."""

    label: str
    asset: str
    party: str
    properties: Properties
    id: str = field(default_factory=random_id)

    @classmethod
    def read(
        cls, label: str, asset: str, party: str, properties: Properties, key: str | None
    ) -> Self:
        """Return a claim as it is read; `key` is that of the registration that makes it."""
        line = {} if key is None else {LINE: key}
        return cls(
            label=label,
            asset=asset,
            party=party,
            properties={**properties, **line},
            id=properties["id"],
        )

    @property
    def ref(self) -> Ref:
        """The claim as the journal names it."""
        return Ref("Claim", self.id)

    @property
    def countries(self) -> frozenset[int]:
        """The countries that it is about; raises UnknownTerritory."""
        own = self.properties
        return countries(tuple(own["territories"]), tuple(own.get("excludedTerritories") or ()))

    @property
    def stands(self) -> bool:
        """Whether it has not ended."""
        own = self.properties
        return own["status"] in STANDING and own.get("recordedTo") is None


# What a source says of its own record is not said of another.
_CARRIED: Final = (
    *("right", "kind", "share", "territories", "excludedTerritories", "validFrom", "validTo"),
    *("role", "chain", "controlled", "sharesChange", "status", LINE),
)


def following(claim: Claim, party: str | None = None, **changes: Any) -> Claim:
    """Return a claim that takes the place of another: of the same party unless told, None for no value.

    It continues the claim of a registration that the other is or continues.
    """
    own = claim.properties
    properties = {name: own.get(name) for name in _CARRIED}
    properties[CONTINUES] = claim.id if own.get("registration") else own.get(CONTINUES)
    properties |= {"revises": claim.id, **changes}
    return Claim(
        label=claim.label,
        asset=claim.asset,
        party=party or claim.party,
        properties={name: value for name, value in properties.items() if value is not None},
    )


async def claims_of(stage: Stage, ids: Sequence[str]) -> list[Claim]:
    """Return claims as they are; those that there are not are left out."""
    rows: list[Sequence[Any]] = await stage.read("claims to change", CLAIMS, ids=list(ids))
    return [Claim.read(*row) for row in rows]


async def claim_of(stage: Stage, id_: str) -> Claim | None:
    """Return a claim as it is, or None where there is none."""
    return next(iter(await claims_of(stage, [id_])), None)


async def standing_after(stage: Stage, label: str, id_: str) -> list[str]:
    """Return the records that stand in the place of one that ended, however often it was revised since."""
    found: list[str] = []
    met = {id_}
    ended = [id_]
    while ended:
        rows: list[tuple[str, bool]] = await stage.read(
            "records revising others", REVISING[label], ids=ended
        )
        new = [row for row in rows if row[0] not in met]
        met.update(each for each, _ in new)
        found += [each for each, stands in new if stands]
        ended = [each for each, stands in new if not stands]
    return sorted(found)


async def begin(stage: Stage, claims: Sequence[Claim]) -> None:
    """Store claims that begin now."""
    for label in ASSET_STARTS:
        rows = [
            {
                "id": each.id,
                "asset": each.asset,
                "party": each.party,
                "properties": {**each.properties, VERSION: 1},
            }
            for each in claims
            if each.label == label
        ]
        for page in _pages(rows):
            await stage.write(
                "begin claims", BEGIN[label], rows=page, sourceId=EDITORS, recordedAt=stage.now
            )
    for each in claims:
        told = {name: value for name, value in each.properties.items() if name not in _UNTOLD}
        after = {**told, "asset": each.asset, "party": each.party}
        stage.record(Recorded(action=CREATED, ref=each.ref, version=1, before={}, after=after))


class Ending(Protocol):
    """A record that ends: a claim, or an agreement."""

    @property
    def ref(self) -> Ref:
        """What the journal names it."""
        ...

    @property
    def properties(self) -> Properties:
        """Its properties as they are stored."""
        ...


async def end(stage: Stage, records: Sequence[Ending], status: str) -> None:
    """End records of one label now: each keeps what it said, and the status that it had."""
    rows: list[dict[str, Any]] = [
        {
            "id": each.ref.id,
            "status": status,
            "stoodAs": each.properties["status"],
            "version": each.properties.get(VERSION, 0) + 1,
            "line": each.properties.get(LINE),
        }
        for each in records
    ]
    for page in _pages(rows):
        text = END[records[0].ref.label]
        await stage.write("end records", text, rows=page, now=stage.now)
    for each, row in zip(records, rows, strict=True):
        told = Recorded(
            action=status,
            ref=each.ref,
            version=row["version"],
            before={"status": row["stoodAs"]},
            after={"status": status},
        )
        stage.record(told)


async def settle(stage: Stage, claims: Iterable[Claim]) -> None:
    """Bring the conflicts about the claims' assets in line with what is claimed now, and tell of them."""
    assets = dict.fromkeys((each.label, each.asset) for each in claims)
    for label in ASSET_STARTS:
        for page in _pages([asset for its, asset in assets if its == label]):
            found = await settle_conflicts(stage, label, page, now=stage.now)
            await tell_conflicts(
                stage,
                dict.fromkeys(found.opened, "OPENED")
                | dict.fromkeys(found.updated, "UPDATED")
                | dict.fromkeys(found.resolved, "RESOLVED")
                | dict.fromkeys(found.reopened, "REOPENED"),
                found.before,
            )


async def tell_conflicts(
    stage: Stage, actions: Mapping[str, str], before: Mapping[str, Mapping[str, Any]]
) -> None:
    """Record what became of conflicts, by their ids: as they are now, and as those were that there were."""
    if not actions:
        return
    rows: list[Sequence[Any]] = await stage.read("conflicts", CONFLICTS_TOLD, ids=list(actions))
    for id_, turns, told in rows:
        had = before.get(id_)
        was = (
            {} if had is None else {name: had.get(name) for name in told} | {"asset": told["asset"]}
        )
        ref = Ref("Conflict", id_)
        stage.record(Recorded(action=actions[id_], ref=ref, version=turns, before=was, after=told))


def _pages(rows: Sequence[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(rows), _ROWS):
        yield list(rows[start : start + _ROWS])
