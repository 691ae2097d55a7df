"""Any sequence of changes comes to what an oracle says, and every past answer stays what it was."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from graph.claiming import (
    AssertClaim,
    Claimant,
    DisputeClaim,
    ReviseClaim,
    Sale,
    Terms,
    TransferCatalogue,
    WithdrawClaim,
)
from graph.errors import CommandRefused
from graph.journal import Attribution, Journal, Ref, verify
from resolvers.cells import Matrix
from resolvers.ownership import ownership_matrix
from resolvers.things import Thing
from standards.territories import countries
from tests.integration.claiming.oracle import DAYS, PLACES, Cells, Stands, Step, cells, sold, steps
from tests.integration.claiming.rights import PARTIES

if TYPE_CHECKING:
    from graph.journal import Command
    from resolvers.ownership import Ownership
    from tests.integration.claiming.rights import Rights

EXAMPLES: Final = int(os.environ.get("EXAMPLES", "15"))
ANALYST: Final = Claimant(user="a", anybody=True)
RITA: Final = Attribution(actor="a")
TAKES: Final = ("take", "live")
FORGET: Final = (
    "MATCH (n:Claim) DETACH DELETE n",
    "MATCH (n:Conflict) DETACH DELETE n",
    "MATCH (n:Change) DETACH DELETE n",
    "MATCH (n:Journal) DETACH DELETE n",
)
STANDING: Final = """
MATCH (party:Party)<-[:CLAIMED_BY]-(claim:Claim)-[:ON]->(asset)
WHERE claim.recordedTo IS NULL
WITH party, claim, asset ORDER BY claim.id
RETURN collect([asset.id, party.id, properties(claim)]) AS rows
"""


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(taken=steps(TAKES, PARTIES))
async def test_every_answer_of_the_past_stays(rights: Rights, taken: list[Step]) -> None:
    """After each step what stands is what the oracle says, and each past instant answers as it did."""
    await rights.graph.write("forget", [(text, {}) for text in FORGET])
    journal = Journal(rights.graph)
    answers: dict[datetime, list[Any]] = {}
    for step in taken:
        before = await _standing(rights)
        command, expected = _asked(step, before)
        if command is None:
            continue
        if expected is None:
            with pytest.raises(CommandRefused):
                await journal.run(command, RITA)
            assert await _standing(rights) == before
            continue
        done = await journal.run(command, RITA)
        after = await _standing(rights)
        assert cells(after) == expected, step
        now = await _answers(rights, None)
        assert _totals(now) == _summed(expected)
        at = datetime.fromisoformat(done.changes[0].at)
        answers[at] = await _answers(rights, at)
        assert _totals(answers[at]) == _totals(now)
        for instant, answer in answers.items():
            assert await _answers(rights, instant) == answer
    assert (await verify(rights.graph)).flaw is None
    await journal.close()


def _asked(step: Step, standing: list[Stands]) -> tuple[Command | None, Cells | None]:
    """Return a change, and what the claims come to after it; None for one that is refused."""
    if step.kind == "SELL":
        return _sale(*step.given), sold(standing, step.given)
    if step.kind == "ASSERT":
        asset, party, *said = step.given
        made = _stands("", asset, party, *said)
        command = AssertClaim(ANALYST, Ref("Recording", asset), party, _terms(*said))
        return command, cells([*standing, made])
    if not standing:
        return None, None
    one = standing[step.at % len(standing)]
    others = [each for each in standing if each is not one]
    if step.kind == "WITHDRAW":
        return WithdrawClaim(ANALYST, one.id), cells(others)
    if step.kind == "DISPUTE":
        there = replace(one, id="", status="DISPUTED")
        expected = None if one.status == "DISPUTED" else cells([*others, there])
        return DisputeClaim(ANALYST, one.id), expected
    said = step.given[2:]
    terms = _terms(*said)
    names = ("share", "territories", "excluded", "valid_from", "valid_to")
    changes = {name: getattr(terms, name) for name in names}
    there = replace(_stands("", one.asset, one.party, *said), status=one.status)
    same = (one.share, one.scope, one.period) == said
    return ReviseClaim(ANALYST, one.id, changes), None if same else cells([*others, there])


def _sale(seller: str, buyer: str, at: str, share: int | None, named: str | None) -> Command:
    where = None if named is None else countries((named,), ())
    return TransferCatalogue(seller, Sale(buyer=buyer, at=at, share=share, named=where))


def _terms(share: int, scope: Any, period: Any) -> Terms:
    return Terms(
        right="MASTER",
        kind="OWNERSHIP",
        share=share,
        territories=scope[0],
        excluded=scope[1],
        valid_from=period[0],
        valid_to=period[1],
    )


def _stands(  # noqa: PLR0913, PLR0917 - what a claim says.
    id_: str,
    asset: str,
    party: str,
    share: int,
    scope: Any,
    period: Any,
    status: str = "ASSERTED",
) -> Stands:
    return Stands(
        id=id_,
        asset=asset,
        party=party,
        share=share,
        scope=scope,
        period=period,
        status=status,
    )


async def _standing(rights: Rights) -> list[Stands]:
    return [
        _stands(
            claim["id"],
            asset,
            party,
            claim["share"],
            (tuple(claim["territories"]), tuple(claim.get("excludedTerritories") or ())),
            (claim.get("validFrom"), claim.get("validTo")),
            claim["status"],
        )
        for asset, party, claim in await rights.graph.read("standing", STANDING)
    ]


async def _answers(rights: Rights, known: datetime | None) -> list[list[Ownership]]:
    """Return who owns all that there is in every cell, as known at an instant."""
    found: list[Any] = []
    with rights.people.ask.context() as context:
        for day in DAYS:
            asked = Matrix.of(["MASTER"], PLACES, date.fromisoformat(day), known)
            assets = [Thing("Recording", each) for each in TAKES]
            found.append(await ownership_matrix(context, assets, asked))
    return [_plain(each) for each in found]


def _plain(found: list[list[Any]]) -> list[Any]:
    return [
        (
            each.asset.key,
            each.cell.territory.code,
            each.cell.day,
            each.total,
            each.status,
            each.claims,
        )
        for its in found
        for each in its
    ]


def _totals(answers: list[Any]) -> dict[tuple[str, str, str], int]:
    return {each[:3]: each[3] for its in answers for each in its if each[3]}


def _summed(expected: Cells) -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = {}
    for (asset, place, day, _, _), share in expected.items():
        if share:
            found[asset, place, day] = found.get((asset, place, day), 0) + share
    return found
