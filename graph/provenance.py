"""Where claims came from: every claim ever recorded on an asset, with what registered, made and ended it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from graph.client import Graph
from graph.rights import ASSET_STARTS, CLAIM, ClaimRow
from graph.things import SURVIVORS


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredBy:
    """One registration of a work; those of one `key` follow each other in their `order`."""

    id: str
    key: str
    order: str
    kind: str
    format: str
    submitter: str
    number: str
    broken: list[str] | None
    recorded_at: str
    recorded_to: str | None
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """A change of a claim by a command of the journal, and who made it."""

    claim_id: str
    command: str
    at: str
    action: str
    actor: str
    on_behalf_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRecords:
    """All that was ever recorded of the claims on one asset.

    `registered` is the registration that makes a claim, by the claim's id, where one does.
    """

    label: str
    id: str
    claims: Sequence[ClaimRow]
    registered: Mapping[str, str]
    registrations: Sequence[RegisteredBy]
    changes: Sequence[ClaimChange]


_ASSETS: Final[tuple[LiteralString, ...]] = ("Recording", "Work")

CLAIMS_EVER: Final[Mapping[str, LiteralString]] = {
    label: start
    + """
MATCH (thing)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
WITH key, claim, party, thing AS asset ORDER BY claim.id
RETURN collect([key, """
    + CLAIM.literal
    + """, claim.registration]) AS rows"""
    for label, start in ASSET_STARTS.items()
}
REGISTRATIONS_EVER: Final = """
UNWIND $ids AS key
MATCH (:Work {id: key})<-[:REGISTERS]-(registration:Registration)
WITH key, registration ORDER BY registration.key, registration.order, registration.id
RETURN collect([key, {
  id: registration.id, key: registration.key, order: registration.order, kind: registration.kind,
  format: registration.format, submitter: registration.submitter, number: registration.number,
  broken: registration.broken, recorded_at: toString(registration.recordedAt),
  recorded_to: toString(registration.recordedTo), source_id: registration.sourceId
}]) AS rows
"""
CHANGES_OF_CLAIMS: Final = """
UNWIND $ids AS id
MATCH (change:Change {subject: id})
WHERE change.type = 'Claim'
WITH change ORDER BY change.sequence
RETURN collect({
  claim_id: change.subject, command: change.command, at: change.at, action: change.action,
  actor: change.actor, on_behalf_of: change.onBehalfOf
}) AS rows
"""
ASSETS_OF_CLAIMS: Final = """
UNWIND $ids AS id
MATCH (claim:Claim {id: id})-[:ON]->(asset)
RETURN collect([id, head(labels(asset)), asset.id]) AS rows
"""
ASSETS_OF_PARTY: Final = """
MATCH (:Party {id: $party})<-[:CLAIMED_BY]-(:Claim)-[:ON]->(asset)
WITH DISTINCT head(labels(asset)) AS label, asset.id AS id ORDER BY label, id
RETURN collect([label, id]) AS rows
"""
ASSETS_CALLED: Final[Mapping[str, LiteralString]] = {
    label: f"{SURVIVORS}MATCH (thing:{label} {{id: id}})\nRETURN collect(thing.id) AS rows"
    for label in _ASSETS
}


async def assets_of_claims(graph: Graph, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return label and id of the asset that each claim is on; one that is not there has no entry."""
    rows = await graph.read("assets of claims", ASSETS_OF_CLAIMS, ids=list(ids))
    return {id_: (label, asset) for id_, label, asset in rows}


async def assets_of_party(graph: Graph, party: str) -> list[tuple[str, str]]:
    """Return label and id of every asset that a party ever claimed, in their order."""
    rows = await graph.read("assets of a party", ASSETS_OF_PARTY, party=party)
    return [(label, id_) for label, id_ in rows]


async def asset_called(graph: Graph, label: str, called: str) -> str | None:
    """Return the id of the asset that an id names, a merged one's survivor; None where none does."""
    found: list[str] = await graph.read("asset called", ASSETS_CALLED[label], ids=[called])
    return found[0] if found else None


async def records_of_assets(graph: Graph, label: str, ids: Sequence[str]) -> list[AssetRecords]:
    """Return what was recorded of the claims on assets of one label, in the order of their ids as given."""
    rows: list[tuple[str, dict[str, Any], str | None]] = await graph.read(
        "claims ever", CLAIMS_EVER[label], ids=list(ids)
    )
    claims: defaultdict[str, list[ClaimRow]] = defaultdict(list)
    registered: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for asset, row, registration in rows:
        claims[asset].append(ClaimRow(**row))
        if registration is not None:
            registered[asset][row["id"]] = registration
    registrations: defaultdict[str, list[RegisteredBy]] = defaultdict(list)
    if label == "Work":
        for asset, row in await graph.read("registrations", REGISTRATIONS_EVER, ids=list(ids)):
            registrations[asset].append(RegisteredBy(**row))
    assets = {claim.id: asset for asset, each in claims.items() for claim in each}
    changes: defaultdict[str, list[ClaimChange]] = defaultdict(list)
    for row in await graph.read("changes of claims", CHANGES_OF_CLAIMS, ids=sorted(assets)):
        changes[assets[row["claim_id"]]].append(ClaimChange(**row))
    return [
        AssetRecords(
            label=label,
            id=asset,
            claims=claims[asset],
            registered=registered[asset],
            registrations=registrations[asset],
            changes=changes[asset],
        )
        for asset in ids
    ]
