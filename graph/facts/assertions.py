"""Facts that are nodes because somebody asserts them: identifiers, identity, rights, policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

ThingLabel: TypeAlias = Literal["Artist", "Recording", "Work", "Release", "Label", "Party"]
AssetLabel: TypeAlias = Literal["Recording", "Work"]
FlaggedLabel: TypeAlias = Literal["Artist", "Recording", "Release", "Work"]


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
    stood_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFact:
    """What one party passes to another; only an ASSIGNMENT multiplies shares."""

    id: str
    assignor_id: str
    acquirer_id: str
    kind: str
    right: str
    share: int
    territories: tuple[str, ...]
    excluded_territories: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    recorded_at: datetime | None = None
    recorded_to: datetime | None = None
    status: str = "ASSERTED"
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


AssertionFact: TypeAlias = (
    IdentifierFact | IdentityFact | IdentityLinkFact | ClaimFact | AgreementFact | FlagFact
)
