"""Facts that are one relationship each; each states what tells it from others of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

ArtistLinkType: TypeAlias = Literal["MEMBER_OF", "ALIAS_OF", "PERFORMS_AS"]
CoveredLabel: TypeAlias = Literal["Release", "Recording"]
CreditType: TypeAlias = Literal["RECORDED", "RELEASED", "WROTE"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFact:
    """An artist's part in a thing; one per artist, thing, role and position."""

    type: CreditType
    artist_id: str
    thing_id: str
    role: str
    position: int = 0
    credited_as: str | None = None
    join_phrase: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackFact:
    """A recording's place on a release; one per release, recording, medium and position."""

    release_id: str
    recording_id: str
    medium: int
    position: int
    number: str | None = None
    title: str | None = None
    length_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFact:
    """A release under a label; one per release, label and catalogue number (which may be empty)."""

    release_id: str
    label_id: str
    catalogue_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingOfFact:
    """A recording of a work; one per pair."""

    recording_id: str
    work_id: str
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistLinkFact:
    """Membership, alias or persona between two artists; one per pair, type and dates."""

    type: ArtistLinkType
    artist_id: str
    other_id: str
    begin_date: str | None = None
    end_date: str | None = None
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SublabelFact:
    """A label that is a brand under another; one per pair."""

    label_id: str
    parent_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatesFact:
    """The party behind a label; one per pair."""

    party_id: str
    label_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentFact:
    """Corporate parentage; one per pair and dates. It never multiplies a share."""

    parent_id: str
    party_id: str
    begin_date: str | None = None
    end_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAsFact:
    """The public persona of a rights holder; one per pair. Linked, never unified."""

    party_id: str
    artist_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoversFact:
    """A deal covers a release, or a recording; one per pair."""

    deal: str
    thing: CoveredLabel
    thing_id: str


LinkFact: TypeAlias = (
    CreditFact
    | TrackFact
    | IssueFact
    | RecordingOfFact
    | ArtistLinkFact
    | SublabelFact
    | OperatesFact
    | ParentFact
    | KnownAsFact
    | CoversFact
)
