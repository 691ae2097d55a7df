"""Messages after people changed what an earlier one claims: nothing counts twice, or comes back."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from export.cwr import export_catalogue
from graph.claiming import (
    Claimant,
    DisputeClaim,
    ResolveConflict,
    ReviseClaim,
    Sale,
    TransferCatalogue,
    WithdrawClaim,
)
from graph.errors import CommandRefused
from graph.facts import PartyFact
from graph.journal import Attribution, Journal, verify
from ingest.load import SourceFormat, load
from resolvers.cells import Matrix
from resolvers.ownership import ownership_matrix
from resolvers.things import Thing
from standards.cwr.records import Version
from tests.cwr.messages import Written, message, nwr, pwr, spt, spu, swr, swt
from tests.engines.wiping import wipe
from tests.integration.claiming.lines import DAYS, SOLD_ON, Line, Stands, Step, plain, said, steps
from tests.integration.ingest.whole_graph import contents
from tests.reads.graphs import write

if TYPE_CHECKING:
    from pathlib import Path

    from graph.journal import Command, Done
    from ingest.reports import LoadReport
    from tests.integration.claiming.rights import Rights

EXAMPLES: Final = int(os.environ.get("EXAMPLES", "8"))
ANALYST: Final = Claimant(user="a", anybody=True)
RITA: Final = Attribution(actor="a")
BUYER: Final = "bob"
DISPUTES: Final = """
MATCH (conflict:Conflict {kind: 'DISPUTED', status: 'OPEN'}) RETURN collect(conflict.id) AS rows
"""
ALL: Final = """
MATCH (party:Party)<-[:CLAIMED_BY]-(claim:Claim)-[:ON]->(work:Work)
OPTIONAL MATCH (made:Registration {id: claim.registration})
WITH party, claim, work, made ORDER BY claim.id
RETURN collect([work.id, party.id, party.name, made.recordedTo IS NULL, properties(claim)]) AS rows
"""


def registration(share: int | None) -> list[Written]:
    """Return a work of which a publisher has so much of PR, apart in the US; or where it is left out."""
    if share is None:
        return [nwr("REV"), swr(), swt()]
    own = {"pr_share": share, "mr_share": 10_000, "sr_share": 10_000}
    here = [spt(shares=own), spt(tis=840, inclusion="E"), spt(tis=840, shares=own)]
    return [nwr("REV"), spu(shares=own), *here, swr(), swt(), pwr()]


class Sender:
    """A sender whose messages on one work arrive in any order, and people who change what they say."""

    def __init__(self, rights: Rights, folder: Path) -> None:
        self.graph = rights.graph
        self.ask = rights.people.ask
        self.journal = Journal(rights.graph)
        self.folder = folder

    async def begin(self) -> None:
        """Empty the graph."""
        await wipe(self.graph)
        await write(self.graph, [PartyFact(id=BUYER, name=BUYER, kind="ORGANISATION")])

    async def sends(self, at: int, share: int | None, *, again: bool = False) -> LoadReport:
        """Load the sender's message of a month."""
        path = self.folder / f"{at}.v22"
        path.write_bytes(message(registration(share), created=f"2026-0{at + 1}-02"))
        return await load(self.graph, SourceFormat.CWR, [path], force=again)

    async def does(self, command: Command) -> Done:
        """Have people change something."""
        return await self.journal.run(command, RITA)

    async def claims(self) -> list[Any]:
        """Return every claim ever: work, party, its name, whether its registration stands, properties."""
        return await self.graph.read("claims", ALL)

    async def standing(self, right: str = "PR", kind: str = "OWNERSHIP") -> list[Any]:
        """Return what stands of a right, but for the writer."""
        return [
            row
            for row in await self.claims()
            if (row[4]["right"], row[4]["kind"]) == (right, kind)
            and row[4].get("recordedTo") is None
            and not row[2].startswith("WRITER")
        ]

    async def one(self) -> str:
        """Return the id of the one claim to own PR."""
        [row] = await self.standing()
        return row[4]["id"]

    async def told(self) -> list[tuple[str, int, str]]:
        """Return whose claims to own PR stand, of what share, in which status."""
        rows = await self.standing()
        return sorted((row[2], row[4]["share"], row[4]["status"]) for row in rows)

    async def answers(self, known: datetime | None) -> list[Any]:
        """Return who owns how much of the work, as known at an instant."""
        works = {row[0] for row in await self.claims()}
        found: list[Any] = []
        with self.ask.context() as context:
            for day in DAYS:
                asked = Matrix.of(["PR", "MR"], ["DE", "US"], date.fromisoformat(day), known)
                things = [Thing("Work", each) for each in sorted(works)]
                answers: list[Any] = await ownership_matrix(context, things, asked)
                found += [
                    (each.cell, each.total, each.status, each.claims)
                    for its in answers
                    for each in its
                ]
        return found


