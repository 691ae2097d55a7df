"""Claims on assets, and agreements between parties.

Their rows are tuples, in the order of their columns: ownership reads very many of them, and what is
asked of one later is told by position, as of any row that a plan reads.
"""

from collections.abc import Mapping
from typing import Final, LiteralString, NamedTuple

from graph import things
from graph.columns import Columns
from graph.listings import Listing, Order
from graph.mandates import WITHIN
from graph.recorded import as_stood, in_time
from graph.things import ById


class ClaimRow(NamedTuple):
    """One assertion that a party has a share (1/100 %) of a right in an asset; valid [from, to)."""

    id: str
    asset_label: str
    asset_id: str
    party_id: str
    right: str
    kind: str
    share: int
    territories: list[str]
    excluded_territories: list[str] | None
    valid_from: str | None
    valid_to: str | None
    role: str | None
    chain: str | None
    status: str
    recorded_at: str
    recorded_to: str | None
    stood_as: str | None
    source_id: str
    revises_id: str | None = None


class AgreementRow(NamedTuple):
    """One agreement by which a party passes on a share (1/100 %) of what it holds; valid [from, to)."""

    id: str
    assignor_id: str
    acquirer_id: str
    kind: str
    right: str | None
    share: int
    territories: list[str]
    excluded_territories: list[str] | None
    valid_from: str | None
    valid_to: str | None
    status: str
    recorded_at: str
    recorded_to: str | None
    stood_as: str | None
    source_id: str
    collection_to: str | None = None
    revises_id: str | None = None


CLAIM: Final = Columns(
    "claim",
    id="claim.id",
    asset_label="head(labels(asset))",
    asset_id="asset.id",
    party_id="party.id",
    right="claim.right",
    kind="claim.kind",
    share="claim.share",
    territories="claim.territories",
    excluded_territories="claim.excludedTerritories",
    valid_from="claim.validFrom",
    valid_to="claim.validTo",
    role="claim.role",
    chain="claim.chain",
    status="claim.status",
    recorded_at="toString(claim.recordedAt)",
    recorded_to="toString(claim.recordedTo)",
    stood_as="claim.stoodAs",
    source_id="claim.sourceId",
    revises_id="claim.revises",
)
AGREEMENT: Final = Columns(
    "agreement",
    id="agreement.id",
    assignor_id="assignor.id",
    acquirer_id="acquirer.id",
    kind="agreement.kind",
    right="agreement.right",
    share="agreement.share",
    territories="agreement.territories",
    excluded_territories="agreement.excludedTerritories",
    valid_from="agreement.validFrom",
    valid_to="agreement.validTo",
    status="agreement.status",
    recorded_at="toString(agreement.recordedAt)",
    recorded_to="toString(agreement.recordedTo)",
    stood_as="agreement.stoodAs",
    source_id="agreement.sourceId",
    collection_to="agreement.collectionTo",
    revises_id="agreement.revises",
)

CLAIM_ORDERS: Final = {
    "SHARE": Order(("claim.share", "claim.id")),
    "VALID_FROM": Order(
        ("coalesce(claim.validFrom, '')", "claim.id"),
    ),
}
CLAIM_FILTERS: Final[Mapping[str, LiteralString]] = {
    "right": "claim.right = $right",
    "kind": "claim.kind = $kind",
    "mandated": WITHIN,
    **in_time(CLAIM),
}
CLAIM_TOLD: Final = {"known_at": as_stood(CLAIM)}
ASSET_STARTS: Final[Mapping[str, LiteralString]] = {
    "Recording": things.RECORDING,
    "Work": things.WORK,
}

