"""Registrations that follow others, in the transaction that stores them: what they replace, and what stays.

Before anything is superseded, what people wrote of the earlier registrations' claims is looked up; a message
takes the place of what they only disputed, and stands aside for what they made say something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from graph.client import Statement
from graph.facts.findings import Finding, Met
from graph.facts.registrations import RegistrationFact
from graph.lines import Landed, Said, Verdict, land, lines
from graph.transactions import Transaction
from standards.shares import format_percent

# A registration that was stored before is left alone, whatever became of its claims.
NEWEST: Final = """
UNWIND $keys AS key
MATCH (newest:Registration {key: key})
WHERE newest.id IN $ids AND newest.recordedAt = $recordedAt AND newest.recordedTo IS NULL
RETURN collect([key, newest.id]) AS rows
"""
MESSAGE: Final = """
UNWIND $ids AS id
MATCH (newest:Registration {id: id})-[:REGISTERS]->(:Work)<-[:ON]-(claim:Claim)
WHERE claim.registration = id
MATCH (claim)-[:CLAIMED_BY]->(party:Party)
RETURN collect([id, party.id, party.name, newest.order, true, properties(claim)]) AS rows
"""
BECOME: Final = """
UNWIND $rows AS row
MATCH (claim:Claim {id: row.id})
SET claim += row.known
"""
# A load takes the instant at which it began; what was written since then ends as it began.
GIVE_WAY: Final = """
UNWIND $ids AS id
MATCH (claim:Claim {id: id})
WITH claim, claim.status AS stood
SET claim.status = 'SUPERSEDED', claim.stoodAs = stood, claim.recordedTo =
  CASE WHEN claim.recordedAt > $recordedAt THEN claim.recordedAt ELSE $recordedAt END
"""


async def follow(
    transaction: Transaction,
    facts: Sequence[Any],
    superseding: Sequence[Statement],
    recorded_at: datetime,
) -> list[Finding]:
    """Supersede what the stored facts replace, and return what of them does not count as they say it."""
    keys = {
        fact.id: fact.key
        for fact in facts
        if isinstance(fact, RegistrationFact) and fact.work_id is not None
    }
    written = await lines(transaction, sorted(set(keys.values()))) if keys else {}
    for text, parameters in superseding:
        await transaction.write("supersede registrations", text, **parameters)
    if not written:
        return []
    newest: list[tuple[str, str]] = await transaction.read(
        "newest registrations", NEWEST, keys=sorted(written), ids=list(keys), recordedAt=recorded_at
    )
    message: defaultdict[str, list[Said]] = defaultdict(list)
    ids = [id_ for _, id_ in newest]
    for id_, *row in await transaction.read("claims of messages", MESSAGE, ids=ids):
        message[id_].append(Said.of(row))
    found: list[Finding] = []
    for key, id_ in newest:
        landed = land(written[key], message[id_])
        await _store(transaction, landed, key, recorded_at)
        found.extend(_findings(landed, id_))
    return found


async def _store(transaction: Transaction, landed: Landed, key: str, recorded_at: datetime) -> None:
    rows = [
        {"id": verdict.claim.id, "known": known}
        for verdict in landed.verdicts
        if (known := _known(verdict, key, recorded_at))
    ]
    if rows:
        await transaction.write("claims of messages", BECOME, rows=rows)
    if landed.ended:
        ids = [each.id for each in landed.ended]
        await transaction.write("claims give way", GIVE_WAY, ids=ids, recordedAt=recorded_at)


def _known(verdict: Verdict, key: str, recorded_at: datetime) -> dict[str, Any]:
    """Return what is stored of a claim besides what its message says of it."""
    if verdict.yields_to:
        roots = [hold.root.id for hold in verdict.yields_to]
        never: dict[str, Any] = {"stoodAs": "ASSERTED", "recordedTo": recorded_at}
        return {**never, "status": "SUPERSEDED", "line": key, "yieldsTo": roots}
    if verdict.withdrawn:
        return {"status": "WITHDRAWN", "stoodAs": "ASSERTED", "recordedTo": recorded_at}
    known: dict[str, Any] = {"status": "DISPUTED", "line": key} if verdict.disputed else {}
    return known if verdict.revises is None else {**known, "revises": verdict.revises}


def _findings(landed: Landed, registration: str) -> Iterator[Finding]:
    for verdict in landed.verdicts:
        said = _words(verdict.claim)
        standing = [each for hold in verdict.yields_to for each in hold.standing]
        if verdict.yields_to:
            same = [(each.party, each.content) for each in standing]
            if same != [(verdict.claim.party, verdict.claim.content)]:
                message = f"{said}: what people wrote stands; this is kept and does not count."
                yield Finding(registration, Met.WRITTEN_HERE, message)
        elif verdict.withdrawn:
            message = f"{said}: people withdrew that; this is kept and does not count."
            yield Finding(registration, Met.WITHDRAWN_HERE, message)
        elif verdict.disputed:
            message = f"{said}: it is disputed here, and stays so."
            yield Finding(registration, Met.DISPUTED_HERE, message)
    for hold in landed.left_out:
        message = f"Nothing in the place of: {_words(hold.root)}. What people wrote of that stands."
        yield Finding(registration, Met.WRITTEN_HERE, message)


def _words(claim: Said) -> str:
    share = format_percent(claim.content[0])
    return f"{claim.name} claims {share} of {claim.right} ({claim.kind.lower()})"
