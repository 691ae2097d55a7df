"""What people did to loaded claims goes out, and what went out says the same when it is loaded again."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from export.cwr import export_catalogue
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
from graph.client import Graph
from graph.errors import CommandRefused
from graph.facts import PartyFact, SourceFact, begin_source, write_facts
from graph.ids import mint
from graph.journal import Attribution, Command, Journal, Ref
from graph.migrations import migrate
from ingest.identities import Thing, identifier
from ingest.load import SourceFormat, load
from standards.cwr.faults import CwrRule
from standards.cwr.records import Version
from standards.identifiers import Scheme
from standards.territories import countries
from tests.cwr.messages import FILES
from tests.engines.wiping import wipe

EXAMPLES: Final = int(os.environ.get("EXAMPLES", "4"))
DAY: Final = "2026-03-04"
NOW: Final = datetime(2026, 3, 4, tzinfo=UTC)
ANALYST: Final = Claimant(user="a", anybody=True)
RITA: Final = Attribution(actor="a")
SOURCE: Final = SourceFact(
    name="test", kind="GENERATED", licence="CC0-1.0", uri="test:", digest="1"
)
IPIS: Final = ("00000000199", "00000000297")
NEW: Final = tuple(mint("cwr", "party", "IPI_NAME", each) for each in IPIS)
"""Parties that no message names, known as a load would know them."""

PLACES: Final = (
    (("2136",), ()),
    (("2136",), ("US", "DE")),
    (("2120",), ("GB",)),
    (("US",), ()),
    (("DE", "FR"), ()),
)
PERIODS: Final = (
    (None, None),
    (None, "2026-03-04"),
    ("2026-03-05", None),
    ("2020-01-01", "2027-01-01"),
)
STANDING: Final = """
MATCH (party:Party)<-[:CLAIMED_BY]-(claim:Claim)-[:ON]->(work:Work)
WHERE claim.recordedTo IS NULL AND claim.status IN ['ASSERTED', 'DISPUTED']
WITH party, claim, work, coalesce(head(COLLECT {
  MATCH (party)-[:HAS_IDENTIFIER]->(i:Identifier {scheme: 'IPI_NAME', valid: true})
  RETURN i.value ORDER BY i.value
}), toUpper(party.name)) AS called
ORDER BY work.id, party.id, claim.right, claim.kind, claim.share, claim.id
RETURN collect([work.id, party.id, called, properties(claim)]) AS rows
"""
PARTIES: Final = "MATCH (party:Party) WITH party ORDER BY party.id RETURN collect(party.id) AS rows"
WORKS: Final = "MATCH (work:Work) WITH work ORDER BY work.id RETURN collect(work.id) AS rows"

Step: TypeAlias = tuple[str, int, int, int, int, int, int]
Shares: TypeAlias = dict[tuple[str, str, str], dict[int, Counter[str]]]


def steps() -> st.SearchStrategy[list[Step]]:
    """Return changes: what is done, and to which claim, whose, how much, where, when, and what right."""
    number = st.integers(min_value=0, max_value=10_000)
    kinds = st.sampled_from(
        ("ASSERT", "REVISE", "WITHDRAW", "DISPUTE", "SELL", "SELL", "SELL_SHARE", "SELL_PLACE")
    )
    return st.lists(st.tuples(kinds, *[number] * 6), min_size=2, max_size=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that stands.

    Parties are compared by what they are `called`: who has no number is known by its place in a message.
    """

    work: str
    party: str
    called: str
    said: dict[str, Any]


async def standing(graph: Graph) -> list[Standing]:
    """Return the claims that stand, in an order that no id decides."""
    return [Standing(*row) for row in await graph.read("standing", STANDING)]


def change(
    step: Step, claims: list[Standing], works: list[str], kind: str | None
) -> Command | None:
    """Return a change, of claims of one kind alone where it is told."""
    does, which, whose, share, place, period, right = step
    parties = sorted({each.party for each in claims} | set(NEW))
    party = parties[whose % len(parties)]
    (included, excluded), term = PLACES[place % len(PLACES)], PERIODS[period % len(PERIODS)]
    if does == "ASSERT":
        terms = Terms(
            right=("PR", "MR", "SR")[right % 3],
            kind=kind or ("OWNERSHIP", "COLLECTION")[which % 2],
            share=share % 1500 + 1,
            territories=included,
            excluded=excluded,
            valid_from=term[0],
            valid_to=term[1],
            role=(None, "E", "SE", "CA", "AM")[right % 5],
        )
        return AssertClaim(ANALYST, Ref("Work", works[which % len(works)]), party, terms)
    if not claims:
        return None
    claim = claims[which % len(claims)]
    id_ = claim.said["id"]
    if does == "REVISE":
        changes: dict[str, Any] = {"share": share % (claim.said["share"] + 1) or 1}
        if place % 2:
            changes |= {"territories": included, "excluded": excluded}
        if period % 2:
            changes |= {"valid_from": term[0], "valid_to": term[1]}
        return ReviseClaim(ANALYST, id_, changes)
    if does == "WITHDRAW":
        return WithdrawClaim(ANALYST, id_)
    if does == "DISPUTE":
        return DisputeClaim(ANALYST, id_)
    sale = Sale(
        buyer=party,
        at=("2025-01-01", DAY, "2026-06-01")[period % 3],
        share=share % 3000 + 1 if does == "SELL_SHARE" else None,
        named=countries(included, excluded) if does == "SELL_PLACE" else None,
        collection_until="2027-01-01" if does == "SELL" and right % 2 else None,
    )
    assets = [Ref("Work", claim.work)] if right % 3 else []
    return TransferCatalogue(claim.party, sale, assets=assets)


