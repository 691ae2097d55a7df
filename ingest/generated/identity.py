"""Identity links of artists: found, doubted, refused, replaced, and one account claimed by two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph.facts import Fact, IdentityFact, IdentityLinkFact
from graph.ids import mint
from ingest.generated.chance import chance, day
from ingest.generated.subjects import Subject

_STATUSES: Final = ("ACCEPTED", "PROPOSED", "REJECTED", "SUPERSEDED")
_WEIGHTS: Final = (60, 28, 8, 4)
# The confidence a link of each status may have.
_BANDS: Final = {
    "ACCEPTED": (0.85, 0.99),
    "PROPOSED": (0.40, 0.85),
    "REJECTED": (0.02, 0.30),
    "SUPERSEDED": (0.30, 0.90),
}
_EVIDENCE: Final = (
    "Two recordings with the same ISRC are credited to both.",
    "The profile's address stands on the artist's own page.",
    "Name and country agree; there is one namesake.",
    "Titles and lengths of four releases agree.",
    "The account was confirmed by its holder.",
)


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
        status = source.choices(_STATUSES, _WEIGHTS)[0]
        yield _link(seed, artist, identity, status, at, number)
        if source.random() < 0.03 and len(artists) > 1:  # noqa: PLR2004 - three of a hundred.
            # A mix-up: a namesake elsewhere is said to have the same account.
            other = artists[(at + 1 + source.randrange(len(artists) - 1)) % len(artists)]
            yield _link(seed, other, identity, "PROPOSED", at, number)


def _link(  # noqa: PLR0913, PLR0917 - a link's own parts.
    seed: int, artist: Subject, identity: IdentityFact, status: str, at: int, number: int
) -> IdentityLinkFact:
    source = chance(seed, "link", at, number, artist.id)
    low, high = _BANDS[status]
    return IdentityLinkFact(
        id=mint("generated", str(seed), "identity-link", artist.id, identity.id),
        thing="Artist",
        thing_id=artist.id,
        identity_id=identity.id,
        relation=source.choices(("SAME", "RELATED"), (9, 1))[0],
        evidence=tuple(source.sample(_EVIDENCE, source.randint(1, 3))),
        confidence=round(source.uniform(low, high), 3),
        method="GENERATED",
        asserted_by="Generator",
        status=status,
        valid_from=day(source, 2021, 2025),
    )
