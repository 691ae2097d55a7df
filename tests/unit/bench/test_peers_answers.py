from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, cast

import pytest
from graphql import parse

from bench.floor_reads import reads
from bench.operations import Operation, Variables
from bench.peers.answers import DifferentAnswersError, compare
from bench.peers.asked import covering, peer_document, peer_variables
from bench.peers.ours import our_items
from graph.cursors import encode_cursor
from schema.ids import global_id
from standards.territories import TerritorySet, territory
from standards.territories.tree import tree

Answer = dict[str, Any]
Path = tuple[str | int, ...]


def node(label: str, id_: str, **fields: object) -> Answer:
    """Return one of our things: its id is a global one."""
    return {"id": global_id(label, id_), **fields}


def connection(*nodes: Answer) -> Answer:
    """Return one of our lists."""
    return {"nodes": list(nodes)}


RECORDING = {"title": "Song", "lengthMs": 1, "year": 1999, "artistCredit": "Ann"}
# Ann's half goes to Bo, who passes half of that on to Cy.
OWNERSHIP: Answer = {
    "claims": [
        {"share": 5000, "party": {"id": "ann", "name": "Ann"}},
        {"share": 5000, "party": {"id": "dee", "name": "Dee"}},
    ],
    "agreements": [
        {
            "id": "g1",
            "share": 10000,
            "assignor": {"id": "ann", "name": "Ann"},
            "acquirer": {"id": "bo", "name": "Bo"},
        },
        {
            "id": "g2",
            "share": 5000,
            "assignor": {"id": "bo", "name": "Bo"},
            "acquirer": {"id": "cy", "name": "Cy"},
        },
    ],
}
FLAGS = [{"kind": "SPAM", "status": "ACTIVE"}]


def step(share: int, id_: str, name: str) -> Answer:
    """Return one assignment of a path."""
    return {"share": share, "assignor": node("Party", id_, name=name)}


def owner(id_: str, name: str, share: Answer, *paths: list[Answer]) -> Answer:
    """Return one owner, with the paths where they are asked for."""
    found = {"party": node("Party", id_, name=name), "share": share}
    return {**found, "paths": [{"steps": steps} for steps in paths]} if paths else found


