"""Acknowledgements tied to the registrations that they answer, whichever of the two was loaded first.

An acknowledgement quotes when a message was made, and where the transaction stands in it, and the number
in it: not whose message it was. Where several senders' fit, it is tied to none, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from graph.facts.findings import Finding, Met
from graph.facts.registrations import AcknowledgementFact, RegistrationFact
from graph.transactions import Transaction

ANSWERS: Final = """
UNWIND $quotes AS key
MATCH (answer:Acknowledgement {quotes: key})
OPTIONAL MATCH (answered:Registration {quoted: key})
WITH key, answer, collect([answered.id, answered.submitter]) AS every
RETURN collect([key, answer.id, answer.registration, every]) AS rows
"""
TIE: Final = """
UNWIND $rows AS row
MATCH (answer:Acknowledgement {id: row.id})
SET answer.registration = row.registration
"""


async def answer(transaction: Transaction, facts: Sequence[Any]) -> list[Finding]:
    """Tie what the facts, which are stored, answer or are answered by; return what fits several."""
    met = dict(_quotes(facts))
    if not met:
        return []
    rows: list[tuple[str, str, str | None, list[tuple[str | None, str]]]] = await transaction.read(
        "what is answered", ANSWERS, quotes=sorted(set(met.values()))
    )
    ties: list[dict[str, str | None]] = []
    several: dict[str, str] = {}
    for key, acknowledgement, tied, every in rows:
        found = [each for each in every if each[0] is not None]
        one = found[0][0] if len(found) == 1 else None
        if one != tied:
            ties.append({"id": acknowledgement, "registration": one})
        if len(found) > 1:
            several[key] = ", ".join(sorted(submitter for _, submitter in found))
    if ties:
        await transaction.write("tie answers", TIE, rows=ties)
    return [
        Finding(fact, Met.SEVERAL_ANSWERED, f"What it quotes was sent by each of {several[key]}.")
        for fact, key in met.items()
        if key in several
    ]


def _quotes(facts: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield what an acknowledgement quotes, or may quote of a registration, by the fact's id."""
    for fact in facts:
        if isinstance(fact, RegistrationFact):
            yield fact.id, fact.quoted
        elif isinstance(fact, AcknowledgementFact) and fact.quotes is not None:
            yield fact.id, fact.quotes
