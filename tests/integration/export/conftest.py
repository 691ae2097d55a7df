"""An empty graph on each engine, to load messages into and write them out again."""

from __future__ import annotations

from tests.integration.ingest.conftest import empty

__all__ = ["empty"]
