"""Sound recordings as facts; other resources are counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from graph.facts import Fact, RecordingFact
from ingest.ern import crediting, names, reading
from ingest.ern.message import RECORDING, RECORDING_DETAILS, RECORDING_IDS, Message, recording_key
from ingest.identities import Thing
from ingest.records import Record
from ingest.reports import Refused, Rule
from ingest.values import date

_READ: Final = frozenset(
    {
        *("SoundRecordingId", "ResourceId", "SoundRecordingEdition", "ResourceReference"),
        *("DisplayTitleText", "DisplayTitle", "ReferenceTitle", "Title", "Duration"),
        *("DisplayArtist", "DisplayArtistName", "PLine", "TerritoryCode", RECORDING_DETAILS),
        *("OriginalResourceReleaseDate", "FirstPublicationDate", "ResourceReleaseDate"),
        *crediting.CONTRIBUTORS,
    }
)


def resource_facts(message: Message, element: Element, record: Record) -> Iterator[Fact]:
    """Yield the facts of one resource."""
    if element.tag != RECORDING:
        record.unmapped[f"resource: {element.tag}"] += 1
        return
    described = reading.described(element, RECORDING_DETAILS)
    title, key = reading.title(described), recording_key(element)
    if key is None:
        raise Refused(
            Rule.ERN_NO_ID, "The sound recording has no ISRC and no number of its sender's."
        )
    if title is None:
        raise Refused(Rule.ERN_NO_TITLE, f"The sound recording {key} has no title.")
    thing = Thing(label="Recording", id=message.sender.named("recording", key))
    editions = element.findall("SoundRecordingEdition")
    yield RecordingFact(
        id=thing.id,
        title=title,
        length_ms=reading.milliseconds(reading.text(element, "Duration")),
        date=date(
            reading.text(
                described,
                "OriginalResourceReleaseDate",
                "FirstPublicationDate",
                "ResourceReleaseDate",
            )
        ),
        artist_credit=crediting.printed(message, described),
        p_line=reading.line([*described, *editions], "PLine"),
    )
    yield from names.borne(
        thing,
        names.identifiers([element], *RECORDING_IDS),
        asserted_by=message.sender.party.name,
        message=message.number,
    )
    reference = reading.text(element, "ResourceReference") or ""
    scope = message.references.home(reference) or key
    yield from crediting.credit_facts(
        message, described, "RECORDED", thing.id, scope, record.unmapped
    )
    reading.count(record.unmapped, described, _READ, "recording")
