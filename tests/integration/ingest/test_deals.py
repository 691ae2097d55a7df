"""What a later message says supersedes what an earlier one said, and deletes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Final

from graph.facts import (
    CoversFact,
    DealFact,
    PartyFact,
    RecordingFact,
    RedirectFact,
    ReleaseFact,
    SourceFact,
    begin_source,
    write_facts,
)
from tests.engines.wiping import wipe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.client import Graph
    from graph.facts import Fact

NOW: Final = datetime(2026, 1, 2, tzinfo=UTC)
SOURCE: Final = SourceFact(name="test", kind="DDEX", licence="CC0-1.0", uri="test:", digest="1")
FIRST: Final = datetime(2024, 1, 1, 12, 30, tzinfo=UTC)
STANDING: Final = """
MATCH (deal:Deal)
RETURN collect([deal.id, deal.status, toString(deal.recordedTo), deal.kind]) AS rows
"""


def message(
    number: int, *, release: str = "e", sender: str = "s", deals: int = 1
) -> Sequence[Fact]:
    """Return what one message says of one release, a day after the message before."""
    things: list[Fact] = [
        ReleaseFact(id=release, title="E"),
        RecordingFact(id="r", title="R"),
        PartyFact(id=sender, name="S", kind="ORGANISATION"),
    ]
    for at in range(deals):
        id_ = f"{sender}{release}{number}{at}"
        things += [
            DealFact(
                id=id_,
                release_id=release,
                sender_id=sender,
                kind="DEAL" if number < 2 else "TAKE_DOWN",
                territories=("2136",),
                uses=("STREAM",),
                recorded_at=FIRST + timedelta(days=number),
            ),
            CoversFact(deal=id_, thing="Release", thing_id=release),
            CoversFact(deal=id_, thing="Recording", thing_id="r"),
        ]
    return things


async def stored(graph: Graph, batches: Sequence[Sequence[Fact]]) -> list[list[str | None]]:
    """Return what stands of all deals once the batches are stored in their order."""
    await wipe(graph)
    await begin_source(graph, SOURCE, NOW)
    for at, facts in enumerate(batches):
        await write_facts(graph, facts, source_id=SOURCE.id, recorded_at=NOW, position=at)
    rows = await graph.read("standing", STANDING)
    return sorted([id_, status, to and to[:19], kind] for id_, status, to, kind in rows)


async def test_the_next_message_supersedes_in_whatever_order_they_are_loaded(empty: Graph) -> None:
    """Each deal is replaced by the first later message of its sender on its release, no other."""
    messages = [
        message(0, deals=2),
        message(1, deals=2),
        message(2),
        message(1, release="other"),
        message(1, sender="t"),
    ]
    expected = [
        ["se00", "SUPERSEDED", "2024-01-02T12:30:00", "DEAL"],
        ["se01", "SUPERSEDED", "2024-01-02T12:30:00", "DEAL"],
        ["se10", "SUPERSEDED", "2024-01-03T12:30:00", "DEAL"],
        ["se11", "SUPERSEDED", "2024-01-03T12:30:00", "DEAL"],
        ["se20", "ASSERTED", None, "TAKE_DOWN"],
        ["sother10", "ASSERTED", None, "DEAL"],
        ["te10", "ASSERTED", None, "DEAL"],
    ]
    for order in permutations(messages[:3]):
        found = await stored(empty, [*order, *messages[3:]])
        assert [[id_, status, _normal(to), kind] for id_, status, to, kind in found] == expected
    everything = [[fact for each in messages for fact in each]]
    found = await stored(empty, [*everything, *everything])
    assert [[id_, status, _normal(to), kind] for id_, status, to, kind in found] == expected


async def test_a_merged_release_is_superseded_under_either_id(empty: Graph) -> None:
    """What was said under the merged id is replaced by what is said of the survivor."""
    merge = RedirectFact(id="e", to="f", label="Release", reason="TEST")
    for batches in (
        [message(0), [merge, *message(1, release="f")]],
        [message(0), message(1, release="f"), [merge, *message(2, release="f")]],
    ):
        found = await stored(empty, batches)
        states = {id_: status for id_, status, _, _ in found}
        last = f"sf{len(batches) - 1}0"
        assert states == {**dict.fromkeys(states, "SUPERSEDED"), last: "ASSERTED"}


def _normal(text: str | None) -> str | None:
    """Return an engine's text of an instant with its seconds, which one leaves out where they are 0."""
    return text and datetime.fromisoformat(text.rstrip("Z")).isoformat()
