"""Facts of registrations: what a message registers, whom it names, what is answered, what it replaces.

A registration is one transaction of a message, and never changes. Those of one `key` follow each other
in their `order`, whichever was loaded first: the claims of all but the last are superseded, and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from graph.client import Statement
from graph.facts.rows import Row, known

# Registrations a statement: each has some dozens of claims.
_ROWS: Final = 200
_REGISTRATION: Final = frozenset({"id", "work_id"})
_NAMED: Final = frozenset({"registration", "party_id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationFact:
    """A work, or an agreement, registered by a submitter under its own number.

    `quoted` is what acknowledgements quote of it. `records` are the records without a node of their own,
    as the message has them, the header first;
    `broken` the rules that the transaction breaks, `broken_at` each with the position of the party whose
    record breaks it, and its chain: `rule/position/chain`, position 0 for the header.
    """

    id: str
    key: str
    order: str
    kind: str
    format: str
    submitter: str
    number: str
    quoted: str
    records: tuple[str, ...]
    broken: tuple[str, ...] = ()
    broken_at: tuple[str, ...] = ()
    work_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFact:
    """A party as one record of a registration names it; one per registration and position.

    What it claims are claims of their own. What is personal (tax and identity numbers) is left out.
    """

    registration: str
    party_id: str
    position: int
    record: str
    chain: int | None = None
    role: str | None = None
    ip: str | None = None
    name: str | None = None
    first_name: str | None = None
    unknown: str | None = None
    ipi_name: str | None = None
    ipi_base: str | None = None
    pr_society: str | None = None
    mr_society: str | None = None
    sr_society: str | None = None
    agreement: str | None = None
    society_agreement: str | None = None
    agreement_type: str | None = None
    isac: str | None = None
    special_agreements: str | None = None
    recording_refusal: str | None = None
    usa_licence: str | None = None
    reversionary: str | None = None
    for_hire: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementFact:
    """What a recipient answers to a registration, which need not be known here, or not yet.

    `kind` is ACK, or ISW for an ISWC that was given. `quotes` is what it quotes of the registration,
    `number` the submitter's, `recipient_number` the recipient's.
    """

    id: str
    kind: str
    quotes: str | None = None
    recipient: str
    status: str | None = None
    number: str | None = None
    recipient_number: str | None = None
    title: str | None = None
    iswc: str | None = None
    date: str | None = None
    messages: tuple[str, ...] = ()


RegistrationsFact: TypeAlias = RegistrationFact | NamedFact | AcknowledgementFact

# All of a registration is made at once, or stands and is not touched: what became of a claim is kept.
REGISTER: Final = """
UNWIND $rows AS row
OPTIONAL MATCH (old:Registration {id: row.id})
WITH row, old WHERE old IS NULL
CREATE (registration:Registration {id: row.id})
SET registration += row.known,
  registration.sourceId = $sourceId, registration.recordedAt = $recordedAt
WITH row, registration
OPTIONAL MATCH (work:Work {id: row.work})
FOREACH (one IN CASE WHEN work IS NULL THEN [] ELSE [1] END |
  CREATE (registration)-[:REGISTERS {sourceId: $sourceId, recordedAt: $recordedAt}]->(work))
WITH row, registration, work
UNWIND row.parties AS each
MATCH (party:Party {id: each.id})
CREATE (registration)-[named:NAMES {sourceId: $sourceId, recordedAt: $recordedAt}]->(party)
SET named += each.known
WITH work, party, each
WHERE work IS NOT NULL
UNWIND each.claims AS made
CREATE (work)<-[:ON {sourceId: $sourceId, recordedAt: $recordedAt}]-(claim:Claim {id: made.id})
  -[:CLAIMED_BY {sourceId: $sourceId, recordedAt: $recordedAt}]->(party)
SET claim += made.known, claim.sourceId = $sourceId, claim.recordedAt = $recordedAt
"""

SUPERSEDE: Final = """
UNWIND $rows AS row
MATCH (old:Registration {key: row.key})
MATCH (newer:Registration {key: row.key})
WHERE newer.order > old.order
WITH DISTINCT old
SET old.recordedTo = coalesce(old.recordedTo, $recordedAt)
WITH old
MATCH (old)-[:REGISTERS]->(:Work)<-[:ON]-(claim:Claim)
WHERE claim.registration = old.id AND claim.status IN ['ASSERTED', 'DISPUTED']
WITH claim, claim.status AS stood
SET claim.status = 'SUPERSEDED', claim.stoodAs = stood,
  claim.recordedTo = coalesce(claim.recordedTo, $recordedAt)
"""

SUPERSEDE_AGREEMENTS: Final = """
UNWIND $rows AS row
MATCH (old:Registration {key: row.key})
MATCH (newer:Registration {key: row.key})
WHERE newer.order > old.order
WITH DISTINCT old
MATCH (old)-[:STATES]->(agreement:Agreement)
WHERE agreement.status IN ['ASSERTED', 'DISPUTED']
WITH agreement, agreement.status AS stood
SET agreement.status = 'SUPERSEDED', agreement.stoodAs = stood,
  agreement.recordedTo = coalesce(agreement.recordedTo, $recordedAt)
"""


class Registrations:
    """The registrations of one transaction, each with those it names and what they claim."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._parties: dict[tuple[str, int], Row] = {}
        self._keys: dict[str, bool] = {}

    def registration(self, fact: RegistrationFact) -> None:
        """Take a registration; it comes before what it names and claims."""
        properties = known(fact, without=_REGISTRATION)
        row: Row = {"id": fact.id, "work": fact.work_id, "known": properties, "parties": []}
        self._rows[fact.id] = row
        self._keys[fact.key] = fact.work_id is None

    def named(self, fact: NamedFact) -> None:
        """Take one whom a registration names."""
        row: Row = {"id": fact.party_id, "known": known(fact, without=_NAMED), "claims": []}
        self._parties[fact.registration, fact.position] = row
        self._rows[fact.registration]["parties"].append(row)

    def claim(self, registration: str, position: int, claim: Row) -> None:
        """Take a claim of one named before."""
        self._parties[registration, position]["claims"].append(claim)

    def statements(self, source_id: str, recorded_at: datetime) -> Iterator[Statement]:
        """Yield what stores the registrations; their works and parties must stand by then."""
        rows = list(self._rows.values())
        stamp: Row = {"sourceId": source_id, "recordedAt": recorded_at}
        for start in range(0, len(rows), _ROWS):
            yield REGISTER, {"rows": rows[start : start + _ROWS], **stamp}

    def superseding(self, recorded_at: datetime) -> Iterator[Statement]:
        """Yield what supersedes, once these are stored, those that they or others replace."""
        rows = [{"key": key} for key in self._keys]
        for start in range(0, len(rows), _ROWS):
            part: Row = {"rows": rows[start : start + _ROWS], "recordedAt": recorded_at}
            yield SUPERSEDE, part
            if any(self._keys.values()):
                yield SUPERSEDE_AGREEMENTS, part
