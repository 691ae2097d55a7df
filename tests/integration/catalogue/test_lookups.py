"""One thing, by its id or by an identifier; merged ids; what is not there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import pytest

from graph.facts import (
    ArtistFact,
    CreditFact,
    IdentifierFact,
    IssueFact,
    LabelFact,
    RecordingFact,
    RedirectFact,
    ReleaseFact,
)
from schema.ids import global_id
from tests.reads.graphs import write

if TYPE_CHECKING:
    from tests.integration.catalogue.whole import Whole
    from tests.reads.asking import Asker

FIELDS: Final = {
    "Artist": "artist",
    "Recording": "recording",
    "Work": "work",
    "Release": "release",
    "Label": "label",
    "Party": "party",
}
BY_IDENTIFIER: Final = """query ($i: IdentifierInput!) {
  FIELD(identifier: $i) { id identifiers(valid: true, first: 100) { nodes { scheme value } } } }"""


@pytest.mark.parametrize("label", FIELDS)
async def test_a_thing_is_found_by_its_id(sampled: Asker, whole: Whole, label: str) -> None:
    """Twenty of each kind, by `node` and by their own field, give their own name."""
    field = FIELDS[label]
    name = "name" if label in ("Artist", "Label", "Party") else "title"
    keys = sorted(whole.nodes[label])[:20]
    own = " ".join(
        f'a{at}: {field}(id: "{global_id(label, key)}") {{ {name} }}' for at, key in enumerate(keys)
    )
    node = " ".join(
        f'n{at}: node(id: "{global_id(label, key)}") {{ id ... on {label} {{ {name} }} }}'
        for at, key in enumerate(keys)
    )
    answer = await sampled(f"{{ {own} {node} }}")
    by_id = f"{field}s by id" if field != "party" else "parties by id"
    assert answer.reads == [by_id] * 2, "one for each of the two selections"
    for at, key in enumerate(keys):
        known = whole.nodes[label][key]
        assert answer.data[f"a{at}"] == {name: known[name]}
        assert answer.data[f"n{at}"] == {"id": global_id(label, key), name: known[name]}


@pytest.mark.parametrize("label", ["Claim", "Agreement", "PolicyFlag", "IdentityLink"])
async def test_an_assertion_is_found_by_its_id(sampled: Asker, whole: Whole, label: str) -> None:
    """Assertions have global ids, too, and keep their sources."""
    ids = [global_id(label, key) for key in sorted(whole.nodes[label])[:20]]
    query = """query ($ids: [ID!]!) { nodes(ids: $ids) {
      __typename id ... on Sourced { source { kind } } } }"""
    answer = await sampled(query, ids=ids)
    assert [node["id"] for node in answer.data["nodes"]] == ids
    assert {node["__typename"] for node in answer.data["nodes"]} == {label}
    assert all(node["source"]["kind"] for node in answer.data["nodes"])


async def test_a_thing_is_found_by_every_scheme_it_bears(sampled: Asker, whole: Whole) -> None:
    """Of each kind and scheme: the only bearer, or the refusal that there are several."""
    bearers: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    raws: dict[tuple[str, str, str], str] = {}
    for edge in whole.edges["HAS_IDENTIFIER"]:
        known = whole.known(edge.end)
        if known["valid"]:
            key = (whole.labels[edge.start], known["scheme"], known["value"])
            bearers[key].add(edge.start)
            raws[key] = known["raw"]
    tried: defaultdict[tuple[str, str, bool], int] = defaultdict(int)
    for (label, scheme, value), things in sorted(bearers.items()):
        several = len(things) > 1
        tried[label, scheme, several] += 1
        if tried[label, scheme, several] > 2:
            continue
        for written in {value, raws[label, scheme, value]}:
            query = BY_IDENTIFIER.replace("FIELD", FIELDS[label])
            answer = await sampled(query, i={"scheme": scheme, "value": written})
            if several:
                refusal = answer.refusal
                assert refusal["code"] == "AMBIGUOUS_IDENTIFIER", (scheme, written)
                assert refusal["argument"] == "identifier"
                continue
            found = answer.data[FIELDS[label]]
            assert found["id"] == global_id(label, *things), (scheme, written)
            assert {"scheme": scheme, "value": value} in found["identifiers"]["nodes"]
    assert len({(label, scheme) for label, scheme, _ in tried}) >= 6
    assert any(several for *_, several in tried), "the sample has no shared identifier"


async def test_every_bearer_of_a_shared_identifier_is_listed(sampled: Asker, whole: Whole) -> None:
    """The list with the same filter tells those whom the lookup could not choose between."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for edge in whole.edges["HAS_IDENTIFIER"]:
        known = whole.known(edge.end)
        if known["valid"] and known["scheme"] == "ISRC":
            bearers[known["value"]].add(edge.start)
    value, things = max(bearers.items(), key=lambda each: (len(each[1]), each[0]))
    query = """query ($v: String!) {
      recordings(filter: {identifier: {scheme: ISRC, value: $v}}) { totalCount nodes { id } } }"""
    found = (await sampled(query, v=value)).data["recordings"]
    assert {node["id"] for node in found["nodes"]} == {
        global_id("Recording", thing) for thing in things
    }
    assert found["totalCount"] == len(things)


