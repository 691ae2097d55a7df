"""Claims on recordings and works: most agree, some overlap, fall short or are disputed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph.facts import ClaimFact, Fact
from graph.facts.assertions import AssetLabel
from graph.ids import mint
from ingest.generated.chance import chance, day
from ingest.generated.parties import ALL, BLOCK, WORLD, holder, moment
from ingest.generated.subjects import Subject

HALF: Final = 5_000
_THIRDS: Final = (3_334, 3_333, 3_333)


def master_claims(
    seed: int, at: int, recording: Subject, everyone: Sequence[Subject]
) -> Iterator[Fact]:
    """Yield who claims the master of one recording."""
    source = chance(seed, "master", at)
    block = source.randrange(1 << 30)
    owner, other = holder(everyone, block), holder(everyone, block + 1)
    since = day(source, 1990, 2019)

    def claim(party: Subject, share: int, **scope: object) -> ClaimFact:
        return _claim(seed, "Recording", recording, party, "MASTER", share, since, scope)

    lot = source.random()
    if lot < 0.70:  # noqa: PLR2004 - the lots are the distribution: seven of ten have one owner.
        yield claim(owner, ALL)
    elif lot < 0.78:  # noqa: PLR2004 - shared.
        for part, share in enumerate(_THIRDS):
            yield claim(holder(everyone, block + part), share)
    elif lot < 0.86:  # noqa: PLR2004 - sold: the buyer owns from the day the seller no longer does.
        sold = day(source, 2021, 2024)
        yield claim(owner, ALL, valid_to=sold)
        yield claim(other, ALL, valid_from=sold)
    elif lot < 0.92:  # noqa: PLR2004 - divided by territory.
        yield claim(owner, ALL, territories=("US", "CA"))
        yield claim(other, ALL, excluded_territories=("US", "CA"))
    elif lot < 0.96:  # noqa: PLR2004 - claimed twice in one territory: an overclaim there.
        yield claim(owner, ALL)
        yield claim(other, ALL, territories=("US",), status="DISPUTED")
    else:
        yield claim(owner, 7_500)  # An underclaim.


def work_claims(seed: int, at: int, work: Subject, everyone: Sequence[Subject]) -> Iterator[Fact]:
    """Yield who claims performing and mechanical rights in one work."""
    source = chance(seed, "work", at)
    block = source.randrange(1 << 30)
    publisher = holder(everyone, block)
    first = block % max(1, len(everyone) // BLOCK) * BLOCK
    writer = everyone[min(first + 8 + source.randrange(4), len(everyone) - 1)]
    since = day(source, 1980, 2019)

    def claim(party: Subject, right: str, share: int, role: str, **scope: object) -> ClaimFact:
        return _claim(seed, "Work", work, party, right, share, since, {"role": role, **scope})

    yield claim(writer, "PR", HALF, "COMPOSER")
    yield claim(publisher, "PR", HALF, "ORIGINAL_PUBLISHER")
    lot = source.random()
    if lot < 0.05:  # noqa: PLR2004 - one of twenty is claimed by another as well.
        rival = holder(everyone, block + 1)
        yield claim(rival, "PR", HALF, "ORIGINAL_PUBLISHER", status="DISPUTED")
    if lot < 0.90:  # noqa: PLR2004 - one of ten has no mechanical claim yet.
        yield claim(publisher, "MR", ALL, "ORIGINAL_PUBLISHER")


def _claim(  # noqa: PLR0913, PLR0917 - a claim's own parts, in the order one says them.
    seed: int,
    label: AssetLabel,
    asset: Subject,
    party: Subject,
    right: str,
    share: int,
    since: str,
    scope: dict[str, object],
) -> ClaimFact:
    key = ("generated", str(seed), "claim", asset.id, party.id, right, str(sorted(scope.items())))
    stated = {"valid_from": since, "territories": (WORLD,), **scope}
    return ClaimFact(
        id=mint(*key),
        asset=label,
        asset_id=asset.id,
        party_id=party.id,
        right=right,
        kind="OWNERSHIP",
        share=share,
        recorded_at=moment(seed, asset.id, party.id, right),
        **stated,  # type: ignore[arg-type]
    )
