"""What a request leaves behind: nothing that only the garbage collector could find.

The server has the collector look seldom, so that reference cycles would be memory held for long.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.reads.asking import Asker

QUERY = """query ($n: Int) { artists(first: $n) { edges { cursor node { id name
  recordings(first: 3) { totalCount nodes { title
    ownership(right: MASTER, territory: "US", at: "2024-01-01") {
      owners(first: 5) { share { percent } party { name } } }
    credits { nodes { artist { name } } } policyFlags { nodes { kind } } } } } } } }"""


async def test_a_request_leaves_no_reference_cycle(sampled: Asker) -> None:
    """What was made for an answer is freed with it."""
    await sampled(QUERY, n=20)
    gc.collect()
    gc.disable()
    try:
        answer = await sampled(QUERY, n=20)
        assert answer.data
        del answer
        assert gc.collect() == 0
    finally:
        gc.enable()