def noted(report: LoadReport) -> list[str]:
    """Return by which rules something of people's is told of, and check that it is told where it stands."""
    rules = [each for file in report.files for each in file.noted if "HERE" in each.rule]
    assert all(each.line == 3 for each in rules)
    return sorted({str(each.rule) for each in rules})


def counted_once(rows: list[Any]) -> None:
    """Check that what stands says of each line of a message one thing: the message's, or people's."""
    by_id = {row[4]["id"]: row for row in rows}
    roots: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        claim = row[4]
        if claim.get("recordedTo") is not None:
            continue
        assert row[3] or not claim.get("registration"), "what an older message says stands"
        while not claim.get("registration"):
            claim = by_id[claim["revises"]][4]
        where = f"{claim['territories']} {claim.get('excludedTerritories')}"
        key = by_id[claim["id"]][1], claim["right"], claim["kind"], where
        roots.setdefault(key, set()).add(claim["id"])
    assert all(len(each) == 1 for each in roots.values()), roots


@pytest.mark.timeout(900)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(shares=said(), taken=steps())
async def test_people_and_messages_in_any_order(
    rights: Rights, tmp_path: Path, shares: list[int | None], taken: list[Step]
) -> None:
    """What stands is what an oracle says, once; past answers stay; loading again changes nothing."""
    sender = Sender(rights, tmp_path)
    await sender.begin()
    loaded: dict[int, int | None] = {}
    line: Line | None = None
    answers: dict[datetime, list[Any]] = {}
    for step in (Step(kind="LOAD", at=0, share=0), *taken):
        if step.kind == "LOAD":
            left = [at for at in range(len(shares)) if at not in loaded]
            if not left:
                continue
            at = left[step.at % len(left)]
            loaded[at] = shares[at]
            await sender.sends(at, shares[at])
            publisher = next(
                (row[1] for row in await sender.claims() if row[2].startswith("PUBLISHER")), ""
            )
            line = line or Line(seller=publisher)
            line.seller = publisher
            line.loaded(at, shares[at])
        elif step.kind == "AGAIN":
            before = await contents(sender.graph, times=True)
            for at, share in loaded.items():
                await sender.sends(at, share, again=True)
            assert await contents(sender.graph, times=True) == before
        elif line is not None:
            await _changed(sender, line, step)
        rows = await sender.claims()
        counted_once(rows)
        assert line is not None
        assert _totals(await sender.standing()) == line.totals(), step
        now = datetime.now(UTC)
        answers[now] = await sender.answers(now)
        for instant, answer in answers.items():
            assert await sender.answers(instant) == answer
    assert (await verify(sender.graph)).flaw is None
    await sender.journal.close()


async def _changed(sender: Sender, line: Line, step: Step) -> None:
    """Have people change something, the oracle too; what is refused changes neither."""
    rows = await sender.standing()
    if step.kind == "SELL":
        try:
            await sender.does(TransferCatalogue(line.seller, Sale(buyer=BUYER, at=SOLD_ON)))
        except CommandRefused:
            return
        line.transferred(BUYER)
    elif rows:
        row = rows[step.at % len(rows)]
        claim, one = row[4]["id"], _stands(row)
        command: Command = {
            "REVISE": ReviseClaim(ANALYST, claim, {"share": step.share}),
            "DISPUTE": DisputeClaim(ANALYST, claim),
            "WITHDRAW": WithdrawClaim(ANALYST, claim),
        }[step.kind]
        try:
            await sender.does(command)
        except CommandRefused:
            return
        if step.kind == "REVISE":
            line.revised(one, step.share)
        elif step.kind == "DISPUTE":
            line.disputed(one)
        else:
            line.withdrawn(one)


def _stands(row: Any) -> Stands:
    share, since, until = plain(row[4])
    disputed = row[4]["status"] == "DISPUTED"
    return Stands(party=row[1], share=share, since=since, until=until, disputed=disputed)


def _totals(rows: list[Any]) -> dict[tuple[str, str, bool], int]:
    return Line(seller="", stands=[_stands(row) for row in rows]).totals()


async def test_a_dispute_goes_on(rights: Rights, tmp_path: Path) -> None:
    """The next message takes the place of what is disputed, until people resolve that."""
    sender = Sender(rights, tmp_path)
    await sender.begin()
    await sender.sends(0, 5_000)
    disputed = await sender.one()
    await sender.does(DisputeClaim(ANALYST, disputed))
    report = await sender.sends(1, 4_000)
    assert noted(report) == ["CWR_DISPUTED_HERE"]
    assert await sender.told() == [("PUBLISHER P1", 4_000, "DISPUTED")]
    await sender.sends(2, 2_500)
    assert await sender.told() == [("PUBLISHER P1", 2_500, "DISPUTED")]
    [conflict] = await sender.graph.read("disputes", DISPUTES)
    await sender.does(ResolveConflict("a", conflict, "It is theirs."))
    assert await sender.told() == [("PUBLISHER P1", 2_500, "ASSERTED")]
    assert noted(await sender.sends(3, 4_000)) == []
    assert await sender.told() == [("PUBLISHER P1", 4_000, "ASSERTED")]
    counted_once(await sender.claims())
    await sender.journal.close()


