"""Each operation on which the two ways ever differed, kept: both answer it alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from resolvers.permission import ANONYMOUS, EVERYTHING, Role, Viewer
from tests.execution.comparing import disagreement
from tests.execution.ways import Operation

if TYPE_CHECKING:
    from tests.execution.ways import Ways

OPEN: Final = "open"
"""Where a case's JSON says why the two ways still differ; who makes them agree takes it out."""
CASES: Final = sorted((Path(__file__).parent / "cases").glob("*.graphql"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
async def test_a_kept_case_is_answered_alike(
    ways: Ways, case: Path, request: pytest.FixtureRequest
) -> None:
    """A case is a document, and beside it its variables, its operation name, and the roles of who asks."""
    operation, why = kept(case)
    if why:
        request.applymarker(pytest.mark.xfail(reason=why, strict=True))
    stock, planned = await ways.stock(operation), await ways.planned(operation)
    assert await disagreement(ways, operation, stock, planned) is None


def kept(case: Path) -> tuple[Operation, str | None]:
    """Return the operation of a case, and why it is still open, if it is."""
    known: dict[str, Any] = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
    text = case.read_text(encoding="utf-8")
    operation = Operation(
        text=text,
        variables=known["variables"],
        name=known["operationName"],
        viewer=_viewer(known.get("roles")),
    )
    return operation, known.get(OPEN)


def _viewer(roles: list[str] | None) -> Viewer:
    """Return who has the roles: who may do everything where none are told, nobody where there are none."""
    if roles is None:
        return EVERYTHING
    return Viewer(subject="case", roles=frozenset(map(Role, roles))) if roles else ANONYMOUS
