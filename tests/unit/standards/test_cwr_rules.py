"""Every rule W1–W11 on registrations that keep it and registrations that break it."""

from __future__ import annotations

import pytest

from standards.cwr.records import Version
from standards.cwr.rules import Profile, broken
from standards.cwr.values import Value
from tests.cwr.messages import (
    WHOLE,
    Shares,
    Written,
    nwr,
    one,
    opu,
    pwr,
    song,
    spt,
    spu,
    swr,
    swt,
)

Work = list[Written]

NOTHING: Shares = {"pr_share": 0, "mr_share": 0, "sr_share": 0}


def of(*, pr: int = 0, mr: int = 0, sr: int = 0) -> Shares:
    """Return shares of the three rights."""
    return {"pr_share": pr, "mr_share": mr, "sr_share": sr}


def rules(work: Work, version: Version = Version.V22, *, zero: bool = False) -> set[str]:
    """Return the rules that a registration breaks."""
    profile = Profile(version=version, zero_territories=zero)
    return {fault.rule for fault in broken(one(*work, version=version), profile)}


def agreement(*records: Written) -> Work:
    """Return an agreement's transaction."""
    terms: dict[str, Value] = {
        "number": "A1",
        "agreement_type": "OS",
        "start": "2020-01-01",
        "works": 1,
    }
    return [("AGR", {**terms, "prior_royalty": "N", "post_term": "N"}), *records]


def ipa(role: str, ip: str, shares: Shares) -> Written:
    """Return a party of an agreement."""
    return "IPA", {"role": role, "ip": ip, "name": f"PARTY {ip}", **shares}


WORLD: Written = ("TER", {"inclusion": "I", "territory": 2136})
US = 840


def published(*publishers: Written, writer: int = 5000) -> Work:
    """Return a work with these publishers and one writer."""
    return [
        nwr(),
        *publishers,
        swr(shares={"pr_share": writer}),
        swt(shares={"pr_share": writer}),
        pwr(),
    ]


KEPT: dict[str, Work] = {
    "W1 the whole": song(),
    "W1 nothing at all": [nwr(), spu(shares=NOTHING), swr(shares={"pr_share": 0}), pwr()],
    "W1 six too many": published(
        spu(shares=of(pr=5000, mr=10006 - 6, sr=10000)), spt(), writer=5006
    ),
    "W1 six too few": published(
        spu(shares=of(pr=4994, mr=9994, sr=9994)), spt(shares=of(pr=4994, mr=9994, sr=9994))
    ),
    "W2 half of PR": song(),
    "W3 writers own all": [
        nwr(),
        swr(shares={"pr_share": 10000, "mr_share": 10000, "sr_share": 10000}),
    ],
    "W3 writers own half less six": published(
        spu(shares=of(pr=5000, mr=10000, sr=10000)), spt(), writer=4994
    ),
    "W4 the world divided": published(
        spu(), spt(), spt(tis=US, inclusion="E"), spu("S1", "SE"), spt("S1", US)
    ),
    "W5 as owned": song(),
    "W5 as owned by the acquirer": published(
        spu(shares=NOTHING), spu("Q1", "AQ", shares=WHOLE), spt("Q1")
    ),
    "W6 a sub-publisher owns nothing": published(spu(), spu("S1", "SE"), spt("S1")),
    "W7 an acquirer after the original": published(
        spu(shares=NOTHING), spu("Q1", "AQ", shares=WHOLE), spt("Q1")
    ),
    "W7 another chain": published(
        spu(shares=of(pr=2500, mr=5000, sr=5000)),
        spt(shares=of(pr=2500, mr=5000, sr=5000)),
        opu(chain=2, shares=of(pr=2500, mr=5000, sr=5000)),
    ),
    "W8 an exclusion without shares": published(spu(), spt(), spt(tis=US, inclusion="E")),
    "W9 an arrangement with its arranger": [
        nwr(version="MOD", arrangement="ARR", adaptation="NON"),
        spu(),
        spt(),
        swr(shares={"pr_share": 2500}),
        swt(shares={"pr_share": 2500}),
        pwr(),
        swr("C2", "AR", shares={"pr_share": 2500}),
        swt("C2", shares={"pr_share": 2500}),
        pwr("C2"),
    ],
    "W10 an unpublished writer": [
        nwr(),
        swr(shares={"pr_share": 10000, "mr_share": 10000, "sr_share": 10000}),
    ],
    "W11 all of each right": agreement(
        WORLD,
        ipa("AS", "C1", shares=of(pr=3334, mr=2500)),
        ipa("AS", "C2", shares=of(pr=3333, mr=2500)),
        ipa("AC", "P1", shares=of(pr=3333, mr=5000)),
    ),
    "W11 six too few": agreement(
        WORLD, ipa("AS", "C1", shares=of(pr=5000)), ipa("AC", "P1", shares=of(pr=4994))
    ),
}

