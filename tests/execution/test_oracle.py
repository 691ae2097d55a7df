"""Planned execution answers what graphql-core answers through Strawberry: the oracle."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from resolvers.permission import EVERYTHING
from tests.execution.comparing import disagreement
from tests.execution.operations import made
from tests.execution.shrinking import shrunk

if TYPE_CHECKING:
    from tests.execution.pools import Pools
    from tests.execution.ways import Operation, Ways

EXAMPLES: Final = int(os.environ.get("CONTENT_GRAPH_ORACLE_EXAMPLES", "300"))
"""How many operations are tried on the embedded engine, and thirty times as many as on Neo4j.

Neo4j plans each text anew that it has not met, which is nearly each of these.
"""


def _asked(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        # A seed has no parts to shrink: what fails is shrunk here.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )


SEEDS: Final = st.integers(min_value=0, max_value=2**63 - 1)


@pytest.mark.parametrize("engine_kind", ["embedded"], indirect=True, scope="session")
@given(seed=SEEDS)
@_asked(EXAMPLES)
async def test_both_ways_answer_alike(ways: Ways, pools: Pools, seed: int) -> None:
    """The same data to the byte, the same errors, for any valid operation."""
    await agree(ways, made(seed, pools))


@pytest.mark.parametrize("engine_kind", ["neo4j"], indirect=True, scope="session")
@given(seed=SEEDS)
@_asked(max(1, EXAMPLES // 30))
async def test_both_ways_answer_alike_on_neo4j(ways: Ways, pools: Pools, seed: int) -> None:
    """The same on the other engine."""
    await agree(ways, made(seed, pools))


async def agree(ways: Ways, operation: Operation) -> None:
    """Fail where the two ways differ on an operation, telling the smallest one found that does."""
    found = await compared(ways, operation)
    if found is None:
        return

    async def fails(smaller: Operation) -> bool:
        return await compared(ways, smaller) is not None

    smallest = await shrunk(operation, fails)
    pytest.fail(report(smallest, await compared(ways, smallest) or found), pytrace=False)


async def compared(ways: Ways, operation: Operation) -> str | None:
    """Return how the two ways differ on an operation, or None."""
    stock, planned = await ways.stock(operation), await ways.planned(operation)
    refused: Any = [error["extensions"]["code"] for error in planned.get("errors", ())]
    assert "GRAPHQL_VALIDATION_FAILED" not in refused, report(operation, str(planned))
    # Missing variables ask for more than was meant; what is made smaller may lose the operation.
    beyond = {"TOO_MANY_NODES", "TOO_MANY_VALUES", "OPERATION_RESOLUTION_FAILURE"}
    if beyond.intersection(refused):
        return None
    return await disagreement(ways, operation, stock, planned)


def report(operation: Operation, found: str) -> str:
    """Return a difference as text, ready to be kept as a case."""
    known: dict[str, Any] = {"variables": operation.variables, "operationName": operation.name}
    if operation.viewer is not EVERYTHING:
        known["roles"] = sorted(operation.viewer.roles)
    return (
        f"stock against planned: {found}\n"
        f"--- tests/execution/cases/NAME.graphql\n{operation.text}\n"
        f"--- tests/execution/cases/NAME.json\n{json.dumps(known, ensure_ascii=False)}"
    )
