"""A work's registration as facts: the work, whom it names, and what each claims where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from graph.facts import ClaimFact, Fact, NamedFact, WorkFact
from graph.ids import mint
from ingest.cwr.chains import chain_facts
from ingest.cwr.parties import Parties
from ingest.cwr.performances import performance_facts
from ingest.cwr.senders import Sent
from ingest.identities import Thing, identifier
from standards.cwr.scopes import idle
from standards.cwr.works import Holder, work_of
from standards.identifiers import Scheme
from standards.territories import territory

_WORLD: Final = ("2136",)
_PUBLISHERS: Final = frozenset({"SPU", "OPU"})
# Records with nodes of their own: parties and claims.
_MODELLED: Final = frozenset({"SPU", "OPU", "SWR", "OWR", "SPT", "OPT", "SWT", "OWT"})
_SOCIETIES: Final = ("pr_society", "mr_society", "sr_society")
# What a party's record says of it besides its shares, and besides what is personal.
_NAMED: Final = (
    "ip",
    "name",
    "first_name",
    "unknown",
    "role",
    "ipi_name",
    "ipi_base",
    *_SOCIETIES,
    "agreement",
    "society_agreement",
    "agreement_type",
    "isac",
    "special_agreements",
    "recording_refusal",
    "usa_licence",
    "reversionary",
    "for_hire",
)


def registration_facts(sent: Sent, parties: Parties) -> Iterator[Fact]:
    """Yield what a work's transaction says."""
    work_id = mint("cwr", "work", sent.sender.code, sent.number)
    yield from _work(sent, work_id)
    work = work_of(sent.transaction)
    kept = [each for each in sent.transaction.details if each.type not in _MODELLED]
    kept += [each for holder in work.holders for each in idle(holder.territories, holder.collected)]
    kept += [each for each in work.lost if each.type != "PWR"]
    registration = sent.fact("WORK", kept, work_id)
    yield registration
    ids: dict[int, str] = {}
    for holder in work.holders:
        record = holder.record
        place = f"{sent.number}/{record.sequence}"
        person = record.type not in _PUBLISHERS
        party, facts = parties.facts(record, sent.sender, place, person=person)
        ids[record.sequence] = party
        yield from facts
        yield _named(holder, registration.id, party)
        yield from _claims(holder, registration.id, work_id, party)
    yield from chain_facts(work, ids)
    yield from performance_facts(sent, work_id)


def _work(sent: Sent, work_id: str) -> Iterator[Fact]:
    header, sender = sent.header, sent.sender
    title = header.text("title") or ""
    others = (each.text("title") or "" for each in sent.transaction.of("ALT", "NAT"))
    aliases = tuple(dict.fromkeys(each for each in others if each != title))
    yield WorkFact(id=work_id, title=title, aliases=aliases, language=header.text("language"))
    thing = Thing(label="Work", id=work_id)
    yield identifier(thing, Scheme.PROPRIETARY, f"CWR:{sender.code}:{sent.number}")
    if iswc := header.text("iswc"):
        yield identifier(thing, Scheme.ISWC, iswc)


def _named(holder: Holder, registered: str, party: str) -> NamedFact:
    record = holder.record
    values = {name: record.text(name) for name in _NAMED if name in record.values}
    if holder.territories and "pr_society" not in record.values:
        # In CWR 3.0 societies stand with the territories.
        place = holder.territories[0]
        values |= {name: place.text(name) for name in _SOCIETIES}
    return NamedFact(
        registration=registered,
        party_id=party,
        position=record.sequence,
        record=record.type,
        chain=record.number("chain") if "chain" in record.values else None,
        **values,
    )


def _claims(holder: Holder, registered: str, work_id: str, party: str) -> Iterator[ClaimFact]:
    record = holder.record
    chain = f"{registered}/{record.number('chain')}" if "chain" in record.values else None
    place = str(record.sequence)
    for right, share in holder.owned.items():
        yield ClaimFact(
            id=mint("cwr", "claim", registered, place, "OWNERSHIP", right),
            asset="Work",
            asset_id=work_id,
            party_id=party,
            right=right,
            kind="OWNERSHIP",
            share=share,
            territories=_WORLD,
            role=holder.role or None,
            chain=chain,
            registration=registered,
            position=record.sequence,
            controlled=holder.controlled,
        )
    for at, scope in enumerate(holder.collected):
        for right, share in scope.shares:
            yield ClaimFact(
                id=mint("cwr", "claim", registered, place, "COLLECTION", right, str(at)),
                asset="Work",
                asset_id=work_id,
                party_id=party,
                right=right,
                kind="COLLECTION",
                share=share,
                territories=tuple(code(tis) for tis in scope.territories),
                excluded_territories=tuple(code(tis) for tis in scope.excluded),
                role=holder.role or None,
                chain=chain,
                registration=registered,
                position=record.sequence,
                controlled=scope.controlled,
                shares_change=scope.changes or None,
            )


@lru_cache(maxsize=1024)
def code(tis: int) -> str:
    """Return a territory as the graph has it: ISO alpha-2 for a country, else the TIS number."""
    return territory(tis).code
