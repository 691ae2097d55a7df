"""How the engines mean to run each text: from ids and identifiers by index, whole lists by their order."""

from __future__ import annotations

import importlib
import pkgutil
from itertools import product
from typing import TYPE_CHECKING, Any, Final, LiteralString, cast

import pytest
import pytest_asyncio
from neo4j import AsyncGraphDatabase

import graph
from graph.engines import Dialect
from graph.listings import Listing, Shape
from graph.paging import count_text, ids_text, list_text
from graph.things import ById, by_id_text

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator

    from graph.engines import Endpoint

    Plan = Callable[[str], Awaitable[set[str]]]

ON_EMBEDDED: Final = pytest.mark.parametrize(
    "engine_kind", ["embedded"], indirect=True, scope="session"
)
ON_NEO4J: Final = pytest.mark.parametrize("engine_kind", ["neo4j"], indirect=True, scope="session")

SCANS: Final = frozenset(
    {
        "AllNodesScan",
        "NodeByLabelScan",
        "UnionNodeByLabelsScan",
        "IntersectionNodeByLabelsScan",
        "SubtractionNodeByLabelsScan",
        "DirectedAllRelationshipsScan",
        "UndirectedAllRelationshipsScan",
        "DirectedRelationshipTypeScan",
        "UndirectedRelationshipTypeScan",
        "NodeIndexScan",
        "CartesianProduct",
    }
)
SORTS: Final = frozenset({"Sort", "Top", "PartialSort", "PartialTop"})
ORDERED_BY_INDEX: Final = frozenset({"NAME", "TITLE", "SEQUENCE"})


def texts() -> Iterator[tuple[str, Any]]:
    """Yield every text and list of the read side, by module and name."""
    for module in pkgutil.iter_modules(graph.__path__):
        if module.ispkg or module.name in ("client", "listings", "migrations", "paging", "things"):
            continue
        for name, value in vars(importlib.import_module(f"graph.{module.name}")).items():
            if not name.isupper():
                continue
            if isinstance(value, dict):
                for key, each in cast("dict[str, Any]", value).items():
                    yield f"{module.name}.{name}[{key}]", each
            else:
                yield f"{module.name}.{name}", value


TEXTS: Final = dict(texts())
LISTS: Final = {
    name: cast("Listing[Any]", each) for name, each in TEXTS.items() if isinstance(each, Listing)
}
BY_ID: Final[dict[str, str]] = {
    name: by_id_text(cast("ById[Any]", each)) if isinstance(each, ById) else each
    for name, each in TEXTS.items()
    if isinstance(each, ById) or (isinstance(each, str) and "$ids" in each and "RETURN" in each)
}
NEIGHBOURS: Final = [name for name, each in LISTS.items() if each.start]
WHOLE: Final = [name for name, each in LISTS.items() if not each.start]


SMALL: Final = "works.WORKS"
"""So few in the sample that sorting them all is sooner done than walking an index."""


@pytest_asyncio.fixture
async def plan(sample: Endpoint) -> AsyncGenerator[Plan]:
    """Yield what returns the operators of a text's plan, without running it."""
    assert sample.dialect is Dialect.NEO4J

    async def operators(text: str) -> set[str]:
        explained = await driver.execute_query(cast("LiteralString", f"EXPLAIN {text}"))
        return set(_operators(cast("Any", explained.summary).plan))

    async with AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType] - **config is untyped.
        sample.uri, auth=sample.auth, notifications_min_severity="OFF"
    ) as driver:
        yield operators


def _operators(plan: Any) -> Iterator[str]:
    yield plan["operatorType"].split("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)


def test_the_whole_read_side_is_looked_at() -> None:
    """New modules are found by themselves."""
    assert len(BY_ID) >= 13
    assert len(NEIGHBOURS) >= 40
    assert len(WHOLE) == 11


@ON_NEO4J
@pytest.mark.parametrize("name", BY_ID)
async def test_what_starts_from_ids_finds_them_by_index(plan: Plan, name: str) -> None:
    """No label is scanned, and nothing crossed."""
    assert await plan(BY_ID[name]) & SCANS == set()


@ON_NEO4J
@pytest.mark.parametrize("name", NEIGHBOURS)
async def test_neighbours_are_reached_from_their_things(plan: Plan, name: str) -> None:
    """Whichever order, filter and page: from the things' ids along relationships."""
    listing = LISTS[name]
    filters = tuple(listing.filters)
    for order in listing.orders:
        for place, kept in (((False, False), ()), ((True, True), filters)):
            found = await plan(list_text(listing, Shape(order, False, False, *place, kept)))  # noqa: FBT003
            assert found & SCANS == set(), (order, place)
            assert "NodeUniqueIndexSeek" in found, (order, place)
    for entry in listing.entries:
        assert await plan(count_text(listing, (entry,))) & SCANS == set(), entry
    assert await plan(count_text(listing, filters)) & SCANS == set()


@ON_NEO4J
@pytest.mark.parametrize("name", WHOLE)
async def test_whole_lists_take_their_order_from_an_index(plan: Plan, name: str) -> None:
    """By name, title or commit nothing is sorted but equal names; from an identifier nothing is scanned."""
    listing = LISTS[name]
    for order in ORDERED_BY_INDEX & set(listing.orders):
        for descending, after in product((False, True), repeat=2):
            text = list_text(listing, Shape(order, descending, after=after), True)  # noqa: FBT003
            found = await plan(text)
            assert found & SCANS == set(), (order, descending, after)
            if name != SMALL:
                alike = {"PartialTop"} if len(listing.orders[order].ascending) > 1 else set[str]()
                assert found & SORTS == alike, (order, descending, after)
    for order, entry in product(listing.orders, listing.entries):
        text = list_text(listing, Shape(order, filters=(entry,)), True)  # noqa: FBT003
        assert await plan(text) & SCANS == set(), (order, entry)


@ON_EMBEDDED
@pytest.mark.parametrize("name", WHOLE)
async def test_the_embedded_engine_takes_ids_from_an_index(sample: Endpoint, name: str) -> None:
    """By name, title or commit, from either end and any place: in the index's order, nothing sorted."""
    listing = LISTS[name]
    async with AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType] - **config is untyped.
        sample.uri, auth=sample.auth
    ) as driver:
        for order in ORDERED_BY_INDEX & set(listing.orders):
            for descending, after in product((False, True), repeat=2):
                text = ids_text(listing, Shape(order, descending, after=after))
                begun = 1 if order == "SEQUENCE" else "m"
                given = {"limit": 3, "after0": begun, "after1": "a"}
                explained = await driver.execute_query(f"EXPLAIN {text}", given)
                told = str(cast("Any", explained.summary).plan)
                assert "[index order" in told, (order, descending, after)
                assert "OrderByStep" not in told, (order, descending, after)
