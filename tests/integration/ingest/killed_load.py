"""A load in a process of its own, for a test that kills it: endpoint on standard input."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from graph.client import connect
from graph.engines import Dialect, Endpoint
from ingest import storing
from ingest.load import SourceFormat, load
from ingest.reports import Silent


class Told(Silent):
    """Progress as lines on standard output."""

    def advanced(self, file: Path, *, records: int, facts: int) -> None:
        """Print how far the load is."""
        print(file.name, records, facts, flush=True)  # noqa: T201 - the test reads it.


async def main() -> None:
    """Load the given files, slowly enough to be killed in between."""
    storing.BATCH_FACTS = 200  # type: ignore[misc]
    given = json.loads(sys.stdin.readline())
    endpoint = Endpoint(**{**given, "dialect": Dialect(given["dialect"])})
    async with connect(endpoint) as graph:
        await load(
            graph, SourceFormat.DISCOGS, [Path(name) for name in sys.argv[1:]], progress=Told()
        )


if __name__ == "__main__":
    asyncio.run(main())
