"""Conflicts opened, updated, resolved and reopened by rule, as the claims on assets are now.

Doing it again changes nothing. Claims are never changed by it: nothing is scaled to fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, LiteralString, Protocol

from graph.conflicts import CellRange
from graph.facts.statements import LINK, STATE
from graph.ids import mint
from graph.rights import ASSET_STARTS
from standards.conflicts import Breach, Conflict, Scope, Statement, breaches, detect
from standards.territories import TerritorySet, countries, world

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

RULES: Final = mint("source", "RULE", "conflicts")
"""The id of the source of conflicts that are opened by rule."""
BY_RULE: Final = "RULE"
"""Who has resolved a conflict that the claims no longer have."""
SETTLE_DAYS: Final = 90
"""How long the parties of a conflict have from its opening: its deadline."""

_OPEN: Final = "OPEN"
_RESOLVED: Final = "RESOLVED"

CLAIMS_NOW: Final[Mapping[str, LiteralString]] = {
    label: start
    + """
MATCH (thing)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
WHERE claim.status IN ['ASSERTED', 'DISPUTED'] AND claim.recordedTo IS NULL
RETURN collect([key, {
  id: claim.id, party: party.id, right: claim.right, kind: claim.kind, share: claim.share,
  valid_from: claim.validFrom, valid_to: claim.validTo, role: claim.role,
  disputed: claim.status = 'DISPUTED',
  registration: claim.registration, position: claim.position, chain: claim.chain
}, claim.territories, claim.excludedTerritories]) AS rows"""
    for label, start in ASSET_STARTS.items()
}
CONFLICTS_NOW: Final[Mapping[str, LiteralString]] = {
    label: start
    + """
MATCH (thing)<-[:ABOUT]-(conflict:Conflict)
WITH key, conflict ORDER BY conflict.status, conflict.id
RETURN collect([key, {
  id: conflict.id, kind: conflict.kind, rule: conflict.rule, right: conflict.right,
  parties: conflict.parties, evidence: conflict.evidence, cells: conflict.cells,
  status: conflict.status, resolution: conflict.resolution, resolvedBy: conflict.resolvedBy,
  openings: conflict.openings, closings: conflict.closings
}]) AS rows"""
    for label, start in ASSET_STARTS.items()
}
BREACHES_NOW: Final = """
UNWIND $ids AS key
MATCH (:Work {id: key})<-[:REGISTERS]-(registration:Registration)
WHERE registration.recordedTo IS NULL AND size(registration.brokenAt) > 0
RETURN collect([key, registration.id, registration.brokenAt]) AS rows
"""
MAKE_RULES: Final = """
MERGE (source:Source {id: $id})
ON CREATE SET source.sourceId = $id, source.recordedAt = $now, source.loadedAt = $now,
  source.kind = 'RULE', source.name = 'Conflicts found by rule', source.complete = true
"""
RESOLVE: Final = """
MATCH (conflict:Conflict {id: $id})
WHERE conflict.status = 'OPEN'
SET conflict.status = 'RESOLVED', conflict.resolvedAt = $now, conflict.resolution = $resolution,
  conflict.resolvedBy = $by, conflict.closings = coalesce(conflict.closings, []) + $moment
"""


class Store(Protocol):
    """A transaction, or the stage of a command: what is written is seen by what is read after it."""

    async def read(self, summary: LiteralString, text: LiteralString, **parameters: Any) -> Any:
        """Return the one value that a read returns."""
        ...

    async def write(self, summary: LiteralString, text: LiteralString, **parameters: Any) -> None:
        """Change something."""
        ...


@dataclass(slots=True, kw_only=True)
class Settled:
    """What became of conflicts, by their ids, and the assets whose claims nobody can make sense of."""

    opened: list[str] = field(default_factory=list[str])
    updated: list[str] = field(default_factory=list[str])
    resolved: list[str] = field(default_factory=list[str])
    reopened: list[str] = field(default_factory=list[str])
    unreadable: list[str] = field(default_factory=list[str])
    before: dict[str, Mapping[str, Any]] = field(default_factory=dict[str, "Mapping[str, Any]"])
    """What was stored of those that there were: of one call, never added up."""

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each."""
        return {
            "opened": len(self.opened),
            "updated": len(self.updated),
            "resolved": len(self.resolved),
            "reopened": len(self.reopened),
            "unreadable": len(self.unreadable),
        }

    def add(self, other: Settled) -> None:
        """Take in what became of others."""
        self.opened += other.opened
        self.updated += other.updated
        self.resolved += other.resolved
        self.reopened += other.reopened
        self.unreadable += other.unreadable


@dataclass(frozen=True, slots=True)
class Claims:
    """What stands on one asset: claims as they are read, and rules that its registrations break."""

    rows: list[Sequence[Any]] = field(default_factory=list[Sequence[Any]])
    broken: list[Breach] = field(default_factory=list[Breach])

    def conflicts(self) -> Sequence[Conflict]:
        """Return the conflicts; raise TypeError, ValueError or AttributeError for what makes no sense."""
        statements = [_statement(*row) for row in self.rows]
        return (*detect(statements), *breaches(statements, self.broken))


async def settle_conflicts(
    store: Store,
    label: str,
    ids: Sequence[str],
    *,
    now: datetime,
    new: Mapping[str, Claims] | None = None,
) -> Settled:
    """Bring the conflicts about assets of one label in line with their claims.

    Call it in the transaction that changed the claims, after the change. What somebody has resolved stays
    resolved for as long as its cells and its evidence stay what they were. Of assets that are `new`, nothing
    is read: what is given is all that stands on them.
    """
    every = dict(new or {})
    asked = [each for each in dict.fromkeys(ids) if each not in every]
    known: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    if asked:
        every |= await _claims(store, label, asked)
        for key, conflict in await store.read(
            "conflicts to settle", CONFLICTS_NOW[label], ids=asked
        ):
            known[key].append(conflict)
    settling = _Settling(now)
    for asset in dict.fromkeys(ids):
        try:
            found = every[asset].conflicts()
        except (TypeError, ValueError, AttributeError):
            settling.settled.unreadable.append(asset)
            continue
        settling.asset(asset, found, known[asset])
    await settling.store(store, label)
    return settling.settled


