"""Identifiers and identity links, as any source states them.

The confidences are priors, fixed by hand and not measured; docs/ingest.md tells the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.facts import Fact, IdentifierFact, IdentityFact, IdentityLinkFact
from graph.facts.assertions import ThingLabel
from graph.facts.identifiers import identifier_fact
from graph.ids import mint
from ingest.addresses import public_address
from standards.identifiers import Scheme, from_url, parse

# A source's own number for its own record.
OWN_PRIOR: Final = 0.99
# A numbering authority's number, copied by the source.
NUMBER_PRIOR: Final = 0.95
# An address of a database that numbers things of this very kind, entered by editors.
DATABASE_PRIOR: Final = 0.9
# A page on a site where anybody may open an account.
PROFILE_PRIOR: Final = 0.75
# Any other address: about the thing, not necessarily the thing.
ADDRESS_PRIOR: Final = 0.5

_DATABASES: Final = frozenset(
    {
        Scheme.DISCOGS,
        Scheme.WIKIDATA,
        Scheme.VIAF,
        Scheme.ISNI,
        Scheme.MBID,
        Scheme.ALLMUSIC,
        Scheme.IMDB,
    }
)
# The kinds that a site's value begins with, by the thing they can be the same as.
_KINDS: Final[dict[ThingLabel, frozenset[str]]] = {
    "Artist": frozenset({"artist"}),
    "Recording": frozenset({"track", "song", "music-video"}),
    "Release": frozenset({"release", "album"}),
    "Label": frozenset({"label"}),
    "Work": frozenset(),
    "Party": frozenset({"artist", "label"}),
}
_NUMBERED_BY_KIND: Final = frozenset(
    {Scheme.DISCOGS, Scheme.SPOTIFY, Scheme.APPLE_MUSIC, Scheme.DEEZER}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What an identifier or identity is about."""

    label: ThingLabel
    id: str


def identifier(thing: Thing, scheme: Scheme, raw: str) -> IdentifierFact:
    """Return the assertion that a thing bears an identifier, valid or not."""
    return identifier_fact(thing.label, thing.id, scheme, raw)


def numbered(  # noqa: PLR0913 - each is a part of one assertion.
    thing: Thing, scheme: Scheme, raw: str, *, asserted_by: str, evidence: str, prior: float
) -> Iterator[Fact]:
    """Yield the identifier and, where it is valid, the accepted identity it proves."""
    stated = identifier(thing, scheme, raw)
    yield stated
    if stated.value is not None:
        url = public_address(scheme, stated.value, thing.label)
        identity = _identity(scheme, stated.value, url)
        yield identity
        yield _link(
            thing, identity, "SAME", "ACCEPTED", prior, asserted_by=asserted_by, evidence=evidence
        )


def addressed(  # noqa: PLR0913 - each is a part of one assertion.
    thing: Thing,
    url: str,
    *,
    homepage: bool,
    current: bool,
    curated: bool,
    asserted_by: str,
    evidence: str,
) -> Iterator[Fact]:
    """Yield the identity that a source's link to a web address asserts.

    Accepted where editors entered it (`curated`), it is current, and a database that numbers
    things of this kind is addressed; otherwise proposed.
    """
    found = from_url(url)
    if found is None:
        found = parse(Scheme.OFFICIAL_HOMEPAGE if homepage else Scheme.URL, url)
    if found.value is None:
        yield identifier(thing, found.scheme, url)
        return
    scheme = found.scheme
    relation, prior = _judge(thing.label, scheme, found.value, homepage=homepage)
    accepted = curated and current and relation == "SAME" and scheme in _DATABASES
    # One identity has one address, however each source writes it; an MBID's says its own kind.
    if scheme is not Scheme.MBID:
        url = public_address(scheme, found.value, thing.label) or url
    identity = _identity(scheme, found.value, url)
    yield identity
    yield _link(
        thing,
        identity,
        relation,
        "ACCEPTED" if accepted else "PROPOSED",
        prior if curated else min(prior, PROFILE_PRIOR),
        asserted_by=asserted_by,
        evidence=evidence,
    )


def _judge(label: ThingLabel, scheme: Scheme, value: str, *, homepage: bool) -> tuple[str, float]:
    if scheme in _NUMBERED_BY_KIND and value.split("/", 1)[0] not in _KINDS[label]:
        return "RELATED", ADDRESS_PRIOR
    if scheme in _DATABASES:
        return "SAME", DATABASE_PRIOR
    if scheme is Scheme.URL:
        return "RELATED", ADDRESS_PRIOR
    return "SAME", DATABASE_PRIOR if homepage else PROFILE_PRIOR


def _identity(scheme: Scheme, value: str, url: str | None) -> IdentityFact:
    return IdentityFact(
        id=mint("identity", scheme, value),
        scheme=scheme,
        value=value,
        key=f"{scheme}:{value}",
        url=url,
    )


def _link(  # noqa: PLR0913 - each is a part of one assertion.
    thing: Thing,
    identity: IdentityFact,
    relation: str,
    status: str,
    confidence: float,
    *,
    asserted_by: str,
    evidence: str,
) -> IdentityLinkFact:
    return IdentityLinkFact(
        id=mint("identity-link", thing.id, identity.id, relation, asserted_by),
        thing=thing.label,
        thing_id=thing.id,
        identity_id=identity.id,
        relation=relation,
        evidence=(evidence,),
        confidence=confidence,
        method="SOURCE_ASSERTION",
        asserted_by=asserted_by,
        status=status,
    )
