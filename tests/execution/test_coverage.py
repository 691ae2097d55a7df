"""What the oracle asks: every field and argument, every kind of selection, every kind of error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from graphql import parse, validate

from tests.execution.coverage import Coverage
from tests.execution.operations import made
from tests.execution.routes import goals
from tests.execution.schema_types import SCHEMA

if TYPE_CHECKING:
    from tests.execution.pools import Pools
    from tests.execution.ways import Ways

LEAST: Final = 500
MOST: Final = 3_000
ERRORS: Final = frozenset(
    {
        "before execution",
        "INTERNAL",
        "BAD_USER_INPUT",
        "AMBIGUOUS_IDENTIFIER identifier",
        "UNAUTHENTICATED",
        "FORBIDDEN",
        "CURSOR_INVALID after",
        "CURSOR_INVALID before",
        *(f"LIMIT_EXCEEDED {each}" for each in ("first", "last", "ids", "text")),
        *(
            f"BAD_USER_INPUT {each}"
            for each in (
                *("code", "country", "first", "id", "identifier", "identity", "ids"),
                *("labelId", "last", "model", "representations", "territory", "use"),
            )
        ),
    }
)
"""Every code that a read can end with, and the argument it blames, if any."""
PART_OF: Final = {"labelId": "filter"}
"""The arguments that have what an error blames inside of them."""
SHAPES: Final = frozenset(
    {
        *("data", "alias", "__typename", "operation name"),
        *("@include", "@include by variable", "@skip", "@skip by variable"),
        *("inline fragment", "inline fragment on", "fragment spread"),
        *("variables provided", "variables null", "variable inside an input object"),
    }
)


@pytest.mark.parametrize("engine_kind", ["embedded"], indirect=True, scope="session")
async def test_everything_is_asked_for(
    ways: Ways, pools: Pools, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some five hundred operations are valid, leave nothing out, and meet every kind of error.

    What luck has left out by then is gone for, where it is a field or blames an argument; the rest comes
    with time.
    """
    coverage = Coverage()
    lacking: list[str] = []
    for seed in range(MOST):
        blamed = {each.rpartition(" ")[2] for each in lacking}
        blamed = {PART_OF.get(each, each) for each in blamed}
        # What tells an argument again is answered where that is given.
        blamed |= {each.rpartition(".")[2] for each in lacking}
        wanted = [goal for goal in goals() if str(goal) in lacking or goal.argument in blamed]
        goal = wanted[seed % len(wanted)] if wanted else None
        operation = made(seed, pools, goal)
        assert validate(SCHEMA, parse(operation.text)) == [], operation.text
        coverage.add(operation, await ways.stock(operation, watch=coverage))
        if seed >= LEAST and seed % 20 == 0:
            lacking = [*coverage.missing(), *coverage.unanswered()]
            lacking += sorted(ERRORS - coverage.errors.keys())
            lacking += sorted(SHAPES - coverage.shapes.keys())
            if not lacking:
                break
    with capsys.disabled():
        print(f"\n{coverage.summary()}")  # noqa: T201 - for who changes what is made.
    assert not lacking, lacking
