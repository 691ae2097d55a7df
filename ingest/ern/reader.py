"""ERN messages as records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph.facts import Fact, PartyFact, ReleaseFact
from ingest.ern import names
from ingest.ern.deals import deal_facts, purged
from ingest.ern.message import PURGE, SECTIONS, Message, message
from ingest.ern.pieces import Broken, Piece, pieces
from ingest.ern.reading import title
from ingest.ern.releases import also_named, release_facts
from ingest.ern.resources import resource_facts
from ingest.identities import Thing
from ingest.records import Record, opened
from ingest.reports import Refused, Rule

KIND: Final = "DDEX"
LICENCE: Final = "As the sender and the recipient agreed"

_SILENT: Final = ("MessageHeader", "Party")


def read(path: Path, skip: int = 0) -> Iterator[Record]:
    """Yield a message's records after the first `skip`: who sent it, and then its pieces.

    A message that cannot be read to its end is refused whole.
    """
    try:
        found = message(path)
    except Refused as refused:
        line = refused.line if isinstance(refused, Broken) else 0
        yield Record(line=line, refused=[(line, refused.rule, refused.message)], fatal=True)
        return
    try:
        records = (Record(line=1, facts=list(_sender(found))),)
        yield from records[skip:]
        for at, piece in enumerate(_in_order(found, path), start=1):
            if at >= skip:
                yield _record(found, piece)
    finally:
        found.references.close()


def _in_order(found: Message, path: Path) -> Iterator[Piece]:
    """Yield the pieces, each after what it refers to."""
    for section in (None,) if found.ordered else ("", *SECTIONS):
        with opened(path) as file:
            for piece in pieces(file):
                if section is None or _section(piece) == section:
                    yield piece


def _section(piece: Piece) -> str:
    return piece.within if piece.within in SECTIONS else ""


def _record(found: Message, piece: Piece) -> Record:
    record = Record(line=piece.line)
    try:
        record.facts = list(_facts(found, piece, record))
    except Refused as refused:
        record.refused.append((piece.line, refused.rule, refused.message))
    return record


def _facts(found: Message, piece: Piece, record: Record) -> Iterator[Fact]:
    element = piece.element
    match piece.within, element.tag:
        case "ResourceList", _:
            yield from resource_facts(found, element, record)
        case "ReleaseList", _:
            yield from release_facts(found, element, record)
        case "DealList", "ReleaseDeal":
            yield from deal_facts(found, element, record)
        case _, "PurgedRelease" if found.kind == PURGE:
            yield from _purged(found, piece)
        case _, tag if tag not in _SILENT:
            record.unmapped[f"message: {tag}"] += 1
        case _:
            pass


def _sender(found: Message) -> Iterator[Fact]:
    sender = found.sender
    thing = Thing(label="Party", id=sender.id)
    yield PartyFact(id=thing.id, mention=True, name=sender.party.name, kind="ORGANISATION")
    yield from names.borne(
        thing,
        sender.party.identifiers,
        asserted_by=sender.party.name,
        message=found.number,
    )


def _purged(found: Message, piece: Piece) -> Iterator[Fact]:
    named = names.identifiers([piece.element], "ReleaseId")
    key = names.key_of(named)
    if key is None:
        raise Refused(Rule.ERN_NO_ID, "What is purged has no GRid, no ICPN and no other number.")
    thing = Thing(label="Release", id=found.sender.named("release", key))
    # Which release it is may be told only by a message that is loaded later.
    yield ReleaseFact(
        id=thing.id, mention=True, title=title([piece.element]) or key.partition(":")[2]
    )
    yield from also_named(found, thing, named)
    yield from purged(found, thing.id)
