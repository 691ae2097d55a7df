"""How the claims on an asset came from one another: which revise which, and what made and ended each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

from graph.provenance import AssetRecords, ClaimChange, RegisteredBy
from graph.rights import ClaimRow
from graph.times import instant


@dataclass(frozen=True, slots=True)
class Load:
    """The run of a load that recorded something: of one source, begun at one instant."""

    source: str
    at: datetime


# What makes or ends a record: a load, or a command of the journal by one of its changes.
Activity: TypeAlias = Load | ClaimChange

_ENDINGS: Final = frozenset({"SUPERSEDED", "WITHDRAWN"})


@dataclass(slots=True, kw_only=True)
class Recorded:
    """One claim as it was recorded; times in UTC.

    `revises` are those that it replaces of the same party; `derived` those of others that it follows from,
    as a buyer's claim does from the seller's.
    """

    claim: ClaimRow
    registration: RegisteredBy | None
    made_at: datetime
    made_by: Activity
    ended_at: datetime | None
    ended_by: Activity | None
    revises: list[str] = field(default_factory=list[str])
    derived: list[str] = field(default_factory=list[str])

    @property
    def has_ended(self) -> bool:
        """Whether it stands no more, be it that nobody knows since when."""
        return self.ended_at is not None or self.claim.status in _ENDINGS


@dataclass(slots=True, kw_only=True)
class RegistrationLine:
    """One registration, the one that it follows, and the load that brought in what follows it."""

    registration: RegisteredBy
    made_by: Load
    ended_at: datetime | None
    ended_by: Load | None
    revises: str | None


def registration_lines(records: AssetRecords) -> dict[str, RegistrationLine]:
    """Return the registrations of an asset by their ids."""
    by_key: defaultdict[str, list[RegisteredBy]] = defaultdict(list)
    for each in records.registrations:
        by_key[each.key].append(each)
    found: dict[str, RegistrationLine] = {}
    for registrations in by_key.values():
        registrations.sort(key=lambda registration: registration.order)
        for before, each in zip((None, *registrations[:-1]), registrations, strict=True):
            ended_at = instant(each.recorded_to) if each.recorded_to else None
            found[each.id] = RegistrationLine(
                registration=each,
                made_by=_load(each),
                ended_at=ended_at,
                ended_by=_superseded(each, registrations, ended_at),
                revises=before.id if before else None,
            )
    return found


def lineage(records: AssetRecords, lines: dict[str, RegistrationLine]) -> list[Recorded]:
    """Return every claim ever recorded on an asset, in the order of their ids, with where it came from."""
    changes: defaultdict[str, list[ClaimChange]] = defaultdict(list)
    for change in records.changes:
        changes[change.claim_id].append(change)
    found: list[Recorded] = []
    for claim in records.claims:
        line = lines.get(records.registered.get(claim.id, ""))
        made_at = instant(claim.recorded_at)
        ended_at = instant(claim.recorded_to) if claim.recorded_to else None
        by = {instant(change.at): change for change in changes[claim.id]}
        made_by = by.get(made_at) or Load(claim.source_id, made_at)
        ender = line.ended_by if line and line.ended_at == ended_at else None
        if ended_at == made_at:  # A message's claim that never stood: people had written otherwise.
            ender = ender or made_by
        found.append(
            Recorded(
                claim=claim,
                registration=line.registration if line else None,
                made_at=made_at,
                made_by=made_by,
                ended_at=ended_at,
                ended_by=(by.get(ended_at) or ender) if ended_at else None,
            )
        )
    _revisions(found, lines)
    return found


def connected(recorded: Iterable[Recorded], ids: Iterable[str]) -> list[Recorded]:
    """Return those that lead to or follow from the claims of these ids, and these."""
    every = list(recorded)
    near: defaultdict[str, set[str]] = defaultdict(set)
    for each in every:
        for other in (*each.revises, *each.derived):
            near[each.claim.id].add(other)
            near[other].add(each.claim.id)
    reached: set[str] = set()
    waiting = list(ids)
    while waiting:
        id_ = waiting.pop()
        if id_ not in reached:
            reached.add(id_)
            waiting.extend(near[id_])
    return [each for each in every if each.claim.id in reached]


def _load(registration: RegisteredBy) -> Load:
    return Load(registration.source_id, instant(registration.recorded_at))


def _superseded(
    registration: RegisteredBy, all_: Iterable[RegisteredBy], at: datetime | None
) -> Load | None:
    """Return the load that ended a registration: of one that follows it, or its own where it came late."""
    if at is None:
        return None
    later = (each for each in all_ if each.order > registration.order)
    loads = (_load(each) for each in (*later, registration))
    return next((load for load in loads if load.at == at), None)


def _revisions(found: list[Recorded], lines: dict[str, RegistrationLine]) -> None:
    """Tell each what it replaces: what it says, what its command ended, or its registration's forerunner."""
    registered: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    ended: defaultdict[tuple[str, ...], list[Recorded]] = defaultdict(list)
    by_id = {each.claim.id: [each] for each in found}
    for each in found:
        claim = each.claim
        if isinstance(each.ended_by, ClaimChange):
            ended[each.ended_by.command, claim.right, claim.kind].append(each)
        elif each.registration is not None:
            key = each.registration.id, claim.party_id, claim.right, claim.kind
            registered[key].append(claim.id)
    for each in found:
        claim = each.claim
        if claim.revises_id is not None:
            before = by_id.get(claim.revises_id, [])
            _follow(each, before)
            for one in before:
                if one.ended_by is None and one.ended_at == each.made_at:
                    one.ended_by = each.made_by
        elif isinstance(each.made_by, ClaimChange):
            _follow(each, ended[each.made_by.command, claim.right, claim.kind])
        elif each.registration is not None:
            follows = lines[each.registration.id].revises
            key = follows or "", claim.party_id, claim.right, claim.kind
            each.revises = list(registered[key])


def _follow(recorded: Recorded, before: Iterable[Recorded]) -> None:
    """Have a claim be a revision of what was the same party's, or else derive from what was others'."""
    party = recorded.claim.party_id
    recorded.revises = [each.claim.id for each in before if each.claim.party_id == party]
    if not recorded.revises:
        recorded.derived = [each.claim.id for each in before]
