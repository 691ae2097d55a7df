"""A small catalogue in which everything occurs: every kind of thing, joined, empty, merged, tied."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise, product
from random import Random
from typing import TYPE_CHECKING, Any, Final, cast, get_args

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
    RedirectFact,
    ReleaseFact,
    SublabelFact,
    TrackFact,
    WorkFact,
)
from graph.facts.links import ArtistLinkType, CreditType
from standards.identifiers import Scheme, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.facts import Fact
    from graph.facts.assertions import DealKind, FlaggedLabel, ThingLabel

NAMES: Final = (
    "Aurora",
    "Élan",
    "elan",
    "The Quiet Ones",
    "周杰倫",
    "Łódź Orchestra",
    "Blue Note Trio",
    "O'Brien & Sons",
    "Aurora Nova",
    "Ångström",
)
"""Accents, another script, and names that fold to the same."""

MERGED: Final = {
    "Artist": ("a90", "a01"),
    "Recording": ("r90", "r02"),
    "Party": ("p90", "p00"),
    "Label": ("l90", "l00"),
    "Work": ("w91", "w-nowhere"),
}
"""Merged ids and what they have become, by label; the last one's survivor is not stored."""

RAW: Final[tuple[tuple[ThingLabel, str, Scheme, str], ...]] = (
    ("Artist", "a00", Scheme.ISNI, "0000 0001 2103 2683"),
    ("Artist", "a00", Scheme.MBID, "5b11f4ce-a62d-471e-81fc-a69a8278c7da"),
    ("Artist", "a01", Scheme.ISNI, "0000 0001 2103 2684"),
    ("Artist", "a02", Scheme.PROPRIETARY, "x 1"),
    ("Artist", "a03", Scheme.PROPRIETARY, "x 1"),
    ("Recording", "r00", Scheme.ISRC, "GB-AYE-06-01498"),
    ("Recording", "r01", Scheme.ISRC, "GBAYE0601498"),
    ("Recording", "r02", Scheme.ISRC, "USRC17607839"),
    ("Recording", "r03", Scheme.ISRC, "no isrc"),
    ("Work", "w00", Scheme.ISWC, "T-034.524.680-1"),
    ("Work", "w01", Scheme.ISWC, "T-034.524.680-2"),
    ("Release", "e00", Scheme.ICPN, "4006381333931"),
    ("Release", "e01", Scheme.ICPN, "4006381333932"),
    ("Label", "l00", Scheme.LABEL_CODE, "LC 0193"),
    ("Party", "p00", Scheme.IPI_NAME, "00014107338"),
    ("Party", "p01", Scheme.PROPRIETARY, "house-1"),
    ("Recording", "r02", Scheme.MBID, "0a0e1f9b-5b3c-4a55-9a6e-2f4f8a4f2d11"),
    ("Work", "w00", Scheme.MBID, "1b1e1f9b-5b3c-4a55-9a6e-2f4f8a4f2d12"),
    ("Release", "e00", Scheme.MBID, "2c2e1f9b-5b3c-4a55-9a6e-2f4f8a4f2d13"),
    ("Label", "l00", Scheme.MBID, "3d3e1f9b-5b3c-4a55-9a6e-2f4f8a4f2d14"),
    ("Party", "p00", Scheme.IPI_BASE, "I-000000229-7"),
    ("Party", "p00", Scheme.ISNI, "0000 0001 2103 2683"),
    ("Party", "p01", Scheme.DPID, "PADPIDA2007081601G"),
)
SCOPES: Final = ((("2136",), ()), (("2136",), ("US",)), (("2120",), ()), (("US", "DE"), ("DE",)))
DATES: Final = ((None, None), (None, None), ("2000-01-01", None), ("2001-02-03", "2020-01-01"))
ROLES: Final = ("MAIN", "MAIN", "FEATURED", "PRODUCER", "COMPOSER", "WHISTLER")
VIDEO: Final = (True, False)
REPLACED: Final = datetime(2025, 6, 7, 8, 9, 10, 123456, tzinfo=UTC)
MESSAGES: Final = (
    datetime(2024, 4, 1, 5, tzinfo=UTC),
    datetime(2024, 4, 1, 5, tzinfo=UTC),
    datetime(2019, 8, 7, 6, 5, 4, 321000, tzinfo=UTC),
)
"""When messages of one sender were made: the last one's deals were replaced by the first's."""

