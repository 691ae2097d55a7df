"""Messages loaded, updated, taken down and asked about, on both engines and both ways of execution."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import permutations
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio

from graph.client import connect
from graph.engines import Endpoint
from graph.facts import source_state
from graph.migrations import migrate
from ingest import storing
from ingest.load import SourceFormat, load
from ingest.reports import Outcome, Rule
from tests.ddex.messages import FOLDER, GRID, ICPN, ISRC, OTHER_ISRC, Album, Deal, purge
from tests.engines.wiping import wipe
from tests.integration.ingest.whole_graph import contents, counts
from tests.reads.asking import Asker, CountedGraph

AUDIUS: Final = tuple(sorted(FOLDER.glob("audius_*.xml")))
AVAILABLE: Final = """query ($territory: String!, $use: DealUse!, $model: CommercialModel!, $at: Date!) {
  recordings { nodes { title ...asked } } releases { nodes { title ...asked } } }
fragment asked on Offerable {
  available(territory: $territory, use: $use, model: $model, at: $at) {
    available reason deals { message sender { name } } } }"""
DEALS: Final = """{ releases { nodes { title deals { nodes {
  kind status message recordedAt recordedTo uses models validFrom validTo
  territory { description } sender { name } release { title } source { kind } } } } } }"""


@pytest_asyncio.fixture
async def asker(scratch: Endpoint) -> AsyncIterator[Asker]:
    """Yield what asks a graph with its constraints and nothing else."""
    async with connect(scratch, make=CountedGraph) as graph:
        await migrate(graph)
        yield Asker(graph)
        await wipe(graph)


async def told(
    asker: Asker,
    at: str,
    territory: str = "DE",
    use: str = "ON_DEMAND_STREAM",
    model: str = "SUBSCRIPTION",
) -> dict[str, Any]:
    """Return reason and messages for each thing by its title, alike on both ways."""
    variables = {"territory": territory, "use": use, "model": model, "at": at}
    planned = (await asker(AVAILABLE, **variables)).data
    assert (await asker.through_loaders(AVAILABLE, **variables)).data == planned
    found: dict[str, Any] = {}
    for node in (*planned["recordings"]["nodes"], *planned["releases"]["nodes"]):
        answer = node["available"]
        assert answer["available"] == (answer["reason"] == "OFFERED")
        messages = {deal["message"] for deal in answer["deals"]}
        found[node["title"]] = (answer["reason"], *sorted(messages))
    return found


async def stored(asker: Asker, *paths: Path) -> None:
    """Load messages in their order; none is refused."""
    report = await load(asker.graph, SourceFormat.ERN, paths)
    assert report.refused == []


async def test_a_delivery_an_update_and_a_purge_of_others(asker: Asker) -> None:
    """The real messages: offered until the day it was purged; every message's deals are kept."""
    await stored(asker, *AUDIUS)
    free = {"use": "PERMANENT_DOWNLOAD", "model": "FREE_OF_CHARGE"}
    first, last = ("OFFERED", "MessageID5678"), "MessageID5680"
    assert await told(asker, "2024-03-31", **free) == {
        "Updated Example Song": (*first,),
        "Example Album": (*first,),
    }
    assert await told(asker, "2024-04-02", **free) == {
        "Updated Example Song": ("WITHDRAWN", "MessageID5678"),
        "Example Album": ("TAKEN_DOWN", last),
    }
    [release] = (await asker(DEALS)).data["releases"]["nodes"]
    assert [
        (deal["kind"], deal["status"], deal["recordedAt"], deal["recordedTo"])
        for deal in sorted(release["deals"]["nodes"], key=lambda deal: deal["recordedAt"])
    ] == [
        *[("DEAL", "SUPERSEDED", "2024-04-01T05:00:00+00:00", "2024-04-01T06:00:00+00:00")],
        *[("DEAL", "SUPERSEDED", "2024-04-01T06:00:00+00:00", "2024-04-02T07:00:00+00:00")],
        *[("TAKE_DOWN", "ASSERTED", "2024-04-02T07:00:00+00:00", None)],
    ]
    assert {deal["sender"]["name"] for deal in release["deals"]["nodes"]} == {"Label Name"}
    assert {deal["source"]["kind"] for deal in release["deals"]["nodes"]} == {"DDEX"}


