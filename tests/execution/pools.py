"""What arguments are given: ids, cursors, identifiers and names that are in the graph, and wrong ones.

Gathered by walking the schema from its root lists, the stock way, so that it fits any graph.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any, Final, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_required_argument,
)

from schema.ids import global_id
from schema.registry import findable_types, keys_of
from tests.execution.catalogue import MERGED, NAMES
from tests.execution.damage import DAMAGED
from tests.execution.schema_types import SCHEMA, named
from tests.execution.ways import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from graphql import GraphQLField

    from tests.execution.ways import Ways

Order = tuple[str, str] | None
Place = tuple[str, str]

WRONG_IDS: Final = (
    "",
    "nonsense",
    "é",
    "QXJ0aXN0",
    global_id("Artist", "nobody"),
    global_id("Recording", "nobody"),
    global_id("Claim", "nobody"),
    global_id("Nothing", "x"),
    global_id("Source", "x"),
    "7",
)
WRONG_CURSORS: Final = ("", "x", "é", "W10", "WyJOQU1FIl0", "bnVsbA")
COUNTRIES: Final = ("DE", "DE", "US", "gb", "JP", "XX", "Germany", "", "D1", "276")
TERRITORIES: Final = (
    *("US", "DE", "FR", "JP", "276", "us") * 2,
    "2136",
    "2120",
    "XX",
    "",
    "Atlantis",
)
WORDS: Final = ("SONG", "ORIGINAL_PRODUCTION", "eng", "", "zz")
DAYS: Final = ("2024-01-01", "2001-02-03", "2020-01-01", "1999-12-31", "0001-01-01")
INSTANTS: Final = (
    "2024-06-01T00:00:00Z",
    "2025-06-07T08:09:10.123456+00:00",
    "2026-01-01T00:00:00",
    "2023-12-31T23:59:59+02:00",
)
TITLES: Final = tuple(f"{name} (take {at % 3})" for at, name in enumerate(NAMES))
DURATIONS: Final = (215_000, 213_500, 0, 9_000)
WRONG_DAYS: Final = ("2024-02-30", "today", "")
WRONG_IDENTIFIERS: Final = (
    ("ISRC", "no isrc"),
    ("ISNI", "0000 0001 2281 955Y"),
    ("MBID", ""),
    ("ISRC", "US-ZZZ-99-99999"),
    ("PROPRIETARY", "nobody's"),
)
WRONG_REPRESENTATIONS: Final[tuple[Any, ...]] = (
    {},
    {"__typename": "Nothing", "id": "x"},
    {"__typename": "Artist"},
    {"__typename": "Source", "id": "x"},
    {"__typename": "Artist", "id": 7},
    {"__typename": "Recording", "isrc": "no isrc"},
    {"__typename": "Recording", "isrc": "US-ZZZ-99-99999"},
    "Artist",
    7,
)
LONG_NAME: Final = "a" * 201
YEARS: Final = (1999, 2001, 2011, 0, -1, 9999)


def page_types() -> Iterator[tuple[GraphQLObjectType, str, GraphQLField]]:
    """Yield each connection of a type that clients reach by id, and of the root."""
    node = SCHEMA.type_map["Node"]
    for type_ in SCHEMA.type_map.values():
        if not isinstance(type_, GraphQLObjectType):
            continue
        if type_ is SCHEMA.query_type or node in type_.interfaces:
            for name, field_ in type_.fields.items():
                if {"first", "after"} <= set(field_.args):
                    yield type_, name, field_


def orders(field_: GraphQLField) -> list[Order]:
    """Return every order that a connection takes, the unsaid one first."""
    found: list[Order] = [None]
    argument = field_.args.get("orderBy")
    if argument is not None:
        order = cast("GraphQLInputObjectType", named(cast("Any", argument).type))
        fields = cast("GraphQLEnumType", named(order.fields["field"].type))
        ways = cast("GraphQLEnumType", named(order.fields["direction"].type))
        found += product(fields.values, ways.values)
    return found


class Pools:
    """The values; each pool is sorted, so that a seed means the same in every run.

    No dataclass: Hypothesis would tell all of it with every failure, and fail at that.
    """

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = {}
        self.damaged: dict[str, list[str]] = {}
        self.cursors: dict[tuple[Place, Order], list[str]] = {}
        self.identifiers: dict[str, list[tuple[str, str]]] = {}

    @classmethod
    async def gather(cls, ways: Ways) -> Pools:
        """Return what the graph holds."""
        found = _Gathered()
        await asyncio.gather(
            *(
                found.root(ways, name, field_, order)
                for type_, name, field_ in page_types()
                if type_ is SCHEMA.query_type
                for order in orders(field_)
            )
        )
        while any(found.new.values()):
            await found.below(ways)
        pools = cls()
        ids = found.ids
        for label, (merged, _) in MERGED.items():
            ids[label].add(global_id(label, merged))
        for label, id_ in DAMAGED:
            pools.damaged.setdefault(label, []).append(global_id(label, id_))
        pools.ids = {label: sorted(each) for label, each in sorted(ids.items())}
        cursors = sorted(found.cursors.items(), key=lambda item: str(item[0]))
        pools.cursors = {place: sorted(each) for place, each in cursors}
        identifiers = sorted(found.identifiers.items())
        pools.identifiers = {label: sorted(each) for label, each in identifiers}
        return pools

    def id(self, chance: Random, label: str | None, *, kind: float | None) -> str:
        """Return an id, most likely of the label's things; `kind` 0 is a wrong one, 0.5 a right one."""
        kind = chance.random() if kind is None else kind
        if kind < 0.06:
            return chance.choice(WRONG_IDS)
        if label not in self.ids or kind < 0.1:
            label = chance.choice(list(self.ids))
        if kind > 0.9 and label in self.damaged:
            return chance.choice(self.damaged[label])
        return chance.choice(self.ids[label])

    def cursor(self, chance: Random, place: Place, order: Order, *, kind: float | None) -> str:
        """Return a cursor, most likely of this list in this order."""
        kind = chance.random() if kind is None else kind
        if kind < 0.05:
            return chance.choice(WRONG_CURSORS)
        found = self.cursors.get((place, order)) or self._like(place[1], order)
        if not found or kind < 0.1:
            found = self.cursors[chance.choice(list(self.cursors))]
        return chance.choice(found)

    def _like(self, name: str, order: Order) -> list[str]:
        """Return the cursors of lists of one name: an interface has none of its own."""
        return [
            cursor
            for ((_, each), ordered), cursors in self.cursors.items()
            if each == name and ordered == order
            for cursor in cursors
        ]

    def identifier(self, chance: Random, label: str, *, kind: float | None) -> tuple[str, str]:
        """Return scheme and value, most likely of one that a thing of the label bears."""
        kind = chance.random() if kind is None else kind
        if kind < 0.15:
            return chance.choice(WRONG_IDENTIFIERS)
        found = self.identifiers.get(label)
        if not found or kind < 0.3:
            found = chance.choice(list(self.identifiers.values()))
        return chance.choice(found)

    def representation(self, chance: Random, *, kind: float | None) -> Any:
        """Return a thing by one of its keys, most likely of one that is there."""
        kind = chance.random() if kind is None else kind
        if kind < 0.1:
            return chance.choice(WRONG_REPRESENTATIONS)
        label = chance.choice([each for each in self.ids if each in findable_types()])
        known = {str(scheme): value for scheme, value in self.identifiers.get(label, ())}
        keys = {name: known[each] for name, each in keys_of(label).items() if each in known}
        if keys and chance.random() < 0.3:
            name = chance.choice(sorted(keys))
            return {"__typename": label, name: keys[name]}
        return {"__typename": label, "id": self.id(chance, label, kind=kind)}

    def name(self, chance: Random, *, kind: float | None = None) -> str:
        """Return a name, a part of one, or one misspelt."""
        if kind == 0:
            return LONG_NAME
        name = chance.choice(NAMES)
        match chance.randrange(8):
            case 0:
                return chance.choice(["", " ", "?!", "zz", "the", LONG_NAME])
            case 1:
                return name.upper()
            case 2:
                return name[1:] + "q"
            case 3 | 4:
                return name[: chance.randint(1, 4)]
            case _:
                return name