REFUSED: Final[dict[str, tuple[str, str]]] = {
    'artist(identifier: {scheme: ISNI, value: "0000 0001 2281 955Y"}) { id }': ("identifier", ""),
    'recording(identifier: {scheme: ISRC, value: "GBAYE060149"}) { id }': ("identifier", ""),
    'work(identifier: {scheme: ISWC, value: "T-034.524.680-0"}) { id }': ("identifier", ""),
    'identityLinks(identity: {scheme: MBID, value: "no"}) { nodes { id } }': ("identity", ""),
    "artist { id }": ("id", "one of them"),
    'artist(id: "QXJ0aXN0OngK", identifier: {scheme: ISNI, value: "0"}) { id }': ("id", ""),
    'artist(id: "nonsense") { id }': ("id", "not an id that this API gave out"),
    f'artist(id: "{global_id("Work", "x")}") {{ id }}': ("id", "of a Work"),
    'node(id: "") { id }': ("id", ""),
    'nodes(ids: ["é"]) { id }': ("ids", ""),
    'territory(code: "XX") { name }': ("code", ""),
}


@pytest.mark.parametrize("field", REFUSED)
async def test_a_question_without_an_answer_names_the_argument(sampled: Asker, field: str) -> None:
    """A typed error, not a null: the question itself is wrong."""
    argument, part = REFUSED[field]
    answer = await sampled(f"{{ {field} }}")
    refusal = answer.refusal
    assert refusal["code"] == "BAD_USER_INPUT"
    assert refusal["argument"] == argument
    assert part in refusal["message"]
    assert answer.reads == []


async def test_too_many_ids_are_refused(sampled: Asker) -> None:
    """A hundred and one ids are refused, and none of them is read."""
    answer = await sampled(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[global_id("Artist", "x")] * 101
    )
    assert answer.refusal["code"] == "LIMIT_EXCEEDED"
    assert answer.refusal["argument"] == "ids"
    assert answer.reads == []


async def test_what_is_not_there_is_null(sampled: Asker) -> None:
    """Unknown ids, unborne identifiers, and types that are no nodes."""
    ids = [global_id(kind, "nobody") for kind in ("Artist", "Claim", "Nothing", "Query")]
    answer = await sampled(
        """query ($ids: [ID!]!, $id: ID!) {
          nodes(ids: $ids) { id } node(id: $id) { id } artist(id: $id) { id }
          recording(identifier: {scheme: ISRC, value: "US-ZZZ-99-99999"}) { id }
          identityLinks(identity: {scheme: ISNI, value: "0000 0001 2103 2683"}) { totalCount } }""",
        ids=ids,
        id=ids[0],
    )
    assert answer.data == {
        "nodes": [None] * 4,
        "node": None,
        "artist": None,
        "recording": None,
        "identityLinks": {"totalCount": 0},
    }


