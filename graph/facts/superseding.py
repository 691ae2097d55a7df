"""Deals that a later message replaced: they are kept, with the moment they were replaced.

What a message says of a release is all that its sender then offers of it. So a deal holds until the
sender's next message on the same release, whichever of them was loaded first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from graph.client import Statement
from graph.facts.assertions import DealFact

# Releases a statement: each may have had many messages.
_ROWS: Final = 500

SUPERSEDE_DEALS: Final = """
UNWIND $rows AS row
MATCH (release:Release {id: row.release})<-[:SENT_WITH]-(deal:Deal)-[:SENT_BY]->(sender:Party)
WHERE sender.id = row.sender
WITH row, collect(deal) AS deals, collect(DISTINCT deal.recordedAt) AS times
WHERE size(times) > 1
UNWIND deals AS deal
UNWIND times AS time
WITH deal, time
WHERE time > deal.recordedAt
WITH deal, min(time) AS replaced
SET deal.recordedTo = replaced, deal.status = 'SUPERSEDED'
"""


def superseding(facts: Iterable[Any]) -> Iterator[Statement]:
    """Yield the statements that mark the deals superseded which the facts, once stored, replace.

    Where the facts came in late, they are marked themselves.
    """
    pairs = dict.fromkeys(
        (fact.release_id, fact.sender_id) for fact in facts if isinstance(fact, DealFact)
    )
    rows = [{"release": release, "sender": sender} for release, sender in pairs]
    for start in range(0, len(rows), _ROWS):
        yield SUPERSEDE_DEALS, {"rows": rows[start : start + _ROWS]}
