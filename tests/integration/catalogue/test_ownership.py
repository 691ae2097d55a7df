"""Effective owners against a simulation: shares handed on, round after round, until they rest."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest
import pytest_asyncio

from graph.facts import AgreementFact, ClaimFact, ParentFact, PartyFact, RecordingFact, WorkFact
from resolvers.cells import Matrix, cell
from resolvers.holdings import Catalogue, catalogues
from resolvers.lists import Page
from resolvers.ownership import Ownership, OwnershipStatus, ownership, ownership_matrix
from resolvers.things import Thing
from schema.ids import global_id
from tests.reads.graphs import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.facts import Fact
    from tests.reads.asking import Asker

WHOLE: Final = 10_000
ROUNDS: Final = 2_000
STILL: Final = 1e-7

MEMBERS: Final = {"2136": {"US", "DE", "FR"}, "2120": {"DE", "FR"}, "US": {"US"}, "DE": {"DE"}}
"""World, Europe and two countries, as far as these tests ask."""
SCOPES: Final = (
    (("2136",), ()),
    (("2136",), ()),
    (("2136",), ("DE",)),
    (("2120",), ()),
    (("US",), ()),
    (("US", "2120"), ("DE",)),
)
DATES: Final = (
    (None, None),
    (None, None),
    ("2000-01-01", None),
    (None, "2000-01-01"),
    ("2000-01-01", "2010-01-01"),
)
CELLS: Final = tuple(
    product(
        ("MASTER",), ("US", "DE", "FR"), ("1999-12-31", "2000-01-01", "2009-12-31", "2010-01-01")
    )
)
INSTANTS: Final = tuple(datetime(2020, month, 1, tzinfo=UTC) for month in range(1, 6))
"""When things become known; what is asked about is just before, at, and after each of them."""
KNOWN: Final = (
    None,
    *(each for at in INSTANTS for each in (at - timedelta(microseconds=1), at)),
)
WORLDS: Final = 90


class World:
    """One recording, a few parties, and what they claim and hand on to each other."""

    def __init__(self, number: int) -> None:
        self.asset = f"r{number:03}"
        self.parties = [f"p{number:03}-{at}" for at in range(6)]
        self.claims: list[ClaimFact] = []
        self.agreements: list[AgreementFact] = []
        chance = Random(number)  # noqa: S311 - worlds to try, the same each time.
        # Every other world is the same everywhere and always, so that more flows, and in circles.
        self.scopes, self.dates = (SCOPES[:1], DATES[:1]) if number % 2 else (SCOPES, DATES)
        for at in range(chance.choice([0, 1, 2, 2, 3])):
            self.claims.append(self._claim(chance, at))
        left = dict.fromkeys(self.parties, WHOLE)
        for at in range(chance.randrange(12)):
            giver, taker = chance.sample(self.parties[: number % 5 + 2], 2)
            share = min(left[giver], chance.choice([1_000, 5_000, WHOLE, WHOLE]))
            if not share:
                continue
            agreement = self._agreement(chance, at, giver, taker, share)
            self.agreements.append(agreement)
            if agreement.kind == "ASSIGNMENT":  # One that ended counts for as long as it stood.
                left[giver] -= share

    def _claim(self, chance: Random, at: int) -> ClaimFact:
        territories, excluded = chance.choice(self.scopes)
        valid_from, valid_to = chance.choice(self.dates)
        return ClaimFact(
            id=f"c-{self.asset}-{at}",
            asset="Recording",
            asset_id=self.asset,
            party_id=chance.choice(self.parties),
            right=chance.choice(["MASTER", "MASTER", "MASTER", "OTHER_RIGHT"]),
            kind=chance.choice(["OWNERSHIP", "OWNERSHIP", "OWNERSHIP", "COLLECTION"]),
            share=chance.choice([2_500, 5_000, 5_000, WHOLE]),
            territories=territories,
            excluded_territories=excluded,
            valid_from=valid_from,
            valid_to=valid_to,
            **_recorded(chance, ["ASSERTED"] * 5 + ["DISPUTED", "WITHDRAWN", "SUPERSEDED"]),
        )

    def _agreement(
        self, chance: Random, at: int, giver: str, taker: str, share: int
    ) -> AgreementFact:
        territories, excluded = chance.choice(self.scopes)
        valid_from, valid_to = chance.choice(self.dates)
        return AgreementFact(
            id=f"g-{self.asset}-{at}",
            assignor_id=giver,
            acquirer_id=taker,
            kind=chance.choice(["ASSIGNMENT"] * 5 + ["ADMINISTRATION", "DISTRIBUTION"]),
            right=chance.choice(["MASTER"] * 5 + ["PR"]),
            share=share,
            territories=territories,
            excluded_territories=excluded,
            valid_from=valid_from,
            valid_to=valid_to,
            **_recorded(chance, ["ASSERTED"] * 6 + ["DISPUTED", "WITHDRAWN"]),
        )

    def facts(self) -> Iterator[Fact]:
        """Yield what is stored of this world."""
        yield RecordingFact(id=self.asset, title=self.asset)
        for party in self.parties:
            yield PartyFact(id=party, name=party, kind="PERSON")
        yield ParentFact(parent_id=self.parties[0], party_id=self.parties[1])
        yield from self.claims
        yield from self.agreements


def _recorded(chance: Random, statuses: list[str]) -> dict[str, Any]:
    """Return when a record came in and ended, and in which status; some ended nobody knows when."""
    came, ended = sorted(chance.sample(INSTANTS, 2))
    status = chance.choice(statuses)
    told: dict[str, Any] = {"recorded_at": came, "status": status}
    if status in ("WITHDRAWN", "SUPERSEDED") and chance.random() < 0.8:
        told |= {"recorded_to": ended, "stood_as": chance.choice([None, "ASSERTED", "DISPUTED"])}
    return told


def stood_as(fact: ClaimFact | AgreementFact, known_at: datetime | None) -> str | None:
    """Return the status that an assertion had at an instant, by the rule as it is published."""
    if known_at is None:
        known_at = datetime.max.replace(tzinfo=UTC)
    if fact.recorded_at is None or fact.recorded_at > known_at:
        return None
    if fact.recorded_to is not None and known_at < fact.recorded_to:
        return fact.stood_as or "ASSERTED"
    return fact.status if fact.status in ("ASSERTED", "DISPUTED") else None


def holds(
    fact: ClaimFact | AgreementFact,
    right: str,
    country: str,
    day: str,
    known_at: datetime | None = None,
) -> bool:
    """Say whether an assertion holds in a cell: right, place, day and standing."""
    places = {place for code in fact.territories for place in MEMBERS[code]}
    places -= {place for code in fact.excluded_territories for place in MEMBERS[code]}
    return (
        fact.right == right
        and country in places
        and (fact.valid_from is None or fact.valid_from <= day)
        and (fact.valid_to is None or day < fact.valid_to)
        and stood_as(fact, known_at) is not None
    )


def simulated(
    claims: Iterable[ClaimFact], agreements: Iterable[AgreementFact]
) -> tuple[dict[str, float], float]:
    """Return what each party is left with, and what goes round for ever."""
    passed: dict[str, list[tuple[str, float]]] = {}
    for agreement in agreements:
        to = (agreement.acquirer_id, agreement.share / WHOLE)
        passed.setdefault(agreement.assignor_id, []).append(to)
    moving: dict[str, float] = {}
    for claim in claims:
        moving[claim.party_id] = moving.get(claim.party_id, 0) + claim.share
    kept: dict[str, float] = {}
    for _ in range(ROUNDS):
        following: dict[str, float] = {}
        for party, amount in moving.items():
            kept[party] = kept.get(party, 0) + amount
            for taker, part in passed.get(party, ()):
                kept[party] -= amount * part
                following[taker] = following.get(taker, 0) + amount * part
        moving = following
        if sum(moving.values()) < STILL:
            break
    circling = sum(moving.values())
    return {party: share for party, share in kept.items() if abs(share) > 1e-5}, circling


def status_of(
    claims: list[ClaimFact], circling: float, known_at: datetime | None
) -> OwnershipStatus:
    """Return the status that the claims on a cell have, by the rules as they are published."""
    total = sum(claim.share for claim in claims)
    if not claims:
        return OwnershipStatus.UNKNOWN
    if circling > STILL:
        return OwnershipStatus.UNRESOLVABLE
    if total != WHOLE:
        return OwnershipStatus.OVERCLAIMED if total > WHOLE else OwnershipStatus.UNDERCLAIMED
    if any(stood_as(claim, known_at) == "DISPUTED" for claim in claims):
        return OwnershipStatus.CONFLICTED
    return OwnershipStatus.CLEAR


@pytest_asyncio.fixture(scope="module")
async def worlds(written: Asker) -> list[World]:
    """Return the worlds, stored together."""
    made = [World(number) for number in range(WORLDS)]
    await write(written.graph, [fact for world in made for fact in world.facts()])
    return made


async def test_every_cell_is_what_the_simulation_says(written: Asker, worlds: list[World]) -> None:
    """Chains, diamonds and circles; in and out of place, of time, and of what was known; in two reads."""
    asked = [
        (world, cell(right, country, date.fromisoformat(day), known), (right, country, day, known))
        for world in worlds
        for right, country, day in CELLS
        for known in KNOWN
    ]
    before = len(written.graph.reads)
    with written.context() as context:
        found = await asyncio.gather(
            *(
                ownership(context, [Thing("Recording", world.asset)], where)
                for world, where, _ in asked
            )
        )
    assert written.graph.reads[before:] == ["ownership", "ownership"]
    met: Counter[tuple[OwnershipStatus, bool]] = Counter()
    for (world, _, place), [answer] in zip(asked, found, strict=True):
        assert isinstance(answer, Ownership)
        _agrees(world, place, answer)
        met[answer.status, place[3] is None] += 1
    assert met.keys() == set(product(OwnershipStatus, (True, False))), (
        "the worlds show every status"
    )


async def test_a_matrix_is_its_cells(written: Asker, worlds: list[World]) -> None:
    """Each answer of a matrix is what its cell is answered alone, and all take one read."""
    things = [Thing("Recording", world.asset) for world in worlds]
    for known in (None, INSTANTS[2]):
        for day in ("1999-12-31", "2005-06-07"):
            at = date.fromisoformat(day)
            asked = Matrix.of(("MASTER",), ("US", "DE", "FR"), at, known)
            before = len(written.graph.reads)
            with written.context() as context:
                found = await ownership_matrix(context, things, asked)
            assert written.graph.reads[before:] == ["ownership"]
            with written.context() as context:
                for place, country in enumerate(("US", "DE", "FR")):
                    alone = await ownership(context, things, cell("MASTER", country, at, known))
                    for one, its in zip(alone, found, strict=True):
                        other = its[place]
                        assert isinstance(one, Ownership)
                        assert isinstance(other, Ownership)
                        assert one.claims == other.claims
                        assert one.status is other.status
                        assert one.holding.agreements == other.holding.agreements
                        assert one.holding.resolution.shares == other.holding.resolution.shares


def _agrees(world: World, place: tuple[str, str, str, datetime | None], answer: Ownership) -> None:
    claims = [claim for claim in world.claims if claim.kind == "OWNERSHIP" and holds(claim, *place)]
    agreements = [
        agreement
        for agreement in world.agreements
        if agreement.kind == "ASSIGNMENT" and holds(agreement, *place)
    ]
    kept, circling = simulated(claims, agreements)
    where = (world.asset, place)
    known_at = place[3]
    assert [(claim.id, claim.status) for claim in answer.claims] == sorted(
        (claim.id, stood_as(claim, known_at)) for claim in claims
    ), where
    assert answer.total == sum(claim.share for claim in claims), where
    shares = {party: float(share) for party, share in answer.holding.resolution.shares.items()}
    assert shares == pytest.approx(kept, abs=1e-4), where
    assert float(answer.holding.resolution.unresolvable_total) == pytest.approx(
        circling, abs=1e-4
    ), where
    assert answer.status is status_of(claims, circling, known_at), where


async def test_each_past_answer_stays_reproducible(written: Asker) -> None:
    """Loaded, revised, sold, reverted: what was answered at each step is answered of it ever after."""
    await write(
        written.graph, [*_parties("maker", "buyer"), RecordingFact(id="told", title="Told")]
    )
    first, second, third = INSTANTS[:3]
    made = _claim_of("told-1", "maker", recorded_at=first)
    sold = _agreement("maker", "buyer", 4_000, recorded_at=second)
    steps: list[tuple[datetime, list[Fact]]] = [
        (first, [made]),
        (second, [sold]),
        (
            third,
            [
                replace(made, status="SUPERSEDED", recorded_to=third),
                _claim_of("told-2", "maker", share=9_000, status="DISPUTED", recorded_at=third),
            ],
        ),
        (
            INSTANTS[3],
            [
                _claim_of(
                    *("told-2", "maker"),
                    share=9_000,
                    status="WITHDRAWN",
                    stood_as="DISPUTED",
                    recorded_at=third,
                    recorded_to=INSTANTS[3],
                ),
                replace(sold, status="WITHDRAWN", recorded_to=INSTANTS[3]),
                _claim_of("told-3", "maker", recorded_at=INSTANTS[3]),
            ],
        ),
    ]
    answered: list[dict[str, Any]] = []
    for at, facts in steps:
        await write(written.graph, facts)
        answered.append(await _as_known(written, None))
        assert _but_when(await _as_known(written, at)) == _but_when(answered[-1])
    assert [each["status"] for each in answered] == ["CLEAR", "CLEAR", "UNDERCLAIMED", "CLEAR"]
    assert [len(each["owners"]) for each in answered] == [1, 2, 2, 1]
    for (at, _), answer in zip(steps, answered, strict=True):
        assert _but_when(await _as_known(written, at)) == _but_when(answer)
    before = await _as_known(written, first - timedelta(seconds=1))
    assert before["status"] == "UNKNOWN"
    assert before["claims"] == []


def _claim_of(id_: str, party: str, *, share: int = WHOLE, **more: Any) -> ClaimFact:
    return ClaimFact(
        id=id_,
        asset="Recording",
        asset_id="told",
        party_id=party,
        right="MASTER",
        kind="OWNERSHIP",
        share=share,
        territories=("2136",),
        **more,
    )


async def _as_known(ask: Asker, known_at: datetime | None) -> dict[str, Any]:
    answer = await ask(
        """query ($id: ID!, $known: DateTime) { recording(id: $id) {
          ownership(right: MASTER, territory: "US", at: "2024-01-01", knownAt: $known) {
            status total knownAt explanation claims { id share status recordedAt recordedTo }
            owners { party { name } share { fraction } paths { steps { id share status } } } } } }""",
        id=global_id("Recording", "told"),
        known=known_at.isoformat() if known_at else None,
    )
    return answer.data["recording"]["ownership"]


def _but_when(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without the words that tell as when it is known."""
    told = [
        re.sub(r", as known on [^:,]+[^,:]*:\d\d:\d\d\+\d\d:\d\d", "", each)
        for each in answer["explanation"]
    ]
    return {**answer, "knownAt": None, "explanation": told}


