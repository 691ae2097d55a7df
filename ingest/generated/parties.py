"""Parties, and the agreements between them: chains, diamonds, cycles, administration.

Parties come in blocks of twelve. The first of a block holds what its assets are claimed with; what
it assigns, and how, depends on the block's shape, so that every shape occurs from the first dozens
of parties on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from graph.facts import AgreementFact, Fact, IdentifierFact, KnownAsFact, ParentFact, PartyFact
from graph.ids import mint
from ingest.generated.chance import chance, day
from ingest.generated.names import company, person
from ingest.generated.subjects import Numbered, Subject
from ingest.identities import Thing, identifier
from standards.identifiers import Scheme

BLOCK: Final = 12
WORLD: Final = "2136"
ALL: Final = 10_000
_RIGHTS: Final = ("MASTER", "PR", "MR")
_COUNTRIES: Final = ("US", "GB", "DE", "FR", "SE", "JP", "BR", "NG", "ZA", "IN")
_BEGINNING: Final = datetime(2020, 1, 1, tzinfo=UTC)
# The last places of a block are persons; all others are organisations.
_PERSONS: Final = range(8, BLOCK)

# A shape's assignments: from place, to place, share in 1/100 %.
_Edge = tuple[int, int, int]
_CHAINS: Final[tuple[tuple[_Edge, ...], ...]] = tuple(
    tuple((at, at + 1, ALL - 1_000 * (at % 3)) for at in range(depth)) for depth in range(1, 7)
)
SHAPES: Final[tuple[tuple[str, tuple[_Edge, ...]], ...]] = (
    *((f"chain of {len(edges)}", edges) for edges in _CHAINS),
    ("diamond", ((0, 1, 6_000), (0, 2, 4_000), (1, 3, ALL), (2, 3, 5_000))),
    ("partial cycle", ((0, 1, 5_000), (1, 0, 5_000), (1, 2, 2_500))),
    ("closed cycle", ((0, 1, ALL), (1, 2, ALL), (2, 0, ALL))),
    ("no assignment", ()),
)


def parties(seed: int, size: int) -> Sequence[Subject]:
    """Return the parties by number."""
    return Numbered(size, lambda at: Subject(_party_id(seed, at), _name(seed, at)))


def holder(parties: Sequence[Subject], number: int) -> Subject:
    """Return the party that begins the chain of one block, the blocks taken in turn."""
    return parties[number % max(1, len(parties) // BLOCK) * BLOCK]


def moment(seed: int, *key: str | int) -> datetime:
    """Return when something is said to have been recorded."""
    return _BEGINNING + timedelta(hours=chance(seed, "moment", *key).randrange(5 * 365 * 24))


def party_facts(seed: int, at: int, everyone: Sequence[Subject]) -> Iterator[Fact]:
    """Yield one party and its number at the generator."""
    subject = everyone[at]
    source = chance(seed, "party", at)
    yield PartyFact(
        id=subject.id,
        name=subject.name,
        aliases=(),
        kind="PERSON" if at % BLOCK in _PERSONS else "ORGANISATION",
        country=source.choice(_COUNTRIES),
    )
    yield _number(Thing(label="Party", id=subject.id), f"GENERATED-{seed}-{at}")


def agreement_facts(seed: int, at: int, everyone: Sequence[Subject]) -> Iterator[Fact]:
    """Yield the agreements of the block that begins with one party; nothing for other parties."""
    block = everyone[at : at + BLOCK]
    if at % BLOCK or len(block) < BLOCK:
        return
    number = at // BLOCK
    _, edges = SHAPES[number % len(SHAPES)]
    right = _RIGHTS[number % len(_RIGHTS)]
    for first, second, share in edges:
        yield _agreement(seed, at, block, (first, second, share), right=right)
    # Others act for the block's first, and own nothing by it.
    kinds = ("ADMINISTRATION", "DISTRIBUTION", "LICENCE")
    kind = kinds[number % len(kinds)]
    yield _agreement(seed, at, block, (0, 7, ALL), right=right, kind=kind)
    yield ParentFact(parent_id=block[6].id, party_id=block[0].id)


def persona_facts(at: int, everyone: Sequence[Subject], artists: Sequence[Subject]) -> Fact | None:
    """Return the persona of a party that is a person, or None."""
    if at % BLOCK not in _PERSONS or not artists:
        return None
    artist = artists[(at // BLOCK * len(_PERSONS) + at % BLOCK) % len(artists)]
    return KnownAsFact(party_id=everyone[at].id, artist_id=artist.id)


def _agreement(  # noqa: PLR0913 - an agreement is one edge of a shape, in one block.
    seed: int,
    at: int,
    block: Sequence[Subject],
    edge: _Edge,
    *,
    right: str,
    kind: str = "ASSIGNMENT",
) -> AgreementFact:
    first, second, share = edge
    source = chance(seed, "agreement", at, first, second, kind)
    limited = kind == "ASSIGNMENT" and source.random() < 0.25  # noqa: PLR2004 - one of four.
    ends = kind != "ASSIGNMENT" and source.random() < 0.5  # noqa: PLR2004 - every other.
    return AgreementFact(
        id=mint("generated", str(seed), "agreement", str(at), str(first), str(second), kind),
        assignor_id=block[first].id,
        acquirer_id=block[second].id,
        kind=kind,
        right=right,
        share=share,
        territories=(WORLD,),
        excluded_territories=("US", "CA") if limited else (),
        valid_from=day(source, 2000, 2018),
        valid_to=day(source, 2027, 2035) if ends else None,
        recorded_at=moment(seed, "agreement", at, first, second),
    )


def _party_id(seed: int, at: int) -> str:
    return mint("generated", str(seed), "party", str(at))


def _name(seed: int, at: int) -> str:
    return person(seed, at) if at % BLOCK in _PERSONS else company(seed, at)


def _number(thing: Thing, text: str) -> IdentifierFact:
    return identifier(thing, Scheme.PROPRIETARY, text)
