"""The graphs of these tests, and the sample as a whole to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.integration.catalogue.whole import Whole
from tests.reads.graphs import sampled, written

if TYPE_CHECKING:
    from tests.conftest import EngineKind
    from tests.reads.asking import Asker

__all__ = ["sampled", "written"]


@pytest.fixture(scope="session")
def wholes() -> dict[EngineKind, Whole]:
    """Return the samples that were read already, by engine."""
    return {}


@pytest_asyncio.fixture
async def whole(sampled: Asker, engine_kind: EngineKind, wholes: dict[EngineKind, Whole]) -> Whole:
    """Return the sample as the engine holds it, read once a session."""
    if engine_kind not in wholes:
        wholes[engine_kind] = await Whole.of(sampled.graph)
    return wholes[engine_kind]