def _agreement(giver: str, taker: str, share: int = WHOLE, **more: Any) -> AgreementFact:
    told: dict[str, Any] = {
        "kind": "ASSIGNMENT",
        "right": "MASTER",
        "territories": ("2136",),
        **more,
    }
    return AgreementFact(
        id=f"g-{giver}-{taker}", assignor_id=giver, acquirer_id=taker, share=share, **told
    )


def _parties(*names: str) -> list[Fact]:
    return [PartyFact(id=name, name=name, kind="ORGANISATION") for name in names]


def _owned(asset: str, party: str, share: int = WHOLE, **more: Any) -> list[Fact]:
    told: dict[str, Any] = {
        "right": "MASTER",
        "kind": "OWNERSHIP",
        "territories": ("2136",),
        **more,
    }
    return [
        RecordingFact(id=asset, title=asset),
        ClaimFact(
            id=f"c-{asset}", asset="Recording", asset_id=asset, party_id=party, share=share, **told
        ),
    ]


async def _owners(ask: Asker, asset: str, country: str = "US") -> dict[str, Any]:
    answer = await ask(
        """query ($id: ID!, $country: String!) { recording(id: $id) {
          ownership(right: MASTER, territory: $country, at: "2024-01-01") { status ownerCount
            owners { party { name } share { fraction percent }
              paths(first: 2) { steps { id } origin { name } share { fraction } } } } } }""",
        id=global_id("Recording", asset),
        country=country,
    )
    return answer.data["recording"]["ownership"]


