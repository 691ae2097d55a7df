"""A message as a whole: who sent it, when, and what its references stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from ingest.ern import names, reading
from ingest.ern.names import Sender
from ingest.ern.pieces import Broken, Cutter, Piece, pieces
from ingest.ern.references import References, Release, Resource
from ingest.records import opened
from ingest.reports import Refused, Rule

NEW: Final = "NewReleaseMessage"
PURGE: Final = "PurgeReleaseMessage"

SECTIONS: Final = ("PartyList", "ResourceList", "ReleaseList", "DealList")
RECORDING: Final = "SoundRecording"
RECORDING_IDS: Final = ("SoundRecordingId", "ResourceId", "SoundRecordingEdition/ResourceId")
RECORDING_DETAILS: Final = "SoundRecordingDetailsByTerritory"
RELEASE_DETAILS: Final = "ReleaseDetailsByTerritory"

_ROOT: Final = re.compile(r"(?:\{(?P<space>[^}]*)\})?(?P<name>.+)")
_SPACE: Final = re.compile(r"http://ddex\.net/xml/ern/(?:382|4[123]\d?)")
_TRACK: Final = ("TrackRelease", "VideoTrackRelease")


@dataclass(slots=True, kw_only=True)
class Message:
    """One message, once it has been read through."""

    kind: str
    sender: Sender
    number: str
    created: datetime
    references: References
    ordered: bool
    """Whether what is referred to comes before what refers to it, as the standard has it."""


@dataclass(slots=True)
class _Header:
    element: Element | None = None
    line: int = 0
    sections: list[str] = field(default_factory=list[str])


def message(path: Path) -> Message:
    """Read a message through; raise Refused where it is none, Broken where a line is known."""
    references = References()
    header = _Header()
    try:
        with opened(path) as file:
            cutter = Cutter()
            kind = ""
            for piece in pieces(file, cutter):
                kind = kind or _kind(cutter.root)
                _note(references, header, piece)
            kind = kind or _kind(cutter.root)
        return _headed(kind, header, references)
    except BaseException:
        references.close()
        raise


def _kind(root: str) -> str:
    match = _ROOT.fullmatch(root)
    name, space = (match["name"], match["space"] or "") if match else ("", "")
    if name not in (NEW, PURGE):
        raise Refused(Rule.ERN_ROOT, f"The file is no {NEW} and no {PURGE} by its root.")
    if not _SPACE.fullmatch(space):
        raise Refused(
            Rule.ERN_VERSION,
            f"The message is of {space[:80] or 'no namespace'}; ERN 3.8.2 and 4.1 to 4.3 are read.",
        )
    return name


def _headed(kind: str, header: _Header, references: References) -> Message:
    element = header.element
    if element is None:
        raise Refused(Rule.ERN_HEADER, "The message has no header.")
    found = element.find("MessageSender")
    sender = names.sender(found) if found is not None else None
    if sender is None:
        raise Broken(Rule.ERN_HEADER, "The message does not say who sent it.", header.line)
    number = reading.text(element, "MessageId")
    if number is None:
        raise Broken(Rule.ERN_HEADER, "The message has no number.", header.line)
    created = reading.moment(reading.text(element, "MessageCreatedDateTime"))
    if created is None:
        raise Broken(Rule.ERN_HEADER, "The message does not say when it was made.", header.line)
    places = [SECTIONS.index(each) for each in header.sections if each in SECTIONS]
    return Message(
        kind=kind,
        sender=sender,
        number=number,
        created=created,
        references=references,
        ordered=places == sorted(places),
    )


def _note(references: References, header: _Header, piece: Piece) -> None:
    element = piece.element
    if not header.sections or header.sections[-1] != piece.within:
        header.sections.append(piece.within)
    if element.tag == "MessageHeader":
        header.element, header.line = element, piece.line
    elif piece.within in _NOTED:
        _NOTED[piece.within](references, element)


def _note_party(references: References, element: Element) -> None:
    reference, party = reading.text(element, "PartyReference"), names.party(element)
    if reference and party:
        references.add_party(reference, party)


def _note_resource(references: References, element: Element) -> None:
    if reference := reading.text(element, "ResourceReference"):
        references.add_resource(reference, _resource(element))


def _note_release(references: References, element: Element) -> None:
    if reference := reading.text(element, "ReleaseReference"):
        main = element.get("IsMainRelease") == "true"
        release = Release(key=release_key(element), track=is_track(element))
        references.add_release(reference, release, contents(element), main=main)


def _note_deals(references: References, element: Element) -> None:
    if any(speaks(deal) for deal in element.iterfind("Deal")):
        for each in element.iterfind("DealReleaseReference"):
            references.add_dealt((each.text or "").strip())


_NOTED: Final = {
    "PartyList": _note_party,
    "ResourceList": _note_resource,
    "ReleaseList": _note_release,
    "DealList": _note_deals,
}


def _resource(element: Element) -> Resource:
    if element.tag != RECORDING:
        return Resource(key=None, title=None, length_ms=None)
    title = reading.title(reading.described(element, RECORDING_DETAILS))
    key = recording_key(element) if title else None
    length = reading.milliseconds(reading.text(element, "Duration"))
    return Resource(key=key, title=title, length_ms=length)


def speaks(deal: Element) -> bool:
    """Say whether a deal has terms, and says more than that orders are taken before."""
    terms = deal.find("DealTerms")
    return terms is not None and reading.text(terms, "IsPreOrderDeal") != "true"


def recording_key(element: Element) -> str | None:
    """Return the sender's key of a sound recording."""
    return names.key_of(names.identifiers([element], *RECORDING_IDS))


def release_key(element: Element) -> str | None:
    """Return the sender's key of a release."""
    return names.key_of(names.identifiers([element], "ReleaseId"))


def is_track(element: Element) -> bool:
    """Say whether a release is that of a single track of another."""
    return element.tag in _TRACK or reading.text(element, "ReleaseType") in _TRACK


def contents(element: Element) -> Iterator[str]:
    """Yield the references of the resources on a release, as often as they are named."""
    for tag in ("ReleaseResourceReference", "LinkedReleaseResourceReference"):
        for each in element.iter(tag):
            if each.text and each.text.strip():
                yield each.text.strip()
