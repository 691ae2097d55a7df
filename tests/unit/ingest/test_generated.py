"""Generated facts repeat themselves, keep the rules of the field, and show every hard case."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, islice

from hypothesis import given
from hypothesis import strategies as st

from graph.facts import (
    AgreementFact,
    ClaimFact,
    Fact,
    FlagFact,
    IdentifierFact,
    IdentityLinkFact,
    PartyFact,
)
from ingest.generated.catalogue import Sizes, catalogue, subjects
from ingest.generated.identity import (
    AGAINST,
    NAME,
    PROOFS,
    WEIGHTS,
    confidence,
    identity_facts,
    status,
)
from ingest.generated.layer import layer
from ingest.generated.parties import SHAPES
from ingest.generated.subjects import Subject
from ingest.records import Record

SIZES = Sizes(artists=120, recordings=600, works=300, parties=240, labels=10)


def records(seed: int, sizes: Sizes = SIZES) -> list[Record]:
    """Return everything generated from a seed."""
    return list(chain(catalogue(seed, sizes), layer(seed, subjects(seed, sizes))))


def facts(seed: int) -> list[Fact]:
    """Return every fact generated from a seed."""
    return [fact for record in records(seed) for fact in record.facts]


def test_a_seed_always_gives_the_same() -> None:
    """Equal seeds give equal facts in equal order, other seeds others."""
    assert records(7) == records(7)
    assert facts(7) != facts(8)


def test_a_larger_set_begins_like_a_smaller_one() -> None:
    """Things are generated one by one: nothing is held, and the beginning costs no more."""
    huge = catalogue(1, Sizes().scaled(1000))
    assert len(list(islice(huge, 1000))) == 1000


def test_identifiers_are_valid_and_no_ones() -> None:
    """Check digits hold, so that nothing generated counts as a data error."""
    found = [fact for fact in facts(1) if isinstance(fact, IdentifierFact)]
    assert {fact.scheme for fact in found} == {"ISRC", "ISWC", "PROPRIETARY"}
    assert all(fact.valid for fact in found)
    assert all(fact.raw.startswith("ZZ") for fact in found if fact.scheme == "ISRC")


def test_agreements_have_every_shape() -> None:
    """Chains of one to six, diamonds, partial and closed cycles all occur."""
    edges: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for fact in facts(1):
        if isinstance(fact, AgreementFact):
            kind = "owns" if fact.kind == "ASSIGNMENT" else "acts"
            edges[kind].add((fact.assignor_id, fact.acquirer_id))
            assert 0 < fact.share <= 10_000
    assert len(edges["owns"]) == 2 * sum(len(shape) for _, shape in SHAPES)
    assert edges["acts"]
    assert not edges["owns"] & edges["acts"]
    back = [edge for edge in edges["owns"] if edge[::-1] in edges["owns"]]
    assert len(back) == 4, "two partial cycles, each seen from both ends"


def test_claims_sum_up_except_where_they_are_meant_not_to() -> None:
    """Most masters are claimed to the hundredth per cent; some fall short, some overlap."""
    claimed: defaultdict[str, list[ClaimFact]] = defaultdict(list)
    for fact in facts(1):
        if isinstance(fact, ClaimFact) and fact.right == "MASTER":
            claimed[fact.asset_id].append(fact)
    everywhere = {
        asset: sum(claim.share for claim in claims)
        for asset, claims in claimed.items()
        if all(
            claim.territories == ("2136",) and not claim.excluded_territories for claim in claims
        )
        and all(claim.valid_to is None for claim in claims)
        and not any(later.valid_from != claims[0].valid_from for later in claims)
    }
    assert len(claimed) == SIZES.recordings
    assert set(everywhere.values()) <= {10_000, 10_001, 7_500}
    assert list(everywhere.values()).count(10_000) > 0.6 * len(claimed)


def test_every_fact_names_only_what_is_generated() -> None:
    """Claims are by parties that exist, on assets that exist."""
    everything = subjects(1, SIZES)
    assets = {subject.id for subject in chain(everything.recordings, everything.works)}
    parties = {fact.id for fact in facts(1) if isinstance(fact, PartyFact)}
    assert len(parties) == SIZES.parties
    for fact in facts(1):
        if isinstance(fact, ClaimFact):
            assert fact.asset_id in assets
            assert fact.party_id in parties


def test_links_and_flags_have_every_status() -> None:
    """Whatever a client must show occurs, and says that it was generated."""
    links = [fact for fact in facts(1) if isinstance(fact, IdentityLinkFact)]
    statuses = {link.status for link in links}
    assert statuses == {"ACCEPTED", "PROPOSED", "REJECTED", "SUPERSEDED"}
    assert {link.method for link in links} == {"GENERATED"}
    assert all(0 < link.confidence < 1 and link.evidence for link in links)
    flags = [fact for fact in facts(1) if isinstance(fact, FlagFact)]
    assert flags
    assert {flag.flagged for flag in flags} <= {"Artist", "Recording", "Release"}


ARTISTS = [Subject(str(at), "Ann") for at in range(40)]


@given(seed=st.integers(0, 2**32), at=st.integers(0, len(ARTISTS) - 1))
def test_no_link_is_accepted_on_a_name_alone(seed: int, at: int) -> None:
    """Acceptance needs a proof of its own kind; on a name alone a link is doubted, always alike."""
    found = list(identity_facts(seed, at, ARTISTS[at], ARTISTS))
    assert found == list(identity_facts(seed, at, ARTISTS[at], ARTISTS))
    for link in found:
        if not isinstance(link, IdentityLinkFact):
            continue
        assert link.evidence
        assert len(set(link.evidence)) == len(link.evidence)
        assert link.confidence == confidence(link.evidence)
        if link.status == "ACCEPTED":
            assert set(link.evidence) & set(PROOFS)
            assert link.confidence >= 0.85
        if set(link.evidence) == {NAME}:
            assert link.status in {"PROPOSED", "SUPERSEDED"}
            assert link.confidence < 0.5
        if link.status == "REJECTED":
            assert link.confidence < 0.2


@given(evidence=st.sets(st.sampled_from(sorted(WEIGHTS))), more=st.sampled_from(sorted(WEIGHTS)))
def test_confidence_follows_the_evidence(evidence: set[str], more: str) -> None:
    """More kinds for a link never make it less probable; one against it refuses it."""
    before, after = sorted(evidence - {more}), sorted(evidence | {more})
    assert confidence(before) <= confidence(after) < 1
    for contrary in AGAINST:
        assert confidence([*after, contrary]) < confidence(after)
        assert status([*after, contrary]) == "REJECTED"
