"""What hangs on things is added and taken away through the API: identifiers, credits, relations."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson
import pytest

from graph.facts import (
    ArtistFact,
    ArtistLinkFact,
    CreditFact,
    IssueFact,
    KnownAsFact,
    LabelFact,
    OperatesFact,
    ParentFact,
    PartyFact,
    RecordingFact,
    RecordingOfFact,
    ReleaseFact,
    SublabelFact,
    TrackFact,
    WorkFact,
    begin_source,
    write_facts,
)
from graph.facts.identifiers import identifier_fact
from graph.journal import verify
from resolvers import histories
from resolvers.linking import RELATIONS
from resolvers.permission import Role, Viewer
from schema.editing.relations import RelationKind
from schema.ids import global_id, parse_global_id
from standards.identifiers import Scheme
from tests.integration.editing.asking import ask, change
from tests.reads.graphs import RECORDED, SOURCE

if TYPE_CHECKING:
    from graph.facts import Fact
    from tests.reads.asking import Asker

__all__ = ["ask"]

TOLD: Final = "entity { id version }"
ISRC: Final = "USRC17607839"
THINGS: Final = (
    *(ArtistFact(id=each, name=each) for each in ("a", "b")),
    *(RecordingFact(id=each, title=each) for each in ("song", "other")),
    WorkFact(id="work", title="work"),
    ReleaseFact(id="album", title="album"),
    *(LabelFact(id=each, name=each) for each in ("label", "parent")),
    *(PartyFact(id=each, name=each, kind="PERSON") for each in ("p", "q")),
)
CREDITS: Final = "credits { nodes { artist { id } role position creditedAs source { kind } } }"


async def load(ask: Asker, *facts: Fact) -> None:
    """Store what a source says."""
    await begin_source(ask.graph, SOURCE, RECORDED)
    await write_facts(ask.graph, facts, source_id=SOURCE.id, recorded_at=RECORDED, position=1)


@pytest.fixture
async def things(ask: Asker) -> Asker:
    """Return an editor who asks of a graph of some things that nothing ties."""
    await load(ask, *THINGS)
    return ask


def one(label: str, key: str) -> str:
    """Return the global id of a thing, as a document has it."""
    return f'"{global_id(label, key)}"'


SONG: Final = one("Recording", "song")


async def code(ask: Asker, name: str, given: str) -> Any:
    """Return the code and path with which a change is refused, or None."""
    payload = await change(ask, name, given, TOLD)
    return next(((error["code"], error["path"]) for error in payload["errors"]), None)


async def of_song(ask: Asker, fields: str) -> Any:
    """Return fields of the recording, answered alike by plan and on graphql-core."""
    text = f"{{ node(id: {SONG}) {{ ... on Recording {{ {fields} }} }} }}"
    planned, stock = await ask(text), await ask.through_loaders(text)
    assert planned.body == stock.body
    return planned.data["node"]


class Key(NamedTuple):
    """What tells a credit on the recording from others."""

    artist: str
    role: str
    position: int

    @property
    def given(self) -> str:
        """The input of a change of it."""
        artist = one("Artist", self.artist)
        return f"id: {SONG}, artist: {artist}, role: {self.role}, position: {self.position}"

    def fact(self, printed: str) -> CreditFact:
        """Return what a source says of it."""
        return CreditFact(
            type="RECORDED",
            artist_id=self.artist,
            thing_id="song",
            role=self.role,
            position=self.position,
            credited_as=printed,
        )


KEYS: Final = [
    Key(artist, role, at) for artist in "ab" for role in ("MAIN", "OTHER") for at in (0, 1)
]


async def credited(ask: Asker) -> dict[Key, tuple[str | None, str]]:
    """Return the credits on the recording: as what they are printed, and the kind of their source."""
    names = {global_id("Artist", each): each for each in "ab"}
    nodes = (await of_song(ask, CREDITS))["credits"]["nodes"]
    return {
        Key(names[each["artist"]["id"]], each["role"], each["position"]): (
            each["creditedAs"],
            each["source"]["kind"],
        )
        for each in nodes
    }


@pytest.mark.parametrize("seed", range(3))
async def test_editors_have_the_last_word_on_credits(things: Asker, seed: int) -> None:
    """In any order of loads and changes: what was taken away stays so, what was added is the editors'."""
    random = Random(seed)  # noqa: S311 - a test's choices.
    stand: dict[Key, tuple[str | None, str]] = {}
    denied: set[Key] = set()
    versions: dict[str, int] = dict.fromkeys(("a", "b", "song"), 0)
    for number in range(24):
        key, printed = random.choice(KEYS), f"as {number}"
        kind = random.choice(("load", "add", "remove", "remove"))
        if kind == "load":
            loaded = random.sample(KEYS, 5)
            await load(things, *(each.fact(printed) for each in loaded))
            for each in loaded:
                if each not in denied and stand.get(each, ("", ""))[1] != "EDITORS":
                    stand[each] = printed, "GENERATED"
            continue
        if kind == "add":
            given = f'{key.given}, creditedAs: "{printed}"'
            refused = ("REFUSED", ["artist"]) if key in stand else None
            assert await code(things, "addCredit", given) == refused
            stand.setdefault(key, (printed, "EDITORS"))
            denied.discard(key)
        else:
            refused = None if key in stand else ("NOT_FOUND", ["artist"])
            assert await code(things, "removeCredit", key.given) == refused
            if stand.pop(key, None):
                denied.add(key)
        for each in (key.artist, "song"):
            versions[each] += not refused
        assert await credited(things) == stand
    text = "MATCH (n) WHERE n:Artist OR n:Recording RETURN collect([n.id, n.version]) AS rows"
    found = {key: version or 0 for key, version in await things.graph.read("versions", text)}
    assert found == {**versions, "other": 0}
    verified = await verify(things.graph)
    assert (verified.records, verified.flaw) == (sum(versions.values()), None)


