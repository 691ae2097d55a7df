"""Records of a dump as facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from graph.facts import (
    ArtistFact,
    ArtistLinkFact,
    Fact,
    LabelFact,
    SublabelFact,
)
from graph.ids import mint
from ingest.identities import OWN_PRIOR, Thing, addressed, numbered
from ingest.reports import Refused, Rule
from standards.identifiers import Scheme

ASSERTED_BY: Final = "Discogs"

_NUMBERED: Final = re.compile(r"(.+) \((\d+)\)")


# Releases name the same artists again and again.
@lru_cache(maxsize=65_536)
def entity_id(kind: str, number: str) -> str:
    """Return our id of what Discogs first numbered so."""
    return mint("discogs", kind, number)


def content(element: Element, tag: str) -> str | None:
    """Return the stripped text of a child, or None where there is none."""
    return (element.findtext(tag) or "").strip() or None


def named(name: str) -> tuple[str, str | None]:
    """Return a name without Discogs' number of namesakes, and that number as it is written."""
    match = _NUMBERED.fullmatch(name)
    return (match[1], f"({match[2]})") if match else (name, None)


def own_number(thing: Thing, kind: str, number: str) -> Iterator[Fact]:
    """Yield what Discogs itself calls a thing."""
    return numbered(
        thing,
        Scheme.DISCOGS,
        f"{kind}/{number}",
        asserted_by=ASSERTED_BY,
        evidence=f"https://www.discogs.com/{kind}/{number}",
        prior=OWN_PRIOR,
    )


def mentioned_artist(number: str, name: str) -> ArtistFact:
    """Return an artist as another record mentions it."""
    plain, apart = named(name)
    return ArtistFact(
        id=entity_id("artist", number), mention=True, name=plain, disambiguation=apart
    )


def mentioned_label(number: str, name: str) -> LabelFact:
    """Return a label as another record mentions it."""
    plain, apart = named(name)
    return LabelFact(id=entity_id("label", number), mention=True, name=plain, disambiguation=apart)


def artist_facts(element: Element, unmapped: Counter[str]) -> Iterator[Fact]:
    """Yield the facts of one record of the artists' dump."""
    number, name = _begin(element)
    plain, apart = named(name)
    thing = Thing(label="Artist", id=entity_id("artist", number))
    members = list(_named(element, "members"))
    others = [named(other.text or "")[0] for other in element.iterfind("namevariations/name")]
    yield ArtistFact(
        id=thing.id,
        name=plain,
        aliases=_distinct(plain, content(element, "realname"), *others),
        type="GROUP" if members else None,
        disambiguation=apart,
    )
    yield from own_number(thing, "artist", number)
    for other, alias in _named(element, "aliases"):
        fact = mentioned_artist(other, alias)
        yield fact
        if fact.id != thing.id:
            first, second = sorted((thing.id, fact.id))
            yield ArtistLinkFact(type="ALIAS_OF", artist_id=first, other_id=second)
    for other, member in members:
        fact = mentioned_artist(other, member)
        yield fact
        yield ArtistLinkFact(type="MEMBER_OF", artist_id=fact.id, other_id=thing.id)
    for other, group in _named(element, "groups"):
        fact = mentioned_artist(other, group)
        yield fact
        yield ArtistLinkFact(type="MEMBER_OF", artist_id=thing.id, other_id=fact.id)
    yield from _addresses(element, thing, "artist", number)
    if content(element, "profile"):
        unmapped["artist: profile"] += 1


def label_facts(element: Element, unmapped: Counter[str]) -> Iterator[Fact]:
    """Yield the facts of one record of the labels' dump."""
    number, name = _begin(element)
    plain, apart = named(name)
    thing = Thing(label="Label", id=entity_id("label", number))
    yield LabelFact(id=thing.id, name=plain, aliases=(), disambiguation=apart)
    yield from own_number(thing, "label", number)
    for parent in element.iterfind("parentLabel"):
        above, title = parent.get("id"), (parent.text or "").strip()
        if above and title:
            fact = mentioned_label(above, title)
            yield fact
            yield SublabelFact(label_id=thing.id, parent_id=fact.id)
    for sublabel in element.iterfind("sublabels/label"):
        below, title = sublabel.get("id"), (sublabel.text or "").strip()
        if below and title:
            fact = mentioned_label(below, title)
            yield fact
            yield SublabelFact(label_id=fact.id, parent_id=thing.id)
        else:
            unmapped["label: sublabel without id"] += 1
    yield from _addresses(element, thing, "label", number)
    if content(element, "profile"):
        unmapped["label: profile"] += 1


def _begin(element: Element) -> tuple[str, str]:
    number, name = content(element, "id"), content(element, "name")
    if number is None or not number.isascii() or not number.isdecimal() or int(number) == 0:
        raise Refused(Rule.DISCOGS_NO_ID, "The record has no number.")
    if name is None:
        raise Refused(Rule.DISCOGS_NO_NAME, f"The record {number} has no name.")
    return number, name


def _named(element: Element, tag: str) -> Iterator[tuple[str, str]]:
    """Yield number and name of each artist listed under a tag."""
    for other in element.iterfind(f"{tag}/name"):
        number, name = other.get("id"), (other.text or "").strip()
        if number and name:
            yield number, name


def _distinct(name: str, *others: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for other in others if other and other != name))


def _addresses(element: Element, thing: Thing, kind: str, number: str) -> Iterator[Fact]:
    for url in element.iterfind("urls/url"):
        address = (url.text or "").strip()
        if not address:
            continue
        if "://" not in address:
            address = f"http://{address}"
        # Anybody may enter these, and they say not what they are: nothing is accepted unseen.
        yield from addressed(
            thing,
            address,
            homepage=False,
            current=True,
            curated=False,
            asserted_by=ASSERTED_BY,
            evidence=f"https://www.discogs.com/{kind}/{number} lists {address}.",
        )