BROKEN: dict[str, Work] = {
    "W1 seven too many": [
        nwr(),
        spu(shares=of(pr=5000, mr=10000, sr=10000)),
        spt(),
        swr(shares={"pr_share": 5007}),
        swt(shares={"pr_share": 5000}),
        pwr(),
    ],
    "W1 each line off by six": published(
        spu(shares=of(pr=4994, mr=10000, sr=10000)),
        spt(shares=of(pr=4994, mr=10000, sr=10000)),
        writer=4994,
    ),
    "W1 half of the mechanical right": published(
        spu(shares=of(pr=5000, mr=5000, sr=10000)), spt(shares=of(pr=5000, mr=5000, sr=10000))
    ),
    "W2 more than half of PR": published(
        spu(shares=of(pr=5000, mr=10000, sr=10000)),
        spt(),
        opu(chain=2, shares={"pr_share": 7}),
        writer=4993,
    ),
    "W3 less than half of PR": published(
        spu(shares=of(pr=5000, mr=10000, sr=10000)),
        spt(),
        opu(chain=2, shares={"pr_share": 4000}),
        writer=1000,
    ),
    "W3 more than all": [
        nwr(),
        swr(shares={"pr_share": 10000}),
        swr("C2", "CA", shares={"pr_share": 7}),
    ],
    "W4 the US twice": published(spu(), spt(), spu("S1", "SE"), spt("S1", US)),
    "W5 more collected than owned": published(
        spu(shares=of(pr=2500, mr=10000, sr=10000)),
        spt(shares=of(pr=5000, mr=10000, sr=10000)),
        opu(chain=2, shares={"pr_share": 2500}),
    ),
    "W5 one territory short": published(
        spu(),
        spt(),
        spt(tis=US, inclusion="E"),
        spu("S1", "SE"),
        spt("S1", US, shares={"pr_share": 1000}),
    ),
    "W6 an administrator owns": published(
        spu(shares=of(pr=2500, mr=10000, sr=10000)),
        spt(),
        spu("A1", "AM", shares={"pr_share": 2500}),
    ),
    "W7 two originals": published(
        spu(shares=of(pr=2500, mr=5000, sr=5000)),
        spt(),
        spu("P2", shares=of(pr=2500, mr=5000, sr=5000)),
    ),
    "W7 no original": published(spu("Q1", "AQ", shares=WHOLE), spt("Q1")),
    "W7 the original keeps its share": published(
        spu(shares=of(pr=2500, mr=5000, sr=5000)),
        spu("Q1", "AQ", shares=of(pr=2500, mr=5000, sr=5000)),
        spt("Q1"),
    ),
    "W7 not controlled in a controlled chain": published(spu(), spt(), opu(chain=1)),
    "W8 an exclusion with a share": published(
        spu(), spt(), spt(tis=US, inclusion="E", shares={"pr_share": 1})
    ),
    "W8 an inclusion of nothing": published(spu(), spt(), spt(tis=US, shares=NOTHING)),
    "W8 two publishers of a chain": published(
        spu(),
        spt(tis=US, shares={"pr_share": 2500}),
        spu("S1", "SE"),
        spt("S1", US, shares={"pr_share": 2500}),
    ),
    "W8 more than half of PR": published(spu(), spt(shares={"pr_share": 5001})),
    "W9 nobody wrote it": [nwr(), spu(shares=NOTHING)],
    "W9 only an arranger": [nwr(), spu(), spt(), swr(role="AR"), swt(), pwr()],
    "W9 a modified original": [nwr(version="MOD", arrangement="ARR"), *song()[1:]],
    "W9 an arranger of an original": [
        *song()[:3],
        swr(shares={"pr_share": 2500}),
        pwr(),
        swr("C2", "AR", shares={"pr_share": 2500}),
        pwr("C2"),
    ],
    "W9 public domain": [
        nwr(),
        swr(name="DP", shares={"pr_share": 10000, "mr_share": 10000, "sr_share": 10000}),
    ],
    "W10 no link": song()[:5],
    "W10 another writer": [*song()[:5], pwr("C9")],
    "W10 no such chain": [*song()[:5], pwr(chain=7)],
    "W10 another publisher of the chain": [*song()[:5], pwr(publisher="P9")],
    "W11 no territory": agreement(
        ipa("AS", "C1", shares={"pr_share": 5000}), ipa("AC", "P1", shares={"pr_share": 5000})
    ),
    "W11 no acquirer": agreement(
        WORLD,
        ipa("AS", "C1", shares={"pr_share": 5000}),
        ipa("AS", "C2", shares={"pr_share": 5000}),
    ),
    "W11 shares that do not add up": agreement(
        WORLD,
        ipa("AS", "C1", shares={"pr_share": 5000}),
        ipa("AC", "P1", shares={"pr_share": 4993}),
    ),
}


