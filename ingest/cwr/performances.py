"""Recordings of a registered work, and who is said to perform it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.facts import ArtistFact, CreditFact, Fact, RecordingFact, RecordingOfFact
from graph.ids import mint
from ingest.cwr.parties import name_of
from ingest.cwr.senders import Sender, Sent
from ingest.identities import NUMBER_PRIOR, Thing, identifier, numbered
from standards.cwr.records import Record
from standards.identifiers import Scheme, parse


def performance_facts(sent: Sent, work_id: str) -> Iterator[Fact]:
    """Yield the recordings that bear an identifier or a title, and the performing artists."""
    transaction, sender, number = sent.transaction, sent.sender, sent.number
    for record in transaction.of("REC"):
        own, isrc, title = record.text("recording"), record.text("isrc"), record.text("title")
        if own or isrc or title:
            key = own or isrc or f"{number}/{title}"
            recording = mint("cwr", "recording", sender.code, key)
            yield from _recording(record, recording, sent.header.text("title") or "")
            yield RecordingOfFact(recording_id=recording, work_id=work_id)
    for at, record in enumerate(transaction.of("PER")):
        artist, facts = _artist(record, sender, number)
        yield from facts
        yield CreditFact(
            type="WROTE", artist_id=artist, thing_id=work_id, role="PERFORMER", position=at
        )


def _recording(record: Record, recording: str, work_title: str) -> Iterator[Fact]:
    title = record.text("title") or work_title
    version, length = record.text("version_title"), record.number("duration")
    yield RecordingFact(
        id=recording,
        title=title,
        length_ms=length * 1000 or None,
        date=record.text("released"),
        disambiguation=version if version != title else None,
        artist_credit=record.text("artist"),
    )
    if isrc := record.text("isrc"):
        yield identifier(Thing(label="Recording", id=recording), Scheme.ISRC, isrc)


def _artist(record: Record, sender: Sender, number: str) -> tuple[str, list[Fact]]:
    """Return a performer: known by a valid number, else by the work, since a name proves nothing."""
    name = name_of(record, person=True)
    numbers = [
        (scheme, value)
        for scheme, field in ((Scheme.ISNI, "isni"), (Scheme.IPI_NAME, "ipi_name"))
        if (value := record.text(field) if field in record.values else None) and value.strip("0")
    ]
    key = ("", number, name)
    for scheme, value in numbers:
        if (found := parse(scheme, value)).value is not None:
            key = (scheme.value, found.value, "")
            break
    artist = mint("cwr", "artist", sender.code if not key[0] else "", *key)
    thing = Thing(label="Artist", id=artist)
    facts: list[Fact] = [ArtistFact(id=artist, mention=True, name=name)]
    for scheme, value in numbers:
        evidence = f"{sender.name} gives the {scheme.replace('_', ' ')} {value}."
        facts.extend(
            numbered(
                thing,
                scheme,
                value,
                asserted_by=sender.name,
                evidence=evidence,
                prior=NUMBER_PRIOR,
            )
        )
    return artist, facts
