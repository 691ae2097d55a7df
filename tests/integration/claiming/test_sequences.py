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
    Deed,
    DisputeClaim,
    EndAgreement,
    RecordAgreement,
    ReviseAgreement,
    ReviseClaim,
    Sale,
    Terms,
    TransferCatalogue,
    WithdrawAgreement,
    WithdrawClaim,
)
from graph.errors import CommandRefused
from graph.journal import Attribution, Journal, Ref, verify
from resolvers.cells import Matrix
from resolvers.ownership import ownership_matrix
from resolvers.things import Thing
from standards.territories import countries
from tests.integration.claiming.oracle import (
    DAYS,
    PLACES,
    Cells,
    Passes,
    Stands,
    Step,
    cells,
    sold,
    steps,
    too_much,
)
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
    "MATCH (n:Agreement) DETACH DELETE n",
    "MATCH (:Party)-[r:PASSES_TO]->(:Party) DELETE r",
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
AGREED: Final = """
MATCH (assignor:Party)-[:ASSIGNS]->(agreement:Agreement)-[:ACQUIRED_BY]->(acquirer:Party)
WHERE agreement.recordedTo IS NULL
WITH assignor, acquirer, agreement ORDER BY agreement.id
RETURN collect([assignor.id, acquirer.id, properties(agreement)]) AS rows
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
        before, agreed = await _standing(rights), await _agreed(rights)
        command, expected = _asked(step, before, agreed)
        if command is None:
            continue
        if expected is None:
            with pytest.raises(CommandRefused):
                await journal.run(command, RITA)
            assert (await _standing(rights), await _agreed(rights)) == (before, agreed)
            continue
        done = await journal.run(command, RITA)
        claims, agreements = expected
        after = await _standing(rights)
        assert cells(after) == claims, step
        assert sorted(map(repr, _said(await _agreed(rights)))) == sorted(
            map(repr, _said(agreements))
        )
        now = await _answers(rights, None)
        assert _totals(now) == _summed(claims)
        at = datetime.fromisoformat(done.changes[0].at)
        answers[at] = await _answers(rights, at)
        assert _totals(answers[at]) == _totals(now)
        for instant, answer in answers.items():
            assert await _answers(rights, instant) == answer
    assert (await verify(rights.graph)).flaw is None
    await journal.close()


Expected = tuple[Cells, list[Passes]]
"""What the claims come to, and the agreements that stand."""


def _asked(
    step: Step, standing: list[Stands], agreed: list[Passes]
) -> tuple[Command | None, Expected | None]:
    """Return a change, and what stands after it; None for one that is refused."""
    if step.kind in ("AGREE", "CHANGE", "END", "TAKE_BACK"):
        command, after = _of_agreement(step, agreed)
        return command, None if after is None else (cells(standing), after)
    if step.kind == "SELL":
        command, claims = _sale(*step.given), sold(standing, agreed, step.given)
    else:
        command, claims = _of_claim(step, standing)
    return command, None if claims is None else (claims, agreed)


def _of_agreement(step: Step, agreed: list[Passes]) -> tuple[Command | None, list[Passes] | None]:
    if step.kind == "AGREE":
        one = _passes("", *step.given)
        after = [*agreed, one]
        deed = Deed(
            assignor=one.assignor,
            kept=10_000 - one.share,
            acquirers=[(one.acquirer, one.share)],
            kind=_kind(one),
            territories=one.scope[0],
            excluded=one.scope[1],
            valid_from=one.period[0],
            valid_to=one.period[1],
        )
        return RecordAgreement(deed), None if too_much(agreed, after, one.assignor) else after
    if not agreed:
        return None, None
    had = agreed[step.at % len(agreed)]
    others = [each for each in agreed if each is not had]
    if step.kind == "TAKE_BACK":
        return WithdrawAgreement(had.id), others
    if step.kind == "END":
        [day] = step.given
        since, until = had.period
        over = day <= (since or "") or (until or "~") <= day
        return EndAgreement(had.id, day), (
            None if over else [*others, replace(had, period=(since, day))]
        )
    one = _passes("", had.assignor, had.acquirer, *step.given[2:])
    changes = {
        "kind": _kind(one),
        "share": one.share,
        "territories": one.scope[0],
        "excluded": one.scope[1],
        "valid_from": one.period[0],
        "valid_to": one.period[1],
    }
    after = [*others, one]
    refused = one.said() == had.said() or too_much(agreed, after, one.assignor)
    return ReviseAgreement(had.id, changes), None if refused else after


def _kind(agreement: Passes) -> str:
    return "ASSIGNMENT" if agreement.passing else "ADMINISTRATION"


def _said(agreements: list[Passes]) -> list[tuple[Any, ...]]:
    return [each.said() for each in agreements]


def _of_claim(step: Step, standing: list[Stands]) -> tuple[Command | None, Cells | None]:
    if step.kind == "ASSERT":
        asset, party, *said = step.given
        made = _stands("", asset, party, *said)
        command = AssertClaim(ANALYST, Ref("Recording", asset), party, terms(*said))
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
    revised = terms(*said)
    names = ("share", "territories", "excluded", "valid_from", "valid_to")
    changes = {name: getattr(revised, name) for name in names}
    there = replace(_stands("", one.asset, one.party, *said), status=one.status)
    same = (one.share, one.scope, one.period) == said
    return ReviseClaim(ANALYST, one.id, changes), None if same else cells([*others, there])


def _passes(  # noqa: PLR0913, PLR0917 - what an agreement says.
    id_: str,
    assignor: str,
    acquirer: str,
    share: int,
    scope: Any,
    period: Any,
    passing: bool,  # noqa: FBT001 - as the others.
) -> Passes:
    return Passes(
        id=id_,
        assignor=assignor,
        acquirer=acquirer,
        share=share,
        scope=scope,
        period=period,
        passing=passing,
    )


def _sale(seller: str, buyer: str, at: str, share: int | None, named: str | None) -> Command:
    where = None if named is None else countries((named,), ())
    return TransferCatalogue(seller, Sale(buyer=buyer, at=at, share=share, named=where))


def terms(share: int, scope: Any, period: Any) -> Terms:
    """Return what a claim of ownership of a recording says."""
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


async def _agreed(rights: Rights) -> list[Passes]:
    return [
        _passes(
            agreement["id"],
            assignor,
            acquirer,
            agreement["share"],
            (tuple(agreement["territories"]), tuple(agreement.get("excludedTerritories") or ())),
            (agreement.get("validFrom"), agreement.get("validTo")),
            agreement["kind"] == "ASSIGNMENT",
        )
        for assignor, acquirer, agreement in await rights.graph.read("agreed", AGREED)
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
            each.holding.agreements,
            each.holding.resolution.shares,
            each.holding.resolution.over_assigned,
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
