"""The graphs of these tests."""

from tests.reads.graphs import sampled, written

__all__ = ["sampled", "written"]
