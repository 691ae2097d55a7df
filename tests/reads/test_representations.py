"""Things by the keys that gateways and other subgraphs know them by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from schema import registry
from schema.federation import MOST_REPRESENTATIONS
from schema.ids import global_id

if TYPE_CHECKING:
    from tests.reads.asking import Asker

ENTITIES: Final = """
query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Node { id }
    ... on Artist { name }
    ... on Recording { title works { nodes { title } } }
    ... on Work { title }
  }
}
"""
KEYS: Final = """
{
  artists(first: 100) { nodes { __typename id isni mbid } }
  recordings(first: 100) { nodes { __typename id isrc mbid } }
  works(first: 100) { nodes { __typename id iswc mbid } }
  releases(first: 100) { nodes { __typename id icpn mbid } }
  labels(first: 100) { nodes { __typename id mbid } }
  parties(first: 100) { nodes { __typename id ipiBase isni dpid } }
}
"""


async def things(ask: Asker, list_name: str) -> list[dict[str, Any]]:
    """Return up to a hundred things of a type as representations."""
    answer = await ask(f"{{ {list_name}(first: 100) {{ nodes {{ __typename id }} }} }}")
    return answer.data[list_name]["nodes"]


async def test_what_keys_say_is_found_by_them(sampled: Asker) -> None:
    """Every key that a thing tells finds that very thing, on its own."""
    told = [thing for page in (await sampled(KEYS)).data.values() for thing in page["nodes"]]
    references = [
        ({"__typename": thing["__typename"], field: value}, thing["id"])
        for thing in told
        for field, value in thing.items()
        if field != "__typename" and value
    ]
    schemes = {(each["__typename"], *each.keys() - {"__typename"}) for each, _ in references}
    assert len(references) < MOST_REPRESENTATIONS
    assert {
        ("Artist", "mbid"),
        ("Recording", "isrc"),
        ("Work", "iswc"),
        ("Release", "icpn"),
    } <= schemes
    answer = await sampled(ENTITIES, representations=[each for each, _ in references])
    assert [thing["id"] for thing in answer.data["_entities"]] == [key for _, key in references]


async def test_representations_are_read_together(sampled: Asker) -> None:
    """However many there are, a type costs the same reads, and what is below them too."""
    counts: list[list[str]] = []
    for count in (1, 30):
        representations = [
            each
            for name in ("artists", "recordings", "works")
            for each in (await things(sampled, name))[:count]
        ]
        assert len(representations) == 3 * count
        answer = await sampled(ENTITIES, representations=representations)
        assert [each["id"] for each in answer.data["_entities"]] == [
            each["id"] for each in representations
        ]
        counts.append(answer.reads)
    assert counts[0] == counts[1] == ["artists by id", "recordings by id", "works by id"]


async def test_identifiers_of_a_type_are_found_by_one_read(sampled: Asker) -> None:
    """A dozen MBIDs cost one read for their bearers, and one for what is told of them."""
    answer = await sampled("{ recordings(first: 100) { nodes { mbid } } }")
    mbids = [each["mbid"] for each in answer.data["recordings"]["nodes"] if each["mbid"]]
    assert len(mbids) >= 10
    representations = [{"__typename": "Recording", "mbid": each} for each in mbids]
    answer = await sampled(ENTITIES, representations=representations)
    assert answer.reads == ["bearers of identifiers", "recordings by id"]
    assert all(answer.data["_entities"])


async def test_a_bad_representation_is_null_alone(sampled: Asker) -> None:
    """What is wrong, or nowhere, nulls its own place; the errors name it."""
    [artist] = (await things(sampled, "artists"))[:1]
    representations: list[Any] = [
        artist,
        {"__typename": "Nothing", "id": "x"},
        {"__typename": "Artist"},
        {"id": artist["id"]},
        {"__typename": "Recording", "id": artist["id"]},
        {"__typename": "Artist", "id": global_id("Artist", "nobody")},
        {"__typename": "Artist", "id": 7},
        {"__typename": ["Artist"], "id": "x"},
        {"__typename": "Recording", "isrc": "no isrc"},
        {"__typename": "Recording", "isrc": "US-ZZZ-99-99999"},
        "Artist",
        7,
        artist,
    ]
    for ask in (sampled, sampled.through_loaders):
        answer = await ask(ENTITIES, representations=representations)
        found = answer.body["data"]["_entities"]
        assert [each["id"] if each else None for each in found] == [
            artist["id"],
            *[None] * (len(representations) - 2),
            artist["id"],
        ]
        refused = {
            tuple(error["path"]): error["extensions"]["code"] for error in answer.body["errors"]
        }
        assert refused == {
            ("_entities", at): "BAD_USER_INPUT" for at in (1, 2, 3, 4, 6, 7, 8, 10, 11)
        }


async def test_no_more_than_a_thousand_are_taken(sampled: Asker) -> None:
    """One representation too many refuses the field, before anything is read."""
    representations = [{"__typename": "Artist", "id": "x"}] * (MOST_REPRESENTATIONS + 1)
    answer = await sampled(ENTITIES, representations=representations)
    [error] = answer.body["errors"]
    assert error["extensions"] == {"code": "LIMIT_EXCEEDED", "argument": "representations"}
    assert answer.reads == []


@pytest.mark.parametrize("type_name", sorted(registry.findable_types()))
async def test_every_type_with_ids_is_found(sampled: Asker, type_name: str) -> None:
    """A reference to nothing is null without an error, whatever its type."""
    nobody = {"__typename": type_name, "id": global_id(type_name, "nobody")}
    answer = await sampled(ENTITIES, representations=[nobody])
    assert answer.data == {"_entities": [None]}
