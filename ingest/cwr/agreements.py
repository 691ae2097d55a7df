"""An agreement as facts: from each assignor to each acquirer, right by right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph.facts import AgreementFact, Fact
from graph.ids import mint
from ingest.cwr.parties import Parties
from ingest.cwr.registrations import code
from ingest.cwr.senders import Sent
from standards.cwr.records import RIGHTS, Record
from standards.cwr.scopes import known

# Works are registered with the shares that follow from their agreements: passing them on again by the
# agreement would count them twice. So a writer's agreement is one of PUBLISHING, and a publisher's with
# its sub-publisher one of ADMINISTRATION; neither multiplies a share.
_KINDS: Final = {"O": "PUBLISHING", "P": "ADMINISTRATION"}


def agreement_facts(sent: Sent, parties: Parties) -> Iterator[Fact]:
    """Yield what an agreement's transaction says."""
    transaction = sent.transaction
    registration = sent.fact("AGR", transaction.details, None)
    yield registration
    sides: dict[str, dict[str, Record]] = {"AS": {}, "AC": {}}
    for record in transaction.of("IPA"):
        person = record.text("first_name") is not None
        place = f"AGR/{sent.number}/{record.sequence}"
        party, facts = parties.facts(record, sent.sender, place, person=person)
        yield from facts
        sides[record.text("role") or "AS"][party] = record
    for assignor in sides["AS"]:
        for acquirer, record in sides["AC"].items():
            if acquirer != assignor:
                yield from _agreed(sent, registration.id, (assignor, acquirer), record)


def _agreed(
    sent: Sent, registered: str, between: tuple[str, str], acquired: Record
) -> Iterator[AgreementFact]:
    header = sent.header
    places = [each for each in sent.transaction.of("TER") if known(each.number("territory"))]
    kind = _KINDS[(header.text("agreement_type") or "O")[0]]
    for right in RIGHTS:
        if share := acquired.shares().get(right):
            yield AgreementFact(
                id=mint("cwr", "agreement", registered, *between, right),
                assignor_id=between[0],
                acquirer_id=between[1],
                kind=kind,
                right=right,
                share=share,
                territories=_codes(places, "I"),
                excluded_territories=_codes(places, "E"),
                valid_from=header.text("start"),
                valid_to=header.text("retention_end") or header.text("end"),
                collection_to=header.text("post_term_end"),
                registration=registered,
            )


def _codes(places: Sequence[Record], inclusion: str) -> tuple[str, ...]:
    found = (each.number("territory") for each in places if each.text("inclusion") == inclusion)
    return tuple(code(tis) for tis in found)
