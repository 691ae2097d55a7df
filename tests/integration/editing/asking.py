"""An editor, who asks of an empty graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest_asyncio

from graph.client import connect
from graph.migrations import migrate
from resolvers.permission import Role, Viewer
from tests.reads.asking import Asker, CountedGraph

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.engines import Endpoint

EDITOR: Final = Viewer(subject="ed", roles=frozenset({Role.EDITOR}), user="user-of-ed")
ERRORS: Final = "errors { code message path rule }"


@pytest_asyncio.fixture
async def ask(scratch: Endpoint) -> AsyncIterator[Asker]:
    """Yield an editor who asks of an empty graph."""
    async with connect(scratch, make=CountedGraph) as graph:
        await migrate(graph)
        yield Asker(graph).seen_by(EDITOR)


async def change(ask: Asker, name: str, given: str, told: str = "artist { id version }") -> Any:
    """Return the payload of a mutation."""
    answer = await ask(f"mutation {{ it: {name}(input: {{{given}}}) {{ {told} {ERRORS} }} }}")
    return answer.data["it"]