FROM_ANN = step(10000, "ann", "Ann")
OURS: dict[Operation, Answer] = {
    Operation.Q1: {
        "artist": node("Artist", "a1", name="Ann", type="PERSON", country=None, beginDate="1970")
    },
    Operation.Q2: {
        "nodes": [
            node(
                "Artist",
                "a1",
                name="Ann",
                recordings=connection(
                    node("Recording", "r1", title="Song", year=1999),
                    node("Recording", "r2", title="Tune", year=None),
                ),
            )
        ]
    },
    Operation.Q3: {
        "nodes": [
            node(
                "Recording",
                "r1",
                title="Song",
                works=connection(node("Work", "w1", title="Opus")),
                ownership={
                    "status": "CLEAR",
                    "owners": [
                        owner("dee", "Dee", {"percent": "50.000000"}),
                        owner("bo", "Bo", {"percent": "25.000000"}),
                        owner("cy", "Cy", {"percent": "25.000000"}),
                    ],
                },
                credits=connection({"role": "MAIN", "artist": node("Artist", "a1", name="Ann")}),
                policyFlags=connection(*FLAGS),
            )
        ]
    },
    Operation.Q4: {
        "nodes": [
            node(
                "Recording",
                "r1",
                title="Song",
                ownership={
                    "status": "CLEAR",
                    "total": 10000,
                    "owners": [
                        owner("dee", "Dee", {"fraction": "1/2"}, []),
                        owner("bo", "Bo", {"fraction": "1/4"}, [FROM_ANN]),
                        owner(
                            "cy",
                            "Cy",
                            {"fraction": "1/4"},
                            [FROM_ANN, step(5000, "bo", "Bo")],
                        ),
                    ],
                },
            )
        ]
    },
    Operation.Q5: {
        "one": connection(node("Recording", "r1", **RECORDING), node("Recording", "r2")),
        "two": connection(node("Recording", "r3", **RECORDING)),
    },
    Operation.Q6: {
        "artists": connection(
            node(
                "Artist",
                "a1",
                name="Ann",
                identityLinks=connection(
                    {
                        "status": "ACCEPTED",
                        "confidence": 0.9,
                        "identity": {"scheme": "ISNI", "value": "1"},
                    },
                    {
                        "status": "PROPOSED",
                        "confidence": 0.4,
                        "identity": {"scheme": "MBID", "value": "2"},
                    },
                ),
                policyFlags=connection(*FLAGS),
            ),
            node(
                "Artist",
                "a2",
                name="Bo",
                identityLinks=connection(),
                policyFlags=connection(),
            ),
        )
    },
}
THEIRS: dict[Operation, Answer] = {
    Operation.Q1: {
        "artists": [
            {"id": "a1", "name": "Ann", "type": "PERSON", "country": None, "beginDate": "1970"}
        ]
    },
    Operation.Q2: {
        "artists": [
            {
                "id": "a1",
                "name": "Ann",
                "recordings": [
                    {"id": "r1", "title": "Song", "year": 1999},
                    {"id": "r2", "title": "Tune", "year": None},
                ],
            }
        ]
    },
    Operation.Q3: {
        "recordings": [
            {
                "id": "r1",
                "title": "Song",
                "works": [{"id": "w1", "title": "Opus"}],
                "ownership": OWNERSHIP,
                "artistsConnection": {
                    "edges": [{"properties": {"role": "MAIN"}, "node": {"id": "a1", "name": "Ann"}}]
                },
                "policyFlags": FLAGS,
            }
        ]
    },
    Operation.Q4: {"recordings": [{"id": "r1", "title": "Song", "ownership": OWNERSHIP}]},
    Operation.Q5: {
        "one": [{"id": "r1", **RECORDING}, {"id": "r2"}],
        "two": [{"id": "r3", **RECORDING}],
    },
    Operation.Q6: {
        "artists": [
            {
                "id": "a1",
                "name": "Ann",
                "identityLinks": [
                    {
                        "status": "PROPOSED",
                        "confidence": 0.4,
                        "identities": [{"scheme": "MBID", "value": "2"}],
                    },
                    {
                        "status": "ACCEPTED",
                        "confidence": 0.9,
                        "identities": [{"scheme": "ISNI", "value": "1"}],
                    },
                ],
                "policyFlags": FLAGS,
            },
            {"id": "a2", "name": "Bo", "identityLinks": [], "policyFlags": []},
        ]
    },
}
# What only ties a peer's ownership together: another word for it, alike everywhere, is the same.
TIES = {("agreements", 0, "id"), ("agreements", 1, "id")}
# Names that our answer does not hold: of who owns nothing in the end.
UNSEEN = {
    Operation.Q3: {
        ("claims", 0, "party", "name"),
        ("agreements", 0, "assignor", "name"),
        ("agreements", 1, "assignor", "name"),
    },
    Operation.Q4: {("claims", 0, "party", "name")},
}


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the paths of all values that hold no others."""
    holder: dict[str | int, Any]
    if isinstance(value, dict):
        holder = cast("dict[str | int, Any]", value)
    elif isinstance(value, list):
        holder = dict(enumerate(cast("list[Any]", value)))
    else:
        yield path
        return
    for key, each in holder.items():
        yield from leaves(each, (*path, key))


def counted(operation: Operation) -> list[Path]:
    """Return the leaves of a peer's answer that the comparison has to look at."""
    unseen = TIES | UNSEEN.get(operation, set())
    return [
        path
        for path in leaves(THEIRS[operation])
        if "ownership" not in path or path[path.index("ownership") + 1 :] not in unseen
    ]


def changed(answer: Answer, path: Path) -> Answer:
    """Return the answer with another value in one place."""
    made = copy.deepcopy(answer)
    holder: Any = made
    for key in path[:-1]:
        holder = holder[key]
    old = holder[path[-1]]
    holder[path[-1]] = old + 1 if isinstance(old, int | float) else f"{old} other"
    return made


def held(operation: Operation, theirs: Answer) -> None:
    """Compare the sample of ours with an answer of a peer."""
    compare(operation, "Peer", our_items(operation, OURS[operation]), theirs)


@pytest.mark.parametrize("operation", list(Operation))
def test_the_same_told_in_two_schemas_is_the_same(operation: Operation) -> None:
    """Ids, nesting, the order of identity links and worked out owners make no difference."""
    held(operation, THEIRS[operation])


@pytest.mark.parametrize(
    ("operation", "path"),
    [(operation, path) for operation in Operation for path in counted(operation)],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else str(value),  # pyright: ignore[reportUnknownArgumentType, reportUnknownLambdaType]
)
def test_another_value_anywhere_is_a_difference(operation: Operation, path: Path) -> None:
    """No field of an answer escapes the comparison."""
    with pytest.raises(DifferentAnswersError, match=f"{operation.upper()}: Peer and Content Graph"):
        held(operation, changed(THEIRS[operation], path))