async def test_a_ladder_of_diamonds_is_answered_at_once(written: Asker) -> None:
    """Thirty-two diamonds have four thousand million ways through; each party is met once."""
    rungs = [f"rung{at:02}" for at in range(33)]
    facts = _parties(*rungs) + _owned("ladder", rungs[0])
    for above, below in pairwise(rungs):
        facts += _parties(f"{above}l", f"{above}r")
        for side in (f"{above}l", f"{above}r"):
            facts += [_agreement(above, side, 5_000), _agreement(side, below)]
    await write(written.graph, facts)
    await _owners(written, "ladder")
    started = time.perf_counter()
    chain = await _owners(written, "ladder")
    assert time.perf_counter() - started < 3
    assert chain["status"] == "CLEAR"
    [owner] = chain["owners"]
    assert owner["party"] == {"name": rungs[-1]}
    assert owner["share"] == {"fraction": "1/1", "percent": "100.000000"}
    for path in owner["paths"]:
        assert len(path["steps"]) == 64
        assert path["share"] == {"fraction": f"1/{2**32}"}


async def test_a_chain_has_no_longest_length(written: Asker) -> None:
    """After two hundred hands the share is with the last one, not where somebody stopped looking."""
    hands = [f"hand{at:03}" for at in range(200)]
    handed: list[Fact] = [_agreement(giver, taker) for giver, taker in pairwise(hands)]
    await write(written.graph, [*_parties(*hands), *_owned("handed", hands[0]), *handed])
    chain = await _owners(written, "handed")
    assert [owner["party"]["name"] for owner in chain["owners"]] == [hands[-1]]
    assert len(chain["owners"][0]["paths"][0]["steps"]) == 199