@pytest.mark.timeout(300)
async def test_the_order_of_loading_changes_no_answer(asker: Asker, tmp_path: Path) -> None:
    """Narrowed, purged under another of its numbers, delivered again: each day has its own answer."""
    grid = f"<GRid>{GRID}</GRid>"
    messages = (
        Album(number="M1", created="2024-03-01T10:00:00Z", ids=grid).write(tmp_path),
        Album(
            version="382",
            number="M2",
            created="2024-05-01T10:00:00Z",
            deals=(Deal(territories=("FR",)),),
        ).write(tmp_path),
        purge(tmp_path, grid, number="M3", created="2024-07-01T10:00:00Z"),
        Album(number="M4", created="2024-09-01T10:00:00Z").write(tmp_path),
    )
    days = ("2023-12-31", "2024-01-01", "2024-04-30", "2024-05-01", "2024-07-01", "2024-09-01")
    answers: list[Any] = []
    for order in permutations(messages):
        if order[0] is messages[3] and order != (*reversed(messages),):
            continue
        await stored(asker, *order)
        answers.append([await told(asker, day, place) for day in days for place in ("DE", "FR")])
        await wipe(asker.graph)
    assert all(each == answers[0] for each in answers)
    albums = [each["An Album"] for each in answers[0]]
    germany, france = albums[::2], albums[1::2]
    assert [reason for reason, *_ in germany] == [
        *["NO_DEAL", "OFFERED", "OFFERED", "OFFERED", "TAKEN_DOWN", "OFFERED"],
    ]
    assert germany[2] == ("OFFERED", "M1", "M4")
    assert germany[3] == ("OFFERED", "M4")
    assert germany[4] == ("TAKEN_DOWN", "M3")
    assert france[3] == ("OFFERED", "M2", "M4")
    assert {each["Track 1"][0] for each in answers[0]} == {"NO_DEAL", "OFFERED"}


async def test_a_track_that_an_update_leaves_out_is_no_longer_offered(
    asker: Asker, tmp_path: Path
) -> None:
    """The album goes on, without it; its own deals decide for a track that has some."""
    apart = Deal(on=("R1",), uses=("PermanentDownload",), models=("PayAsYouGoModel",))
    await stored(
        asker,
        Album(number="M1", created="2024-03-01T10:00:00Z", deals=(Deal(), apart)).write(tmp_path),
    )
    assert await told(asker, "2024-04-01") == {
        "An Album": ("OFFERED", "M1"),
        "Track 1": ("NO_DEAL",),
        "Track 2": ("OFFERED", "M1"),
    }
    bought = {"use": "PERMANENT_DOWNLOAD", "model": "PAY_AS_YOU_GO"}
    assert await told(asker, "2024-04-01", **bought) == {
        "An Album": ("NO_DEAL",),
        "Track 1": ("OFFERED", "M1"),
        "Track 2": ("NO_DEAL",),
    }
    await stored(
        asker,
        Album(number="M2", created="2024-06-01T10:00:00Z", tracks=(ISRC,)).write(tmp_path),
    )
    assert await told(asker, "2024-06-01") == {
        "An Album": ("OFFERED", "M2"),
        "Track 1": ("OFFERED", "M2"),
        "Track 2": ("WITHDRAWN", "M1"),
    }


async def test_a_take_down_in_one_territory_ends_nothing_elsewhere(
    asker: Asker, tmp_path: Path
) -> None:
    """In the same message as the deals for the world, and only from its start on."""
    down = Deal(territories=("DE",), take_down=True)
    path = Album(number="M1", created="2024-03-01T10:00:00Z", deals=(Deal(), down)).write(tmp_path)
    await stored(asker, path)
    reasons = [
        (await told(asker, day, place))["Track 2"][0]
        for place in ("DE", "FR")
        for day in ("2024-02-29", "2024-03-01")
    ]
    assert reasons == ["OFFERED", "TAKEN_DOWN", "OFFERED", "OFFERED"]


