"""Conflicts brought in line with the claims on all assets, page by page; one cut off goes on where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, LiteralString

from graph.journal import head
from graph.resettling import settle_again
from graph.settling import MAKE_RULES, RULES, Settled, settle_conflicts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from graph.client import Graph
    from graph.transactions import Transaction

ASSETS_A_PAGE: Final = 500
_PATIENCE_SECONDS: Final = 30.0


def _page(label: LiteralString) -> LiteralString:
    return f"""
MATCH (asset:{label}) WHERE asset.id > $after
WITH asset ORDER BY asset.id LIMIT $limit
RETURN collect([asset.id, size($sources) = 0 OR EXISTS {{
  MATCH (asset)<-[:ON]-(claim:Claim) WHERE claim.sourceId IN $sources
}}]) AS rows"""


ASSETS: Final[Mapping[str, LiteralString]] = {
    "Recording": _page("Recording"),
    "Work": _page("Work"),
}
SOURCES_CALLED: Final = """
MATCH (source:Source) WHERE source.id IN $names OR source.name IN $names
RETURN collect(source.id) AS rows
"""
WHERE_IT_WAS: Final = """
OPTIONAL MATCH (source:Source {id: $id})
RETURN [source.detecting, source.detectedTo] AS rows
"""
GO_ON: Final = """
MATCH (source:Source {id: $id})
SET source.detecting = $detecting, source.detectedTo = $to
"""


async def sources_called(graph: Graph, names: Sequence[str]) -> list[str]:
    """Return the ids of the sources that are called so, by name or id."""
    return await graph.read("sources", SOURCES_CALLED, names=list(names))


async def detect_conflicts(
    graph: Graph,
    *,
    now: datetime,
    sources: Sequence[str] = (),
    told: Callable[[str, int, Settled], None] | None = None,
) -> Settled:
    """Settle the conflicts of every asset, or of those that the sources (by id) have claims on.

    `told` hears after each page of which label how many assets were looked at. A run that was cut off is
    gone on with by the next that asks for the same sources; the totals are then those of the rest.
    """
    settled = Settled()
    for label in ASSETS:
        asked = " ".join([label, *sorted(sources)])
        detecting, to = await graph.read("where it was", WHERE_IT_WAS, id=RULES)
        if detecting and detecting != asked and detecting.split(" ")[1:] == sorted(sources):
            continue  # A run that was cut off had done with this label.
        after: str = to if detecting == asked else ""
        seen = 0
        while True:
            page: list[tuple[str, bool]] = await graph.read(
                "assets",
                ASSETS[label],
                after=after,
                limit=ASSETS_A_PAGE,
                sources=list(sources),
            )
            wanted = [id_ for id_, is_wanted in page if is_wanted]
            last = len(page) < ASSETS_A_PAGE
            after = page[-1][0] if page else after
            since, _ = await head(graph)
            found = await _settle(graph, label, wanted, now, None if last else (asked, after))
            settled.add(found)
            settled.add(await settle_again(graph, {label: wanted}, since))
            seen += len(page)
            if told is not None:
                told(label, seen, settled)
            if last:
                break
    return settled


async def _settle(
    graph: Graph, label: str, ids: Sequence[str], now: datetime, mark: tuple[str, str] | None
) -> Settled:
    async def work(transaction: Transaction) -> Settled:
        found = await settle_conflicts(transaction, label, ids, now=now)
        detecting, to = mark or (None, None)
        await transaction.write("source of conflicts", MAKE_RULES, id=RULES, now=now)
        await transaction.write("how far it is", GO_ON, id=RULES, detecting=detecting, to=to)
        return found

    return await graph.transact(work, patience=_PATIENCE_SECONDS)
