"""A catalogue made up from a seed, for benchmarks: artists, works, recordings, releases, labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from graph.facts import (
    ArtistFact,
    CreditFact,
    Fact,
    IssueFact,
    LabelFact,
    RecordingFact,
    RecordingOfFact,
    ReleaseFact,
    TrackFact,
    WorkFact,
)
from graph.ids import mint
from ingest.generated.chance import chance, day, skewed
from ingest.generated.names import act, company, title
from ingest.generated.parties import parties
from ingest.generated.subjects import Numbered, Subject, Subjects
from ingest.identities import Thing, identifier
from ingest.records import Record
from standards.identifiers import Scheme

Naming: TypeAlias = Callable[..., str]

_TRACKS: Final = 8
_COUNTRIES: Final = ("US", "GB", "DE", "FR", "SE", "JP", "BR", "NG", "ZA", "IN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many of each; the defaults are the benchmark's data set."""

    artists: int = 20_000
    recordings: int = 100_000
    works: int = 60_000
    parties: int = 5_000
    labels: int = 1_000

    def scaled(self, factor: float) -> Sizes:
        """Return the sizes times a factor, none below one."""
        return Sizes(
            artists=max(1, round(self.artists * factor)),
            recordings=max(1, round(self.recordings * factor)),
            works=max(1, round(self.works * factor)),
            parties=max(1, round(self.parties * factor)),
            labels=max(1, round(self.labels * factor)),
        )

    @property
    def releases(self) -> int:
        """Releases, of eight recordings each; the last may have fewer."""
        return -(-self.recordings // _TRACKS)


def subjects(seed: int, sizes: Sizes) -> Subjects:
    """Return everything the generated layer is laid over, made when looked at."""
    return Subjects(
        artists=_numbered(seed, "artist", sizes.artists, act),
        recordings=_numbered(seed, "recording", sizes.recordings, title),
        works=_numbered(seed, "work", sizes.works, title),
        releases=_numbered(seed, "release", sizes.releases, title),
        parties=parties(seed, sizes.parties),
    )


def _numbered(seed: int, kind: str, size: int, name: Naming) -> Numbered:
    return Numbered(
        size,
        lambda at: Subject(mint("generated", str(seed), kind, str(at)), name(seed, kind, at)),
    )


def iswc(number: int) -> str:
    """Return a valid ISWC of a block that no agency has been given."""
    digits = f"{number:09}"
    total = 1 + sum(place * int(digit) for place, digit in enumerate(digits, start=1))
    return f"T{digits}{-total % 10}"


def catalogue(seed: int, sizes: Sizes) -> Iterator[Record]:
    """Yield the catalogue, a record a thing, each after what it refers to."""
    everything = subjects(seed, sizes)
    labels = _numbered(seed, "label", sizes.labels, company)
    for label in labels:
        yield Record(line=0, facts=[LabelFact(id=label.id, name=label.name, aliases=())])
    for at, artist in enumerate(everything.artists):
        yield Record(line=0, facts=[_artist(seed, at, artist)])
    for at, work in enumerate(everything.works):
        yield Record(line=0, facts=list(_work(seed, at, work, everything)))
    for at, recording in enumerate(everything.recordings):
        yield Record(line=0, facts=list(_recording(seed, at, recording, everything)))
    for at, release in enumerate(everything.releases):
        yield Record(line=0, facts=list(_release(seed, at, release, everything, labels)))


def _artist(seed: int, at: int, artist: Subject) -> ArtistFact:
    source = chance(seed, "artist", at)
    group = artist.name.startswith("The ")
    return ArtistFact(
        id=artist.id,
        name=artist.name,
        aliases=(act(seed, "alias", at),) if at % 10 == 0 else (),
        type="GROUP" if group else "PERSON",
        country=source.choice(_COUNTRIES),
        begin_date=str(source.randint(1950, 2015)),
    )


def _work(seed: int, at: int, work: Subject, everything: Subjects) -> Iterator[Fact]:
    source = chance(seed, "work", at)
    yield WorkFact(id=work.id, title=work.name, aliases=(), type="SONG")
    yield identifier(Thing(label="Work", id=work.id), Scheme.ISWC, iswc(900_000_000 + at))
    for position in range(source.choice((1, 1, 2))):
        yield CreditFact(
            type="WROTE",
            artist_id=skewed(source, everything.artists).id,
            thing_id=work.id,
            role=("COMPOSER", "LYRICIST")[position],
            position=position,
        )


def _recording(seed: int, at: int, recording: Subject, everything: Subjects) -> Iterator[Fact]:
    source = chance(seed, "recording", at)
    main = _main_artist(seed, at, everything)
    yield RecordingFact(
        id=recording.id,
        title=recording.name,
        aliases=(),
        length_ms=source.randint(90_000, 480_000),
        date=day(source, 1960, 2025),
        video=False,
        artist_credit=main.name,
    )
    # ZZ is a code that no country has.
    isrc = f"ZZGEN{at // 100_000 % 100:02}{at % 100_000:05}"
    yield identifier(Thing(label="Recording", id=recording.id), Scheme.ISRC, isrc)
    yield CreditFact(type="RECORDED", artist_id=main.id, thing_id=recording.id, role="MAIN")
    if source.random() < 0.2:  # noqa: PLR2004 - one of five has a guest.
        guest = skewed(source, everything.artists)
        yield CreditFact(
            type="RECORDED", artist_id=guest.id, thing_id=recording.id, role="FEATURED", position=1
        )
    if source.random() < 0.9:  # noqa: PLR2004 - one of ten has no work.
        work = everything.works[at % len(everything.works)]
        yield RecordingOfFact(recording_id=recording.id, work_id=work.id)


def _release(
    seed: int, at: int, release: Subject, everything: Subjects, labels: Sequence[Subject]
) -> Iterator[Fact]:
    source = chance(seed, "release", at)
    first = at * _TRACKS
    main = _main_artist(seed, first, everything)
    yield ReleaseFact(
        id=release.id,
        title=release.name,
        aliases=(),
        type="ALBUM",
        status="OFFICIAL",
        country=source.choice(_COUNTRIES),
        date=day(source, 1960, 2025),
        artist_credit=main.name,
    )
    yield CreditFact(type="RELEASED", artist_id=main.id, thing_id=release.id, role="MAIN")
    label = skewed(source, labels)
    yield IssueFact(release_id=release.id, label_id=label.id, catalogue_number=f"GEN {at:06}")
    last = min(first + _TRACKS, len(everything.recordings))
    for position, number in enumerate(range(first, last), start=1):
        yield TrackFact(
            release_id=release.id,
            recording_id=everything.recordings[number].id,
            medium=1,
            position=position,
            number=str(position),
        )


def _main_artist(seed: int, at: int, everything: Subjects) -> Subject:
    """Return the artist of a recording; the recordings of one release share theirs."""
    return skewed(chance(seed, "main", at // _TRACKS), everything.artists)