async def test_an_agreement_on_another_right_or_of_another_kind_passes_nothing(
    written: Asker,
) -> None:
    """Administration, distribution and licence never multiply; nor does corporate parentage."""
    takers = ("administrator", "distributor", "licensee", "publisher", "house")
    await write(
        written.graph,
        [
            *_parties("holder", *takers),
            *_owned("held", "holder"),
            _agreement("holder", "administrator", kind="ADMINISTRATION"),
            _agreement("holder", "distributor", kind="DISTRIBUTION"),
            _agreement("holder", "licensee", kind="LICENCE"),
            _agreement("holder", "publisher", right="PR"),
            ParentFact(parent_id="house", party_id="holder"),
        ],
    )
    chain = await _owners(written, "held")
    assert [owner["party"]["name"] for owner in chain["owners"]] == ["holder"]
    assert chain["owners"][0]["paths"] == [
        {"steps": [], "origin": {"name": "holder"}, "share": {"fraction": "1/1"}}
    ]


async def test_who_passes_on_more_than_all_is_in_conflict(written: Asker) -> None:
    """What was sold stands; the seller's share is what it is short of."""
    await write(
        written.graph,
        [
            *_parties("seller", "first", "second"),
            *_owned("sold", "seller"),
            _agreement("seller", "first", 6_000),
            _agreement("seller", "second", 6_000),
        ],
    )
    chain = await _owners(written, "sold")
    assert chain["status"] == "CONFLICTED"
    shares = {owner["party"]["name"]: owner["share"]["percent"] for owner in chain["owners"]}
    assert shares == {"first": "60.000000", "second": "60.000000", "seller": "-20.000000"}


