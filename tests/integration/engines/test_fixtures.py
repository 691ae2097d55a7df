from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engines.driver import driver_to

if TYPE_CHECKING:
    from graph.engines import Endpoint


@pytest.mark.parametrize("_round", [1, 2])
async def test_scratch_is_empty_however_it_was_left(scratch: Endpoint, _round: int) -> None:
    """A test never sees another's nodes."""
    async with driver_to(scratch) as driver:
        counted = await driver.execute_query(
            "MATCH (n) RETURN count(n) AS nodes", database_=scratch.database
        )
        assert counted.records[0]["nodes"] == 0
        await driver.execute_query(
            "CREATE (:Artist {id: 'a1'})-[:KNOWS]->(:Artist {id: 'a2'})",
            database_=scratch.database,
        )