def shares(claims: Iterable[Standing], kind: str) -> Shares:
    """Return who has how much of each work's rights in each country on the day."""
    found: Shares = defaultdict(lambda: defaultdict(Counter))
    for each in claims:
        said = each.said
        if said["kind"] != kind or not _in_force(said):
            continue
        where = countries(tuple(said["territories"]), tuple(said.get("excludedTerritories") or ()))
        for country in where:
            found[each.work, said["right"], kind][country][each.called] += said["share"]
    return found


def _in_force(said: dict[str, Any]) -> bool:
    return (said.get("validFrom") or "") <= DAY < (said.get("validTo") or "~")


def _too_much(places: dict[int, Counter[str]]) -> bool:
    """Say whether one party has more than all somewhere, for which no field has a place."""
    return any(share > 10_000 for here in places.values() for share in here.values())


async def begin(graph: Graph, name: str) -> None:
    """Load a file into an empty graph, with parties that it does not name."""
    await wipe(graph)
    await migrate(graph)
    await load(graph, SourceFormat.CWR, [FILES / name])
    await begin_source(graph, SOURCE, NOW)
    facts: list[Any] = []
    for party, ipi in zip(NEW, IPIS, strict=True):
        facts += [
            PartyFact(id=party, name=f"New {ipi[-3:]}", kind="ORGANISATION"),
            identifier(Thing(label="Party", id=party), Scheme.IPI_NAME, ipi),
        ]
    await write_facts(graph, facts, source_id=SOURCE.id, recorded_at=NOW, position=1)


async def changed(graph: Graph, taken: list[Step], kind: str | None = None) -> list[Standing]:
    """Carry changes out, but for those that are refused, and return what stands after them."""
    journal = Journal(graph)
    works = await graph.read("works", WORKS)
    for step in taken:
        command = change(step, await standing(graph), works, kind)
        if command is not None:
            try:
                await journal.run(command, RITA)
            except CommandRefused:
                continue
    await journal.close()
    return await standing(graph)


async def exported(graph: Graph, folder: Path, version: Version) -> tuple[list[Path], Counter[str]]:
    """Write every party's catalogue, each at a time of its own; return the files, and what was noted."""
    paths: list[Path] = []
    noted: Counter[str] = Counter()
    for at, party in enumerate(await graph.read("parties", PARTIES)):
        path = folder / f"{at}.cwr"
        now = NOW + timedelta(minutes=at)
        report = await export_catalogue(graph, party, version, path, now)
        noted.update(report.noted_by_rule)
        if report.transactions:
            paths.append(path)
        else:
            path.unlink()
    return paths, noted


QUICK: Final = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.timeout(900)
@QUICK
@given(taken=steps())
async def test_what_went_out_says_who_owns_and_collects(
    empty: Graph, tmp_path: Path, taken: list[Step]
) -> None:
    """Collection in each country is what it was; ownership, too, but where it differs within the world.

    There it is what most countries have, and it is noted.
    """
    await begin(empty, "weso_demo_cwr_cleaned.v22")
    before = await changed(empty, taken)
    paths, noted = await exported(empty, tmp_path, Version.V22)
    await wipe(empty)
    await migrate(empty)
    await load(empty, SourceFormat.CWR, paths)
    after = await standing(empty)
    collected, again = shares(before, "COLLECTION"), shares(after, "COLLECTION")
    for key in {*collected, *again}:
        if not (_too_much(collected[key]) and noted[CwrRule.CWR_FIELD]):
            assert again[key] == collected[key], key
    owned, again = shares(before, "OWNERSHIP"), shares(after, "OWNERSHIP")
    for key in {*owned, *again}:
        parts = Counter(frozenset(here.items()) for here in owned[key].values())
        [said] = {frozenset(here.items()) for here in again[key].values()}
        if _too_much(owned[key]):
            assert noted[CwrRule.CWR_FIELD] or len(parts) > 1
            continue
        assert parts[said] == max(parts.values()), key
        if len(parts) > 1 or len(owned[key]) < len(again[key]):
            assert noted[CwrRule.CWR_OWNERSHIP], key
    disputed = [
        each for each in before if each.said["status"] == "DISPUTED" and _in_force(each.said)
    ]
    assert bool(disputed) == bool(noted[CwrRule.CWR_DISPUTED])


@pytest.mark.timeout(900)
@QUICK
@given(taken=steps())
async def test_what_went_out_in_third_says_who_collects(
    empty: Graph, tmp_path: Path, taken: list[Step]
) -> None:
    """CWR 3.0 knows no ownership; who collects where is what it was."""
    await begin(empty, "dmp_CW220002DMP_0000_V3-0-0.SUB")
    before = await changed(empty, taken, "COLLECTION")
    paths, noted = await exported(empty, tmp_path, Version.V30)
    await wipe(empty)
    await migrate(empty)
    await load(empty, SourceFormat.CWR, paths)
    collected = shares(before, "COLLECTION")
    again = shares(await standing(empty), "COLLECTION")
    for key in {*collected, *again}:
        if not (_too_much(collected[key]) and noted[CwrRule.CWR_FIELD]):
            assert again[key] == collected[key], key