async def test_a_work_is_owned_as_a_recording_is(written: Asker) -> None:
    """Rights in works flow by their own agreements."""
    claim = ClaimFact(
        id="c-work",
        asset="Work",
        asset_id="work",
        party_id="writer",
        right="PR",
        kind="OWNERSHIP",
        share=WHOLE,
        territories=("2136",),
    )
    facts = [
        WorkFact(id="work", title="Work"),
        *_parties("writer", "agent"),
        claim,
        _agreement("writer", "agent", 3_333, right="PR"),
    ]
    await write(written.graph, facts)
    answer = await written(
        """query ($id: ID!) { work(id: $id) {
          pr: ownership(right: PR, territory: "DE") { owners { share { percent fraction } } }
          mr: ownership(right: MR, territory: "DE") { status owners { share { percent } } } } }""",
        id=global_id("Work", "work"),
    )
    assert answer.data["work"] == {
        "pr": {
            "owners": [
                {"share": {"percent": "66.670000", "fraction": "6667/10000"}},
                {"share": {"percent": "33.330000", "fraction": "3333/10000"}},
            ]
        },
        "mr": {"status": "UNKNOWN", "owners": []},
    }


@pytest.mark.parametrize("territory", ["2136", "XX", "", "usa!"])
async def test_a_cell_is_in_a_country(written: Asker, territory: str) -> None:
    """A group of countries, or nothing known, is refused by name."""
    await write(written.graph, _owned("asked", "nobody"))
    answer = await written(
        """query ($id: ID!, $t: String!) { recording(id: $id) {
          ownership(right: MASTER, territory: $t) { status } } }""",
        id=global_id("Recording", "asked"),
        t=territory,
    )
    assert answer.refusal["argument"] == "territory"
    assert answer.refusal["code"] == "BAD_USER_INPUT"