async def test_what_people_wrote_goes_out_in_the_line_that_makes_way_for_it(
    rights: Rights, tmp_path: Path
) -> None:
    """Once, whichever message is the newest; withdrawn, the message's word goes out again."""
    sender = Sender(rights, tmp_path)
    await sender.begin()
    await sender.sends(0, 5_000)
    [row] = await sender.standing()
    publisher = row[1]

    async def sent() -> list[str]:
        """Return the publishers' records of the catalogue that goes out."""
        out = tmp_path / "out.v22"
        report = await export_catalogue(
            sender.graph, publisher, Version.V22, out, datetime.now(UTC)
        )
        assert report.transactions == 1
        return [line for line in out.read_text("ascii").splitlines() if line[:3] == "SPU"]

    [came_in] = await sent()
    await sender.does(ReviseClaim(ANALYST, row[4]["id"], {"share": 4_000}))
    [revised] = await sent()
    assert came_in.count("05000") == 1
    assert revised == came_in.replace("05000", "04000")
    await sender.sends(1, 5_000)
    assert await sent() == [revised]
    await sender.does(WithdrawClaim(ANALYST, await sender.one()))
    assert await sent() == [came_in]
    await sender.journal.close()


async def test_what_people_wrote_stands_until_they_withdraw_it(
    rights: Rights, tmp_path: Path
) -> None:
    """Withdrawn, the newest message's word takes its place; the next message replaces that as its own."""
    sender = Sender(rights, tmp_path)
    await sender.begin()
    await sender.sends(0, 5_000)
    await sender.does(ReviseClaim(ANALYST, await sender.one(), {"share": 4_000}))
    assert noted(await sender.sends(1, 5_000)) == ["CWR_WRITTEN_HERE"]
    assert noted(await sender.sends(2, None)) == ["CWR_WRITTEN_HERE"]
    assert noted(await sender.sends(3, 4_000)) == []
    assert await sender.told() == [("PUBLISHER P1", 4_000, "ASSERTED")]
    assert noted(await sender.sends(4, 2_500)) == ["CWR_WRITTEN_HERE"]
    assert await sender.told() == [("PUBLISHER P1", 4_000, "ASSERTED")]
    await sender.does(WithdrawClaim(ANALYST, await sender.one()))
    assert await sender.told() == [("PUBLISHER P1", 2_500, "ASSERTED")]
    assert noted(await sender.sends(5, 5_000)) == []
    assert await sender.told() == [("PUBLISHER P1", 5_000, "ASSERTED")]
    await sender.journal.close()


async def test_what_was_withdrawn_comes_back_only_as_something_else(
    rights: Rights, tmp_path: Path
) -> None:
    """Said again it stays withdrawn, be it after other messages; said otherwise it stands."""
    sender = Sender(rights, tmp_path)
    await sender.begin()
    await sender.sends(0, 5_000)
    await sender.does(WithdrawClaim(ANALYST, await sender.one()))
    assert noted(await sender.sends(1, 5_000)) == ["CWR_WITHDRAWN_HERE"]
    assert await sender.told() == []
    assert noted(await sender.sends(2, 4_000)) == []
    assert await sender.told() == [("PUBLISHER P1", 4_000, "ASSERTED")]
    assert noted(await sender.sends(3, 5_000)) == ["CWR_WITHDRAWN_HERE"]
    assert await sender.told() == []
    await sender.journal.close()


async def test_what_was_sold_does_not_come_back(rights: Rights, tmp_path: Path) -> None:
    """Not by what the seller says later, nor once everything of it is withdrawn."""
    sender = Sender(rights, tmp_path)
    await sender.begin()
    await sender.sends(0, 5_000)
    [row] = await sender.standing()
    await sender.does(TransferCatalogue(row[1], Sale(buyer=BUYER, at=SOLD_ON)))
    sold = [("PUBLISHER P1", 5_000, "ASSERTED"), (BUYER, 5_000, "ASSERTED")]
    assert await sender.told() == sold
    assert noted(await sender.sends(1, 4_000)) == ["CWR_WRITTEN_HERE"]
    assert await sender.told() == sold
    for each in await sender.standing():
        await sender.does(WithdrawClaim(ANALYST, each[4]["id"]))
    assert await sender.told() == []
    assert noted(await sender.sends(2, 2_500)) == ["CWR_WRITTEN_HERE"]
    assert await sender.told() == []
    await sender.journal.close()
