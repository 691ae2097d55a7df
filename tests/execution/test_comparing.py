"""The oracle itself: it sees every difference, and lets pass what only the order of events decides."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING, Any, Final, LiteralString, cast

import pytest

from graph.client import Graph
from tests.execution.comparing import difference, disagreement, place_of
from tests.execution.operations import made
from tests.execution.shrinking import shrunk
from tests.execution.ways import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.execution.pools import Pools
    from tests.execution.ways import Ways

SEEDS: Final = range(10_000, 10_080)
# One operation in dozens names the artist that is looked for; which ones is a matter of the schema.
MANY_SEEDS: Final = range(10_000, 12_000)

pytestmark = pytest.mark.parametrize("engine_kind", ["embedded"], indirect=True, scope="session")


class UnsteadyGraph(Graph):
    """A graph whose answers come in another order each time."""

    @classmethod
    def of(cls, graph: Graph, seed: int) -> UnsteadyGraph:
        """Return the same graph, unsteady."""
        made = cls.__new__(cls)
        made.__dict__.update(graph.__dict__)
        made.chance = Random(seed)  # noqa: S311 - the same delays each time.
        return made

    chance: Random

    async def read(self, summary: LiteralString, text: LiteralString, **parameters: Any) -> Any:
        """Read, and wait before the answer is given."""
        found = await super().read(summary, text, **parameters)
        await asyncio.sleep(self.chance.choice([0, 0, 0.005, 0.02]))
        return found


async def test_the_stock_way_agrees_with_itself_however_long_its_reads_take(
    ways: Ways, pools: Pools
) -> None:
    """What differs from run to run of graphql-core itself is no difference."""
    for seed in SEEDS:
        operation = made(seed, pools)
        stock = await ways.stock(operation)
        again = await ways.stock(operation, graph=UnsteadyGraph.of(ways.graph, seed))
        assert await disagreement(ways, operation, stock, again) is None, operation.text


async def test_every_change_of_a_response_is_seen(ways: Ways, pools: Pools) -> None:
    """A value, a member's place, an item, an error or a part of one: nothing changes unseen."""
    kinds: set[str] = set()
    for seed in SEEDS:
        operation = made(seed, pools)
        stock = await ways.stock(operation)
        for kind, changed in _changed(stock, Random(seed)):  # noqa: S311 - the same changes each time.
            kinds.add(kind)
            assert difference(stock, changed), kind
            assert await disagreement(ways, operation, stock, changed), (kind, operation.text)
    assert kinds == DATA.keys() | ERROR.keys()


async def test_what_fails_is_made_small(ways: Ways, pools: Pools) -> None:
    """Of an operation that asks for names, little but the way to one name is left."""
    tried = 0
    for seed in MANY_SEEDS:
        operation = made(seed, pools)
        if not await _names_something(ways, operation):
            continue
        tried += 1

        async def names_something(smaller: Operation) -> bool:
            return await _names_something(ways, smaller)

        smallest = await shrunk(operation, names_something)
        assert await _names_something(ways, smallest)
        lines = [line.strip() for line in smallest.text.splitlines()]
        assert len([line for line in lines if line and line[-1] not in "{}"]) == 1, smallest.text
        if tried == 3:
            break
    assert tried, "no operation names anything"


async def _names_something(ways: Ways, operation: Operation) -> bool:
    return "Aurora" in str((await ways.stock(operation)).get("data"))


def _changed(response: dict[str, Any], chance: Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the response changed in one way each."""
    places = list(_places(response["data"], ("data",))) if "data" in response else []
    for kind, (fits, change) in DATA.items():
        fitting = [path for path, value in places if fits(value)]
        if fitting:
            changed = deepcopy(response)
            *above, last = chance.choice(fitting)
            holder: Any = changed
            for key in above:
                holder = holder[key]
            holder[last] = change(holder[last])
            yield kind, changed
    for kind, alter in ERROR.items() if response.get("errors") else ():
        changed = deepcopy(response)
        error = changed["errors"].pop(0)
        if kind == "no error" and place_of(response, error) in {
            place_of(response, each) for each in changed["errors"]
        }:
            continue  # Of two errors that leave one place null, which are told hangs on the order.
        if (altered := alter(error)) is not None:
            changed["errors"].insert(0, altered)
        if not changed["errors"]:
            del changed["errors"]
        yield kind, changed


DATA: Final[dict[str, tuple[Callable[[Any], bool], Callable[[Any], Any]]]] = {
    "value": (lambda value: not isinstance(value, dict | list), lambda value: [value]),
    "null": (lambda value: value is not None, lambda _: None),
    "order": (
        lambda value: isinstance(value, dict) and len(cast("Any", value)) > 1,
        lambda value: dict(reversed(value.items())),
    ),
    "member": (
        lambda value: isinstance(value, dict) and bool(cast("Any", value)),
        lambda value: dict(list(value.items())[1:]),
    ),
    "item": (
        lambda value: isinstance(value, list) and bool(cast("Any", value)),
        lambda value: value[1:],
    ),
}
"""Changes of data: what each can be done to, and how it is done."""
ERROR: Final[dict[str, Callable[[dict[str, Any]], Any]]] = {
    "no error": lambda _: None,
    "message": lambda error: {**error, "message": error["message"] + "!"},
    "path": lambda error: {
        **error,
        "path": [*cast("list[Any]", error.get("path") or []), "beyond"],
    },
    "code": lambda error: {**error, "extensions": {"code": "ANOTHER"}},
    "place": lambda error: {**error, "locations": [{"line": 99, "column": 9}]},
}
"""Changes of an error; None for none of it."""


def _places(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    yield path, value
    if isinstance(value, dict | list):
        inside = cast("Any", value)
        for key in range(len(inside)) if isinstance(value, list) else inside:
            yield from _places(inside[key], (*path, key))
