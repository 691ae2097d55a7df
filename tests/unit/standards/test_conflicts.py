"""Conflicts against brute force: every country, on every day at which a claim begins or ends."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.conflicts import Conflict, ConflictKind, Statement, detect
from standards.territories import TerritorySet, world

WORLD: Final = world().countries
SCOPES: Final = [
    TerritorySet.parse(include, exclude).countries
    for include, exclude in (
        (("2136",), ()),
        (("2136",), ("US",)),
        (("2120",), ()),
        (("2120",), ("DE", "FR")),
        (("US", "CA"), ()),
        (("DE",), ()),
        (("2100", "2101"), ()),
        ((), ()),
    )
]
DAYS: Final = ("1999-12-31", "2000-01-01", "2010-06-15", "2020-01-01")
KINDS: Final = ("OWNERSHIP", "OWNERSHIP", "OWNERSHIP", "COLLECTION", "LICENCE", "OTHER")
ROLES: Final = (None, "E", "AQ", "AM", "SE", "CA", "C", "EXCLUSIVE_LICENSEE", "EXCLUSIVE_LICENSEE")
SHARES: Final = (0, 2_500, 3_333, 3_334, 4_994, 4_995, 5_000, 5_006, 5_007, 10_000)

BROADER: Final = (None, *DAYS)


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    """Return a few claims on one asset that meet in place and time."""
    count = draw(st.integers(0, 7))
    made: list[Statement] = []
    for number in range(count):
        since, until = draw(st.sampled_from(BROADER)), draw(st.sampled_from(BROADER))
        if since and until and since > until:
            since, until = until, since
        made.append(
            Statement(
                id=f"c{number}",
                party=draw(st.sampled_from("ABC")),
                right=draw(st.sampled_from(["PR", "PR", "MASTER"])),
                kind=draw(st.sampled_from(KINDS)),
                share=draw(st.sampled_from(SHARES)),
                countries=draw(st.sampled_from(SCOPES)),
                valid_from=since,
                valid_to=until,
                role=draw(st.sampled_from(ROLES)),
                disputed=draw(st.sampled_from([False, False, False, True])),
            )
        )
    return made


def naive(claims: list[Statement], right: str) -> set[tuple[str, str, tuple[str, ...], int]]:
    """Return what is wrong in a cell where these claims to one right hold, said anew from the rules."""
    owning = [each for each in claims if each.kind == "OWNERSHIP"]
    exclusive = [
        each for each in claims if each.kind == "LICENCE" and each.role == "EXCLUSIVE_LICENSEE"
    ]
    mandates = [each for each in claims if each.kind in ("COLLECTION", "LICENCE") and each.share]
    wrong = [
        ("OVERCLAIM", "W1", owning, total(owning) > 10_006),
        ("UNDERCLAIM", "W1", owning, 0 < total(owning) < 9_994),
        ("EXCLUSIVE_GRANTS", "EXCLUSIVE", exclusive, len({each.party for each in exclusive}) > 1),
        ("STALE", "MANDATE", mandates, bool(mandates) and total(owning) == 0),
    ]
    if right == "PR":
        publishing = [each for each in owning if each.role in ("E", "AQ", "AM", "SE")]
        writing = [each for each in owning if each.role in ("CA", "C")]
        collecting = [each for each in claims if each.kind == "COLLECTION"]
        idle = [each for each in owning if each.role in ("AM", "SE") and each.share]
        few = 0 < total(writing) < 4_994
        wrong += [
            ("RULE_BROKEN", "W2", publishing, total(publishing) > 5_006),
            ("RULE_BROKEN", "W3", writing, few or total(writing) > 10_006),
            ("RULE_BROKEN", "W4", collecting, total(collecting) > 10_006),
            ("RULE_BROKEN", "W6", idle, bool(idle)),
        ]
    disputed = [each for each in claims if each.disputed]
    wrong.append(("DISPUTED", "DISPUTE", disputed, bool(disputed)))
    return {
        (kind, rule, tuple(sorted({each.party for each in whose})), total(whose))
        for kind, rule, whose, is_so in wrong
        if is_so
    }


def total(claims: list[Statement]) -> int:
    """Return what claims come to."""
    return sum(each.share for each in claims)


def told(
    found: tuple[Conflict, ...], right: str, country: int, day: str | None
) -> list[tuple[str, str, tuple[str, ...], int]]:
    """Return what the detector says of a cell."""
    return [
        (each.kind.value, each.rule, each.parties, scope.total)
        for each in found
        if each.right == right
        for scope in each.scopes
        if scope.has(country, day)
    ]


@settings(max_examples=60, deadline=None)
@given(statements())
def test_every_cell_is_told_as_the_rules_say(claims: list[Statement]) -> None:
    """In every country, before, on and after every day-boundary; each cell once, and no other."""
    found = detect(claims)
    days: list[str | None] = [None, *DAYS, "2030-01-01"]
    for right in ("PR", "MASTER"):
        for day in days:
            holding = [each for each in claims if each.right == right and each.holds_on(day)]
            for country in WORLD:
                here = [each for each in holding if country in each.countries]
                cell = told(found, right, country, day)
                assert len(cell) == len(set(cell)), "no cell is in two scopes of one conflict"
                assert set(cell) == naive(here, right)


@settings(max_examples=60, deadline=None)
@given(statements(), st.randoms(use_true_random=False))
def test_conflicts_do_not_depend_on_the_order_of_claims(
    claims: list[Statement], random: Any
) -> None:
    """Equal claims have equal conflicts, and each is told apart by its key."""
    found = detect(claims)
    assert detect(random.sample(claims, len(claims))) == found
    assert len({each.key for each in found}) == len(found)
    for each in found:
        assert each.claims
        assert each.scopes
        whose = {claim.party for claim in claims if claim.id in each.claims}
        assert whose == set(each.parties)


def _claim(id_: str, party: str, share: int = 10_000, **more: Any) -> Statement:
    told_: dict[str, Any] = {"right": "MASTER", "kind": "OWNERSHIP", "countries": WORLD, **more}
    return Statement(id=id_, party=party, share=share, **told_)


def test_a_conflict_holds_its_cells_and_not_the_work() -> None:
    """Two owners of all meet in the United States from 2000 to 2010: those cells, and the rest stands."""
    us = TerritorySet.parse(["US"]).countries
    [found] = detect(
        [
            _claim("c1", "A", valid_from="1990-01-01"),
            _claim("c2", "B", countries=us, valid_from="2000-01-01", valid_to="2010-01-01"),
        ]
    )
    assert (found.kind, found.rule, found.parties) == (ConflictKind.OVERCLAIM, "W1", ("A", "B"))
    [scope] = found.scopes
    assert (scope.countries, scope.valid_from, scope.valid_to, scope.total) == (
        us,
        "2000-01-01",
        "2010-01-01",
        20_000,
    )


@pytest.mark.parametrize("whole", [9_994, 10_000, 10_006])
def test_thirds_that_do_not_add_up_are_no_conflict(whole: int) -> None:
    """The tolerance of 0.06 % belongs to the total."""
    assert detect([_claim("c1", "A", 5_000), _claim("c2", "B", whole - 5_000)]) == ()


@pytest.mark.parametrize(
    ("rule", "writer", "publisher", "role", "collected"),
    [
        (None, 5_000, 5_000, "E", 10_006),
        (None, 4_994, 5_006, "AQ", 10_000),
        (None, 10_000, 0, "AM", 0),
        ("W1", 5_000, 5_007, "E", 0),
        ("W1", 5_000, 4_993, "E", 0),
        ("W2", 4_993, 5_007, "E", 0),
        ("W3", 4_993, 5_007, "E", 0),
        ("W4", 5_000, 5_000, "E", 10_007),
        ("W6", 9_999, 1, "SE", 0),
    ],
)
def test_each_rule_of_works_breaks_where_it_says(
    rule: str | None, writer: int, publisher: int, role: str, collected: int
) -> None:
    """At its limit a rule holds; one hundredth of a per cent beyond, it is named."""
    works: dict[str, Any] = {"right": "PR"}
    found = detect(
        [
            _claim("c1", "A", writer, role="CA", **works),
            _claim("c2", "B", publisher, role=role, **works),
            _claim("c3", "C", collected, kind="COLLECTION", **works),
        ]
    )
    broken = {each.rule for each in found}
    assert rule in broken if rule else not broken


def test_a_hundred_claims_take_a_moment() -> None:
    """Claims cut the world into few parts: as many as differ, never one a country and day."""
    claims = [
        _claim(f"c{at}", f"p{at % 7}", 100, countries=SCOPES[at % 7], valid_from=f"20{at:02}-01-01")
        for at in range(100)
    ]
    found = detect(claims)
    assert {each.kind for each in found} == {ConflictKind.UNDERCLAIM}
