"""Deals as facts: what may be done with a release or its recordings, and what no longer may.

A message says all that its sender offers of a release. Deals on the release are on the recordings on
it, too, but for those that the message has deals on as tracks of their own: these decide for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from graph.facts import CoversFact, DealFact, Fact
from graph.facts.assertions import DealKind
from graph.facts.links import CoveredLabel
from graph.ids import mint
from ingest.ern.message import Message, speaks
from ingest.ern.periods import periods
from ingest.ern.reading import count, text
from ingest.ern.territories import WORLD, Scope, scope
from ingest.ern.words import model, spelt
from ingest.records import Record
from ingest.reports import Refused, Rule

_READ: Final = frozenset(
    {
        *("TerritoryCode", "ExcludedTerritoryCode", "ValidityPeriod", "CommercialModelType"),
        *("Usage", "UseType", "TakeDown", "AllDealsCancelled", "IsPreOrderDeal"),
    }
)

Covered = list[tuple[CoveredLabel, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """One release that deals speak of: what they are sent with, what they cover, their key."""

    release_id: str
    covered: Covered
    key: str


def deal_facts(message: Message, element: Element, record: Record) -> Iterator[Fact]:
    """Yield the deals on one or several releases; each release has its own."""
    subjects = list(_subjects(message, element, record))
    offered = list(_offered(message, element, record))
    for subject in subjects:
        if not offered:
            # However little of it can be read, the message replaces what was offered before.
            yield from nothing_offered(message, subject.release_id)
        for terms in offered:
            yield from _facts(message, subject, terms)


def _offered(message: Message, element: Element, record: Record) -> Iterator[_Terms]:
    """Yield the terms of each deal that can be read."""
    for number, deal in enumerate(element.iterfind("Deal"), start=1):
        terms = deal.find("DealTerms")
        if terms is None:
            record.refused.append(
                (record.line, Rule.ERN_DEAL_TERMS, f"The deal {number} has no terms.")
            )
        elif not speaks(deal):
            record.unmapped["deal: orders before the release"] += 1
        else:
            count(record.unmapped, [terms], _READ, "deal")
            try:
                yield from list(_terms(message, terms, record))
            except Refused as refused:
                record.refused.append((record.line, refused.rule, refused.message))


def nothing_offered(message: Message, release_id: str) -> Iterator[Fact]:
    """Yield that a message offers nothing of a release: what was offered before has ended."""
    subject = _Subject(release_id=release_id, covered=[("Release", release_id)], key="")
    terms = _Terms(kind="NO_DEAL", scope=WORLD, valid_from=None, valid_to=None)
    yield from _facts(message, subject, terms)


def purged(message: Message, release_id: str) -> Iterator[Fact]:
    """Yield the take-down of everything that was offered of a release, from the message's day on."""
    subject = _Subject(release_id=release_id, covered=[("Release", release_id)], key="")
    yield from _facts(message, subject, _take_down(message, WORLD))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    kind: DealKind
    scope: Scope
    valid_from: str | None
    valid_to: str | None
    uses: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


def _subjects(message: Message, element: Element, record: Record) -> Iterator[_Subject]:
    for each in element.iterfind("DealReleaseReference"):
        reference = (each.text or "").strip()
        release = message.references.release(reference)
        home = release and (
            message.references.home_of_track(reference) if release.track else release.key
        )
        if release is None or home is None:
            record.refused.append(
                (
                    record.line,
                    Rule.ERN_REFERENCE,
                    f"The deals are on {reference or 'nothing'}, which is no release kept.",
                )
            )
            continue
        yield _subject(message, reference, home, apart=release.track)


def _subject(message: Message, reference: str, home: str, *, apart: bool) -> _Subject:
    release_id = message.sender.named("release", home)
    find = message.references.contents if apart else message.references.covered
    recordings: Covered = [
        ("Recording", message.sender.named("recording", key)) for key in find(reference)
    ]
    covered: Covered = recordings if apart else [("Release", release_id), *recordings]
    return _Subject(release_id=release_id, covered=covered, key=reference)


def _terms(message: Message, terms: Element, record: Record) -> Iterator[_Terms]:
    found = scope(terms, record)
    if "true" in (text(terms, "TakeDown"), text(terms, "AllDealsCancelled")):
        start, _ = next(periods(terms), (None, None))
        yield _take_down(message, found or WORLD, start)
        return
    if found is None:
        raise Refused(Rule.ERN_TERRITORY, "The deal holds in no territory that is known.")
    uses = dict.fromkeys(spelt(each.text) for each in terms.iter("UseType") if each.text)
    models = dict.fromkeys(
        model(each.text) for each in terms.iterfind("CommercialModelType") if each.text
    )
    if not uses or not models:
        raise Refused(Rule.ERN_DEAL_TERMS, "The deal names no use, or no commercial model.")
    for valid_from, valid_to in periods(terms):
        yield _Terms(
            kind="DEAL",
            scope=found,
            valid_from=valid_from,
            valid_to=valid_to,
            uses=tuple(uses),
            models=tuple(models),
        )


def _take_down(message: Message, where: Scope, start: str | None = None) -> _Terms:
    day = message.created.date().isoformat()
    return _Terms(kind="TAKE_DOWN", scope=where, valid_from=start or day, valid_to=None)


def _facts(message: Message, subject: _Subject, terms: _Terms) -> Iterator[Fact]:
    created = message.created.isoformat()
    # Equal terms in one message are one deal.
    key = (
        message.sender.key,
        message.number,
        created,
        subject.release_id,
        subject.key,
        repr(terms),
    )
    deal = DealFact(
        id=mint("ern", "deal", *key),
        release_id=subject.release_id,
        sender_id=message.sender.id,
        kind=terms.kind,
        territories=terms.scope.territories,
        excluded_territories=terms.scope.excluded,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        uses=terms.uses,
        models=terms.models,
        message=message.number,
        recorded_at=message.created,
    )
    yield deal
    for label, thing_id in subject.covered:
        yield CoversFact(deal=deal.id, thing=label, thing_id=thing_id)
