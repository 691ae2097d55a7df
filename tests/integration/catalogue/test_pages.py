"""Pages: walked either way, cut anywhere, filtered, always the list that a sort in Python gives."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest

from graph.cursors import encode_cursor
from graph.facts import ArtistFact
from graph.ids import mint
from schema.ids import global_id
from standards.text import sort_key
from tests.reads.graphs import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.catalogue.whole import Whole
    from tests.reads.asking import Asker

Known = dict[str, Any]
ENOUGH: Final = 400
"""A longer list is walked for this many rows from either end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One list of the whole graph: its field, its label, its orders, and a filter with its meaning."""

    field: str
    label: str
    orders: tuple[str, ...] = ()
    filter: str = ""
    passes: Callable[[Known], bool] = bool

    def expected(self, whole: Whole, order: str, *, descending: bool) -> list[str]:
        """Return the ids in the order, by brute force."""
        found = [known for known in whole.nodes[self.label].values() if self.passes(known)]
        keys: dict[str, Callable[[Known], Any]] = {
            "YEAR": lambda known: known.get("year", 0 if descending else 9999),
            "BEGIN_YEAR": lambda known: known.get("beginYear", 0 if descending else 9999),
        }
        key = keys.get(order, lambda known: known["sortKey"])
        found.sort(key=lambda known: (key(known), known["id"]), reverse=descending)
        return [global_id(self.label, known["id"]) for known in found]


NAMED: Final = ("NAME", "BEGIN_YEAR")
TITLED: Final = ("TITLE", "YEAR")
LISTS: Final = (
    Listed(field="artists", label="Artist", orders=NAMED),
    Listed(field="recordings", label="Recording", orders=TITLED),
    Listed(field="releases", label="Release", orders=TITLED),
    Listed(field="works", label="Work"),
    Listed(field="labels", label="Label", orders=NAMED),
    Listed(field="parties", label="Party"),
    Listed(
        field="artists",
        label="Artist",
        orders=NAMED,
        filter='nameStartsWith: "The B"',
        passes=lambda known: known["sortKey"].startswith(sort_key("The B")),
    ),
    Listed(
        field="artists",
        label="Artist",
        orders=("BEGIN_YEAR",),
        filter='type: GROUP, country: "gb"',
        passes=lambda known: known.get("type") == "GROUP" and known.get("country") == "GB",
    ),
    Listed(
        field="recordings",
        label="Recording",
        orders=TITLED,
        filter='titleStartsWith: "é", yearFrom: 1960, yearTo: 2005',
        passes=lambda known: (
            known["sortKey"].startswith("e") and 1960 <= known.get("year", 0) <= 2005
        ),
    ),
    Listed(
        field="releases",
        label="Release",
        orders=TITLED,
        filter='type: ALBUM, status: OFFICIAL, country: "US"',
        passes=lambda known: (
            (known.get("type"), known.get("status"), known.get("country"))
            == ("ALBUM", "OFFICIAL", "US")
        ),
    ),
    Listed(
        field="labels",
        label="Label",
        orders=("NAME",),
        filter='nameStartsWith: "r"',
        passes=lambda known: known["sortKey"].startswith("r"),
    ),
    Listed(
        field="parties",
        label="Party",
        filter="kind: ORGANISATION",
        passes=lambda known: known.get("kind") == "ORGANISATION",
    ),
    Listed(
        field="works",
        label="Work",
        filter='type: "SONG"',
        passes=lambda known: known.get("type") == "SONG",
    ),
)
WALKS: Final = [
    (listed, order, descending)
    for listed in LISTS
    for order in (listed.orders or ("",))
    for descending in ((False, True) if listed.orders else (False,))
]


def _named(walk: tuple[Listed, str, bool]) -> str:
    listed, order, descending = walk
    return f"{listed.field} {listed.filter} {order} {'DESC' if descending else 'ASC'}"


def _field(listed: Listed, order: str, *, descending: bool, page: str, of: str = "") -> str:
    arguments = [page]
    if order:
        direction = "DESC" if descending else "ASC"
        arguments.append(f"orderBy: {{field: {order}, direction: {direction}}}")
    if listed.filter:
        arguments.append(f"filter: {{{listed.filter}}}")
    return (
        f"{of}{listed.field}({', '.join(arguments)}) {{ edges {{ cursor node {{ id }} }} nodes {{ id }}"
        " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
    )


def _sound(page: Any) -> list[str]:
    """Return the ids of a page, after looking whether its parts agree."""
    ids = [edge["node"]["id"] for edge in page["edges"]]
    assert [node["id"] for node in page["nodes"]] == ids
    cursors = [edge["cursor"] for edge in page["edges"]] or [None]
    assert page["pageInfo"]["startCursor"] == cursors[0]
    assert page["pageInfo"]["endCursor"] == cursors[-1]
    return ids


@pytest.mark.parametrize("walk", WALKS, ids=_named)
async def test_a_walk_meets_every_row_once(
    sampled: Asker, whole: Whole, walk: tuple[Listed, str, bool]
) -> None:
    """Forward by first and after, and backward by last and before, with any page size."""
    listed, order, descending = walk
    wanted = listed.expected(whole, order, descending=descending)
    assert wanted, "the sample has nothing to walk"
    size = min(100, max(1, len(wanted) // 5))
    total = await sampled(
        f"{{ {_field(listed, order, descending=descending, page='first: 1')[:-1]} totalCount }} }}"
    )
    assert total.data[listed.field]["totalCount"] == len(wanted)
    for forward in (True, False):
        met: list[str] = []
        cursor = None
        while len(met) < min(len(wanted), ENOUGH):
            way = ("first", "after") if forward else ("last", "before")
            page = f"{way[0]}: {size}" + (f', {way[1]}: "{cursor}"' if cursor else "")
            answer = await sampled(
                f"{{ {_field(listed, order, descending=descending, page=page)} }}"
            )
            found = answer.data[listed.field]
            ids = _sound(found)
            assert len(ids) <= size
            assert ids, "a page in the middle of a list is not empty"
            met = met + ids if forward else ids + met
            info = found["pageInfo"]
            ahead, behind = ("hasNextPage", "hasPreviousPage")[:: 1 if forward else -1]
            assert info[ahead] == (len(met) < len(wanted))
            assert info[behind] == (cursor is not None)
            cursor = info["endCursor" if forward else "startCursor"]
        assert met == (wanted[: len(met)] if forward else wanted[-len(met) :])


async def test_any_cut_of_a_list(sampled: Asker, whole: Whole) -> None:
    """After and before together, first or last, of any size: the slice that Python cuts."""
    listed = next(each for each in LISTS if each.field == "labels" and each.filter)
    wanted = listed.expected(whole, "NAME", descending=True)
    everything = _field(listed, "NAME", descending=True, page="first: 100")
    edges = (await sampled(f"{{ {everything} }}")).data["labels"]["edges"]
    cursors = [edge["cursor"] for edge in edges]
    assert [edge["node"]["id"] for edge in edges] == wanted
    assert len(wanted) > 10
    chance = random.Random(7)  # noqa: S311 - cuts to try, the same each time.
    cuts: dict[str, tuple[list[str], bool, bool]] = {}
    fields: list[str] = []
    for number in range(60):
        after, before = (chance.choice([None, *range(len(cursors))]) for _ in range(2))
        size, forward = chance.choice([1, 2, 5, 100]), chance.random() < 0.5
        cut = wanted[0 if after is None else after + 1 : before]
        kept = cut[:size] if forward else cut[-size:]
        more = len(cut) > size
        has_next = before is not None or (forward and more)
        has_previous = after is not None or (not forward and more)
        page = f"{'first' if forward else 'last'}: {size}"
        page += "" if after is None else f', after: "{cursors[after]}"'
        page += "" if before is None else f', before: "{cursors[before]}"'
        cuts[f"c{number}"] = (kept, has_next, has_previous)
        fields.append(_field(listed, "NAME", descending=True, page=page, of=f"c{number}: "))
    for start in range(0, len(fields), 20):
        answer = await sampled(f"{{ {' '.join(fields[start : start + 20])} }}")
        for alias, found in answer.data.items():
            info = found["pageInfo"]
            told = (_sound(found), info["hasNextPage"], info["hasPreviousPage"])
            assert told == cuts[alias], alias


REFUSED: Final = {
    "another order's cursor": (
        f'artists(after: "{encode_cursor("BEGIN_YEAR", (1999, "x"))}")',
        "CURSOR_INVALID",
        "after",
    ),
    "the same order's, the other way": (
        f'artists(before: "{encode_cursor("NAME DESC", ("x", "x"))}")',
        "CURSOR_INVALID",
        "before",
    ),
    "a cursor of another width": (
        f'artists(after: "{encode_cursor("NAME", ("x",))}")',
        "CURSOR_INVALID",
        "after",
    ),
    "a number that no engine holds": (
        f'artists(after: "{encode_cursor("NAME", (2**63, "x"))}")',
        "CURSOR_INVALID",
        "after",
    ),
    "no cursor at all": ('artists(after: "é")', "CURSOR_INVALID", "after"),
    "nothing": ('artists(after: "")', "CURSOR_INVALID", "after"),
    "none": ("artists(first: 0)", "BAD_USER_INPUT", "first"),
    "fewer than none": ("artists(last: -1)", "BAD_USER_INPUT", "last"),
    "too many": ("artists(first: 101)", "LIMIT_EXCEEDED", "first"),
    "both ends": ("artists(first: 1, last: 1)", "BAD_USER_INPUT", "last"),
    "a bad identifier": (
        'artists(filter: {identifier: {scheme: ISNI, value: "0000000000000000"}})',
        "BAD_USER_INPUT",
        "identifier",
    ),
    "another type's id": (
        f'releases(filter: {{labelId: "{global_id("Artist", "x")}"}})',
        "BAD_USER_INPUT",
        "labelId",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_makes_no_sense_is_refused_by_name(sampled: Asker, name: str) -> None:
    """The error tells which argument, and nothing is read."""
    field, code, argument = REFUSED[name]
    answer = await sampled(f"{{ {field} {{ nodes {{ id }} }} }}")
    refusal = answer.refusal
    assert (refusal["code"], refusal["argument"]) == (code, argument)
    assert refusal["message"].startswith(f"{argument}: ")
    assert answer.reads == []


async def test_a_walk_goes_on_while_things_come_in(written: Asker) -> None:
    """A cursor names a place: what stood is met once, what came behind it is not, ahead it is."""

    def artists(*names: str) -> list[ArtistFact]:
        return [ArtistFact(id=mint("test", name), name=name) for name in names]

    await write(written.graph, artists("b", "d", "f", "h"))
    query = """query ($after: String) { artists(first: 2, after: $after) {
      nodes { name } pageInfo { endCursor hasNextPage } } }"""
    page = (await written(query)).data["artists"]
    assert [node["name"] for node in page["nodes"]] == ["b", "d"]
    await write(written.graph, artists("a", "c", "e", "g", "d"))
    rest: list[str] = []
    while page["pageInfo"]["hasNextPage"]:
        page = (await written(query, after=page["pageInfo"]["endCursor"])).data["artists"]
        rest += [node["name"] for node in page["nodes"]]
    assert rest == ["e", "f", "g", "h"]


FILTERED: Final[dict[str, tuple[str, str, str, Callable[[Known, Known], bool]]]] = {
    # Field with its filters, parent's label, type of relationship, meaning.
    "credits by role": (
        "credits(role: REMIXER) { totalCount nodes { role } }",
        "Recording",
        "RECORDED",
        lambda edge, _: edge["role"] == "REMIXER",
    ),
    "valid identifiers": (
        "identifiers(valid: false) { totalCount nodes { valid } }",
        "Release",
        "HAS_IDENTIFIER",
        lambda _, known: not known["valid"],
    ),
    "identifiers by scheme": (
        "identifiers(scheme: ISNI) { totalCount nodes { scheme } }",
        "Artist",
        "HAS_IDENTIFIER",
        lambda _, known: known["scheme"] == "ISNI",
    ),
    "links by status": (
        "identityLinks(status: REJECTED) { totalCount nodes { status } }",
        "Artist",
        "HAS_IDENTITY_LINK",
        lambda _, known: known["status"] == "REJECTED",
    ),
    "flags by kind": (
        "policyFlags(kind: AI_GENERATED, status: ACTIVE) { totalCount nodes { kind } }",
        "Recording",
        "FLAGS",
        lambda _, known: (known["kind"], known["status"]) == ("AI_GENERATED", "ACTIVE"),
    ),
    "claims by status": (
        "claims(right: MASTER, kind: OWNERSHIP, status: DISPUTED) { totalCount nodes { share } }",
        "Recording",
        "ON",
        lambda _, known: (
            (known["right"], known["kind"], known["status"]) == ("MASTER", "OWNERSHIP", "DISPUTED")
        ),
    ),
    "agreements by kind": (
        "agreementsAssigned(kind: ADMINISTRATION) { totalCount nodes { kind } }",
        "Party",
        "ASSIGNS",
        lambda _, known: known["kind"] == "ADMINISTRATION",
    ),
}


@pytest.mark.parametrize("name", FILTERED)
async def test_a_filter_keeps_what_it_says(sampled: Asker, whole: Whole, name: str) -> None:
    """Filtered neighbours of a hundred things are as many as a count in Python says."""
    field, label, type_, passes = FILTERED[name]
    wanted: dict[str, int] = {}
    for edge in whole.edges[type_]:
        for parent, other in ((edge.start, edge.end), (edge.end, edge.start)):
            if whole.labels[parent] == label and passes(edge.known, whole.known(other)):
                wanted[parent] = wanted.get(parent, 0) + 1
    parents = [*wanted, *(key for key in whole.nodes[label] if key not in wanted)][:100]
    query = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {label} {{ {field} }} }} }}"
    answer = await sampled(query, ids=[global_id(label, parent) for parent in parents])
    [alias] = {key for node in answer.data["nodes"] for key in node}
    found = [node[alias]["totalCount"] for node in answer.data["nodes"]]
    assert found == [wanted.get(parent, 0) for parent in parents]
    assert [len(node[alias]["nodes"]) for node in answer.data["nodes"]] == [
        min(20, count) for count in found
    ]


async def test_releases_of_a_label(sampled: Asker, whole: Whole) -> None:
    """The filter by label tells what the label's own list tells."""
    issued = whole.edges["ISSUED_BY"]
    labels = sorted({edge.end for edge in issued}, key=lambda key: (-_count(issued, key), key))[:5]

    async def both(key: str) -> None:
        id_ = global_id("Label", key)
        answer = await sampled(
            """query ($id: ID!) {
              label(id: $id) { releases(first: 100) { totalCount nodes { id } } }
              releases(first: 100, filter: {labelId: $id}) { totalCount nodes { id } } }""",
            id=id_,
        )
        assert answer.data["label"]["releases"] == answer.data["releases"]
        assert answer.data["releases"]["totalCount"] == len(
            {edge.start for edge in issued if edge.end == key}
        )

    await asyncio.gather(*(both(key) for key in labels))


def _count(edges: list[Any], key: str) -> int:
    return sum(edge.end == key for edge in edges)
