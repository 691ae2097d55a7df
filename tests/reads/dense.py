"""A graph in which everything has neighbours of every kind, so that no read is saved by a gap."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from graph.facts import (
    AgreementFact,
    ArtistFact,
    ArtistLinkFact,
    ClaimFact,
    CoversFact,
    CreditFact,
    DealFact,
    FlagFact,
    IdentifierFact,
    IdentityFact,
    IdentityLinkFact,
    IssueFact,
    KnownAsFact,
    LabelFact,
    OperatesFact,
    ParentFact,
    PartyFact,
    RecordingFact,
    RecordingOfFact,
    ReleaseFact,
    SublabelFact,
    TrackFact,
    WorkFact,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.facts import Fact
    from graph.facts.links import CreditType

SIZE: Final = 60
"""How many there are of each kind of thing: more than the widest page that is asked for."""


SENT: Final = datetime(2023, 4, 5, tzinfo=UTC)


def dense() -> Iterator[Fact]:
    """Yield `SIZE` of each kind of thing, the n-th joined to its like-numbered and next neighbours."""
    for number in range(SIZE):
        here, there = f"{number:02}", f"{(number + 1) % SIZE:02}"
        yield from _things(here)
        yield from _credits(here, there)
        yield from _issues(here, there)
        yield from _rights(here, there)
        yield from _assertions(here)
        yield from _deals(here, there)


def many_assets(ids: Iterable[str]) -> Iterator[Fact]:
    """Yield recordings (m…) and works (n…), each wholly owned by the parties of `dense` in turn."""
    for at, id_ in enumerate(ids):
        recording = id_.startswith("m")
        yield RecordingFact(id=id_, title=id_) if recording else WorkFact(id=id_, title=id_)
        for right in ("MASTER",) if recording else ("PR", "MR", "SR"):
            yield ClaimFact(
                id=f"c{id_}{right}",
                asset="Recording" if recording else "Work",
                asset_id=id_,
                party_id=f"p{at % SIZE:02}",
                right=right,
                kind="OWNERSHIP",
                share=10_000,
                territories=("2136",),
            )


def _things(here: str) -> Iterator[Fact]:
    yield ArtistFact(id=f"a{here}", name=f"Artist {here}")
    yield RecordingFact(id=f"r{here}", title=f"Recording {here}", date="1999")
    yield WorkFact(id=f"w{here}", title=f"Work {here}")
    yield ReleaseFact(id=f"e{here}", title=f"Release {here}", date="2001-02-03")
    yield LabelFact(id=f"l{here}", name=f"Label {here}")
    yield PartyFact(id=f"p{here}", name=f"Party {here}", kind="PERSON")


def _credits(here: str, there: str) -> Iterator[Fact]:
    credited: tuple[tuple[str, CreditType], ...] = (
        (f"r{here}", "RECORDED"),
        (f"e{here}", "RELEASED"),
        (f"w{here}", "WROTE"),
    )
    for thing, type_ in credited:
        for position, artist in enumerate((here, there)):
            yield CreditFact(
                type=type_,
                artist_id=f"a{artist}",
                thing_id=thing,
                role="COMPOSER" if type_ == "WROTE" else "MAIN",
                position=position,
            )
    yield RecordingOfFact(recording_id=f"r{here}", work_id=f"w{here}")
    yield ArtistLinkFact(type="MEMBER_OF", artist_id=f"a{here}", other_id=f"a{there}")


def _issues(here: str, there: str) -> Iterator[Fact]:
    for position, recording in enumerate((here, there), start=1):
        yield TrackFact(
            release_id=f"e{here}", recording_id=f"r{recording}", medium=1, position=position
        )
    yield IssueFact(release_id=f"e{here}", label_id=f"l{here}", catalogue_number=here)
    yield SublabelFact(label_id=f"l{here}", parent_id=f"l{there}")
    yield OperatesFact(party_id=f"p{here}", label_id=f"l{here}")


def _rights(here: str, there: str) -> Iterator[Fact]:
    yield KnownAsFact(party_id=f"p{here}", artist_id=f"a{here}")
    yield ParentFact(parent_id=f"p{here}", party_id=f"p{there}")
    yield ClaimFact(
        id=f"cr{here}",
        asset="Recording",
        asset_id=f"r{here}",
        party_id=f"p{here}",
        right="MASTER",
        kind="OWNERSHIP",
        share=10_000,
        territories=("2136",),
    )
    yield ClaimFact(
        id=f"cw{here}",
        asset="Work",
        asset_id=f"w{here}",
        party_id=f"p{here}",
        right="PR",
        kind="OWNERSHIP",
        share=5_000,
        territories=("2136",),
    )
    yield AgreementFact(
        id=f"g{here}",
        assignor_id=f"p{here}",
        acquirer_id=f"p{there}",
        kind="ASSIGNMENT",
        right="MASTER",
        share=2_500,
        territories=("2136",),
    )


def _assertions(here: str) -> Iterator[Fact]:
    yield FlagFact(
        id=f"f{here}", flagged="Recording", flagged_id=f"r{here}", kind="EXPLICIT", status="ACTIVE"
    )
    yield IdentifierFact(
        id=f"i{here}",
        thing="Artist",
        thing_id=f"a{here}",
        scheme="PROPRIETARY",
        raw=here,
        value=here,
        key=f"PROPRIETARY:{here}",
        valid=True,
    )
    yield IdentityFact(id=f"x{here}", scheme="URL", value=f"x{here}", key=f"URL:x{here}")
    yield IdentityLinkFact(
        id=f"k{here}",
        thing="Artist",
        thing_id=f"a{here}",
        identity_id=f"x{here}",
        relation="SAME",
        evidence=("stated",),
        confidence=0.5,
        method="GENERATED",
        asserted_by="test",
        status="ACCEPTED",
    )


def _deals(here: str, there: str) -> Iterator[Fact]:
    yield DealFact(
        id=f"d{here}",
        release_id=f"e{here}",
        sender_id=f"p{here}",
        kind="DEAL",
        territories=("2136",),
        uses=("ON_DEMAND_STREAM",),
        models=("SUBSCRIPTION",),
        recorded_at=SENT,
    )
    yield CoversFact(deal=f"d{here}", thing="Release", thing_id=f"e{here}")
    for recording in (here, there):
        yield CoversFact(deal=f"d{here}", thing="Recording", thing_id=f"r{recording}")
