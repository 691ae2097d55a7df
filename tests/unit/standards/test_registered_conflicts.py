"""What a registration's records break, said of the claims that they make."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from standards.conflicts import Breach, Conflict, Statement, breaches
from standards.territories import TerritorySet

WORLD = TerritorySet.parse(("2136",), ()).countries
US = TerritorySet.parse(("US",), ()).countries


def claim(id_: str, position: int, chain: int | None = None, **more: object) -> Statement:
    """Return a claim of registration r to half of the performing right, unless told otherwise."""
    told: dict[str, object] = {
        "party": f"p{position}",
        "right": "PR",
        "kind": "OWNERSHIP",
        "share": 5_000,
        "countries": WORLD,
        "registration": "r",
        "chain": None if chain is None else f"r/{chain}",
        **more,
    }
    return Statement(id=id_, position=position, **told)  # type: ignore[arg-type]


CLAIMS = [
    claim("e", 1, 1),
    claim("em", 1, 1, right="MR", share=10_000),
    claim("ec", 1, 1, kind="COLLECTION", countries=WORLD - US),
    claim("sc", 2, 1, kind="COLLECTION", countries=US, share=4_000),
    claim("o", 3, 2, share=2_500),
    claim("w", 4),
    claim("x", 1, 1, registration="another"),
    claim("loose", 1, registration=None),
]


def told(found: tuple[Conflict, ...]) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Return rules, rights, parties and evidence."""
    return [(each.rule, each.right, each.parties, each.claims) for each in found]


def test_a_chain_is_concerned_by_what_its_records_break() -> None:
    """W5 is about PR as it is collected, W7 about what is owned; other chains are left alone."""
    assert told(breaches(CLAIMS, [Breach("r", "W5", 1, "1")])) == [
        ("W5", "PR", ("p1", "p2"), ("ec", "sc"))
    ]
    assert told(breaches(CLAIMS, [Breach("r", "W7", 2, "1")])) == [
        ("W7", "MR", ("p1",), ("em",)),
        ("W7", "PR", ("p1",), ("e",)),
    ]


def test_the_cells_are_those_of_the_claims_concerned() -> None:
    """With what they come to: the rest of the world is not held up for a sub-publisher's country."""
    [found] = breaches(CLAIMS, [Breach("r", "W8", 2, "1")])
    assert {(scope.countries, scope.total) for scope in found.scopes} == {
        (WORLD - US, 5_000),
        (US, 4_000),
    }
    [writer] = breaches(CLAIMS, [Breach("r", "W10", 4, "")])
    assert (writer.parties, writer.claims) == (("p4",), ("w",))


def test_a_header_is_about_everybody() -> None:
    """So is a record whose party claims nothing; another registration's claims never are."""
    everybody = [
        ("W9", "MR", ("p1",), ("em",)),
        ("W9", "PR", ("p1", "p3", "p4"), ("e", "o", "w")),
    ]
    assert told(breaches(CLAIMS, [Breach("r", "W9", 0, "")])) == everybody
    assert told(breaches(CLAIMS, [Breach("r", "W9", 77, "")])) == everybody


def test_what_is_found_among_claims_is_not_told_again() -> None:
    """W1 to W4 and W6 are the detector's; an agreement's W11 holds up no cell."""
    for rule in ("W1", "W2", "W3", "W4", "W6", "W11"):
        assert breaches(CLAIMS, [Breach("r", rule, 0, "")]) == ()
    assert breaches(CLAIMS, [Breach("gone", "W7", 1, "1")]) == ()


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from(CLAIMS), unique_by=lambda each: each.id),
    st.lists(
        st.builds(
            Breach,
            st.sampled_from(["r", "another"]),
            st.sampled_from(["W5", "W7", "W8", "W9", "W10"]),
            st.integers(0, 5),
            st.sampled_from(["", "1", "2"]),
        )
    ),
    st.randoms(),
)
def test_each_conflict_is_told_once_in_any_order(
    claims: list[Statement], found: list[Breach], chance: random.Random
) -> None:
    """Keys are distinct, parties and evidence agree, cells are theirs, and order does not matter."""
    conflicts = breaches(claims, found)
    assert len({each.key for each in conflicts}) == len(conflicts)
    by_id = {each.id: each for each in claims}
    for each in conflicts:
        whose = [by_id[id_] for id_ in each.claims]
        assert each.parties == tuple(sorted({one.party for one in whose}))
        assert {one.right for one in whose} == {each.right}
        assert each.scopes
        for scope in each.scopes:
            for country in scope.countries:
                there = [one for one in whose if country in one.countries]
                assert sum(one.share for one in there) == scope.total
    chance.shuffle(claims)
    chance.shuffle(found)
    assert breaches(claims, found) == conflicts