async def test_a_catalogue_is_ownership_turned_round(written: Asker, worlds: list[World]) -> None:
    """What each party owns, in any cell and as known at any time, is what it keeps of each asset."""
    things = [Thing("Recording", world.asset) for world in worlds]
    parties = [Thing("Party", party) for world in worlds for party in world.parties]
    for country, day, known in (
        ("US", "2005-06-07", None),
        ("DE", "1999-12-31", INSTANTS[2]),
        ("FR", "2012-01-01", INSTANTS[4]),
    ):
        asked = cell("MASTER", country, date.fromisoformat(day), known)
        with written.context() as context:
            expected: dict[str, dict[str, Any]] = {party.key: {} for party in parties}
            for answer in await ownership(context, things, asked):
                assert isinstance(answer, Ownership)
                for party, share in answer.holding.resolution.shares.items():
                    expected[party][answer.asset.key] = share
        before = len(written.graph.reads)
        with written.context() as context:
            found = await catalogues(context, parties, asked, Page(first=5))
            assert sorted(written.graph.reads[before:]) == ["holdings by party", "ownership"]
            for party, page in zip(parties, found, strict=True):
                assert isinstance(page, Catalogue)
                assert {each.asset.key: each.share for each in page.owned} == expected[party.key]
                assert await page.total() == len(expected[party.key])


CATALOGUE: Final = """query ($id: ID!, $first: Int, $after: String) { party(id: $id) {
  catalogue(right: MASTER, territory: "US", at: "2024-01-01", first: $first, after: $after) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { asset { id } ownership { status }
      owner { share { percent } party { name } paths { steps { id } } } } } } } }"""


async def test_a_catalogue_is_paged_and_a_short_page_says_how_to_go_on(written: Asker) -> None:
    """Assets in which nothing comes to the party in this cell are passed over, at most so many a page."""
    facts = _parties("k0", "k1", "stranger")
    facts.append(_agreement("k0", "k1", 5_000))
    expected: list[str] = []
    for at in range(40):
        asset = f"kept{at:02}"
        places = ("US",) if at % 8 == 7 else ("DE",)
        facts += _owned(asset, "stranger" if at == 15 else "k0", territories=places)
        if at % 8 == 7 and at != 15:
            expected.append(global_id("Recording", asset))
    await write(written.graph, facts)
    for way in (written, written.through_loaders):
        found: list[str] = []
        pages = 0
        after = None
        while True:
            given = {"id": global_id("Party", "k1"), "first": 1, "after": after}
            page = (await way(CATALOGUE, **given)).data["party"]["catalogue"]
            pages += 1
            assert page["totalCount"] == len(expected)
            assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
            for edge in page["edges"]:
                assert edge["node"]["owner"]["share"] == {"percent": "50.000000"}
                assert edge["node"]["owner"]["paths"] == [
                    {"steps": [{"id": global_id("Agreement", "g-k0-k1")}]}
                ]
                found.append(edge["node"]["asset"]["id"])
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = page["pageInfo"]["endCursor"]
        assert found == expected
        assert pages > len(expected), "some pages were short"