@pytest.mark.parametrize("seed", range(2))
async def test_the_past_is_what_is_told_of_since(things: Asker, seed: int) -> None:
    """What stands now, without what was added since and with what was taken away, is what stood."""
    random = Random(seed)  # noqa: S311 - a test's choices.
    await load(things, *(key.fact("as loaded") for key in KEYS[::2]))
    stood = [set(await credited(things))]
    for _ in range(10):
        key = random.choice(KEYS)
        name = "removeCredit" if key in stood[-1] else "addCredit"
        assert await code(things, name, key.given) is None
        stood.append(stood[-1] ^ {key})
    nodes = (await of_song(things, "history(first: 50) { nodes { at action } }"))["history"][
        "nodes"
    ]
    instants = ["2001-01-01T00:00:00Z", *(each["at"] for each in nodes)]
    now = set(await credited(things))
    for at, expected in zip(instants, stood, strict=True):
        told = f'asOf(at: "{at}") {{ values {{ name }} %s {{ name value }} %s {{ name value }} }}'
        past = (await of_song(things, told % ("addedSince", "removedSince")))["asOf"]
        assert [each["name"] for each in past["values"]] == ["title"]
        added, removed = (
            {key_of(each) for each in past[name]} for name in ("addedSince", "removedSince")
        )
        assert (now - added) | removed == expected


