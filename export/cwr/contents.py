"""What a party's catalogue holds: registrations and agreements, transaction by transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Final

from export.cwr.agreements import agreement_drafts, sayable
from export.cwr.kept import fitted, sent_as
from export.cwr.loose import NUMBER, registrations
from export.cwr.registrations import Written, drafts
from export.cwr.writing import Draft, From
from graph.catalogues import (
    RegistrationRow,
    StandingRow,
    loose_claims,
    registrations_by_id,
    standing,
)
from graph.client import Graph
from graph.newcomers import AgreedRow, KnownRow, agreements_recorded, known_parties
from graph.registrations import PartyFound
from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.records import Version

# Registrations held at a time.
_PAGE: Final = 200
# Parties remembered at least as long as a page of registrations is written.
_REMEMBERED: Final = 10_000
_IPI_TAIL: Final = 9


class Contents:
    """What stands of one party's works and agreements on a day; `faults` are what no transaction can tell."""

    def __init__(self, graph: Graph, party: PartyFound, version: Version, day: str) -> None:
        self.faults: list[Fault] = []
        self._graph = graph
        self._party = party
        self._written = Written(party=party.id, version=version, day=day)
        self._known: dict[tuple[str, str], KnownRow] = {}
        self._found: list[StandingRow] = []
        self._loose: list[RegistrationRow] = []
        self._agreed: list[list[AgreedRow]] = []

    async def find(self) -> None:
        """Look for all that there may be to write."""
        graph, party = self._graph, self._party.id
        self._found = await standing(graph, party)
        self._loose = list(registrations(await loose_claims(graph, party)))
        agreed = await agreements_recorded(graph, party)
        self._agreed = sayable(agreed, self._written.day, self.faults)

    @property
    def sender(self) -> From:
        """Whom the message says it is from."""
        code = _code(self._party, self._submitters, self._written.version)
        return From(code=code, name=self._party.name)

    @property
    def _submitters(self) -> set[str]:
        return {row.submitter for row in self._found}

    def unwritten(self, kind: str) -> Iterator[Fault]:
        """Yield that the version has no place for some transactions, where there are any."""
        version = self._written.version
        count = len(self._ids(kind)) + (len(self._agreed) if kind == "AGR" else 0)
        if count:
            message = f"CWR {version} has no such transaction, and there are {count:,}"
            done = Done.TRANSACTION_LEFT_OUT
            yield Fault(CwrRule.CWR_UNKNOWN_RECORD, 0, kind, message, done)

    async def transactions(
        self, kind: str
    ) -> AsyncIterator[tuple[str, list[Draft], Sequence[Fault]]]:
        """Yield the transactions of a kind: what each is about, its records, and what they cannot say."""
        if kind == "AGR":
            for agreed in self._agreed:
                parties = {each.acquirer_id for each in agreed} | {agreed[0].assignor_id}
                known = await self._parties(sorted(parties), self._submitter)
                yield agreed[0].id, agreement_drafts(agreed, known), ()
        async for row in self._rows(kind):
            faults: list[Fault] = []
            number = None
            if len(self._submitters) > 1 and row.work_id:
                # Numbers of several submitters may be the same.
                number = row.work_id[:NUMBER].upper()
            known = self._told(row)
            if records := drafts(row, self._written, known, number, faults):
                yield row.number or row.id, records, faults

    @property
    def _submitter(self) -> str:
        return next(iter(self._submitters)) if len(self._submitters) == 1 else ""

    def _ids(self, kind: str) -> list[str]:
        version = self._written.version
        return [
            row.id
            for row in self._found
            if fitted(sent_as(row.kind, changed=row.changed), version) == kind
        ]

    async def _rows(self, kind: str) -> AsyncIterator[RegistrationRow]:
        ids = self._ids(kind)
        changed = frozenset(row.id for row in self._found if row.changed)
        for start in range(0, len(ids), _PAGE):
            page = ids[start : start + _PAGE]
            rows = await registrations_by_id(self._graph, page, changed)
            await self._look_up(rows)
            for row in rows:
                yield row
        loose = self._loose if kind == fitted("NWR", self._written.version) else []
        for start in range(0, len(loose), _PAGE):
            rows = loose[start : start + _PAGE]
            await self._look_up(rows)
            for row in rows:
                yield row

    async def _look_up(self, rows: Sequence[RegistrationRow]) -> None:
        """Look for the parties that registrations come to name."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        wanted: dict[str, set[str]] = {}
        for row in rows:
            if row.changed:
                wanted.setdefault(self._says(row), set()).update(_newcomers(row))
        for submitter, ids in wanted.items():
            await self._parties(sorted(ids), submitter)

    def _told(self, row: RegistrationRow) -> dict[str, KnownRow]:
        if not row.changed:
            return {}
        return {each: self._known[self._says(row), each] for each in _newcomers(row)}

    def _says(self, row: RegistrationRow) -> str:
        """Return by which submitter's names and numbers parties are told."""
        return row.submitter or self._submitter

    async def _parties(self, ids: Sequence[str], submitter: str) -> dict[str, KnownRow]:
        """Return parties as a submitter says them; most are looked for once."""
        new = [each for each in ids if (submitter, each) not in self._known]
        if new:
            found = await known_parties(self._graph, new, submitter)
            self._known |= {(submitter, each): row for each, row in found.items()}
        return {each: self._known[submitter, each] for each in ids}


def _newcomers(row: RegistrationRow) -> set[str]:
    """Return the parties with claims that are not in a line of theirs."""
    lines = {each.said["position"]: each.party_id for each in row.named}
    return {each.party_id for each in row.claims if lines.get(each.position) != each.party_id}


def _code(party: PartyFound, submitters: set[str], version: Version) -> str:
    """Return whom a message says it is from: whose numbers it has, or else the party by its IPI."""
    if len(submitters) == 1:
        [submitter] = submitters
        if (len(submitter) <= len("PB0000")) == (version is Version.V30):
            return submitter
    if version is Version.V30:
        return "PB" + party.id[:4].upper()
    ipi = party.ipi_name or ""
    # A number of more than nine digits begins where the kind of sender stands otherwise.
    return ipi if ipi and not ipi.startswith("00") else "PB" + ipi[-_IPI_TAIL:].zfill(_IPI_TAIL)
