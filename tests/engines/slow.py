"""A statement that takes for ever, and how a test knows that a database still runs it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from graph.client import Graph

SLOW: Final = """UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b
RETURN count(a + b + $salt) AS rows"""
_RUNNING: Final = """SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range'
RETURN count(*) AS rows"""


async def running(graph: Graph) -> int:
    """Return how often Neo4j runs it now; the embedded engine has no such list."""
    return await graph.read("transactions", _RUNNING)


async def ended(graph: Graph) -> None:
    """Return when Neo4j runs it no more; fail after some seconds."""
    for _ in range(80):
        if not await running(graph):
            return
        await asyncio.sleep(0.1)
    pytest.fail("The statement still runs.")