CLAIMS_BY_ASSET: Final[Mapping[str, Listing[ClaimRow]]] = {
    label: Listing(
        summary="claims by asset",
        make=ClaimRow,
        start=start,
        match="""MATCH (thing)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
WITH claim, party, thing AS asset""",
        row=CLAIM,
        carry="claim, party, asset",
        orders=CLAIM_ORDERS,
        filters=CLAIM_FILTERS,
        told=CLAIM_TOLD,
    )
    for label, start in ASSET_STARTS.items()
}
CLAIMS_BY_PARTY: Final = Listing(
    summary="claims by party",
    make=ClaimRow,
    start=things.PARTY,
    match="""MATCH (thing)<-[:CLAIMED_BY]-(claim:Claim)-[:ON]->(asset)
WITH claim, asset, thing AS party""",
    row=CLAIM,
    carry="claim, party, asset",
    orders=CLAIM_ORDERS,
    filters=CLAIM_FILTERS,
    told=CLAIM_TOLD,
)

AGREEMENT_ORDERS: Final = {
    "SHARE": Order(("agreement.share", "agreement.id")),
    "VALID_FROM": Order(("coalesce(agreement.validFrom, '')", "agreement.id")),
}
AGREEMENT_FILTERS: Final[Mapping[str, LiteralString]] = {
    "kind": "agreement.kind = $kind",
    **in_time(AGREEMENT),
}
AGREEMENT_TOLD: Final = {"known_at": as_stood(AGREEMENT)}
AGREEMENTS_ASSIGNED: Final = Listing(
    summary="agreements by assignor",
    make=AgreementRow,
    start=things.PARTY,
    match="""MATCH (thing)-[:ASSIGNS]->(agreement:Agreement)-[:ACQUIRED_BY]->(acquirer:Party)
WITH agreement, acquirer, thing AS assignor""",
    row=AGREEMENT,
    carry="agreement, acquirer, assignor",
    orders=AGREEMENT_ORDERS,
    filters=AGREEMENT_FILTERS,
    told=AGREEMENT_TOLD,
)
AGREEMENTS_ACQUIRED: Final = Listing(
    summary="agreements by acquirer",
    make=AgreementRow,
    start=things.PARTY,
    match="""MATCH (thing)<-[:ACQUIRED_BY]-(agreement:Agreement)<-[:ASSIGNS]-(assignor:Party)
WITH agreement, assignor, thing AS acquirer""",
    row=AGREEMENT,
    carry="agreement, assignor, acquirer",
    orders=AGREEMENT_ORDERS,
    filters=AGREEMENT_FILTERS,
    told=AGREEMENT_TOLD,
)

CLAIMS_REVISING: Final = Listing(
    summary="claims revising one",
    make=ClaimRow,
    start="UNWIND $ids AS key\nMATCH (thing:Claim {id: key})",
    match="""MATCH (thing)-[:ON]->(asset)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
WHERE claim.revises = thing.id
WITH claim, party, asset""",
    row=CLAIM,
    carry="claim, party, asset",
    orders=CLAIM_ORDERS,
    filters={"mandated": WITHIN},
)
AGREEMENTS_REVISING: Final = Listing(
    summary="agreements revising one",
    make=AgreementRow,
    start="UNWIND $ids AS key\nMATCH (thing:Agreement {id: key})",
    match="""MATCH (thing)<-[:ASSIGNS]-(assignor:Party)-[:ASSIGNS]->(agreement:Agreement)
MATCH (agreement)-[:ACQUIRED_BY]->(acquirer:Party)
WHERE agreement.revises = thing.id
WITH agreement, acquirer, assignor""",
    row=AGREEMENT,
    carry="agreement, acquirer, assignor",
    orders=AGREEMENT_ORDERS,
)

CLAIMS_BY_ID: Final = ById(
    summary="claims by id",
    make=ClaimRow,
    find="""UNWIND $ids AS key
MATCH (claim:Claim {id: key})-[:CLAIMED_BY]->(party:Party)
MATCH (claim)-[:ON]->(asset)""",
    row=CLAIM,
    carry="claim, party, asset",
)
AGREEMENTS_BY_ID: Final = ById(
    summary="agreements by id",
    make=AgreementRow,
    find="""UNWIND $ids AS key
MATCH (assignor:Party)-[:ASSIGNS]->(agreement:Agreement {id: key})
MATCH (agreement)-[:ACQUIRED_BY]->(acquirer:Party)""",
    row=AGREEMENT,
    carry="agreement, acquirer, assignor",
)