STREAMS: Final = ("ON_DEMAND_STREAM", "STREAM")
MODELS: Final = ("SUBSCRIPTION", "PAY_AS_YOU_GO")
STATUSES: Final = ("ASSERTED", "ASSERTED", "DISPUTED", "WITHDRAWN")


def catalogue() -> Iterator[Fact]:
    """Yield the facts, the same ones each time."""
    yield from _Catalogue(Random(20)).facts()  # noqa: S311 - the same data each time.


class _Catalogue:
    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._artists = [f"a{at:02}" for at in range(10)]
        self._recordings = [f"r{at:02}" for at in range(12)]
        self._works = [f"w{at:02}" for at in range(7)]
        self._releases = [f"e{at:02}" for at in range(9)]
        self._labels = [f"l{at:02}" for at in range(6)]
        self._parties = [f"p{at:02}" for at in range(12)]

    def facts(self) -> Iterator[Fact]:
        yield from self._things()
        yield from self._credits()
        yield from self._issues()
        yield from self._families()
        yield from self._claims()
        yield from self._agreements()
        yield from self._identifiers()
        yield from self._links()
        yield from self._flags()
        yield from self._deals()
        for label, (merged, survivor) in MERGED.items():
            yield RedirectFact(id=merged, to=survivor, label=label, reason="the same")

    def _some(self, ids: Sequence[str], most: int) -> list[str]:
        return self._chance.sample(ids, self._chance.randint(0, min(most, len(ids))))

    def _maybe(self, *values: Any) -> Any:
        """Return one of the values, or none."""
        return self._chance.choice([None, *values])

    def _things(self) -> Iterator[Fact]:
        for at, id_ in enumerate([*self._artists, "a90"]):
            yield ArtistFact(
                id=id_,
                name=NAMES[at % 10],
                type=self._maybe("PERSON", "GROUP", "ROBOT"),
                country=self._maybe("DE", "GB", "US"),
                gender=self._maybe("female", "male"),
                disambiguation=self._maybe("the other one"),
                begin_date=self._maybe("1970", "1981-02", "1981-02-03"),
                end_date=self._maybe("2010"),
                aliases=self._maybe((), ("Rory", "A.")),
            )
        for at, id_ in enumerate([*self._recordings, "r90"]):
            yield RecordingFact(
                id=id_,
                title=f"{NAMES[at % 10]} (take {at % 3})",
                length_ms=self._maybe(0, 215_000, 2_147_483_647),
                date=self._maybe("1999", "2001-02-03", "2011-05"),
                video=self._maybe(*VIDEO),
                artist_credit=self._maybe("Aurora feat. Élan"),
                p_line=("1999 Élan", None)[at % 2],
                disambiguation=self._maybe("live"),
                aliases=self._maybe((), ("Vol. 2",)),
            )
        for at, id_ in enumerate(self._works):
            yield WorkFact(
                id=id_,
                title=NAMES[at],
                type=self._maybe("SONG", "SYMPHONY"),
                language=self._maybe("eng", "zxx"),
                disambiguation=self._maybe("1912"),
                aliases=self._maybe(("Opus 1",)),
            )
        for at, id_ in enumerate(self._releases):
            yield ReleaseFact(
                id=id_,
                title=f"{NAMES[at]} live" if at % 2 else NAMES[at],
                type=self._maybe("ALBUM", "SINGLE", "CYLINDER"),
                status=self._maybe("OFFICIAL", "BOOTLEG", "LOST"),
                country=self._maybe("DE", "JP"),
                date=self._maybe("1999", "2001-02-03"),
                packaging=self._maybe("Jewel Case"),
                format=self._maybe("CD", "Vinyl"),
                artist_credit=self._maybe("Élan"),
                p_line=("1999 Élan", None)[at % 2],
                c_line=(None, "2001 Élan Records", "2001")[at % 3],
                disambiguation=self._maybe("remastered"),
                aliases=self._maybe(("L'album",)),
            )
        for at, id_ in enumerate([*self._labels, "l90"]):
            yield LabelFact(
                id=id_,
                name=f"{NAMES[at]} Records",
                type=self._maybe("ORIGINAL_PRODUCTION"),
                country=self._maybe("DE", "US"),
                disambiguation=self._maybe("Berlin"),
                begin_date=self._maybe("1950", "1962-12"),
                end_date=self._maybe("1999"),
                aliases=self._maybe(("AR",)),
            )
        for at, id_ in enumerate([*self._parties, "p90"]):
            yield PartyFact(
                id=id_,
                name=f"{NAMES[at % 10]} Rights",
                kind="PERSON" if at % 3 else "ORGANISATION",
                country=self._maybe("DE", "US"),
                disambiguation=self._maybe("heirs"),
                aliases=self._maybe(("The Heirs",)),
            )

    def _credits(self) -> Iterator[Fact]:
        things: dict[CreditType, list[str]] = {
            "RECORDED": [*self._recordings, "r90"],
            "RELEASED": self._releases,
            "WROTE": self._works,
        }
        for type_, ids in things.items():
            for thing in ids:
                for position, artist in enumerate(self._some(self._artists, 4)):
                    for role in {self._chance.choice(ROLES), self._chance.choice(ROLES)}:
                        yield CreditFact(
                            type=type_,
                            artist_id=artist,
                            thing_id=thing,
                            role=role,
                            position=position,
                            credited_as=self._maybe("E. Lan"),
                            join_phrase=self._maybe(" feat. ", ""),
                        )
        for recording in self._recordings:
            for work in self._some(self._works, 2):
                yield RecordingOfFact(recording_id=recording, work_id=work)

    def _issues(self) -> Iterator[Fact]:
        for release in self._releases:
            for position, recording in enumerate(self._some(self._recordings, 6), start=1):
                yield TrackFact(
                    release_id=release,
                    recording_id=recording,
                    medium=1 + position // 4,
                    position=position,
                    number=self._maybe("A1", str(position)),
                    title=self._maybe("As printed"),
                    length_ms=self._maybe(1000),
                )
            for label in self._some([*self._labels, "l90"], 3):
                number = self._chance.choice(["", "CAT 1", "CAT 2"])
                yield IssueFact(release_id=release, label_id=label, catalogue_number=number)

    def _families(self) -> Iterator[Fact]:
        for type_ in get_args(ArtistLinkType):
            for _ in range(5):
                one, other = sorted(self._chance.sample(self._artists, 2))
                yield ArtistLinkFact(
                    type=cast("ArtistLinkType", type_),
                    artist_id=one,
                    other_id=other,
                    begin_date=self._maybe("1990"),
                    end_date=self._maybe("1999-01"),
                    attributes=self._chance.choice([(), ("founder", "drums")]),
                )
        for label in self._labels[1:]:
            yield SublabelFact(label_id=label, parent_id=self._chance.choice(self._labels[:2]))
        for label in self._labels:
            for party in self._some(self._parties, 2):
                yield OperatesFact(party_id=party, label_id=label)
        for parent, party in [*pairwise(self._parties), ("p05", "p00"), ("p00", "p04")]:
            yield ParentFact(
                parent_id=parent,
                party_id=party,
                begin_date=self._maybe("1980"),
                end_date=self._maybe("1999-12-31"),
            )
        for party in [*self._parties, "p90"]:
            for artist in self._some(self._artists, 2):
                yield KnownAsFact(party_id=party, artist_id=artist)

    def _claims(self) -> Iterator[Fact]:
        assets = [("Recording", each) for each in self._recordings]
        assets += [("Work", each) for each in self._works]
        for label, asset in assets:
            rights = ("MASTER",) if label == "Recording" else ("MASTER", "MASTER", "PR", "MR")
            claimants = self._chance.sample([*self._parties, "p90"], self._chance.randint(1, 4))
            if self._chance.random() < 0.8:  # Most are claimed into a circle, too.
                claimants = list(dict.fromkeys([claimants[0], "p07", *claimants]))
            for at, party in enumerate(claimants):
                scope = self._chance.choice(SCOPES) if at > 1 else SCOPES[0]
                dates = self._chance.choice(DATES) if at > 1 else DATES[0]
                yield ClaimFact(
                    id=f"c-{asset}-{at}",
                    asset="Recording" if label == "Recording" else "Work",
                    asset_id=asset,
                    party_id=party,
                    right=rights[at % len(rights)],
                    kind="OWNERSHIP" if at < 3 else self._chance.choice(["COLLECTION", "BARTER"]),
                    share=self._chance.choice([0, 2_500, 3_333, 5_000, 5_000, 10_000]),
                    territories=scope[0],
                    excluded_territories=scope[1],
                    valid_from=dates[0],
                    valid_to=dates[1],
                    role=self._maybe("E", "CA"),
                    chain=f"r-{asset}/1" if at % 2 else None,
                    recorded_to=self._maybe(REPLACED),
                    status=STATUSES[at % len(STATUSES)],
                )

    def _agreements(self) -> Iterator[Fact]:
        # A chain six deep, a fork, and two circles: one that keeps nothing and one that leaks.
        steps = [*pairwise(self._parties[:6])]
        steps += [("p00", "p06"), ("p06", "p03")]
        circle = [("p07", "p08"), ("p08", "p07"), ("p09", "p10"), ("p10", "p11"), ("p11", "p09")]
        for at, (giver, taker) in enumerate([*steps, *circle]):
            whole = giver in ("p07", "p08")
            scope, dates = (SCOPES[0], DATES[0]) if whole or at % 4 else (SCOPES[1], DATES[3])
            yield AgreementFact(
                id=f"g{at:02}",
                assignor_id=giver,
                acquirer_id=taker,
                kind="ASSIGNMENT",
                right="MASTER" if whole or at % 3 else self._chance.choice(["MASTER", "PR"]),
                share=10_000 if whole else self._chance.choice([2_500, 3_333, 5_000]),
                territories=scope[0],
                excluded_territories=scope[1],
                valid_from=dates[0],
                valid_to=dates[1],
                recorded_to=None if whole else self._maybe(REPLACED),
                status=self._chance.choice(["ASSERTED", "DISPUTED"]),
            )
        for at, kind in enumerate(("ADMINISTRATION", "DISTRIBUTION", "LICENCE", "LOAN")):
            yield AgreementFact(
                id=f"g9{at}",
                assignor_id=self._parties[at],
                acquirer_id=self._parties[at + 5],
                kind=kind,
                right="PR",
                share=10_000,
                territories=("2136",),
                valid_to="2030-01-01",
                collection_to="2032-01-01" if at % 2 else None,
                status="WITHDRAWN" if at else "ASSERTED",
            )

    def _identifiers(self) -> Iterator[Fact]:
        things: tuple[tuple[ThingLabel, list[str]], ...] = (
            ("Artist", self._artists),
            ("Recording", self._recordings),
            ("Work", self._works),
            ("Release", self._releases),
            ("Label", self._labels),
            ("Party", self._parties),
        )
        own: list[tuple[ThingLabel, str, Scheme, str]] = [
            (label, id_, Scheme.PROPRIETARY, f"{id_} {at}")
            for label, ids in things
            for id_ in ids
            for at in range(self._chance.randint(0, 2))
        ]
        for at, (thing, id_, scheme, raw) in enumerate([*RAW, *own]):
            found = parse(scheme, raw)
            yield IdentifierFact(
                id=f"i{at:02}",
                thing=thing,
                thing_id=id_,
                scheme=scheme,
                raw=raw,
                value=found.value,
                key=f"{scheme}:{found.value}" if found.valid else None,
                valid=found.valid,
                reason=found.reason.code if found.reason else None,
            )

    def _links(self) -> Iterator[Fact]:
        for at in range(4):
            scheme, value = (("ISNI", "0000000121032683"), ("WIKIDATA", f"Q{at}"))[at > 0]
            url = self._maybe(f"https://example.org/{at}")
            yield IdentityFact(
                id=f"x{at}", scheme=scheme, value=value, key=f"{scheme}:{value}", url=url
            )
        things: tuple[tuple[ThingLabel, str], ...] = (
            *(("Artist", each) for each in self._artists[:4]),
            ("Recording", "r00"),
            ("Work", "w00"),
            ("Release", "e00"),
            ("Label", "l00"),
            ("Party", "p00"),
        )
        for at, (thing, id_) in enumerate(things * 2):
            dates = self._chance.choice(DATES)
            yield IdentityLinkFact(
                id=f"k{at:02}",
                thing=thing,
                thing_id=id_,
                identity_id=f"x{at % 4}",
                relation=self._chance.choice(["SAME", "MEMBER", "COUSIN"]),
                evidence=self._chance.choice([(), ("stated", "same address")]),
                confidence=self._chance.choice([0.0, 0.25, 0.5, 0.75, 1.0]),
                method="SOURCE_ASSERTION",
                asserted_by="test",
                status=self._chance.choice(["PROPOSED", "ACCEPTED", "REJECTED"]),
                valid_from=dates[0],
                valid_to=dates[1],
            )

    def _flags(self) -> Iterator[Fact]:
        flagged: tuple[tuple[FlaggedLabel, list[str]], ...] = (
            ("Artist", self._artists),
            ("Recording", self._recordings),
            ("Release", self._releases),
            ("Work", self._works),
        )
        for at in range(16):
            label, ids = flagged[at % 4]
            scope = self._chance.choice([*SCOPES, ((), ())])
            dates = self._chance.choice(DATES)
            yield FlagFact(
                id=f"f{at:02}",
                flagged=label,
                flagged_id=ids[at // 4],
                kind=self._chance.choice(["EXPLICIT", "SPAM", "AI_GENERATED", "HAUNTED"]),
                status=self._chance.choice(["ACTIVE", "ACTIVE", "APPEALED", "PROPOSED"]),
                reason=self._maybe("because"),
                severity=self._maybe("HIGH"),
                policy_version=self._maybe("3"),
                territories=scope[0],
                excluded_territories=scope[1],
                surfaces=self._chance.choice([(), ("SEARCH", "RADIO")]),
                valid_from=dates[0],
                valid_to=dates[1],
            )

    def _deals(self) -> Iterator[Fact]:
        for at, (release, made) in enumerate(product(self._releases, MESSAGES)):
            id_ = f"d{at:02}"
            kind: DealKind = self._chance.choice(["DEAL", "DEAL", "DEAL", "TAKE_DOWN"])
            scope = self._chance.choice(SCOPES) if at % 3 else SCOPES[0]
            dates = self._chance.choice(DATES) if at % 3 else DATES[0]
            yield DealFact(
                id=id_,
                release_id=release,
                sender_id=self._parties[at % 2],
                kind="NO_DEAL" if at % 9 == 7 else kind,
                territories=scope[0],
                excluded_territories=scope[1],
                valid_from=dates[0],
                valid_to=dates[1],
                uses=self._chance.choice([STREAMS, STREAMS, STREAMS, ("WHISTLING",), ()]),
                models=self._chance.choice([MODELS, MODELS, MODELS, ("BARTER",), ()]),
                message=self._maybe("M 1"),
                recorded_at=made,
            )
            if self._chance.random() < 0.8:
                yield CoversFact(deal=id_, thing="Release", thing_id=release)
            for recording in self._some([*self._recordings, "r90"], 4):
                yield CoversFact(deal=id_, thing="Recording", thing_id=recording)
