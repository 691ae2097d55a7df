"""Any sequence of merges and unmerges leaves the graph that follows from what was stated."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import CommandRefused
from graph.facts import merge_redirect
from graph.journal import Attribution, Journal, Ref, verify
from graph.merging import Merge, Unmerge
from graph.merging.statements import MAKE
from tests.engines.wiping import wipe
from tests.integration.merging.oracle import Oracle, Step, graphs, steps, undone

if TYPE_CHECKING:
    from graph.client import Graph, Statement

NOW: Final = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
EDITOR: Final = Attribution(actor="e", reason="they are one")
EXAMPLES: Final = int(os.environ.get("EXAMPLES", "15"))

NODES: Final = """
MATCH (node) WHERE NOT (node:Redirect OR node:Change OR node:Journal OR node:Schema)
RETURN collect([labels(node), node.version, properties(node), toString(node.recordedAt)]) AS rows
"""
RELATIONSHIPS: Final = """
MATCH (start)-[found]->(end) WHERE NOT start:Redirect
RETURN collect([type(found), start.id, end.id, properties(found), toString(found.recordedAt)])
  AS rows
"""
ASIDE: Final = "MATCH (:Redirect)-[had:HAD]->() RETURN count(had) AS rows"
REDIRECTS: Final = "MATCH (redirect:Redirect) RETURN collect(properties(redirect)) AS rows"


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
async def test_every_sequence_can_be_undone(empty: Graph, data: st.DataObject) -> None:
    """After each step things and relationships are as they follow; in the end as they were."""
    oracle = data.draw(graphs())
    taken = data.draw(steps(oracle))
    order = data.draw(st.permutations(sorted(oracle.things)))
    await follows(empty, oracle, taken, order)


async def follows(graph: Graph, oracle: Oracle, taken: list[Step], order: list[str]) -> None:
    """Assert that a graph does what the oracle says."""
    await wipe(graph)
    await graph.write("state", list(_stated(oracle)))
    first = await graph.read("nodes", NODES), await graph.read("all", RELATIONSHIPS)
    journal = Journal(graph)
    for step in taken:
        await _take(graph, journal, oracle, step)
        await _agrees(graph, oracle)
    for step in undone(oracle, order):
        await _take(graph, journal, oracle, step)
        await _agrees(graph, oracle)
    last = await graph.read("nodes", NODES), await graph.read("all", RELATIONSHIPS)
    assert _sorted(last[0], without=1) == _sorted(first[0], without=1)
    assert _sorted(last[1]) == _sorted(first[1])
    assert await graph.read("aside", ASIDE) == 0
    verified = await verify(graph)
    assert verified.flaw is None
    assert verified.records == sum(oracle.versions.values())
    await journal.close()


def _stated(oracle: Oracle) -> list[Statement]:
    found: list[Statement] = []
    for id_, label in oracle.things.items():
        text: Any = f"CREATE (node:{label}) SET node = $properties"
        properties = {"id": id_, "name": f"name of {id_}", "recordedAt": NOW, "sourceId": "s"}
        found.append((text, {"properties": {**properties, "aliases": ["a", id_]}}))
    for each in oracle.stated:
        relation = each.relation
        row = {
            "start": each.start,
            "end": each.end,
            "properties": {**each.properties, "recordedAt": NOW},
        }
        found.append((MAKE[relation.start, relation.type, relation.end], {"rows": [row]}))
    return found


async def _take(graph: Graph, journal: Journal, oracle: Oracle, step: Step) -> None:
    thing = Ref(oracle.things[step.thing], step.thing)
    if step.kind == "LOAD":
        oracle.take(step)
        await merge_redirect(
            graph, thing.label, step.thing, step.into, reason="T", source_id="t", recorded_at=NOW
        )
        return
    if step.kind == "UNMERGE":
        command = Unmerge(thing)
    else:
        command = Merge(thing, Ref(oracle.things[step.into], step.into))
    expected = oracle.take(step)
    if expected is not None:
        with pytest.raises(CommandRefused) as refused:
            await journal.run(command, EDITOR)
        assert refused.value.code == expected, step
        return
    done = await journal.run(command, EDITOR)
    assert done.version == oracle.versions[done.subject.id]


async def _agrees(graph: Graph, oracle: Oracle) -> None:
    nodes = await graph.read("nodes", NODES)
    assert {row[2]["id"]: row[1] or 0 for row in nodes} == {
        each: oracle.versions.get(each, 0) for each in oracle.things if each not in oracle.into
    }
    pairs = oracle.pairs()
    tags = {each.tag: each for each in oracle.stated}
    shown: Counter[tuple[Any, ...]] = Counter()
    for type_, start, end, properties, _ in await graph.read("all", RELATIONSHIPS):
        moved, _ = set(properties.pop("movedFrom", ())), properties.pop("recordedAt")
        found = tags[properties["sourceId"]]
        assert properties == found.properties
        origins = {end for end in (found.start, found.end) if end in oracle.into}
        assert origins <= moved <= oracle.moved(found)
        pair = (type_, start, end, found.key)
        shown[pair] += 1
        # What was stated between the two themselves comes before what was moved to them.
        own = [each for each in pairs[pair] if not oracle.moved(each)]
        assert found in (own or pairs[pair])
    assert shown == dict.fromkeys(pairs, 1)
    assert shown.total() + await graph.read("aside", ASIDE) == len(oracle.stated)
    for redirect in await graph.read("redirects", REDIRECTS):
        merged = redirect["id"]
        assert redirect.get("into") == oracle.into.get(merged)
        assert redirect.get("to") == (oracle.now(merged) if merged in oracle.into else None)
        assert set(redirect.get("partedFrom", ())) == oracle.parted.get(merged, set())


def _sorted(rows: list[list[Any]], *, without: int | None = None) -> list[str]:
    """Return rows as texts, versions and one column left out."""
    return sorted(
        repr([_told(value) for at, value in enumerate(row) if at != without]) for row in rows
    )


def _told(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    properties = cast("dict[str, Any]", value)
    return sorted((name, each) for name, each in properties.items() if name != "version")