def _merged(id_: str, to: str, label: str = "Artist") -> RedirectFact:
    return RedirectFact(id=id_, to=to, label=label, reason="MERGED")


async def test_a_merged_id_finds_its_survivor(written: Asker) -> None:
    """However many merges lie between, and in whichever order they came, by every way in."""
    await write(
        written.graph,
        [
            ArtistFact(id="survivor", name="Survivor"),
            RecordingFact(id="r", title="Recorded"),
            CreditFact(type="RECORDED", artist_id="survivor", thing_id="r", role="MAIN"),
            _merged("b", "c"),
            _merged("a", "b"),
            _merged("c", "survivor"),
            _merged("d", "a"),
        ],
    )
    merged = [global_id("Artist", key) for key in ("a", "b", "c", "d", "survivor")]
    fields = " ".join(
        f'{key}: artist(id: "{id_}") {{ id name recordings {{ nodes {{ title }} }} }}'
        f' {key}n: node(id: "{id_}") {{ id }}'
        for key, id_ in zip("abcds", merged, strict=True)
    )
    query = f"query ($ids: [ID!]!) {{ {fields} nodes(ids: $ids) {{ id }} }}"
    answer = await written(query, ids=merged)
    survivor = merged[-1]
    assert answer.data.pop("nodes") == [{"id": survivor}] * 5
    for key in "abcds":
        assert answer.data[f"{key}n"] == {"id": survivor}
        assert answer.data[key] == {
            "id": survivor,
            "name": "Survivor",
            "recordings": {"nodes": [{"title": "Recorded"}]},
        }
    assert answer.reads == ["artists by id"] * 6, "one for each selection that has a list"


async def test_a_filter_by_a_merged_label_means_its_survivor(written: Asker) -> None:
    """Releases are found by the id that their label had before."""
    await write(
        written.graph,
        [
            LabelFact(id="kept", name="Kept"),
            ReleaseFact(id="e", title="Issued"),
            ArtistFact(id="by", name="By"),
            CreditFact(type="RELEASED", artist_id="by", thing_id="e", role="MAIN"),
            IssueFact(release_id="e", label_id="kept"),
            _merged("gone", "kept", "Label"),
        ],
    )
    answer = await written(
        """query ($label: ID!, $artist: ID!) {
          releases(filter: {labelId: $label}) { totalCount nodes { title } }
          artist(id: $artist) { releases(filter: {labelId: $label}) { nodes { title } } } }""",
        label=global_id("Label", "gone"),
        artist=global_id("Artist", "by"),
    )
    issued: list[dict[str, Any]] = [{"title": "Issued"}]
    assert answer.data == {
        "releases": {"totalCount": 1, "nodes": issued},
        "artist": {"releases": {"nodes": issued}},
    }


async def test_an_identifier_twice_on_one_thing_is_not_ambiguous(written: Asker) -> None:
    """Two sources that say the same of one thing agree."""
    said = {"thing": "Artist", "thing_id": "one", "scheme": "ISNI", "valid": True}
    value = "0000000121032683"
    await write(
        written.graph,
        [
            ArtistFact(id="one", name="One"),
            *(
                IdentifierFact(id=f"i{raw}", raw=raw, value=value, key=f"ISNI:{value}", **said)  # pyright: ignore[reportArgumentType] - words of the table above.
                for raw in (value, "0000 0001 2103 2683")
            ),
        ],
    )
    query = '{ artist(identifier: {scheme: ISNI, value: "0000 0001 2103 2683"}) { name } }'
    assert (await written(query)).data == {"artist": {"name": "One"}}
