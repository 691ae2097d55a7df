"""What was changed is told in its order, and what a thing was at any moment is found again."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final

import orjson
import pytest

from graph.facts import ArtistFact, begin_source, write_facts
from graph.journal.records import GENESIS
from resolvers.permission import Role, Viewer
from schema.ids import global_id
from tests.integration.editing.asking import EDITOR, ask, change
from tests.reads.graphs import RECORDED, SOURCE

if TYPE_CHECKING:
    from tests.reads.asking import Asker

__all__ = ["ask"]

PAST: Final = "version retiredAt whole values { name value }"
VALUES: Final[dict[str, list[Any]]] = {
    "name": ["Nina", "Nina Simone", "N. S."],
    "country": ["US", "FR", None],
    "beginDate": ["1933", "1933-02-21", None],
    "aliases": [["Eunice"], ["Eunice", "Waymon"], []],
}


def literal(value: Any) -> str:
    """Return a value as GraphQL writes it."""
    return orjson.dumps(value).decode()


def plain(past: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a past state by name."""
    return {each["name"]: orjson.loads(each["value"]) for each in past["values"]}


async def state(ask: Asker, key: str, at: str) -> Any:
    """Return a thing as it was, answered alike by plan and on graphql-core."""
    text = f'{{ node(id: "{key}") {{ ... on Artist {{ asOf(at: "{at}") {{ {PAST} }} }} }} }}'
    planned, stock = await ask(text), await ask.through_loaders(text)
    assert planned.data == stock.data
    return planned.data["node"]["asOf"]


@pytest.mark.parametrize("seed", range(3))
async def test_every_past_state_is_found_again(ask: Asker, seed: int) -> None:
    """A thing is edited, retired and restored at random: each state is told for the time that it stood."""
    random = Random(seed)  # noqa: S311 - a test's choices.
    key = (await change(ask, "createArtist", 'name: "Nina"'))["artist"]["id"]
    now: dict[str, Any] = {"name": "Nina"}
    stood: list[tuple[dict[str, Any], int, bool]] = [({**now}, 1, False)]
    retired = False
    for _ in range(8):
        if random.random() < 0.25:
            retired = not retired
            name = "retire" if retired else "restore"
            await change(ask, name, f'id: "{key}"', "__typename")
            stood.append(({**now}, stood[-1][1] + 1, retired))
        elif not retired:
            name = random.choice(list(VALUES))
            value = random.choice(VALUES[name])
            await change(ask, "editArtist", f'id: "{key}", {name}: {literal(value)}')
            differs = (value or None) != now.get(name)
            now = {each: had for each, had in {**now, name: value or None}.items() if had}
            stood.append(({**now}, stood[-1][1] + differs, retired))
    text = f'{{ node(id: "{key}") {{ ... on Artist {{ history(first: 100) {{ nodes {{ at }} }} }} }} }}'
    instants = [each["at"] for each in (await ask(text)).data["node"]["history"]["nodes"]]
    assert len(instants) == len(stood)
    for at, (values, version, is_retired) in zip(instants, stood, strict=True):
        past = await state(ask, key, at)
        assert plain(past) == values
        assert (past["version"], past["retiredAt"] is not None) == (version, is_retired)
        assert past["whole"] is True
    assert await state(ask, key, "2001-01-01T00:00:00Z") is None


async def test_a_loaded_thing_goes_back_to_what_was_loaded(ask: Asker) -> None:
    """Before its first change it is what its source said, of version 0."""
    await begin_source(ask.graph, SOURCE, RECORDED)
    facts = [ArtistFact(id="loaded", name="Loaded", country="DE")]
    await write_facts(ask.graph, facts, source_id=SOURCE.id, recorded_at=RECORDED, position=1)
    key = global_id("Artist", "loaded")
    await change(ask, "editArtist", f'id: "{key}", name: "Edited", country: null')
    past = await state(ask, key, "2001-01-01T00:00:00Z")
    assert (past["version"], plain(past)) == (0, {"name": "Loaded", "country": "DE"})


