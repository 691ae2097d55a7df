"""The feed: every change in the order of commits, from any place, to whoever may be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from graph.changes import CHANGES_BY_THING, changes_between
from graph.listings import ListArguments
from graph.paging import list_rows
from resolvers.permission import Role, Viewer
from schema.ids import global_id
from schema.registry import restricted
from tests.reads.asking import Asker

if TYPE_CHECKING:
    from tests.integration.feed.making import Maker
    from tests.reads.asking import CountedGraph

FEED: Final = """
query Feed($first: Int, $after: String, $types: [String!]) {
  changes(first: $first, after: $after, types: $types) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage endCursor }
    nodes { sequence cursor action type version actorId reason source traceId erased
            before { name value } after { name value } thing { id } }
  }
}
"""
SERVICE: Final = Viewer(subject="s", roles=frozenset({Role.SERVICE}))


async def test_a_change_tells_what_was_done(graph: CountedGraph, maker: Maker) -> None:
    """Who, why, and what of it differs; by its plan and by resolvers alike, of two reads and the things'."""
    ref = await maker.make("Artist")
    await maker.edit(ref, name="Simone")
    asker = Asker(graph).seen_by(SERVICE)
    answer = await asker(FEED)
    assert answer.body == (await asker.through_loaders(FEED)).body
    assert answer.reads == ["artists by id", "changes", "changes", "newest change"]
    made, edited = answer.data["changes"]["nodes"]
    assert made["before"] == []
    assert {"name": "name", "value": '"Nina"'} in made["after"]
    assert edited == {
        "sequence": 2,
        "cursor": answer.data["changes"]["pageInfo"]["endCursor"],
        "action": "EDITED",
        "type": "Artist",
        "version": 2,
        "actorId": "somebody",
        "reason": "Because.",
        "source": "API",
        "traceId": "0" * 32,
        "erased": False,
        "before": [{"name": "name", "value": '"Nina"'}],
        "after": [{"name": "name", "value": '"Simone"'}],
        "thing": {"id": global_id("Artist", ref.id)},
    }


async def test_pages_are_every_change_once(graph: CountedGraph, maker: Maker) -> None:
    """From the beginning, page by page, and on from the last cursor once there is more."""
    asker = Asker(graph).seen_by(SERVICE)
    for _ in range(5):
        await maker.make("Work")
    found: list[int] = []
    page = await _page(asker, first=2)
    while page["nodes"]:
        found += [each["sequence"] for each in page["nodes"]]
        page = await _page(asker, first=2, after=page["nodes"][-1]["cursor"])
    assert found == [1, 2, 3, 4, 5]
    last = (await _page(asker))["pageInfo"]["endCursor"]
    assert not (await _page(asker, after=last))["nodes"]
    await maker.make("Artist")
    [newest] = (await _page(asker, after=last))["nodes"]
    assert newest["sequence"] == 6


async def test_only_of_the_types_asked_for(graph: CountedGraph, maker: Maker) -> None:
    """Others are neither told nor counted; a name that no type has is refused."""
    for label in ("Artist", "Work", "Artist", "Party"):
        await maker.make(label)
    asker = Asker(graph).seen_by(SERVICE)
    page = await _page(asker, types=["Work", "Party"])
    assert [each["type"] for each in page["nodes"]] == ["Work", "Party"]
    assert page["totalCount"] == 2
    assert (await _page(asker, types=[]))["totalCount"] == 0
    refused = await asker(FEED, types=["Wrok"])
    assert refused.refusal["code"] == "BAD_USER_INPUT"


async def test_what_a_caller_may_not_see_is_not_hinted_at(
    graph: CountedGraph, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a type that is for others: no change, no count, no next page; from the end, too."""
    from schema import access, registry  # noqa: PLC0415 - what is changed for this test.

    for label in ("Artist", "Party", "Party"):
        await maker.make(label)
    monkeypatch.setattr(registry, "_NEEDS", dict(registry._NEEDS))  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    access._told_types.cache_clear()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    restricted("Party", frozenset({Role.FINANCE}))
    try:
        page = await _page(Asker(graph).seen_by(SERVICE), first=1)
        every = await _page(Asker(graph), first=1)
    finally:
        access._told_types.cache_clear()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    assert [each["type"] for each in page["nodes"]] == ["Artist"]
    assert page["totalCount"] == 1
    assert not page["pageInfo"]["hasNextPage"]
    assert every["totalCount"] == 3


@pytest.mark.parametrize("role", [None, *Role])
async def test_the_feed_is_for_services_and_auditors(
    graph: CountedGraph, maker: Maker, role: Role | None
) -> None:
    """Whoever else asks is refused, and nothing is read."""
    await maker.make("Artist")
    viewer = Viewer(subject="x", roles=frozenset({role})) if role else Viewer()
    answer = await Asker(graph).seen_by(viewer)(FEED)
    if role in {Role.SERVICE, Role.AUDITOR, Role.ADMIN}:
        assert answer.data["changes"]["totalCount"] == 1
    else:
        assert answer.refusal["code"] == ("FORBIDDEN" if role else "UNAUTHENTICATED")
        assert answer.reads == []


async def test_the_history_of_a_thing(graph: CountedGraph, maker: Maker) -> None:
    """Its own changes and no other's, oldest or newest first."""
    ref, other = await maker.make("Artist"), await maker.make("Artist")
    await maker.edit(ref, name="b")
    await maker.edit(other, name="c")
    await maker.edit(ref, name="d")
    for descending in (False, True):
        asked = ListArguments(limit=2, order="SEQUENCE", descending=descending)
        found = await list_rows(graph, CHANGES_BY_THING["Artist"], [ref.id], asked)
        expected = [5, 3] if descending else [1, 3]
        assert [row.sequence for row in found[ref.id].rows] == expected
        assert found[ref.id].has_next


async def test_nothing_is_passed_by(graph: CountedGraph, maker: Maker) -> None:
    """Where a change is not seen yet, what came after it waits."""
    for _ in range(4):
        await maker.make("Artist")
    hide = "MATCH (change:Change {sequence: 3}) SET change.sequence = 30"
    await graph.write("hide", [(hide, {})])
    assert [row.sequence for row in await changes_between(graph, 0, 100)] == [1, 2]
    assert await changes_between(graph, 2, 100) == []
    show = "MATCH (change:Change {sequence: 30}) SET change.sequence = 3"
    await graph.write("show", [(show, {})])
    assert [row.sequence for row in await changes_between(graph, 2, 100)] == [3, 4]
    assert [row.sequence for row in await changes_between(graph, 0, 2)] == [1, 2]


async def _page(asker: Asker, **variables: Any) -> Any:
    return (await asker(FEED, **variables)).data["changes"]
