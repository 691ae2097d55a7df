"""What a merged id has become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from graph.client import Graph, Statement
from graph.facts.merging import settle


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectFact:
    """A thing under one id turned out to be the thing under another."""

    id: str
    to: str
    label: str
    reason: str


# A survivor that itself redirects back to this id would close a loop: such a merge does nothing. Nor does one
# of what has moved to a survivor already, or of what an editor has parted.
MERGE_REDIRECT: Final = """
OPTIONAL MATCH (ahead:Redirect {id: $to})
OPTIONAL MATCH (had:Redirect {id: $id})
WITH coalesce(ahead.to, $to) AS survivor, coalesce(ahead.partedFrom, []) AS parted, had
WHERE survivor <> $id AND NOT $id IN parted
  AND had.partedAt IS NULL AND had.hadRecordedAt IS NULL
MERGE (redirect:Redirect {id: $id})
ON CREATE SET redirect.sourceId = $sourceId, redirect.recordedAt = $recordedAt
SET redirect.into =
    CASE WHEN redirect.to = survivor THEN coalesce(redirect.into, survivor) ELSE survivor END,
  redirect.to = survivor, redirect.label = $label, redirect.reason = $reason
WITH survivor
MATCH (behind:Redirect {to: $id})
SET behind.into = coalesce(behind.into, behind.to), behind.to = survivor
"""


def redirect_statement(fact: RedirectFact, source_id: str, recorded_at: datetime) -> Statement:
    """Return the statement that records a merge and shortens every path through it."""
    return MERGE_REDIRECT, {
        "id": fact.id,
        "to": fact.to,
        "label": fact.label,
        "reason": fact.reason,
        "sourceId": source_id,
        "recordedAt": recorded_at,
    }


async def merge_redirect(  # noqa: PLR0913 - a redirect has this many properties.
    graph: Graph,
    label: str,
    from_id: str,
    to_id: str,
    *,
    reason: str,
    source_id: str,
    recorded_at: datetime,
) -> None:
    """Record that `from_id` is now `to_id`; whatever pointed to `from_id` points to the survivor.

    What stands under `from_id` moves to the survivor, at the latest when that is stored.
    A merge that would close a loop, or of an id with itself, does nothing; nor does one of a thing that has
    moved to another survivor already, or that an editor has parted.
    """
    fact = RedirectFact(id=from_id, to=to_id, label=label, reason=reason)
    await graph.write("merge redirect", [redirect_statement(fact, source_id, recorded_at)])
    await settle(graph, label, [from_id])
