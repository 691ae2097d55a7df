"""Facts of registrations: what a message registers, whom it names, what is answered, what it replaces.

A registration is one transaction of a message, and never changes. Those of one `key` follow each other
in their `order`, whichever was loaded first: the claims of all but the last are superseded, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from graph.client import Statement

# Registrations a statement: each has some dozens of claims.
_ROWS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationFact:
    """A work, or an agreement, registered by a submitter under its own number.

    `records` are the records without a node of their own, as the message has them, the header first;
    `broken` the rules that the transaction breaks.
    """

    id: str
    key: str
    order: str
    kind: str
    format: str
    submitter: str
    number: str
    records: tuple[str, ...]
    broken: tuple[str, ...] = ()
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

    `kind` is ACK, or ISW for an ISWC that was given. `number` is the submitter's, `recipient_number`
    the recipient's.
    """

    id: str
    registration: str | None
    kind: str
    recipient: str
    status: str | None = None
    number: str | None = None
    recipient_number: str | None = None
    title: str | None = None
    iswc: str | None = None
    date: str | None = None
    messages: tuple[str, ...] = ()


RegistrationsFact: TypeAlias = RegistrationFact | NamedFact | AcknowledgementFact

# Nothing that stands is changed: a claim is an assertion, and what became of it since is kept.
REGISTER_CLAIMS: Final = """
UNWIND $rows AS row
MATCH (asset:Work {id: row.asset})
MATCH (party:Party {id: row.party})
OPTIONAL MATCH (old:Claim {id: row.id})
WITH row, asset, party, old WHERE old IS NULL
CREATE (claim:Claim {id: row.id})
SET claim += row.known, claim.sourceId = $sourceId,
  claim.recordedAt = coalesce(row.known.recordedAt, $recordedAt)
CREATE (claim)-[:ON {sourceId: $sourceId, recordedAt: $recordedAt}]->(asset)
CREATE (claim)-[:CLAIMED_BY {sourceId: $sourceId, recordedAt: $recordedAt}]->(party)
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
SET claim.status = 'SUPERSEDED', claim.recordedTo = coalesce(claim.recordedTo, $recordedAt)
"""

SUPERSEDE_AGREEMENTS: Final = """
UNWIND $rows AS row
MATCH (old:Registration {key: row.key})
MATCH (newer:Registration {key: row.key})
WHERE newer.order > old.order
WITH DISTINCT old
MATCH (old)-[:STATES]->(agreement:Agreement)
WHERE agreement.status IN ['ASSERTED', 'DISPUTED']
SET agreement.status = 'SUPERSEDED',
  agreement.recordedTo = coalesce(agreement.recordedTo, $recordedAt)
"""


def superseding(facts: Iterable[RegistrationFact], recorded_at: datetime) -> list[Statement]:
    """Return the statements that, once the facts are stored, supersede what they or others replace."""
    keys = {fact.key: fact.work_id is None for fact in facts}
    found: list[Statement] = []
    rows = [{"key": key} for key in keys]
    for start in range(0, len(rows), _ROWS):
        part = {"rows": rows[start : start + _ROWS], "recordedAt": recorded_at}
        found.append((SUPERSEDE, part))
        if any(keys.values()):
            found.append((SUPERSEDE_AGREEMENTS, part))
    return found
