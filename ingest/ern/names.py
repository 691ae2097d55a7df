"""How a sender names things: the keys that our ids are minted from, and the identifiers they bear.

A thing's key is the first name its sender has for it: a valid identifier of the standard, or else its
own number, or else what it wrote, wrong as that may be. Keys hold for one sender only: that two
senders name one ISRC makes two recordings, until somebody with evidence merges them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from graph.facts import Fact
from graph.ids import mint
from ingest.ern.reading import text
from ingest.identities import NUMBER_PRIOR, Thing, identifier, numbered
from standards.identifiers import Scheme, parse
from standards.text import fold

_PARTY_SCHEMES: Final = {
    "DPID": Scheme.DPID,
    "ISNI": Scheme.ISNI,
    "IPN": Scheme.IPN,
    "IpiNameNumber": Scheme.IPI_NAME,
    "ProprietaryId": Scheme.PROPRIETARY,
}
_PROVING: Final = frozenset({Scheme.DPID, Scheme.ISNI, Scheme.IPN, Scheme.IPI_NAME})
# The better a key, the more likely the sender's other messages have it.
_ORDER: Final = (
    *(Scheme.ISRC, Scheme.ICPN, Scheme.GRID, Scheme.ISNI, Scheme.DPID, Scheme.IPN),
    *(Scheme.IPI_NAME, Scheme.PROPRIETARY),
)
_THING_SCHEMES: Final = {
    "ISRC": Scheme.ISRC,
    "ICPN": Scheme.ICPN,
    "GRid": Scheme.GRID,
    "ProprietaryId": Scheme.PROPRIETARY,
    "CatalogNumber": Scheme.CATALOGUE_NUMBER,
}

Identifiers = Sequence[tuple[Scheme, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party as a message names it."""

    name: str
    identifiers: Identifiers


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent a message: the one whose names its things bear."""

    key: str
    party: Party

    @property
    def id(self) -> str:
        """The sender's own id, as a party."""
        return mint("ern", "party", self.key)

    def named(self, kind: str, key: str) -> str:
        """Return our id of what the sender names so."""
        return mint("ern", self.key, kind, key)


def party(element: Element) -> Party | None:
    """Return the party an element names, in any version's way; None where it has no name."""
    name = text(
        element, "PartyName/FullName", "PartyName/FullNameAsciiTranscribed", "FullName", "PartyName"
    ) or text(element, "PartyName/FullNameIndexed")
    return Party(name=name, identifiers=_party_identifiers(element)) if name else None


def sender(element: Element) -> Sender | None:
    """Return the sender a header names; None where it names none."""
    identifiers = _party_identifiers(element)
    named = party(element)
    key = key_of(identifiers) or (named and f"name:{fold(named.name)}")
    if key is None:
        return None
    name = named.name if named else identifiers[0][1]
    return Sender(key=key, party=Party(name=name, identifiers=identifiers))


def _party_identifiers(element: Element) -> Identifiers:
    found: list[tuple[Scheme, str]] = []
    for each in element.iterfind("PartyId"):
        found.extend(_below(each, _PARTY_SCHEMES))
        said = " ".join((each.text or "").split())
        if said:
            namespace = each.get("Namespace")
            scheme = Scheme.ISNI if each.get("IsISNI") == "true" else Scheme.DPID
            if namespace and each.get("IsDPID") != "true" and scheme is Scheme.DPID:
                scheme, said = Scheme.PROPRIETARY, f"{namespace} {said}"
            found.append((scheme, said))
    return found


def identifiers(elements: Sequence[Element], *paths: str) -> Identifiers:
    """Return the identifiers of a resource or a release, as written, in their order."""
    return [
        pair
        for element in elements
        for path in paths
        for found in element.iterfind(path)
        for pair in _below(found, _THING_SCHEMES)
    ]


def _below(element: Element, schemes: dict[str, Scheme]) -> Iterator[tuple[Scheme, str]]:
    for child in element:
        scheme, said = schemes.get(child.tag), " ".join((child.text or "").split())
        if scheme is None or not said:
            continue
        namespace = child.get("Namespace") if scheme is Scheme.PROPRIETARY else None
        yield scheme, f"{namespace} {said}" if namespace else said


def _ranked(identifiers: Identifiers) -> tuple[list[str], list[str]]:
    """Return the keys that identifiers make, the best first, and those of invalid ones."""
    sound: list[tuple[int, str]] = []
    unsound: list[str] = []
    for scheme, raw in identifiers:
        found = parse(scheme, raw)
        if scheme is Scheme.CATALOGUE_NUMBER:
            continue
        if found.valid:
            sound.append((_ORDER.index(scheme), f"{scheme}:{found.value}"))
        else:
            unsound.append(f"{scheme}:{raw.upper()}")
    return [key for _, key in sorted(sound)], unsound


def key_of(identifiers: Identifiers) -> str | None:
    """Return the best key that identifiers make, or None."""
    sound, unsound = _ranked(identifiers)
    return next(iter([*sound, *unsound]), None)


def sound_keys(identifiers: Identifiers) -> list[str]:
    """Return the keys that valid identifiers make, the best first."""
    return _ranked(identifiers)[0]


def borne(thing: Thing, named: Identifiers, *, asserted_by: str, message: str) -> Iterator[Fact]:
    """Yield the identifiers of a thing; a party's standing ones prove who it is."""
    for scheme, raw in dict.fromkeys(named):
        if scheme in _PROVING:
            yield from numbered(
                thing,
                scheme,
                raw,
                asserted_by=asserted_by,
                evidence=f"The message {message} says {raw}.",
                prior=NUMBER_PRIOR,
            )
        else:
            yield identifier(thing, scheme, raw)