async def test_what_was_erased_is_said(ask: Asker) -> None:
    """Details that are gone cannot be taken back: the state is told as not whole."""
    key = (await change(ask, "createArtist", 'name: "Nina"'))["artist"]["id"]
    text = f'{{ node(id: "{key}") {{ ... on Artist {{ history {{ nodes {{ at }} }} }} }} }}'
    [made] = (await ask(text)).data["node"]["history"]["nodes"]
    await change(ask, "editArtist", f'id: "{key}", name: "Edited"')
    erase = "MATCH (change:Change {sequence: 2}) REMOVE change.details, change.salt"
    await ask.graph.write("erase", [(erase, {})])
    past = await state(ask, key, made["at"])
    assert (past["version"], past["whole"], plain(past)) == (1, False, {"name": "Edited"})


async def test_history_tells_who_when_and_why(ask: Asker) -> None:
    """In order, chained to a trace, with what differed; both ways of answering alike."""
    key = (await change(ask, "createArtist", 'name: "Nina", reason: "new"'))["artist"]["id"]
    await change(ask, "editArtist", f'id: "{key}", name: "Simone", country: "US"')
    fields = (
        "sequence action type version actorId source reason erased before { name value } "
        "after { name value } thing { id }"
    )
    text = f"{{ node(id: %s) {{ ... on Artist {{ history {{ nodes {{ {fields} }} }} }} }} }}"
    told = (await ask(text % literal(key))).data["node"]["history"]["nodes"]
    assert told == (await ask.through_loaders(text % literal(key))).data["node"]["history"]["nodes"]
    assert [(each["sequence"], each["action"], each["version"]) for each in told] == [
        (1, "CREATED", 1),
        (2, "EDITED", 2),
    ]
    assert {each["actorId"] for each in told} == {EDITOR.user}
    assert [each["reason"] for each in told] == ["new", None]
    assert told[1]["before"] == [
        {"name": "country", "value": "null"},
        {"name": "name", "value": '"Nina"'},
    ]
    assert told[1]["after"] == [
        {"name": "country", "value": '"US"'},
        {"name": "name", "value": '"Simone"'},
    ]
    assert {each["thing"]["id"] for each in told} == {key}


async def test_history_is_for_some(ask: Asker) -> None:
    """Who has none of its roles learns nothing of it, not even whether there is any."""
    key = (await change(ask, "createArtist", 'name: "Nina"'))["artist"]["id"]
    at = "2001-01-01T00:00:00Z"
    text = (
        f'{{ node(id: "{key}") {{ ... on Artist {{ name history {{ totalCount }} '
        f'asOf(at: "{at}") {{ version }} }} }} }}'
    )
    viewer = Viewer(subject="r", roles=frozenset({Role.RIGHTSHOLDER}), user="r")
    answer = (await ask.seen_by(viewer)(text)).body
    assert answer["data"]["node"] == {"name": "Nina", "history": None, "asOf": None}
    assert {each["extensions"]["code"] for each in answer["errors"]} == {"FORBIDDEN"}


@pytest.mark.parametrize(
    ("at", "code"),
    [("2999-01-01T00:00:00Z", "BAD_USER_INPUT"), ("2001-01-01T00:00:00", "BAD_USER_INPUT")],
)
async def test_a_moment_is_past_and_whole(ask: Asker, at: str, code: str) -> None:
    """Nobody knows the future, and a moment without its offset is none."""
    key = (await change(ask, "createArtist", 'name: "Nina"'))["artist"]["id"]
    text = f'{{ node(id: "{key}") {{ ... on Artist {{ asOf(at: "{at}") {{ version }} }} }} }}'
    for answer in (await ask(text), await ask.through_loaders(text)):
        [error] = answer.body["errors"]
        assert error["extensions"]["code"] == code


def test_the_first_record_follows_nothing() -> None:
    """Its predecessor's hash is no hash of anything."""
    assert set(GENESIS) == {"0"}
