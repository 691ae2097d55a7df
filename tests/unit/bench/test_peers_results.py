from __future__ import annotations

import math
from collections.abc import Mapping

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bench.cli import app
from bench.operations import Operation
from bench.peers.results import (
    cases,
    cpu_table,
    geometric_mean,
    means,
    means_table,
    plain_case,
    throughput_table,
)
from bench.peers.rounds import Timed
from bench.peers.servers import Contender

RATIOS = st.lists(st.floats(0.01, 100), min_size=1, max_size=20)


def timed(  # noqa: PLR0913 - what the tests vary.
    contender: Contender,
    per_second: float,
    *,
    number: int = 1,
    callers: int = 1,
    p99_ms: float = 1.0,
    wrong: int = 0,
) -> Timed:
    """Return one measurement of the first operation."""
    return Timed(
        operation=Operation.Q1,
        callers=callers,
        round=number,
        contender=contender,
        requests=10,
        wrong=wrong,
        per_second=per_second,
        p50_ms=1.0,
        p99_ms=p99_ms,
        server_cpu_ms=0.5,
        database_cpu_ms=0.25,
        answer_bytes=1_000,
        load_average=1.0,
    )


def measured(rates: Mapping[Contender, float], *, callers: int = 1) -> list[Timed]:
    """Return one round of some servers."""
    return [timed(who, rate, callers=callers) for who, rate in rates.items()]


RATES = {
    Contender.OURS: 300.0,
    Contender.APOLLO: 100.0,
    Contender.YOGA: 150.0,
    Contender.FLOOR: 400.0,
}


def test_a_figure_is_the_median_of_its_rounds_and_wrong_answers_add_up() -> None:
    """One round that was disturbed moves nothing, and no wrong answer is lost."""
    found = [
        timed(who, rate, number=number, wrong=1)
        for number, rate in enumerate((100.0, 7.0, 120.0), 1)
        for who in Contender
    ]
    [case] = cases(found)
    assert case.typical[Contender.YOGA].per_second == 100.0
    assert case.typical[Contender.YOGA].wrong == 3


def test_ours_is_held_against_the_better_peer_in_each_respect() -> None:
    """The faster peer for throughput, the one with the lower latency for latency."""
    [case] = cases(
        [
            timed(Contender.OURS, 300, p99_ms=10),
            timed(Contender.APOLLO, 100, p99_ms=20),
            timed(Contender.YOGA, 150, p99_ms=40),
            timed(Contender.FLOOR, 400, p99_ms=1),
        ]
    )
    assert case.throughput_ratio == 2.0
    assert case.p99_ratio == 0.5
    assert case.floor_ratio == 0.75


def test_without_the_floor_nothing_is_said_of_it() -> None:
    """The tables have no column for what was not measured."""
    found = cases(measured({who: 1.0 for who in Contender if who is not Contender.FLOOR}))
    assert found[0].floor_ratio is None
    assert means(found)[0].floor_ratio is None
    for head, rows in (throughput_table(found), cpu_table(found)):
        assert not any("floor" in name for name in head)
        assert {len(row) for row in rows} == {len(head)}


def test_a_case_that_not_every_server_finished_is_left_out() -> None:
    """What was broken off is no result."""
    whole = measured(RATES)
    part = measured({Contender.OURS: 1.0}, callers=16)
    assert [case.callers for case in cases([*whole, *part])] == [1]


def test_means_are_told_by_callers_and_over_all() -> None:
    """A mean over all is there where there is more than one number of callers."""
    one, two = measured(RATES), measured({**RATES, Contender.OURS: 1200.0}, callers=16)
    assert [each.callers for each in means(cases(one))] == [1]
    found = means(cases([*one, *two]))
    assert [each.callers for each in found] == [1, 16, None]
    assert [each.throughput_ratio for each in found] == pytest.approx([2.0, 8.0, 4.0])
    assert [each.floor_ratio for each in found] == pytest.approx([0.75, 3.0, 1.5])
    _, rows = means_table(found)
    assert [row[0] for row in rows] == ["1", "16", "all"]


def test_every_row_is_as_wide_as_its_head() -> None:
    """Tables line up."""
    found = cases(measured(RATES))
    for head, rows in (throughput_table(found), cpu_table(found), means_table(means(found))):
        assert {len(row) for row in rows} == {len(head)}


def test_a_server_that_answered_nothing_breaks_no_table() -> None:
    """A ratio over nothing is 0, and so is its mean."""
    found = cases(measured(dict.fromkeys(Contender, 0.0)))
    assert found[0].throughput_ratio == 0.0
    assert means(found)[0].throughput_ratio == 0.0


def test_a_case_goes_to_machines_with_every_servers_medians() -> None:
    """A case can be written as JSON, and is told by the servers' names."""
    [case] = cases(measured(RATES))
    told = orjson.loads(orjson.dumps(plain_case(case)))
    assert told["throughput_ratio"] == 2.0
    assert {who: each["per_second"] for who, each in told["medians"].items()} == RATES


@given(RATIOS)
def test_a_geometric_mean_lies_among_its_ratios_and_turns_over_with_them(
    ratios: list[float],
) -> None:
    """Twice as fast here and half as fast there is as fast: that is why it is this mean."""
    found = geometric_mean(ratios)
    assert min(ratios) <= found * (1 + 1e-9)
    assert found <= max(ratios) * (1 + 1e-9)
    assert math.isclose(geometric_mean(1 / each for each in ratios), 1 / found)


def test_a_mean_of_nothing_is_0() -> None:
    """And one of something that is 0."""
    assert geometric_mean([]) == 0.0
    assert geometric_mean([2.0, 0.0]) == 0.0


def test_without_node_one_sentence_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is named, with the exit code of what is not available."""
    monkeypatch.setenv("PATH", "")
    told = CliRunner().invoke(app, ["peers"])
    assert told.exit_code == 3
    assert told.stderr == "Node.js of version 20 or newer is needed: install node.\n"
    assert told.stdout == ""


def test_the_embedded_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The peers generate Cypher for Neo4j; a request for another engine is a wrong call."""
    monkeypatch.setenv("PATH", "")
    told = CliRunner().invoke(app, ["peers", "--engine", "embedded"])
    assert told.exit_code == 2
    assert told.stderr.count("\n") == 1
