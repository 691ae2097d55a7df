"""Assets that a party may own something of: it, or whoever passes shares to it, has claims on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph import things
from graph.client import Graph
from graph.ownership import standing


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingsAsked:
    """Which of a party's assets are looked for: by right, in the order of their ids, after one, so many."""

    right: str
    past: bool
    after: str
    limit: int


# Against the direction of the shares, as `graph.ownership` walks with it. All claims of all these parties
# are visited for a page, whatever its size: their assets have to be put in order.
HOLDINGS: Final[Mapping[bool, LiteralString]] = {
    past: things.PARTY
    + """
CALL (thing) {
  MATCH (thing)<-[:PASSES_TO*0..]-(holder:Party)
  RETURN collect(DISTINCT holder) AS holders
}
CALL (holders) {
  UNWIND holders AS holder
  MATCH (holder)<-[:CLAIMED_BY]-(claim:Claim)-[:ON]->(asset)
  WHERE claim.kind = 'OWNERSHIP' AND claim.right = $right AND asset.id > $after AND """
    + standing("claim", past=past)
    + """
  WITH DISTINCT asset
  ORDER BY asset.id
  LIMIT $limit
  RETURN collect([head(labels(asset)), asset.id]) AS assets
}
RETURN collect([key, assets]) AS rows"""
    for past in (False, True)
}


async def holdings(
    graph: Graph, ids: Sequence[str], asked: HoldingsAsked
) -> dict[str, list[tuple[str, str]]]:
    """Return label and id of the assets that each party may own something of, by the party's id."""
    rows = await graph.read(
        "holdings by party",
        HOLDINGS[asked.past],
        ids=list(ids),
        right=asked.right,
        after=asked.after,
        limit=asked.limit,
    )
    return {key: [(label, id_) for label, id_ in assets] for key, assets in rows}
