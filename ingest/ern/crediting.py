"""Who is credited: artists by their references or their names, and the roles they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from graph.facts import ArtistFact, CreditFact, Fact
from graph.facts.links import CreditType
from ingest.ern import names
from ingest.ern.message import Message
from ingest.ern.names import Party
from ingest.ern.reading import Elements, text
from ingest.ern.words import ROLES
from ingest.identities import Thing
from standards.text import fold

_ROLE_TAGS: Final = (
    "ArtistRole",
    "DisplayArtistRole",
    "ResourceContributorRole",
    "IndirectResourceContributorRole",
    "Role",
)
_REFERENCES: Final = ("ArtistPartyReference", "ContributorPartyReference")
CONTRIBUTORS: Final = ("Contributor", "ResourceContributor", "IndirectResourceContributor")


def credit_facts(  # noqa: PLR0913, PLR0917 - whose credits, of what, and where names hold.
    message: Message,
    elements: Elements,
    kind: CreditType,
    thing_id: str,
    scope: str,
    unmapped: Counter[str],
) -> Iterator[Fact]:
    """Yield the artists of a thing and their parts in it; `scope` is where a mere name holds."""
    displayed = [each for element in elements for each in element.iterfind("DisplayArtist")]
    for position, element in enumerate(displayed):
        yield from _credit(
            message, element, kind, thing_id, scope, unmapped, position=position, usual="MAIN"
        )
    for tag in CONTRIBUTORS:
        for element in (each for one in elements for each in one.iterfind(tag)):
            yield from _credit(
                message, element, kind, thing_id, scope, unmapped, position=0, usual=None
            )


def printed(message: Message, elements: Elements) -> str | None:
    """Return the artists as printed: as the message says, or else the names one after another."""
    said = text(elements, "DisplayArtistName")
    if said:
        return said
    found = (
        _party(message, each) for element in elements for each in element.iterfind("DisplayArtist")
    )
    return ", ".join(party.name for party in found if party) or None


def _credit(  # noqa: PLR0913, PLR0917 - as above.
    message: Message,
    element: Element,
    kind: CreditType,
    thing_id: str,
    scope: str,
    unmapped: Counter[str],
    *,
    position: int,
    usual: str | None,
) -> Iterator[Fact]:
    party = _party(message, element)
    if party is None:
        unmapped["credit without artist"] += 1
        return
    key = names.key_of(party.identifiers) or f"{scope}\x1f{fold(party.name)}"
    thing = Thing(label="Artist", id=message.sender.named("artist", key))
    yield ArtistFact(id=thing.id, mention=True, name=party.name)
    yield from names.borne(
        thing,
        party.identifiers,
        asserted_by=message.sender.party.name,
        message=message.number,
    )
    for role in dict.fromkeys(_roles(element, unmapped, usual)):
        yield CreditFact(
            type=kind,
            artist_id=thing.id,
            thing_id=thing_id,
            role=role,
            position=position,
            credited_as=party.name,
        )


def _roles(element: Element, unmapped: Counter[str], usual: str | None) -> Iterator[str]:
    said = [each for tag in _ROLE_TAGS for each in element.iterfind(tag)]
    if not said:
        yield usual or "OTHER"
    for each in said:
        name = (each.text or "").strip()
        role = ROLES.get(name)
        if role is None:
            unmapped[f"role: {name}"] += 1
        yield role or usual or "OTHER"


def _party(message: Message, element: Element) -> Party | None:
    for tag in _REFERENCES:
        if reference := text(element, tag):
            return message.references.party(reference)
    return names.party(element)
