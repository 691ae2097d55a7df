"""What ownership is worked out from: the claims on assets, and where their shares can flow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.client import Graph
from graph.rights import AGREEMENT, ASSET_STARTS, CLAIM, AgreementRow, ClaimRow

_CLAIMS: Final[LiteralString] = (
    """
MATCH (thing)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
WHERE claim.kind = 'OWNERSHIP' AND claim.status IN ['ASSERTED', 'DISPUTED']
WITH key, thing AS asset, claim, party
ORDER BY claim.id
WITH collect([key, """
    + CLAIM.values_literal
    + """]) AS claims, collect(DISTINCT party) AS origins"""
)
# The walk is along a relation of one type, made for it: the embedded engine follows no path over the
# nodes of agreements.
_AGREEMENTS: Final[LiteralString] = (
    """
CALL (origins) {
  UNWIND origins AS origin
  CALL (origin) {
    MATCH (origin)-[:PASSES_TO*0..]->(assignor:Party)
    RETURN DISTINCT assignor
  }
  WITH DISTINCT assignor
  MATCH (assignor)-[:ASSIGNS]->(agreement:Agreement)-[:ACQUIRED_BY]->(acquirer:Party)
  WHERE agreement.kind = 'ASSIGNMENT' AND agreement.status IN ['ASSERTED', 'DISPUTED']
  WITH agreement, assignor, acquirer
  ORDER BY agreement.id
  RETURN collect("""
    + AGREEMENT.values_literal
    + """) AS agreements
}
RETURN [claims, agreements] AS rows"""
)
OWNERSHIP: Final[Mapping[str, LiteralString]] = {
    label: start + _CLAIMS + _AGREEMENTS for label, start in ASSET_STARTS.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipRows:
    """Live claims of ownership by asset id, and live assignments by assignor: of every right, place and day.

    An asset without claims is absent, and so is a party that passes nothing on; every assignment that a
    claimant's share can come to is there, however deep.
    """

    claims: Mapping[str, Sequence[ClaimRow]]
    assignments: Mapping[str, Sequence[AgreementRow]]


async def ownership_rows(graph: Graph, label: str, ids: Sequence[str]) -> OwnershipRows:
    """Return what the ownership of assets of one label is worked out from."""
    claimed, passed = await graph.read("ownership", OWNERSHIP[label], ids=list(ids))
    claims: dict[str, list[ClaimRow]] = {}
    for key, values in claimed:
        claims.setdefault(key, []).append(ClaimRow._make(values))
    assignments: dict[str, list[AgreementRow]] = {}
    for values in passed:
        agreement = AgreementRow._make(values)
        assignments.setdefault(agreement.assignor_id, []).append(agreement)
    return OwnershipRows(claims=claims, assignments=assignments)
