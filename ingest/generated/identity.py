"""Identity links of artists: found, doubted, refused, replaced, and one account claimed by two.

A link's status and confidence follow from its evidence alone. The weights are priors, fixed by
hand and not measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from random import Random
from typing import Final

from graph.facts import Fact, IdentityFact, IdentityLinkFact
from graph.ids import mint
from ingest.generated.chance import chance, day
from ingest.generated.subjects import Subject

NAME: Final = "Name and country agree; there is one namesake."
_CATALOGUE: Final = "Titles and lengths of four releases agree."
_ISRC: Final = "Two recordings with the same ISRC are credited to both."
_PAGE: Final = "The profile's address stands on the artist's own page."
_HOLDER: Final = "The account was confirmed by its holder."
_DENIED: Final = "The account's holder says that this is another artist."
_LIVES: Final = "The account's releases began before this artist was born."

# How probable each kind of evidence, each independent of the others, alone makes a link.
WEIGHTS: Final = {NAME: 0.25, _CATALOGUE: 0.60, _ISRC: 0.85, _PAGE: 0.90, _HOLDER: 0.97}
# What is left of that probability where something speaks against it.
AGAINST: Final = {_DENIED: 0.05, _LIVES: 0.20}
# Any one of these proves a link; an equal name never does, nor with a like catalogue.
PROOFS: Final = (_ISRC, _PAGE, _HOLDER)


def identity_facts(
    seed: int, at: int, artist: Subject, artists: Sequence[Subject]
) -> Iterator[Fact]:
    """Yield the outside accounts that one artist is linked to; a third of artists have none."""
    source = chance(seed, "identity", at)
    for number in range(source.choice((0, 1, 2))):
        value = f"generated-{seed}/account/{at}-{number}"
        identity = IdentityFact(
            id=mint("identity", "PROPRIETARY", value),
            scheme="PROPRIETARY",
            value=value,
            key=f"PROPRIETARY:{value}",
        )
        yield identity
        evidence = _evidence(source)
        replaced = source.random() < 0.04  # noqa: PLR2004 - four of a hundred.
        yield _link(seed, artist, identity, evidence, replaced=replaced)
        if source.random() < 0.03 and len(artists) > 1:  # noqa: PLR2004 - three of a hundred.
            # A mix-up: somebody else is said to have the same account, going by the name.
            other = artists[(at + 1 + source.randrange(len(artists) - 1)) % len(artists)]
            yield _link(seed, other, identity, (NAME,), replaced=False)


def confidence(evidence: Sequence[str]) -> float:
    """Return how probable a link is: the kinds for it together, cut by each that is against."""
    doubt = prod(1 - WEIGHTS[each] for each in evidence if each in WEIGHTS)
    return round((1 - doubt) * prod(AGAINST.get(each, 1.0) for each in evidence), 4)


def status(evidence: Sequence[str]) -> str:
    """Return what is made of a link: refused on contrary evidence, accepted only on a proof."""
    if any(each in AGAINST for each in evidence):
        return "REJECTED"
    return "ACCEPTED" if any(each in PROOFS for each in evidence) else "PROPOSED"


def _evidence(source: Random) -> tuple[str, ...]:
    weak = source.choice(((NAME,), (_CATALOGUE,), (NAME, _CATALOGUE)))
    strong = tuple(source.sample(PROOFS, source.choice((1, 1, 2))))
    found = source.choice((weak, strong, strong, weak[:1] + strong))
    if source.random() < 0.08:  # noqa: PLR2004 - eight of a hundred.
        # Nobody looks for what is against a link that its proof has settled.
        return *weak, source.choice(tuple(AGAINST))
    return found


def _link(
    seed: int, artist: Subject, identity: IdentityFact, evidence: tuple[str, ...], *, replaced: bool
) -> IdentityLinkFact:
    source = chance(seed, "link", identity.id, artist.id)
    return IdentityLinkFact(
        id=mint("generated", str(seed), "identity-link", artist.id, identity.id),
        thing="Artist",
        thing_id=artist.id,
        identity_id=identity.id,
        relation=source.choices(("SAME", "RELATED"), (9, 1))[0],
        evidence=evidence,
        confidence=confidence(evidence),
        method="GENERATED",
        asserted_by="Generator",
        status="SUPERSEDED" if replaced else status(evidence),
        valid_from=day(source, 2021, 2024),
        valid_to=day(source, 2025, 2025) if replaced else None,
    )
