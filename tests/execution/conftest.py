"""The graph of these tests, and both ways to it."""

from tests.execution.graphs import gathered, pools, quiet, ways

__all__ = ["gathered", "pools", "quiet", "ways"]
