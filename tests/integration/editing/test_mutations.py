"""Things of the catalogue are made, edited, retired and restored through the API."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

import pytest

from graph.facts import (
    ArtistFact,
    Fact,
    LabelFact,
    PartyFact,
    RecordingFact,
    ReleaseFact,
    WorkFact,
    begin_source,
    write_facts,
)
from graph.facts.editors import SAID
from graph.facts.entities import search_text
from graph.facts.rows import camel
from graph.journal import verify
from resolvers.permission import Role, Viewer
from schema.ids import global_id
from standards.text import sort_key
from tests.integration.editing.asking import ERRORS, ask, change
from tests.reads.graphs import RECORDED, SOURCE

if TYPE_CHECKING:
    from tests.reads.asking import Asker

__all__ = ["ask"]

MADE: Final = {
    "Artist": (
        (
            'name: "Nina", type: PERSON, country: "us", gender: "female", beginDate: "1933-02-21", '
            'endDate: "2003", aliases: ["Eunice", " Eunice ", "N. S."], disambiguation: "the singer"'
        ),
        "name type country gender beginDate endDate aliases disambiguation",
        {
            "name": "Nina",
            "type": "PERSON",
            "country": "US",
            "gender": "female",
            "beginDate": "1933-02-21",
            "endDate": "2003",
            "aliases": ["Eunice", "N. S."],
            "disambiguation": "the singer",
        },
    ),
    "Recording": (
        'title: "Sinnerman", artistCredit: "Nina", lengthMs: 622000, date: "1965-10", video: false',
        "title artistCredit lengthMs date year video",
        {
            "title": "Sinnerman",
            "artistCredit": "Nina",
            "lengthMs": 622000,
            "date": "1965-10",
            "year": 1965,
            "video": False,
        },
    ),
    "Work": (
        'title: "Four  Women", type: "SONG", language: "eng"',
        "title type language",
        {"title": "Four Women", "type": "SONG", "language": "eng"},
    ),
    "Release": (
        (
            'title: "Pastel Blues", type: ALBUM, status: OFFICIAL, country: "US", date: "1965-10", '
            'packaging: "JEWEL_CASE", format: "CD"'
        ),
        "title type status country date packaging format",
        {
            "title": "Pastel Blues",
            "type": "ALBUM",
            "status": "OFFICIAL",
            "country": "US",
            "date": "1965-10",
            "packaging": "JEWEL_CASE",
            "format": "CD",
        },
    ),
    "Label": (
        'name: "Philips", type: "ORIGINAL_PRODUCTION", country: "NL", beginDate: "1950"',
        "name type country beginDate",
        {"name": "Philips", "type": "ORIGINAL_PRODUCTION", "country": "NL", "beginDate": "1950"},
    ),
    "Party": (
        'name: "Estate", kind: ORGANISATION, country: "FR"',
        "name kind country",
        {"name": "Estate", "kind": "ORGANISATION", "country": "FR"},
    ),
}


async def made(ask: Asker, name: str = "Nina") -> str:
    """Return the id of a new artist."""
    payload = await change(ask, "createArtist", f'name: "{name}"')
    assert payload["errors"] == []
    return payload["artist"]["id"]


@pytest.mark.parametrize("type_name", MADE)
async def test_what_is_given_is_what_stands(ask: Asker, type_name: str) -> None:
    """Every property of every kind, put in its normal form; then found by id, in lists, and by name."""
    given, fields, expected = MADE[type_name]
    field = type_name.lower()
    told = f"{field} {{ id version source {{ kind }} {fields} }}"
    payload = await change(ask, f"create{type_name}", given, told)
    assert payload["errors"] == []
    thing = payload[field]
    assert {name: thing[name] for name in expected} == expected
    assert (thing["version"], thing["source"]) == (1, {"kind": "EDITORS"})
    plural = {"Party": "parties"}.get(type_name, f"{field}s")
    answer = await ask(f"{{ it: {plural} {{ totalCount nodes {{ id }} }} }}")
    assert answer.data["it"] == {"totalCount": 1, "nodes": [{"id": thing["id"]}]}
    name = expected.get("name") or expected.get("title")
    found = await ask(f'{{ search(text: "{name}") {{ nodes {{ entity {{ id }} }} }} }}')
    assert [each["entity"]["id"] for each in found.data["search"]["nodes"]] == [thing["id"]]


async def test_an_edit_changes_what_it_is_given(ask: Asker) -> None:
    """What is left out stays, null takes away, and what follows from a name follows."""
    given, fields, expected = MADE["Artist"]
    told = f"artist {{ id version {fields} }}"
    key = (await change(ask, "createArtist", given, told))["artist"]["id"]
    payload = await change(
        ask, "editArtist", f'id: "{key}", name: "Élodie", country: null, aliases: []', told
    )
    assert payload == {
        "artist": {
            **expected,
            "id": key,
            "version": 2,
            "name": "Élodie",
            "country": None,
            "aliases": [],
        },
        "errors": [],
    }
    by_name = await ask('{ artists(filter: {nameStartsWith: "elo"}) { nodes { id } } }')
    assert by_name.data["artists"]["nodes"] == [{"id": key}]
    assert (await ask('{ search(text: "Nina") { nodes { score } } }')).data["search"]["nodes"] == []


WRONG: Final = [
    ("createArtist", 'name: "  "', "name"),
    ("createArtist", 'name: "x", country: "ZZ"', "country"),
    ("createArtist", 'name: "x", country: "2136"', "country"),
    ("createArtist", 'name: "x", beginDate: "1999-02-30"', "beginDate"),
    ("createArtist", 'name: "x", beginDate: "99"', "beginDate"),
    ("createArtist", 'name: "x\\u0007"', "name"),
    ("createArtist", f'name: "{"x" * 1001}"', "name"),
    (
        "createArtist",
        f'name: "x", aliases: [{", ".join(f"{chr(34)}{n}{chr(34)}" for n in range(101))}]',
        "aliases",
    ),
    ("createWork", 'title: "x", language: "english"', "language"),
    ("createWork", 'title: "x", type: "a song"', "type"),
    ("createRecording", 'title: "x", lengthMs: 0', "lengthMs"),
    ("createArtist", 'name: "x", idempotencyKey: " "', "idempotencyKey"),
    ("createArtist", f'name: "x", reason: "{"r" * 1001}"', "reason"),
]


@pytest.mark.parametrize(("name", "given", "at"), WRONG, ids=lambda each: str(each)[:40])
async def test_what_nothing_can_have_is_refused(ask: Asker, name: str, given: str, at: str) -> None:
    """With the place of the value, and nothing made."""
    [error] = (await change(ask, name, given, "__typename"))["errors"]
    assert (error["code"], error["path"]) == ("INVALID_VALUE", [at])
    assert (
        await ask.graph.read("things", "MATCH (n) WHERE n.version = 1 RETURN count(n) AS rows") == 0
    )


async def test_all_that_is_wrong_is_told_at_once(ask: Asker) -> None:
    """A form shows every field that has to be mended."""
    given = (
        'name: "", country: "Germany", beginDate: "2026-13", endDate: "soon", aliases: ["a", " "]'
    )
    payload = await change(ask, "createArtist", given)
    told = [(error["path"], error["message"].partition(": ")[2]) for error in payload["errors"]]
    assert sorted(told) == [
        (["aliases", "1"], "must not be empty"),
        (["beginDate"], "there is no such day or month"),
        (["country"], "give ISO 3166-1 alpha-2 of a country, such as DE"),
        (["endDate"], "give YYYY, YYYY-MM or YYYY-MM-DD"),
        (["name"], "must not be empty"),
    ]
    assert payload["artist"] is None


async def test_a_name_and_a_kind_cannot_be_taken_away(ask: Asker) -> None:
    """What every thing of a kind has stays."""
    key = await made(ask)
    [error] = (await change(ask, "editArtist", f'id: "{key}", name: null'))["errors"]
    assert (error["code"], error["path"]) == ("INVALID_VALUE", ["name"])


async def test_an_end_is_not_before_its_beginning(ask: Asker) -> None:
    """Of the two dates that then stand together, as far as both are known."""
    key = await made(ask)
    await change(ask, "editArtist", f'id: "{key}", beginDate: "1970-05-01"')
    [error] = (await change(ask, "editArtist", f'id: "{key}", endDate: "1970-04"'))["errors"]
    assert (error["code"], error["path"]) == ("INVALID_VALUE", ["endDate"])
    assert (await change(ask, "editArtist", f'id: "{key}", endDate: "1970"'))["errors"] == []


async def test_a_conflict_returns_the_current_state(ask: Asker) -> None:
    """Whoever looked at another version is told of the one there is, and changes nothing."""
    key = await made(ask)
    await change(ask, "editArtist", f'id: "{key}", name: "Second"')
    payload = await change(
        ask,
        "editArtist",
        f'id: "{key}", name: "Third", expectedVersion: 1',
        "artist { name version }",
    )
    assert payload["artist"] == {"name": "Second", "version": 2}
    [error] = payload["errors"]
    assert (error["code"], error["path"]) == ("VERSION_CONFLICT", ["expectedVersion"])


async def test_sixteen_editors_of_one_version_lose_nothing(ask: Asker) -> None:
    """One is taken; all others get the conflict, with the state that won."""
    key = await made(ask)
    payloads = await asyncio.gather(
        *(
            change(
                ask,
                "editArtist",
                f'id: "{key}", name: "Editor {number}", expectedVersion: 1',
                "artist { name version }",
            )
            for number in range(16)
        )
    )
    won = [number for number, each in enumerate(payloads) if not each["errors"]]
    assert len(won) == 1
    for each in payloads:
        assert each["artist"] == {"name": f"Editor {won[0]}", "version": 2}
        assert [error["code"] for error in each["errors"]] in ([], ["VERSION_CONFLICT"])


async def test_a_key_makes_one_thing(ask: Asker) -> None:
    """The same key and input: the same thing. Another input, or another caller: not."""
    given = 'name: "Once", idempotencyKey: "k"'
    first, second = [await change(ask, "createArtist", given) for _ in range(2)]
    assert first == second
    [error] = (await change(ask, "createArtist", 'name: "Twice", idempotencyKey: "k"'))["errors"]
    assert error["code"] == "IDEMPOTENCY_MISMATCH"
    [error] = (await change(ask, "createLabel", given, "label { id }"))["errors"]
    assert error["code"] == "IDEMPOTENCY_MISMATCH"
    other = ask.seen_by(Viewer(subject="o", roles=frozenset({Role.EDITOR}), user="another"))
    assert (await change(other, "createArtist", given))["artist"]["id"] != first["artist"]["id"]


async def test_what_is_not_there_is_told(ask: Asker) -> None:
    """An id of nothing is NOT_FOUND; of another type it is no input."""
    nothing = global_id("Artist", "nobody")
    [error] = (await change(ask, "editArtist", f'id: "{nothing}", name: "x"'))["errors"]
    assert (error["code"], error["path"]) == ("NOT_FOUND", ["id"])
    label = global_id("Label", "nobody")
    answer = await ask(
        f'mutation {{ editArtist(input: {{id: "{label}", name: "x"}}) {{ {ERRORS} }} }}'
    )
    assert answer.body["data"] == {"editArtist": None}
    assert answer.body["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "argument": "id"}


async def test_a_retired_thing_leaves_lists_and_search(ask: Asker) -> None:
    """By id it is found as ever, told as retired; it is not edited; restored, all is as before."""
    key, other = await made(ask), await made(ask, "Other")
    told = "entity { id version retiredAt }"
    payload = await change(ask, "retire", f'id: "{key}", reason: "a fake"', told)
    assert payload["errors"] == []
    assert payload["entity"]["retiredAt"] is not None
    listed = '{ artists { totalCount nodes { id } } search(text: "Nina") { nodes { score } } }'
    answer = (await ask(listed)).data
    assert answer["artists"] == {"totalCount": 1, "nodes": [{"id": other}]}
    assert answer["search"]["nodes"] == []
    count = (await ask('{ artists(filter: {nameStartsWith: "n"}) { totalCount } }')).data
    assert count["artists"]["totalCount"] == 0
    node = (await ask(f'{{ node(id: "{key}") {{ ... on Artist {{ name retiredAt }} }} }}')).data
    assert node["node"] == {"name": "Nina", "retiredAt": payload["entity"]["retiredAt"]}
    for name, given in (("editArtist", 'name: "x"'), ("retire", "")):
        [error] = (await change(ask, name, f'id: "{key}" {given}', "__typename"))["errors"]
        assert error["code"] == "RETIRED"
    payload = await change(ask, "restore", f'id: "{key}", expectedVersion: 2', told)
    assert payload == {"entity": {"id": key, "version": 3, "retiredAt": None}, "errors": []}
    assert (await ask(listed)).data["artists"]["totalCount"] == 2
    [error] = (await change(ask, "restore", f'id: "{key}"', "__typename"))["errors"]
    assert error["code"] == "RETIRED"
    assert (await verify(ask.graph)).flaw is None


async def load(ask: Asker, position: int, *facts: Fact) -> None:
    """Store what a source says."""
    await begin_source(ask.graph, SOURCE, RECORDED)
    await write_facts(
        ask.graph, facts, source_id=SOURCE.id, recorded_at=RECORDED, position=position
    )


async def test_what_was_edited_stands_against_loads(ask: Asker) -> None:
    """What an editor set or took away of a thing, and nothing else, is left alone by records and mentions."""
    first = ArtistFact(id="left", name="Loaded", type="GROUP", country="DE", disambiguation="Bonn")
    await load(ask, 1, first, replace(first, id="edited"))
    given = f'id: "{global_id("Artist", "edited")}", country: null, type: CHOIR, gender: null'
    await change(ask, "editArtist", given)
    again = ArtistFact(
        id="left", name="Again", type="PERSON", country="SE", gender="female", begin_date="1933"
    )
    mention = ArtistFact(id="edited", mention=True, name="Mentioned", country="FR", gender="male")
    await load(ask, 2, again, replace(again, id="edited"), mention)
    await load(ask, 3, mention)
    fields = "id name type country gender beginDate disambiguation version"
    nodes = (await ask(f"{{ artists {{ nodes {{ {fields} }} }} }}")).data["artists"]["nodes"]
    rest = {"name": "Again", "beginDate": "1933", "disambiguation": "Bonn"}
    assert {each.pop("id"): each for each in nodes} == {
        global_id("Artist", "edited"): {
            **rest,
            "type": "CHOIR",
            "country": None,
            "gender": None,
            "version": 1,
        },
        global_id("Artist", "left"): {
            **rest,
            "type": "PERSON",
            "country": "SE",
            "gender": "female",
            "version": 0,
        },
    }


NAMED: Final = [
    ('name: "Nina"', {"Nina", "Alias", "Alias again"}),
    ('aliases: ["Eunice"]', {"Again", "Eunice"}),
    ("aliases: null", {"Again"}),
    ('name: "Nina", aliases: ["Eunice"]', {"Nina", "Eunice"}),
    ('country: "SE"', {"Again", "Alias", "Alias again"}),
]


@pytest.mark.parametrize(("given", "names"), NAMED, ids=lambda each: str(each)[:30])
async def test_a_thing_is_found_by_the_names_it_has(
    ask: Asker, given: str, names: set[str]
) -> None:
    """By those that editors gave it and those of records, in one order and one search, and no others."""
    key = global_id("Artist", "it")
    await load(ask, 1, ArtistFact(id="it", name="Loaded", aliases=("Alias",)))
    await change(ask, "editArtist", f'id: "{key}", {given}')
    await load(ask, 2, ArtistFact(id="it", name="Again", aliases=("Alias", "Alias again")))
    text = "MATCH (n:Artist) RETURN [n.name, n.aliases, n.sortKey, n.searchText] AS rows"
    name, aliases, order, searched = await ask.graph.read("names", text)
    assert {name, *(aliases or ())} == names
    assert (order, searched) == (sort_key(name), search_text(name, aliases or ()))


async def test_what_was_taken_away_stays_so_through_all_else(ask: Asker) -> None:
    """Whether it was retired and restored, or merged and unmerged since: its sources fill the rest."""
    keys = [(await made(ask, name)) for name in ("Other", "Third")]
    loaded = ArtistFact(id="it", name="Loaded", country="DE")
    await load(ask, 1, loaded)
    key = global_id("Artist", "it")
    await change(ask, "editArtist", f'id: "{key}", country: null')
    for name in ("retire", "restore"):
        await change(ask, name, f'id: "{key}"', "__typename")
        await load(ask, 1, loaded)
    await change(ask, "merge", f'id: "{key}", into: "{keys[0]}"', "__typename")
    await load(ask, 1, loaded)
    await change(ask, "unmerge", f'id: "{key}"', "__typename")
    await change(ask, "merge", f'id: "{keys[1]}", into: "{key}"', "__typename")
    await load(ask, 1, ArtistFact(id="it", name="Loaded", country="DE", gender="female"))
    text = f'{{ node(id: "{key}") {{ ... on Artist {{ name country gender version }} }} }}'
    told = {"name": "Loaded", "country": None, "gender": "female", "version": 6}
    assert (await ask(text)).data["node"] == told


def test_every_property_of_facts_is_the_editors_to_keep() -> None:
    """What loads may say of a thing is just what they leave alone where an editor said it."""
    for kind in (ArtistFact, RecordingFact, WorkFact, ReleaseFact, LabelFact, PartyFact):
        stated = {camel(field.name) for field in fields(kind)} - {"id", "mention"}
        assert set(SAID[kind.label]) == stated


MUTATIONS: Final = {
    "createArtist": ('name: "x"', {Role.EDITOR}),
    "createParty": ('name: "x", kind: PERSON', {Role.EDITOR, Role.RIGHTS_ANALYST}),
    "retire": ('id: "%s"', {Role.EDITOR}),
    "restore": ('id: "%s"', {Role.EDITOR}),
    "merge": ('id: "%s", into: "%s"', {Role.EDITOR}),
    "unmerge": ('id: "%s"', {Role.EDITOR}),
    "addIdentifier": ('id: "%s", scheme: ISNI, value: "x"', {Role.EDITOR}),
    "removeIdentifier": ('id: "%s", scheme: ISNI, value: "x"', {Role.EDITOR}),
    "addCredit": ('id: "%s", artist: "%s", role: MAIN', {Role.EDITOR}),
    "removeCredit": ('id: "%s", artist: "%s", role: MAIN', {Role.EDITOR}),
    "addRelation": ('id: "%s", kind: MEMBER_OF, other: "%s"', {Role.EDITOR}),
    "removeRelation": ('id: "%s", kind: MEMBER_OF, other: "%s"', {Role.EDITOR}),
}


@pytest.mark.parametrize("name", MUTATIONS)
async def test_who_may_not_changes_nothing(ask: Asker, name: str) -> None:
    """A caller without one of the roles is refused at the field, before anything is looked at."""
    given, roles = MUTATIONS[name]
    artist = await made(ask)
    text = f"mutation {{ it: {name}(input: {{{given.replace('%s', artist)}}}) {{ __typename }} }}"
    records = (await verify(ask.graph)).records
    for role in {*Role} - {*roles, Role.ADMIN}:
        refused = await ask.seen_by(Viewer(subject="x", roles=frozenset({role}), user="x"))(text)
        [error] = refused.body["errors"]
        assert (error["path"], error["extensions"]) == (["it"], {"code": "FORBIDDEN"})
        assert refused.body["data"] == {"it": None}
    refused = await ask.seen_by(Viewer())(text)
    assert refused.body["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
    assert (await verify(ask.graph)).records == records


async def test_a_merged_thing_is_the_other_until_it_is_not(ask: Asker) -> None:
    """Its id leads there, edits of it are refused with the one that stays; unmerged it is itself again."""
    first, second = await made(ask, "First"), await made(ask, "Second")
    told = "entity { id version }"
    merged = f'id: "{first}", into: "{second}"'
    payload = await change(ask, "merge", f"{merged}, expectedVersion: 2", told)
    assert payload["entity"] == {"id": second, "version": 1}
    assert [error["code"] for error in payload["errors"]] == ["VERSION_CONFLICT"]
    payload = await change(ask, "merge", f"{merged}, expectedIntoVersion: 1", told)
    assert payload == {"entity": {"id": second, "version": 2}, "errors": []}
    text = f'{{ node(id: "{first}") {{ id ... on Artist {{ name }} }} artists {{ totalCount }} }}'
    assert (await ask(text)).data == {
        "node": {"id": second, "name": "Second"},
        "artists": {"totalCount": 1},
    }
    payload = await change(ask, "editArtist", f'id: "{first}", name: "x"')
    assert payload["artist"]["id"] == second
    assert [error["code"] for error in payload["errors"]] == ["MERGED"]
    payload = await change(ask, "unmerge", f'id: "{first}"', told)
    assert payload == {"entity": {"id": first, "version": 3}, "errors": []}
    assert (await ask(text)).data == {
        "node": {"id": first, "name": "First"},
        "artists": {"totalCount": 2},
    }
    [error] = (await change(ask, "unmerge", f'id: "{first}"', told))["errors"]
    assert error["code"] == "NOT_MERGED"
    assert (await verify(ask.graph)).flaw is None


async def test_each_change_of_an_operation_tells_the_thing_as_it_is_after_it(ask: Asker) -> None:
    """Also where one before it told the same thing, or just found that nothing may be changed."""
    artist = await made(ask, "First")
    told = f"artist {{ name country version history {{ totalCount }} }} {ERRORS}"

    def edit(alias: str, given: str) -> str:
        return f'{alias}: editArtist(input: {{id: "{artist}", {given}}}) {{ {told} }}'

    edits = [
        edit("one", 'country: "SE"'),
        edit("refused", 'name: "Other", expectedVersion: 1'),
        edit("two", 'name: "Second", expectedVersion: 2'),
        f'three: retire(input: {{id: "{artist}"}}) {{ entity {{ version retiredAt }} }}',
    ]
    data = (await ask(f"mutation {{ {' '.join(edits)} }}")).data
    first = {"name": "First", "country": "SE", "version": 2, "history": {"totalCount": 2}}
    second = {"name": "Second", "country": "SE", "version": 3, "history": {"totalCount": 3}}
    assert data["one"] == {"artist": first, "errors": []}
    assert data["refused"]["artist"] == first
    assert [error["code"] for error in data["refused"]["errors"]] == ["VERSION_CONFLICT"]
    assert data["two"] == {"artist": second, "errors": []}
    assert data["three"]["entity"]["version"] == 4
    assert data["three"]["entity"]["retiredAt"] is not None