class _Gathered:
    def __init__(self) -> None:
        self.ids: defaultdict[str, set[str]] = defaultdict(set)
        self.new: defaultdict[str, set[str]] = defaultdict(set)
        self.cursors: defaultdict[tuple[Place, Order], set[str]] = defaultdict(set)
        self.identifiers: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)

    async def root(self, ways: Ways, name: str, field_: GraphQLField, order: Order) -> None:
        if any(is_required_argument(argument) for argument in field_.args.values()):
            return
        found = await ways.stock(Operation(text=f"{{ {_page(name, field_, order, 100)} }}"))
        self._take(("Query", name), order, _inside(found.get("data"), name))

    async def below(self, ways: Ways) -> None:
        new, self.new = self.new, defaultdict(set)
        await asyncio.gather(
            *(
                self._list(ways, (type_.name, name), field_, order, sorted(new[type_.name])[:100])
                for type_, name, field_ in page_types()
                if new[type_.name]
                for order in orders(field_)
            )
        )

    async def _list(
        self, ways: Ways, place: Place, field_: GraphQLField, order: Order, ids: list[str]
    ) -> None:
        label, name = place
        page = _page(name, field_, order, 6)
        text = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {label} {{ {page} }} }} }}"
        found = await ways.stock(Operation(text=text, variables={"ids": ids}))
        for node in _inside(found.get("data"), "nodes") or ():
            self._take(place, order, _inside(node, name))

    def _take(self, place: Place, order: Order, page: Any) -> None:
        for edge in _inside(page, "edges") or ():
            self.cursors[place, order].add(edge["cursor"])
            self._node(edge["node"], place[0])

    def _node(self, node: dict[str, Any], bearer: str) -> None:
        label, id_ = node["__typename"], node.get("id")
        if id_ is not None and id_ not in self.ids[label]:
            self.ids[label].add(id_)
            self.new[label].add(id_)
        if node.get("scheme"):
            self.identifiers[bearer].add((node["scheme"], node.get("raw") or node["value"]))
        if isinstance(node.get("identity"), dict):
            known = (node["identity"]["scheme"], node["identity"]["value"])
            self.identifiers[label].add(known)


def _inside(value: Any, name: str) -> Any:
    """Return a member of an object, or none of what is null."""
    return None if value is None else value[name]


def _page(name: str, field_: Any, order: Order, size: int) -> str:
    """Return a selection of a connection with what the pools want of its items."""
    ordered = f", orderBy: {{field: {order[0]}, direction: {order[1]}}}" if order else ""
    page = cast("GraphQLObjectType", named(field_.type))
    item = named(page.fields["nodes"].type)
    wanted = ["__typename"]
    if isinstance(item, GraphQLObjectType | GraphQLInterfaceType):
        wanted += [each for each in ("id", "scheme", "raw", "value") if each in item.fields]
        if "identity" in item.fields:
            wanted.append("identity { scheme value }")
    return f"{name}(first: {size}{ordered}) {{ edges {{ cursor node {{ {' '.join(wanted)} }} }} }}"