async def test_a_past_state_is_bounded(things: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more that came since than is told the rest is left out, and the state is told as not whole."""
    for key in KEYS[:3]:
        assert await code(things, "addCredit", key.given) is None
    text = 'asOf(at: "2001-01-01T00:00:00Z") { whole addedSince { name } removedSince { name } }'
    for most, told in ((3, 3), (2, 2)):
        monkeypatch.setattr(histories, "MOST_BESIDE", most)
        past = (await of_song(things, text))["asOf"]
        assert (past["whole"], len(past["addedSince"])) == (most == len(KEYS[:3]), told)
        assert past["removedSince"] == []


def key_of(told: dict[str, str]) -> Key:
    """Return the credit that a record tells of."""
    assert told["name"] == "credits"
    value = orjson.loads(told["value"])
    assert (value["type"], value["end"]) == ("RECORDED", global_id("Recording", "song"))
    label, start = parse_global_id(value["start"])
    assert label == "Artist"
    return Key(start, value["role"], value["position"])


async def test_both_ends_tell_of_it(things: Asker) -> None:
    """Each has a record, with what was said and by whom, and a version of its own."""
    await load(things, KEYS[0].fact("as loaded"))
    given = f'{KEYS[0].given}, reason: "another one", expectedVersion: 0, expectedArtistVersion: 0'
    payload = await change(things, "removeCredit", given, TOLD)
    assert payload == {"entity": {"id": global_id("Recording", "song"), "version": 1}, "errors": []}
    fields = (
        "history { nodes { action reason version before { name value } after { name value } } }"
    )
    nodes = [(await of_song(things, fields))["history"]["nodes"]]
    text = f"{{ node(id: {one('Artist', 'a')}) {{ ... on Artist {{ {fields} }} }} }}"
    nodes.append((await things(text)).data["node"]["history"]["nodes"])
    assert nodes[0] == nodes[1]
    [told] = nodes[0]
    assert (told["action"], told["reason"], told["version"]) == ("REMOVED", "another one", 1)
    assert told["after"] == [{"name": "credits", "value": "null"}]
    [before] = told["before"]
    assert orjson.loads(before["value"]) == [
        {
            "type": "RECORDED",
            "start": global_id("Artist", "a"),
            "end": global_id("Recording", "song"),
            "role": "MAIN",
            "position": 0,
            "creditedAs": "as loaded",
            "sourceId": global_id("Source", SOURCE.id),
        }
    ]


IDENTIFIERS: Final = (
    "identifiers { nodes { scheme raw value display valid reason source { kind } } }"
)


async def test_an_identifier_is_kept_as_written(things: Asker) -> None:
    """With its normal form, validity and source; an invalid one stands, and finds nothing."""
    for value in ("us-rc1-76-07839", "no code"):
        given = f'id: {SONG}, scheme: ISRC, value: "{value}"'
        assert await code(things, "addIdentifier", given) is None
    told = await of_song(things, f"isrc version {IDENTIFIERS}")
    assert told == {
        "isrc": ISRC,
        "version": 2,
        "identifiers": {
            "nodes": [
                {
                    "scheme": "ISRC",
                    "raw": "no code",
                    "value": None,
                    "display": None,
                    "valid": False,
                    "reason": "LENGTH",
                    "source": {"kind": "EDITORS"},
                },
                {
                    "scheme": "ISRC",
                    "raw": "us-rc1-76-07839",
                    "value": ISRC,
                    "display": "US-RC1-76-07839",
                    "valid": True,
                    "reason": None,
                    "source": {"kind": "EDITORS"},
                },
            ]
        },
    }
    for value, size in ((ISRC, 1), ("no code", 0)):
        wanted = f'{{scheme: ISRC, value: "{value}"}}'
        text = f"{{ recordings(filter: {{identifier: {wanted}}}) {{ totalCount }} }}"
        answer = (await things(text)).body
        found = answer["data"]["recordings"]
        assert (found["totalCount"] if found else 0) == size


async def test_one_code_may_name_several_recordings(things: Asker) -> None:
    """And one recording bear several: an ISRC is many-to-many in practice. Twice it bears none."""
    given = 'scheme: ISRC, value: "%s"'
    for key, value in (("song", ISRC), ("other", ISRC), ("song", "USRC17607840")):
        said = f"id: {one('Recording', key)}, {given % value}"
        assert await code(things, "addIdentifier", said) is None
    said = f"id: {SONG}, {given % 'us rc1 76 07839'}"
    assert await code(things, "addIdentifier", said) == ("REFUSED", ["value"])
    assert (await verify(things.graph)).records == 3


async def test_an_identifier_that_was_taken_away_stays_so(things: Asker) -> None:
    """However it is written, whoever said it; added again it is there, and no load doubles it."""
    loaded = identifier_fact("Recording", "song", Scheme.ISRC, "US-RC1-76-07839")
    await load(things, loaded, identifier_fact("Recording", "song", Scheme.ISRC, ISRC))
    given = f'id: {SONG}, scheme: ISRC, value: "us rc1 76 07839"'
    assert await code(things, "removeIdentifier", given) is None
    await load(things, loaded)
    assert await of_song(things, f"isrc {IDENTIFIERS}") == {
        "isrc": None,
        "identifiers": {"nodes": []},
    }
    assert await code(things, "removeIdentifier", given) == ("NOT_FOUND", ["value"])
    assert await code(things, "addIdentifier", f'id: {SONG}, scheme: ISRC, value: "{ISRC}"') is None
    await load(things, loaded, identifier_fact("Recording", "song", Scheme.ISRC, ISRC))
    past = 'asOf(at: "2001-01-01T00:00:00Z") { removedSince { value } }'
    told = await of_song(things, "identifiers { nodes { raw } } version " + past)
    assert told["identifiers"]["nodes"] == [{"raw": ISRC}]
    assert told["version"] == 2
    assert len(told["asOf"]["removedSince"]) == 2


TIES: Final[dict[str, tuple[str, str, str, Fact]]] = {
    "TRACK": (
        one("Release", "album"),
        one("Recording", "song"),
        'medium: 2, position: 3, number: "B3", title: "Song", lengthMs: 5',
        TrackFact(release_id="album", recording_id="song", medium=2, position=3, number="1"),
    ),
    "ISSUED_BY": (
        one("Release", "album"),
        one("Label", "label"),
        'catalogueNumber: "C 1"',
        IssueFact(release_id="album", label_id="label", catalogue_number="C 1"),
    ),
    "RECORDING_OF": (
        SONG,
        one("Work", "work"),
        'attributes: ["live"]',
        RecordingOfFact(recording_id="song", work_id="work", attributes=("cover",)),
    ),
    **{
        each.type: (
            one("Artist", "b"),
            one("Artist", "a"),
            'beginDate: "1999", attributes: ["bass"]',
            each,
        )
        for each in (
            ArtistLinkFact(type="MEMBER_OF", artist_id="b", other_id="a", begin_date="1999"),
            ArtistLinkFact(type="PERFORMS_AS", artist_id="b", other_id="a", begin_date="1999"),
            ArtistLinkFact(type="ALIAS_OF", artist_id="a", other_id="b", begin_date="1999"),
        )
    },
    "SUBLABEL_OF": (
        one("Label", "label"),
        one("Label", "parent"),
        "",
        SublabelFact(label_id="label", parent_id="parent"),
    ),
    "OPERATES": (
        one("Party", "p"),
        one("Label", "label"),
        "",
        OperatesFact(party_id="p", label_id="label"),
    ),
    "PARENT_OF": (
        one("Party", "p"),
        one("Party", "q"),
        'endDate: "2001-02"',
        ParentFact(parent_id="p", party_id="q", end_date="2001-02"),
    ),
    "KNOWN_AS": (
        one("Party", "p"),
        one("Artist", "a"),
        "",
        KnownAsFact(party_id="p", artist_id="a"),
    ),
}
ADDING_ONLY: Final = ("number", "title", "lengthMs", "attributes")
ALL: Final = """
MATCH (start)-[found]->(end)
RETURN collect([type(found), start.id, end.id, found {.*, recordedAt: null}]) AS rows
"""


@pytest.mark.parametrize("kind", TIES)
async def test_every_relation_is_added_and_taken_away(things: Asker, kind: str) -> None:
    """As loads store it; theirs are taken away as the editors' are, and stay so."""
    thing, other, said, fact = TIES[kind]
    of_both = f"kind: {kind}, id: {thing}, other: {other}"
    found = ", ".join(each for each in said.split(", ") if each.split(":")[0] not in ADDING_ONLY)
    await load(things, fact)
    [loaded] = await things.graph.read("all", ALL)
    assert await code(things, "addRelation", f"{of_both}, {said}") == ("REFUSED", ["other"])
    assert await code(things, "removeRelation", f"{of_both}, {found}") is None
    await load(things, fact)
    [denied] = await things.graph.read("all", ALL)
    assert denied == [f"NOT_{loaded[0]}", *loaded[1:]]
    assert await code(things, "addRelation", f"{of_both}, {said}") is None
    added = await things.graph.read("all", ALL)
    await load(things, fact)
    assert await things.graph.read("all", ALL) == added
    [[type_, *ends, properties]] = added
    assert [type_, *ends] == loaded[:3]
    assert properties["sourceId"] != loaded[3]["sourceId"]
    relation = RELATIONS[kind]
    assert {*properties} >= {each.split(":")[0] for each in said.split(", ") if each}
    assert {name: properties.get(name) for name in relation.key} == {
        name: loaded[3].get(name) for name in relation.key
    }
    assert await code(things, "removeRelation", f"{of_both}, {found}") is None
    assert await code(things, "removeRelation", f"{of_both}, {found}") == ("NOT_FOUND", ["other"])
    verified = await verify(things.graph)
    assert (verified.records, verified.flaw) == (6, None)


def test_every_kind_is_tried() -> None:
    """Those of the schema are those that resolvers know, and these."""
    assert set(RelationKind.__members__) == set(RELATIONS) == set(TIES)


A, B, WORK, ALBUM = (
    one("Artist", "a"),
    one("Artist", "b"),
    one("Work", "work"),
    one("Release", "album"),
)
REFUSED: Final = [
    ("addIdentifier", f'id: {WORK}, scheme: ISRC, value: "{ISRC}"', "INVALID_VALUE", "scheme"),
    ("addIdentifier", f'id: {SONG}, scheme: ISRC, value: " \\t"', "INVALID_VALUE", "value"),
    ("addCredit", f"id: {A}, artist: {B}, role: MAIN", "INVALID_VALUE", "id"),
    (
        "addCredit",
        f"id: {SONG}, artist: {A}, role: MAIN, position: -1",
        "INVALID_VALUE",
        "position",
    ),
    ("addCredit", f"id: {SONG}, artist: {one('Artist', 'x')}, role: MAIN", "NOT_FOUND", "artist"),
    ("addCredit", f"id: {one('Work', 'x')}, artist: {A}, role: MAIN", "NOT_FOUND", "id"),
    (
        "addCredit",
        f"id: {SONG}, artist: {A}, role: MAIN, expectedVersion: 1",
        "VERSION_CONFLICT",
        "expectedVersion",
    ),
    (
        "addCredit",
        f"id: {SONG}, artist: {A}, role: MAIN, expectedArtistVersion: 1",
        "VERSION_CONFLICT",
        "expectedArtistVersion",
    ),
    ("addRelation", f"id: {A}, kind: RECORDING_OF, other: {WORK}", "INVALID_VALUE", "id"),
    ("addRelation", f"id: {SONG}, kind: RECORDING_OF, other: {A}", "INVALID_VALUE", "other"),
    ("addRelation", f"id: {A}, kind: MEMBER_OF, other: {A}", "INVALID_VALUE", "other"),
    ("addRelation", f"id: {ALBUM}, kind: TRACK, other: {SONG}", "INVALID_VALUE", "position"),
    (
        "addRelation",
        f'id: {ALBUM}, kind: TRACK, other: {SONG}, position: 1, beginDate: "1999"',
        "INVALID_VALUE",
        "beginDate",
    ),
    (
        "addRelation",
        f'id: {A}, kind: MEMBER_OF, other: {B}, beginDate: "1999-13"',
        "INVALID_VALUE",
        "beginDate",
    ),
    (
        "addRelation",
        f'id: {A}, kind: MEMBER_OF, other: {B}, beginDate: "1999", endDate: "1998"',
        "INVALID_VALUE",
        "endDate",
    ),
    (
        "addRelation",
        f"id: {A}, kind: MEMBER_OF, other: {B}, expectedOtherVersion: 7",
        "VERSION_CONFLICT",
        "expectedOtherVersion",
    ),
]


@pytest.mark.parametrize(("name", "given", "wrong", "at"), REFUSED, ids=range(len(REFUSED)))
async def test_what_cannot_be_is_refused(
    things: Asker, name: str, given: str, wrong: str, at: str
) -> None:
    """With what is at fault; nothing is changed, and nothing recorded."""
    assert await code(things, name, given) == (wrong, [at])
    assert await things.graph.read("all", ALL) == []
    assert (await verify(things.graph)).records == 0


async def test_what_is_retired_or_merged_is_told_by_end(things: Asker) -> None:
    """Either end: neither gets anything, a merged one with the thing that it is."""
    await change(things, "retire", f"id: {A}", TOLD)
    await change(things, "merge", f"id: {one('Recording', 'other')}, into: {SONG}", TOLD)
    given = f"id: {SONG}, artist: {A}, role: MAIN"
    assert await code(things, "addCredit", given) == ("RETIRED", ["artist"])
    given = f"id: {one('Recording', 'other')}, artist: {B}, role: MAIN"
    payload = await change(things, "addCredit", given, TOLD)
    assert payload["entity"]["id"] == global_id("Recording", "song")
    assert [(each["code"], each["path"]) for each in payload["errors"]] == [("MERGED", ["id"])]
    given = f'id: {A}, scheme: ISNI, value: "0000000121032683"'
    assert await code(things, "addIdentifier", given) == ("RETIRED", ["id"])


async def test_a_key_adds_once(things: Asker) -> None:
    """The same key and input: the same answer, and one credit."""
    given = f'{KEYS[0].given}, idempotencyKey: "k"'
    first, second = [await change(things, "addCredit", given, TOLD) for _ in range(2)]
    assert first == second
    assert first["errors"] == []
    assert len(await credited(things)) == 1


async def test_the_survivor_of_the_other_end_is_told(things: Asker) -> None:
    """As what it is, not as a thing of the kind that the relation is asked for."""
    label, parent = one("Label", "label"), one("Label", "parent")
    await change(things, "merge", f"id: {label}, into: {parent}", TOLD)
    given = f"id: {one('Release', 'album')}, kind: ISSUED_BY, other: {label}"
    payload = await change(things, "addRelation", given, "entity { __typename id }")
    assert [(each["code"], each["path"]) for each in payload["errors"]] == [("MERGED", ["other"])]
    assert payload["entity"] == {"__typename": "Label", "id": global_id("Label", "parent")}


async def test_a_merge_carries_what_editors_said(things: Asker) -> None:
    """What was added goes to the survivor and comes back; what was taken away stays away at both times."""
    added, removed = Key("a", "MAIN", 0), Key("a", "OTHER", 1)
    code_of_a = 'scheme: ISNI, value: "0000000121032683"'
    isni = identifier_fact("Artist", "a", Scheme.ISNI, "0000000121032683")
    again = (removed.fact("again"), added.fact("again"), isni)
    await load(things, removed.fact("loaded"), isni)
    assert await code(things, "addCredit", added.given) is None
    assert await code(things, "removeCredit", removed.given) is None
    assert await code(things, "removeIdentifier", f"id: {A}, {code_of_a}") is None
    await load(things, *again)
    assert await credited(things) == {added: (None, "EDITORS")}
    first = await things.graph.read("all", ALL)
    await change(things, "merge", f"id: {A}, into: {B}", TOLD)
    await load(things, *again)
    assert await credited(things) == {added._replace(artist="b"): (None, "EDITORS")}
    assert await code(things, "addCredit", added._replace(artist="b").given) == (
        "REFUSED",
        ["artist"],
    )
    await change(things, "unmerge", f"id: {A}", TOLD)
    await load(things, *again)
    assert sorted(await things.graph.read("all", ALL)) == sorted(first)
    # Of the other nobody took it away.
    await load(things, removed._replace(artist="b").fact("its own"))
    assert set(await credited(things)) == {added, removed._replace(artist="b")}


async def test_what_is_taken_away_while_merged_is_so_of_the_thing_it_came_with(
    things: Asker,
) -> None:
    """Unmerged, it does not have it again: neither does a load bring it."""
    key = Key("a", "MAIN", 0)
    await load(things, key.fact("loaded"))
    await change(things, "merge", f"id: {A}, into: {B}", TOLD)
    assert await code(things, "removeCredit", key._replace(artist="b").given) is None
    await change(things, "unmerge", f"id: {A}", TOLD)
    await load(things, key.fact("loaded"))
    assert await credited(things) == {}
    assert await code(things, "addCredit", key.given) is None
    assert await credited(things) == {key: (None, "EDITORS")}


async def test_an_analyst_ties_parties_alone(things: Asker) -> None:
    """Each end takes the role to edit it: who may edit parties, and no labels, ties no party to a label."""
    roles = frozenset({Role.RIGHTS_ANALYST})
    analyst = things.seen_by(Viewer(subject="r", roles=roles, user="r"))
    parent = f"kind: PARENT_OF, id: {one('Party', 'p')}, other: {one('Party', 'q')}"
    assert await code(analyst, "addRelation", parent) is None
    ipi = f'id: {one("Party", "p")}, scheme: IPI_NAME, value: "00000000199"'
    assert await code(analyst, "addIdentifier", ipi) is None
    label = one("Label", "label")
    for name, given in (
        ("addRelation", f"kind: OPERATES, id: {one('Party', 'p')}, other: {label}"),
        ("addIdentifier", f'id: {label}, scheme: LABEL_CODE, value: "LC 00116"'),
    ):
        answer = await analyst(f"mutation {{ it: {name}(input: {{{given}}}) {{ __typename }} }}")
        [error] = answer.body["errors"]
        assert error["extensions"]["code"] == "FORBIDDEN"