@pytest.mark.parametrize("case", KEPT)
def test_what_keeps_the_rules_breaks_none(case: str) -> None:
    """A whole registration as the rule wants it is accepted by all of them."""
    assert rules(KEPT[case]) == set()


@pytest.mark.parametrize("case", BROKEN)
def test_what_breaks_a_rule_is_told_by_its_id(case: str) -> None:
    """The rule is among those told; what follows from the same mistake may be others."""
    assert case.split(maxsplit=1)[0] in rules(BROKEN[case])


def test_every_rule_is_tested_both_ways() -> None:
    """Each has a case that keeps it and one that breaks it."""
    every = {f"W{number}" for number in range(1, 12)}
    assert {case.split()[0] for case in KEPT} == every
    assert {case.split()[0] for case in BROKEN} == every


def test_the_profile_decides_on_territories_without_shares() -> None:
    """W8: the specification's text allows them, its first edit does not."""
    work = BROKEN["W8 an inclusion of nothing"]
    assert "W8" in rules(work, zero=False)
    assert rules(work, zero=True) == set()


def test_a_link_of_2_1_names_no_chain() -> None:
    """W10: 2.1 names the writer only, 2.2 the chain as well."""
    work = [*song()[:5], pwr(chain=7)]
    assert rules(work, Version.V21) == set()
    assert rules(work, Version.V22) == {"W10"}
    assert rules([*song()[:5], pwr(writer=None)], Version.V21) == {"W10"}


@pytest.mark.parametrize("change", ["Y", "N"])
def test_shares_that_change_excuse_collection(change: str) -> None:
    """W5 holds where shares do not change on sub-publication."""
    work = published(spu(), spt(shares=of(pr=4000, mr=10000, sr=10000), shares_change=change))
    assert rules(work) == (set() if change == "Y" else {"W5"})


def test_an_income_participant_excuses_collection() -> None:
    """W5 holds where nobody takes part in the income."""
    short = published(spu(), spt(shares=of(pr=4000, mr=10000, sr=10000)))
    assert rules(short) == {"W5"}
    assert rules([*short, ("OWR", {"ip": "X", "name": "HEIR", "role": "PA"})]) == set()