async def test_two_senders_offers_are_apart(asker: Asker, tmp_path: Path) -> None:
    """One sender's purge takes nothing of another's down: each named the release for itself."""
    ours = Album(number="M1", created="2024-03-01T10:00:00Z").write(tmp_path)
    theirs = tmp_path / "theirs.xml"
    other = Album(number="M1", created="2024-03-01T10:00:00Z", title="Theirs").xml()
    theirs.write_text(
        other.replace("PADPIDA2014120301L", "PADPIDA2007081601G").replace("A Sender", "Another"),
        encoding="utf-8",
    )
    ids = f"<ICPN>{ICPN}</ICPN>"
    gone = purge(tmp_path, ids, number="M2", created="2024-05-01T10:00:00Z")
    await stored(asker, ours, theirs, gone)
    found = await told(asker, "2024-05-01")
    assert (found["An Album"][0], found["Theirs"][0]) == ("TAKEN_DOWN", "OFFERED")
    query = """{ releases(filter: {identifier: {scheme: ICPN, value: "%s"}}) { totalCount } }"""
    assert (await asker(query % ICPN)).data == {"releases": {"totalCount": 2}}


@pytest.mark.timeout(300)
async def test_loading_again_or_going_on_gives_the_same_graph(
    asker: Asker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Skipped when whole, unchanged when forced, and the same after being cut off anywhere."""
    paths = (*AUDIUS, Album(version="382").write(tmp_path))
    await wipe(asker.graph)
    await stored(asker, *paths)
    whole = await contents(asker.graph, times=True)
    again = await load(asker.graph, SourceFormat.ERN, paths)
    assert {file.outcome for file in again.files} == {Outcome.SKIPPED}
    forced = await load(asker.graph, SourceFormat.ERN, paths, force=True)
    assert {file.outcome for file in forced.files} == {Outcome.LOADED}
    assert await contents(asker.graph, times=True) == whole
    untimed = await contents(asker.graph, times=False)
    kinds = await counts(asker.graph)
    await wipe(asker.graph)
    monkeypatch.setattr(storing, "BATCH_FACTS", 1)
    await stored(asker, *paths)
    assert await counts(asker.graph) == kinds
    assert await contents(asker.graph, times=False) == untimed


async def test_what_is_refused_is_told_and_stores_nothing(asker: Asker, tmp_path: Path) -> None:
    """A message that breaks off leaves no trace but its source, which is never taken for whole."""
    path = tmp_path / "cut.xml"
    path.write_text(Album().xml().partition("<DealList>")[0], encoding="utf-8")
    await wipe(asker.graph)
    report = await load(asker.graph, SourceFormat.ERN, [path, FOLDER / "README.md"])
    assert [(file.outcome, dict(file.refused_by_rule)) for file in report.files] == [
        (Outcome.REFUSED, {Rule.XML_UNTERMINATED: 1}),
        (Outcome.REFUSED, {Rule.XML_SYNTAX: 1}),
    ]
    assert (report.refused[0].file, report.refused[0].line) == (str(path), 51)
    assert await counts(asker.graph) == {"Source": 2}
    assert report.files[0].source_id
    state = await source_state(asker.graph, report.files[0].source_id)
    assert state
    assert not state.complete


async def test_availability_is_asked_rightly(asker: Asker, tmp_path: Path) -> None:
    """A group is no country, and OTHER no use: both would be many answers in one."""
    await stored(asker, Album().write(tmp_path))
    for wrong in ({"territory": "2120"}, {"use": "OTHER"}, {"model": "OTHER"}):
        variables = {
            "territory": "DE",
            "use": "STREAM",
            "model": "SUBSCRIPTION",
            "at": "2024-05-01",
            **wrong,
        }
        answer = await asker(AVAILABLE, **variables)
        assert {error["extensions"]["argument"] for error in answer.body["errors"]} == set(wrong)
    assert OTHER_ISRC != ISRC