async def resolve_conflict(
    store: Store, id_: str, *, resolution: str, by: str, now: datetime
) -> None:
    """Have somebody resolve an open conflict; one that is resolved stays as it is."""
    given = {"id": id_, "resolution": resolution, "by": by, "now": now, "moment": now.isoformat()}
    await store.write("resolve a conflict", RESOLVE, **given)


async def _claims(store: Store, label: str, ids: Sequence[str]) -> dict[str, Claims]:
    found = {id_: Claims() for id_ in ids}
    for key, *claim in await store.read("claims to settle", CLAIMS_NOW[label], ids=ids):
        found[key].rows.append(claim)
    if label == "Work":
        rows = await store.read("broken rules to settle", BREACHES_NOW, ids=ids)
        for work, registration, broken in rows:
            found[work].broken.extend(breaches_of(registration, broken))
    return found


def breaches_of(registration: str, texts: Iterable[str]) -> Iterator[Breach]:
    """Yield what stored texts say that a registration breaks."""
    for rule, position, chain in (text.split("/") for text in texts):
        yield Breach(registration, rule, int(position), chain)


def _statement(
    known: Mapping[str, Any], included: Sequence[str], excluded: Sequence[str] | None
) -> Statement:
    return Statement(**known, countries=countries(tuple(included), tuple(excluded or ())))


class _Settling:
    """The changes of one transaction."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._rows: list[dict[str, Any]] = []
        self._links: list[dict[str, Any]] = []
        self.settled = Settled()

    def asset(
        self, asset: str, found: Iterable[Conflict], known: Iterable[Mapping[str, Any]]
    ) -> None:
        """Take one asset's conflicts: those its claims have, and those that are known."""
        by_key: dict[tuple[str, ...], Mapping[str, Any]] = {}
        twins: list[Mapping[str, Any]] = []
        for each in known:  # The open ones first: of twins, which a merge makes, one of them stays.
            key = (each["kind"], each["rule"], each["right"], *each["parties"])
            if by_key.setdefault(key, each) is not each:
                twins.append(each)
        for conflict in found:
            stands = by_key.pop(conflict.key, None)
            if stands is None:
                self._open(asset, conflict)
            else:
                self._stands(conflict, stands)
        for each in (*by_key.values(), *twins):
            if each["status"] == _OPEN:
                self._resolve(each)

    async def store(self, store: Store, label: str) -> None:
        """Write the changes."""
        if not self._rows:
            return
        given = {"sourceId": RULES, "recordedAt": self._now}
        await store.write("source of conflicts", MAKE_RULES, id=RULES, now=self._now)
        await store.write("store conflicts", STATE["Conflict"], rows=self._rows, **given)
        if self._links:
            text = LINK["Conflict", "ABOUT", label]
            await store.write("store conflicts", text, rows=self._links, **given)

    def _open(self, asset: str, conflict: Conflict) -> None:
        id_ = mint("conflict", asset, *conflict.key)
        known = {
            "kind": conflict.kind.value,
            "rule": conflict.rule,
            "right": conflict.right,
            "parties": list(conflict.parties),
            **_what(conflict),
            **self._opening(()),
        }
        self._rows.append({"id": id_, "known": known})
        self._links.append({"start": id_, "end": asset, "known": {}})
        self.settled.opened.append(id_)

    def _stands(self, conflict: Conflict, known: Mapping[str, Any]) -> None:
        what = _what(conflict)
        differs = any(known[name] != value for name, value in what.items())
        if known["status"] == _OPEN:
            if differs:
                self._rows.append({"id": known["id"], "known": what})
                self._note(self.settled.updated, known)
        elif differs or known["resolvedBy"] == BY_RULE:
            changes = {**what, **self._opening(known["openings"] or ())}
            self._rows.append({"id": known["id"], "known": changes})
            self._note(self.settled.reopened, known)

    def _resolve(self, known: Mapping[str, Any]) -> None:
        changes = {
            "status": _RESOLVED,
            "resolvedAt": self._now,
            "resolution": "The claims no longer conflict.",
            "resolvedBy": BY_RULE,
            "closings": [*(known["closings"] or ()), self._now.isoformat()],
        }
        self._rows.append({"id": known["id"], "known": changes})
        self._note(self.settled.resolved, known)

    def _note(self, ids: list[str], known: Mapping[str, Any]) -> None:
        ids.append(known["id"])
        self.settled.before[known["id"]] = known

    def _opening(self, before: Iterable[str]) -> dict[str, Any]:
        return {
            "status": _OPEN,
            "openedAt": self._now,
            "openings": [*before, self._now.isoformat()],
            "resolvedAt": None,
            "resolution": None,
            "resolvedBy": None,
            "deadline": (self._now + timedelta(days=SETTLE_DAYS)).date().isoformat(),
        }


def _what(conflict: Conflict) -> dict[str, Any]:
    return {
        "evidence": list(conflict.claims),
        "cells": [_range(scope).text() for scope in conflict.scopes],
    }


def _range(scope: Scope) -> CellRange:
    included, excluded = TerritorySet(countries=scope.countries, since=world().since).codes()
    return CellRange(
        scope.valid_from, scope.valid_to, scope.total, tuple(included), tuple(excluded)
    )
