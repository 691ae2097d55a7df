from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.ownership import Assignment, Resolution, resolve
from standards.ownership.best_first import BestFirst
from standards.ownership.network import network
from standards.shares import TOLERANCE, WHOLE, InvalidShare

PARTIES = "ABCDE"
Edge = tuple[str, str, int]
# A drawn network is small, and its oracle slow: fifty of each keep the file quick.
fifty = settings(max_examples=50)


def assignments(edges: list[Edge]) -> list[Assignment]:
    """Return assignments numbered in the order given."""
    return [
        Assignment(assignor=giver, acquirer=taker, share=share, id=f"{number}:{giver}>{taker}")
        for number, (giver, taker, share) in enumerate(edges)
    ]


@st.composite
def networks(
    draw: st.DrawFn, *, most: int = WHOLE, cycles: bool = True, steps: int = 1
) -> tuple[dict[str, int], list[Edge]]:
    """Draw base claims and edges; no party passes on more than ``most``."""
    base = draw(st.dictionaries(st.sampled_from(PARTIES), st.integers(0, WHOLE)))
    left = dict.fromkeys(PARTIES, most)
    edges: list[Edge] = []
    for giver, taker in draw(
        st.lists(st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES)), max_size=10)
    ):
        if cycles or giver < taker:
            # All that is left is drawn often: closed groups need it.
            part = draw(st.just(left[giver]) | st.integers(0, left[giver] // steps))
            edges.append((giver, taker, part))
            left[giver] -= part
    return base, edges


def matrix(edges: list[Edge]) -> dict[tuple[str, str], Fraction]:
    """Return A by cell."""
    summed: Counter[tuple[str, str]] = Counter()
    for giver, taker, share in edges:
        summed[giver, taker] += share
    return {cell: Fraction(share, WHOLE) for cell, share in summed.items()}


def dense_gross(base: dict[str, int], a: dict[tuple[str, str], Fraction]) -> dict[str, Fraction]:
    """Solve x(I-A) = b by textbook elimination with row exchange."""
    size = len(PARTIES)
    # The transpose: row i says x_i - sum over j of x_j a_ji = b_i.
    rows = [
        [Fraction(i == j) - a.get((PARTIES[j], PARTIES[i]), Fraction()) for j in range(size)]
        + [Fraction(base.get(PARTIES[i], 0))]
        for i in range(size)
    ]
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [x - factor * y for x, y in zip(rows[row], rows[column], strict=True)]
    return {PARTIES[i]: rows[i][size] / rows[i][i] for i in range(size)}


def retained(party: str, a: dict[tuple[str, str], Fraction]) -> Fraction:
    """Return the part of its holding that a party keeps."""
    return 1 - sum((part for (giver, _), part in a.items() if giver == party), Fraction())


def expected_shares(
    base: dict[str, int], a: dict[tuple[str, str], Fraction], closed: set[str]
) -> dict[str, Fraction]:
    """Return the kept shares when parties of closed groups pass nothing on."""
    open_a = {cell: part for cell, part in a.items() if cell[0] not in closed}
    gross = dense_gross(base, open_a)
    kept = {p: gross[p] * retained(p, a) for p in PARTIES if p not in closed}
    return {party: share for party, share in kept.items() if share}


def closed_groups(a: dict[tuple[str, str], Fraction]) -> list[tuple[str, ...]]:
    """Find by reachability the groups from which nothing leaves or stays."""
    reach = {p: {t for (g, t), part in a.items() if g == p and part} for p in PARTIES}
    for via in PARTIES:
        for start in PARTIES:
            if via in reach[start]:
                reach[start] |= reach[via]
    groups = {tuple(sorted(q for q in reach[p] if p in reach[q])) for p in PARTIES if p in reach[p]}
    return sorted(
        group
        for group in groups
        if all(sum(a.get((p, q), Fraction()) for q in group) == 1 for p in group)
    )


def conserved(found: Resolution, base: dict[str, int]) -> bool:
    """Say whether owners and closed groups together hold the base claims, no more and no less."""
    owned = sum(found.shares.values(), Fraction())
    return owned + found.unresolvable_total == sum(base.values())


@fifty
@given(networks(most=WHOLE - 1))
def test_shares_are_those_of_the_inverse_matrix(
    drawn: tuple[dict[str, int], list[Edge]],
) -> None:
    """Where everyone keeps something, the answer is the matrix formula's, cycles included."""
    base, edges = drawn
    found = resolve(base, assignments(edges))
    assert found.shares == expected_shares(base, matrix(edges), set())
    assert found.unresolvable == ()
    assert conserved(found, base)


@fifty
@given(networks())
def test_closed_groups_are_reported_and_all_others_resolved(
    drawn: tuple[dict[str, int], list[Edge]],
) -> None:
    """A closed group holds what flows into it; the rest is as if it were a dead end."""
    base, edges = drawn
    a = matrix(edges)
    found = resolve(base, assignments(edges))
    groups = closed_groups(a)
    assert list(found.unresolvable) == groups
    closed = {party for group in groups for party in group}
    assert found.shares == expected_shares(base, a, closed)
    gross = dense_gross(base, {cell: part for cell, part in a.items() if cell[0] not in closed})
    assert list(found.unresolvable_shares) == [sum(gross[p] for p in group) for group in groups]
    assert conserved(found, base)
    assert found.over_assigned == ()


@fifty
@given(networks(cycles=False))
def test_without_cycles_a_share_is_the_sum_over_its_chains(
    drawn: tuple[dict[str, int], list[Edge]],
) -> None:
    """Every chain is found once, by an enumeration of all ways, and chains add up to the share."""
    base, edges = drawn
    given_edges = [edge for edge in assignments(edges) if edge.share]
    found = resolve(base, given_edges)
    a = matrix(edges)
    ways: dict[str, set[tuple[str, tuple[str, ...]]]] = {party: set() for party in PARTIES}
    waiting = [(party, party, tuple[str, ...]()) for party, claimed in base.items() if claimed]
    while waiting:
        origin, at, ids = waiting.pop()
        ways[at].add((origin, ids))
        waiting += [(origin, e.acquirer, (*ids, e.id)) for e in given_edges if e.assignor == at]
    for party in PARTIES:
        chains = found.chains_to(party, limit=10_000)
        assert not chains.truncated
        told = [(chain.origin, chain.assignments) for chain in chains.chains]
        assert len(told) == len(set(told))
        assert set(told) == (ways[party] if retained(party, a) else set())
        total = sum((chain.share for chain in chains.chains), Fraction())
        assert total == found.shares.get(party, 0)
        weights = [chain.share for chain in chains.chains]
        assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("length", [1, 63, 64, 65, 66, 200])
def test_whole_numbers_and_fractions_agree_at_every_depth(length: int) -> None:
    """A chain is solved the same way beside a circle that has nothing to do with it."""
    edges: list[Edge] = [(f"p{at}", f"p{at + 1}", 3_333) for at in range(length)]
    chain = resolve({"p0": WHOLE}, assignments(edges))
    beside = resolve({"p0": WHOLE}, assignments([*edges, ("x", "x", 5_000)]))
    assert chain.shares == beside.shares
    assert conserved(chain, {"p0": WHOLE})
    assert chain.shares[f"p{length}"] == WHOLE * Fraction(3_333, WHOLE) ** length


@fifty
@given(networks(cycles=False), st.integers(1, 8))
def test_few_chains_and_many_are_found_alike(
    drawn: tuple[dict[str, int], list[Edge]], limit: int
) -> None:
    """Following every chain and searching for the best end with the same shares."""
    base, edges = drawn
    found = resolve(base, assignments(edges))
    cell = network(base, assignments(edges))
    search = BestFirst(cell, base)
    for owner in found.shares:
        few = found.chains_to(owner, limit=limit)
        best = search.to(owner, WHOLE - cell.assigned(owner), limit)
        assert [chain.share for chain in few.chains] == [chain.share for chain in best.chains]


@fifty
@given(networks(), st.integers(1, 5))
def test_chains_of_cyclic_networks_pass_no_party_twice(
    drawn: tuple[dict[str, int], list[Edge]], limit: int
) -> None:
    """A chain starts at a claim, ends at the owner, and is simple; the limit is kept."""
    base, edges = drawn
    by_id = {edge.id: edge for edge in assignments(edges)}
    found = resolve(base, by_id.values())
    for owner, share in found.shares.items():
        chains = found.chains_to(owner, limit=limit)
        assert 0 < len(chains.chains) <= limit
        assert sum((chain.share for chain in chains.chains), Fraction()) <= share
        for chain in chains.chains:
            taken = [by_id[number] for number in chain.assignments]
            assert base[chain.origin]
            assert all(one.acquirer == other.assignor for one, other in pairwise(taken))
            passed = [chain.origin, *(edge.acquirer for edge in taken)]
            assert passed[-1] == owner
            assert len(set(passed)) == len(passed)


@fifty
@given(networks(most=3 * WHOLE, steps=2))
def test_over_assignment_is_reported_and_never_scaled(
    drawn: tuple[dict[str, int], list[Edge]],
) -> None:
    """Whoever passes on more than all is named; what it oversold shows as its negative share."""
    base, edges = drawn
    edges = [(giver, taker, min(share, WHOLE)) for giver, taker, share in edges]
    a = matrix(edges)
    found = resolve(base, assignments(edges))
    slack = Fraction(TOLERANCE, WHOLE)
    assert list(found.over_assigned) == [party for party in PARTIES if retained(party, a) < -slack]
    assert conserved(found, base)
    for party, share in found.shares.items():
        assert (share < 0) == (retained(party, a) < 0)


@pytest.mark.parametrize(("share", "over"), [(5003, ()), (5004, ("A",))])
def test_rounded_thirds_oversell_nothing(share: int, over: tuple[str, ...]) -> None:
    """Totals may miss the whole by 0.06 %; shares stay what they are."""
    found = resolve({"A": WHOLE}, assignments([("A", "B", share), ("A", "C", share)]))
    assert found.shares == {"A": WHOLE - 2 * share, "B": share, "C": share}
    assert found.over_assigned == over


def test_an_oversold_share_stands_as_sold() -> None:
    """Two buyers of 60 % each hold 60 %, and their seller is short of 20 %."""
    found = resolve({"A": WHOLE}, assignments([("A", "B", 6000), ("A", "C", 6000)]))
    assert found.shares == {"A": -2000, "B": 6000, "C": 6000}
    assert found.over_assigned == ("A",)


def test_a_growing_cycle_has_no_answer() -> None:
    """A cycle that would multiply shares is unresolvable, and is over-assigned as well."""
    edges = [("A", "B", WHOLE), ("B", "A", WHOLE), ("B", "C", 1000)]
    found = resolve({"A": 5000, "D": 5000}, assignments(edges))
    assert found.shares == {"D": 5000}
    assert found.unresolvable == (("A", "B"),)
    assert found.unresolvable_shares == (5000,)
    assert found.over_assigned == ("B",)


def test_a_cycle_is_solved_exactly() -> None:
    """Half of A's goes to B and 33.33 % of B's comes back, over and over, to the last digit."""
    found = resolve({"A": WHOLE}, assignments([("A", "B", 5000), ("B", "A", 3333)]))
    through_a = Fraction(WHOLE) / (1 - Fraction(5000 * 3333, WHOLE * WHOLE))
    assert found.shares == {
        "A": through_a / 2,
        "B": through_a / 2 * Fraction(WHOLE - 3333, WHOLE),
    }


def test_a_party_that_passes_all_to_itself_is_closed() -> None:
    """The smallest closed group is one party; a partial loop changes nothing."""
    assert resolve({"A": 10}, assignments([("A", "A", WHOLE)])).unresolvable == (("A",),)
    assert resolve({"A": 10}, assignments([("A", "A", 9000)])).shares == {"A": 10}


@fifty
@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_assignments_does_not_matter(
    drawn: tuple[dict[str, int], list[Edge]], random: Random
) -> None:
    """Equal questions have equal answers, chains included."""
    base, edges = drawn
    given_edges = assignments(edges)
    shuffled = random.sample(given_edges, len(given_edges))
    one, other = resolve(base, given_edges), resolve(base, shuffled)
    assert one.shares == other.shares
    assert list(one.shares) == list(other.shares)
    assert one.unresolvable == other.unresolvable
    for owner in one.shares:
        assert one.chains_to(owner, limit=3) == other.chains_to(owner, limit=3)


@pytest.mark.parametrize("share", [-1, WHOLE + 1])
def test_an_impossible_assignment_is_refused(share: int) -> None:
    """One assignment passes on between nothing and all."""
    with pytest.raises(InvalidShare):
        resolve({"A": WHOLE}, assignments([("A", "B", share)]))


def test_a_negative_claim_is_refused() -> None:
    """A base claim is a share or an overclaim, never a debt."""
    with pytest.raises(ValueError, match="negative"):
        resolve({"A": -1}, [])


@pytest.mark.parametrize("share", [WHOLE, 5000])
def test_a_chain_of_ten_thousand_assignments(share: int) -> None:
    """Length costs no stack: the last owner and its one chain are found."""
    length = 10_000 if share == WHOLE else 1_000
    names = [f"p{number}" for number in range(length + 1)]
    edges = [(giver, taker, share) for giver, taker in pairwise(names)]
    found = resolve({names[0]: WHOLE}, assignments(edges))
    assert found.shares[names[-1]] == WHOLE * Fraction(share, WHOLE) ** length
    [chain] = found.chains_to(names[-1], limit=2).chains
    assert len(chain.assignments) == length
    assert chain.share == found.shares[names[-1]]


def test_a_ring_of_two_thousand_parties() -> None:
    """A long cycle is one group, solved without filling a matrix."""
    names = [f"p{number}" for number in range(2_000)]
    edges = [(giver, taker, WHOLE) for giver, taker in pairwise(names)]
    leaking = resolve({"p7": WHOLE}, assignments([*edges, (names[-1], names[0], 2500)]))
    assert leaking.shares == {names[-1]: WHOLE}
    shut = resolve({"p7": WHOLE}, assignments([*edges, (names[-1], names[0], WHOLE)]))
    assert shut.shares == {}
    assert shut.unresolvable == (tuple(sorted(names)),)
    assert shut.unresolvable_total == WHOLE


def test_chains_stay_few_where_ways_are_countless() -> None:
    """Ten layers of ten parties have 10^9 ways to each last owner; the asked-for few come fast."""
    layers = [[f"{depth}-{number}" for number in range(10)] for depth in range(10)]
    edges = [
        (giver, taker, 1000) for one, other in pairwise(layers) for giver in one for taker in other
    ]
    found = resolve(dict.fromkeys(layers[0], 1000), assignments(edges))
    assert found.shares == dict.fromkeys(layers[-1], Fraction(1000))
    chains = found.chains_to("9-0", limit=5)
    assert len(chains.chains) == 5
    assert chains.truncated
    assert {chain.share for chain in chains.chains} == {Fraction(1000, 10**9)}
