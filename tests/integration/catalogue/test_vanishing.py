"""Pages of whole lists while things go: no page is cut short as if the list ended there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

import pytest
import pytest_asyncio

from graph.client import connect
from graph.facts import ArtistFact
from tests.reads.asking import Asker, CountedGraph
from tests.reads.graphs import empty, write

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from graph.engines import Endpoint

NAMES = [f"Vanishing {number}" for number in range(6)]
GO: LiteralString = "MATCH (artist:Artist {id: $id}) DETACH DELETE artist"


class Vanishing(CountedGraph):
    """A graph that loses things right after their ids were found, one each time."""

    doomed: list[str]

    async def column(
        self, summary: LiteralString, text: LiteralString, **parameters: Any
    ) -> list[Any]:
        """Read; then delete one of what was found, if it is doomed."""
        found = await super().column(summary, text, **parameters)
        if self.doomed and self.doomed[0] in found:
            await self.write("go", [(GO, {"id": self.doomed.pop(0)})])
        return found


@pytest_asyncio.fixture
async def ask(scratch: Endpoint) -> AsyncGenerator[Asker]:
    """Yield what asks a graph of six artists, of which the first two go."""
    async with connect(scratch, make=Vanishing) as graph:
        graph.doomed = []
        await empty(graph)
        facts = [ArtistFact(id=f"vanishing{at}", name=name) for at, name in enumerate(NAMES)]
        await write(graph, facts)
        graph.doomed = [fact.id for fact in facts[:2]]
        yield Asker(graph)


@pytest.mark.parametrize("engine_kind", ["embedded"], indirect=True, scope="session")
async def test_a_page_is_whole_while_things_go(ask: Asker) -> None:
    """Planned and through loaders: the page is full, and says that the list goes on."""
    query = "{ artists(first: 3) { nodes { name } pageInfo { hasNextPage } } }"
    for way in (ask, ask.through_loaders):
        page = (await way(query)).data["artists"]
        assert len(page["nodes"]) == 3
        assert page["pageInfo"]["hasNextPage"]
