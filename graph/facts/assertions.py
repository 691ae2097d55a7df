"""Facts that are nodes because somebody asserts them: identifiers, identity, rights, policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

ThingLabel: TypeAlias = Literal["Artist", "Recording", "Work", "Release", "Label", "Party"]
AssetLabel: TypeAlias = Literal["Recording", "Work"]
FlaggedLabel: TypeAlias = Literal["Artist", "Recording", "Release", "Work"]
DealKind: TypeAlias = Literal["DEAL", "TAKE_DOWN", "NO_DEAL"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierFact:
    """A thing bears an identifier. Without a `value` it is invalid: kept, and never linking."""

    id: str
    thing: ThingLabel
    thing_id: str
    scheme: str
    raw: str
    value: str | None = None
    key: str | None = None
    valid: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityFact:
    """Something outside that names a thing."""

    id: str
    scheme: str
    value: str
    key: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLinkFact:
    """An assertion that a thing and an outside identity belong together, with its evidence."""

    id: str
    thing: ThingLabel
    thing_id: str
    identity_id: str
    relation: str
    evidence: tuple[str, ...]
    confidence: float
    method: str
    asserted_by: str
    status: str
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFact:
    """One party's claim to a share of one right in one asset; `share` is in 1/100 %.

    One that has ended says when (`recorded_to`), and in which status it stood until then.
    One that a registration makes says which, at which `position` of it, and in which `chain` of
    publishers; stored once, it is never stated anew.
    """

    id: str
    asset: AssetLabel
    asset_id: str
    party_id: str
    right: str
    kind: str
    share: int
    territories: tuple[str, ...]
    excluded_territories: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    recorded_at: datetime | None = None
    recorded_to: datetime | None = None
    role: str | None = None
    status: str = "ASSERTED"
    chain: str | None = None
    registration: str | None = None
    position: int | None = None
    controlled: bool | None = None
    shares_change: bool | None = None
    stood_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFact:
    """What one party passes to another; only an ASSIGNMENT multiplies shares.

    Without a `right` it is about every right. `collection_to` ends what is collected after the term.
    """

    id: str
    assignor_id: str
    acquirer_id: str
    kind: str
    right: str | None
    share: int
    territories: tuple[str, ...]
    excluded_territories: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    collection_to: str | None = None
    recorded_at: datetime | None = None
    recorded_to: datetime | None = None
    status: str = "ASSERTED"
    registration: str | None = None
    stood_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagFact:
    """A policy flag on a thing, with its scope in territory, surface and time."""

    id: str
    flagged: FlaggedLabel
    flagged_id: str
    kind: str
    status: str
    reason: str | None = None
    severity: str | None = None
    policy_version: str | None = None
    territories: tuple[str, ...] = ()
    excluded_territories: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFact:
    """What a sender's message says of how one release may be used, or that it no longer may.

    A NO_DEAL says that a message offers nothing of the release. What a deal covers, the release or
    recordings, are facts of their own (`CoversFact`). `recorded_at` is when its message was made: a
    later message of the same sender on the same release supersedes it.
    """

    id: str
    release_id: str
    sender_id: str
    kind: DealKind
    territories: tuple[str, ...]
    excluded_territories: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    uses: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    message: str | None = None
    recorded_at: datetime
    status: str = "ASSERTED"


AssertionFact: TypeAlias = (
    IdentifierFact
    | IdentityFact
    | IdentityLinkFact
    | ClaimFact
    | AgreementFact
    | FlagFact
    | DealFact
)
