"""What ownership is worked out from: the claims on assets, and where their shares can flow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.client import Graph
from graph.rights import AGREEMENT, ASSET_STARTS, CLAIM, AgreementRow, ClaimRow

LIVE: Final = frozenset({"ASSERTED", "DISPUTED"})
"""The statuses of a record that stands."""

_STANDING: Final[Mapping[bool, LiteralString]] = {
    False: "{each}.status IN ['ASSERTED', 'DISPUTED'] AND {each}.recordedTo IS NULL",
    True: "({each}.status IN ['ASSERTED', 'DISPUTED'] OR {each}.recordedTo IS NOT NULL)",
}
"""Which records are read: those that stand, or, of the past, all that ever may have stood.

One that ended nobody knows when counts at no instant.
"""


def standing(each: LiteralString, *, past: bool) -> LiteralString:
    """Return the condition under which a record is read."""
    return _STANDING[past].replace("{each}", each)


def _claims(*, past: bool) -> LiteralString:
    return (
        """
MATCH (thing)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
WHERE claim.kind = 'OWNERSHIP' AND """
        + standing("claim", past=past)
        + """
WITH key, thing AS asset, claim, party
ORDER BY claim.id
WITH collect([key, """
        + CLAIM.values_literal
        + """]) AS claims, collect(DISTINCT party) AS origins"""
    )


def _agreements(*, past: bool) -> LiteralString:
    # The walk is along a relation of one type, made for it: the embedded engine follows no path over
    # the nodes of agreements.
    return (
        """
CALL (origins) {
  UNWIND origins AS origin
  CALL (origin) {
    MATCH (origin)-[:PASSES_TO*0..]->(assignor:Party)
    RETURN DISTINCT assignor
  }
  WITH DISTINCT assignor
  MATCH (assignor)-[:ASSIGNS]->(agreement:Agreement)-[:ACQUIRED_BY]->(acquirer:Party)
  WHERE agreement.kind = 'ASSIGNMENT' AND """
        + standing("agreement", past=past)
        + """
  WITH agreement, assignor, acquirer
  ORDER BY agreement.id
  RETURN collect("""
        + AGREEMENT.values_literal
        + """) AS agreements
}
RETURN [claims, agreements] AS rows"""
    )


OWNERSHIP: Final[Mapping[tuple[str, bool], LiteralString]] = {
    (label, past): start + _claims(past=past) + _agreements(past=past)
    for label, start in ASSET_STARTS.items()
    for past in (False, True)
}
"""By label of the assets, and whether records that ended are read, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipRows:
    """Claims of ownership by asset id, and assignments by assignor: of every right, place and day.

    An asset without claims is absent, and so is a party that passes nothing on; every assignment that a
    claimant's share can come to is there, however deep.
    """

    claims: Mapping[str, Sequence[ClaimRow]]
    assignments: Mapping[str, Sequence[AgreementRow]]


async def ownership_rows(
    graph: Graph, label: str, ids: Sequence[str], *, past: bool = False
) -> OwnershipRows:
    """Return what the ownership of assets of one label is worked out from.

    What stands, or, where the `past` is asked about, what ever may have stood.
    """
    claimed, passed = await graph.read("ownership", OWNERSHIP[label, past], ids=list(ids))
    claims: dict[str, list[ClaimRow]] = {}
    for key, values in claimed:
        claims.setdefault(key, []).append(ClaimRow._make(values))
    assignments: dict[str, list[AgreementRow]] = {}
    for values in passed:
        agreement = AgreementRow._make(values)
        assignments.setdefault(agreement.assignor_id, []).append(agreement)
    return OwnershipRows(claims=claims, assignments=assignments)