@pytest.mark.parametrize("operation", [Operation.Q2, Operation.Q3, Operation.Q5, Operation.Q6])
def test_a_row_that_is_missing_is_a_difference(operation: Operation) -> None:
    """A list that ends early is not the same list, at the top or below."""
    for path in {leaf[: at + 1] for leaf in leaves(THEIRS[operation]) for at in range(len(leaf))}:
        if not isinstance(path[-1], int):
            continue
        answer = copy.deepcopy(THEIRS[operation])
        holder: Any = answer
        for key in path[:-1]:
            holder = holder[key]
        del holder[path[-1]]
        with pytest.raises(DifferentAnswersError):
            held(operation, answer)


def test_an_order_that_is_another_is_a_difference() -> None:
    """Pages are compared row by row."""
    answer = copy.deepcopy(THEIRS[Operation.Q5])
    answer["one"].reverse()
    with pytest.raises(DifferentAnswersError, match="on one 1: "):
        held(Operation.Q5, answer)


def test_a_difference_is_told_in_one_short_sentence() -> None:
    """However much differs, what is said fits a terminal, and names the row."""
    answer = copy.deepcopy(THEIRS[Operation.Q2])
    recordings = answer["artists"][0]["recordings"]
    recordings[1]["title"] = "Other " * 1000
    with pytest.raises(DifferentAnswersError, match="on a1: recordings 2 is ") as told:
        held(Operation.Q2, answer)
    assert len(str(told.value)) < 500
    assert "\n" not in str(told.value)
    del recordings[1]
    with pytest.raises(DifferentAnswersError, match="recordings has 1 rows there, 2 here"):
        held(Operation.Q2, answer)


CHOICES: dict[Operation, Variables] = {
    Operation.Q1: {"id": global_id("Artist", "a1")},
    Operation.Q2: {"ids": [global_id("Artist", "a1"), global_id("Artist", "a2")]},
    Operation.Q3: {"ids": [global_id("Recording", "r1")]},
    Operation.Q4: {"ids": [global_id("Recording", "r1")]},
    Operation.Q5: {
        "one": encode_cursor("TITLE", ("song", "r1")),
        "two": encode_cursor("TITLE", ("tune", "r2")),
    },
    Operation.Q6: {"after": encode_cursor("NAME", ("ann", "a1"))},
}


@pytest.mark.parametrize("operation", list(Operation))
def test_a_peers_document_declares_just_the_variables_it_is_given(operation: Operation) -> None:
    """Each of a peer's variables is one that its document asks for."""
    [definition] = parse(peer_document(operation)).definitions
    declared = {each.variable.name.value for each in definition.variable_definitions}  # type: ignore[attr-defined]
    assert peer_variables(operation, CHOICES[operation]).keys() == declared


def test_a_peer_is_asked_for_plain_ids_and_from_the_same_rows() -> None:
    """Global ids and cursors are taken apart."""
    assert peer_variables(Operation.Q2, CHOICES[Operation.Q2]) == {"ids": ["a1", "a2"]}
    assert peer_variables(Operation.Q5, CHOICES[Operation.Q5]) == {
        "oneKey": "song",
        "oneId": "r1",
        "twoKey": "tune",
        "twoId": "r2",
    }
    assert peer_variables(Operation.Q6, CHOICES[Operation.Q6]) == {"key": "ann", "id": "a1"}


def test_the_codes_that_cover_a_country_are_those_whose_countries_hold_it() -> None:
    """A peer finds the assertions of a country by the codes that our territory sets find it by."""
    country = territory("GB").tis
    codes = {*tree().by_alpha, *map(str, tree().countries)}
    expected = {code for code in codes if country in TerritorySet.parse([code]).countries}
    assert set(covering()) == expected
    assert {"2136", "GB"} <= expected
    assert "US" not in expected


@pytest.mark.parametrize("operation", list(Operation))
def test_the_floor_gives_each_statement_the_parameters_it_names(operation: Operation) -> None:
    """No statement lacks a parameter, and none is sent in vain."""
    for text, parameters in reads(operation, CHOICES[operation]):
        named = {part.split(maxsplit=1)[0].rstrip("}),") for part in text.split("$")[1:]}
        assert named == parameters.keys()
