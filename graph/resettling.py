"""Conflicts settled once more where commands changed claims meanwhile: of two at once, neither saw the other.

Commands take turns at the journal's head. Whoever settles without it, a load or a detection, takes it
afterwards for a moment: a command under way then either is done, and what it changed is settled again, or
begins anew, and sees what has been committed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from graph import settling
from graph.journal.records import GENESIS
from graph.journal.statements import TAKE_HEAD

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graph.client import Graph
    from graph.transactions import Transaction

_PATIENCE_SECONDS: Final = 30.0

CHANGED: Final = """
MATCH (change:Change) WHERE change.sequence > $since
OPTIONAL MATCH (:Claim {id: change.subject})-[:ON]->(asset)
RETURN collect(DISTINCT coalesce(asset.id, change.subject)) AS rows
"""


async def settle_again(
    graph: Graph, assets: Mapping[str, Collection[str]], since: int
) -> settling.Settled:
    """Settle the conflicts about those of some assets, by label, that commands changed.

    Call it once what was settled before is committed. `since` is the sequence of the journal's last record
    before that began.
    """

    async def work(transaction: Transaction) -> settling.Settled:
        settled = settling.Settled()
        sequence, *_ = await transaction.read("take the journal's head", TAKE_HEAD, genesis=GENESIS)
        if sequence == since:
            return settled
        changed = await transaction.read("assets changed meanwhile", CHANGED, since=since)
        for label, ids in assets.items():
            meant = sorted(set(ids).intersection(changed))
            if meant:
                now = datetime.now(UTC)
                found = await settling.settle_conflicts(transaction, label, meant, now=now)
                settled.add(found)
        return settled

    return await graph.transact(work, patience=_PATIENCE_SECONDS)
