"""What a document tells of each asset: its claims, and once whatever made them and whoever is behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from export.prov.lineage import (
    Activity,
    Load,
    Recorded,
    RegistrationLine,
    connected,
    lineage,
    registration_lines,
)
from export.prov.nodes import (
    Node,
    activity_id,
    activity_node,
    agent_node,
    agents_of,
    claim_node,
    registration_node,
    sender_of,
    source_node,
)
from graph.sources import SOURCES_BY_ID
from graph.things import rows_by_id

if TYPE_CHECKING:
    from graph.client import Graph
    from graph.provenance import AssetRecords


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which claims of an asset are told: all of them, a party's, or those that belong to some."""

    party: str | None = None
    claims: frozenset[str] | None = None

    def of(self, recorded: list[Recorded]) -> list[Recorded]:
        """Return those that are wanted."""
        if self.party is not None:
            return [each for each in recorded if each.claim.party_id == self.party]
        return recorded if self.claims is None else connected(recorded, self.claims)


@dataclass(slots=True, kw_only=True)
class ProvenanceReport:
    """One document that was written."""

    file: str
    claims: int = 0
    revisions: int = 0
    ended: int = 0

    @property
    def line(self) -> str:
        """The report in one plain line."""
        return (
            f"{self.file}: {self.claims:,} claims, {self.revisions:,} of them revisions, "
            f"{self.ended:,} ended."
        )


class Telling:
    """One document: an activity, a source or an agent is told of where it is first met."""

    def __init__(self, graph: Graph, wanted: Wanted, report: ProvenanceReport) -> None:
        self._graph = graph
        self._wanted = wanted
        self._report = report
        self._told: set[str] = set()

    async def nodes(self, records: AssetRecords) -> list[Node]:
        """Return the nodes that are new with an asset."""
        lines = registration_lines(records)
        claims = self._wanted.of(lineage(records, lines))
        registrations = {
            each.registration.id: lines[each.registration.id]
            for each in claims
            if each.registration is not None
        }
        self._report.claims += len(claims)
        self._report.revisions += sum(bool(each.revises) for each in claims)
        self._report.ended += sum(each.has_ended for each in claims)
        behind = list(_behind(claims, registrations.values()))
        return [
            *await self._sources(claims, registrations.values()),
            *self._activities(behind),
            *(registration_node(each) for each in registrations.values()),
            *(claim_node(each) for each in claims),
        ]

    async def _sources(
        self, claims: Iterable[Recorded], registrations: Iterable[RegistrationLine]
    ) -> list[Node]:
        loads = (each for each, _ in _behind(claims, registrations) if isinstance(each, Load))
        new = sorted({each.source for each in loads if self._is_new(f"source:{each.source}")})
        if not new:
            return []
        found = await rows_by_id(self._graph, SOURCES_BY_ID, new)
        return [source_node(each) for each in found.values()]

    def _activities(self, behind: Iterable[tuple[Activity, str | None]]) -> Iterator[Node]:
        for activity, sender in behind:
            agents = agents_of(activity, sender)
            if self._is_new(activity_id(activity)):
                yield from (agent_node(each) for each in agents if self._is_new(each))
                yield activity_node(activity, agents)

    def _is_new(self, id_: str) -> bool:
        """Say whether something was not told of before; from now on it was."""
        if id_ in self._told:
            return False
        self._told.add(id_)
        return True


def _behind(
    claims: Iterable[Recorded], registrations: Iterable[RegistrationLine]
) -> Iterator[tuple[Activity, str | None]]:
    """Yield what made and what ended these, with who sent the message where one did."""
    for each in (*claims, *registrations):
        sender = sender_of(each.registration) if each.registration else None
        yield each.made_by, sender
        if each.ended_by is not None:
            yield each.ended_by, sender
