"""A whole graph read without any of the texts under test, to compare their answers with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, LiteralString

if TYPE_CHECKING:
    from graph.client import Graph

# Instants are left out: they differ between loads, and cost most of the time to read.
NODES: Final[LiteralString] = """
MATCH (node) WHERE node.id > $after
WITH node ORDER BY node.id LIMIT $limit
RETURN collect([head(labels(node)), node {.*, recordedAt: null, loadedAt: null}]) AS rows
"""
EDGES: Final[LiteralString] = """
MATCH (start)-[edge]->(end) WHERE start.id > $after AND start.id <= $to
RETURN collect([type(edge), start.id, end.id, edge {.*, recordedAt: null}]) AS rows
"""
PAGE: Final = 8_000


@dataclass(frozen=True, slots=True)
class Edge:
    """One relationship, by the ids of its ends."""

    start: str
    end: str
    known: dict[str, Any]


class Whole:
    """Every node by label and id, every relationship by type."""

    def __init__(self, nodes: list[Any], edges: list[Any]) -> None:
        self.nodes: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.edges: defaultdict[str, list[Edge]] = defaultdict(list)
        self.labels: dict[str, str] = {}
        for label, known in nodes:
            self.nodes[label][known["id"]] = known
            self.labels[known["id"]] = label
        for type_, start, end, known in edges:
            self.edges[type_].append(Edge(start, end, known))

    @classmethod
    async def of(cls, graph: Graph) -> Whole:
        """Read a graph, piece by piece: a read may take ten seconds."""
        nodes: list[Any] = []
        edges: list[Any] = []
        after = ""
        while page := await graph.read("nodes", NODES, after=after, limit=PAGE):
            to = page[-1][1]["id"]
            edges += await graph.read("edges", EDGES, after=after, to=to)
            nodes += page
            after = to
        return cls(nodes, edges)

    def known(self, key: str) -> dict[str, Any]:
        """Return the properties of the node with the id, whatever its label."""
        return self.nodes[self.labels[key]][key]

    def keys_of(self, thing: str) -> set[str]:
        """Return the keys of the valid identifiers that a thing bears."""
        found = {self.known(each)["key"] for each in self.borne[thing] if self.known(each)["valid"]}
        return {str(key) for key in found}

    @cached_property
    def borne(self) -> dict[str, list[str]]:
        """The identifiers that things bear, by the thing's id."""
        return self.ends("HAS_IDENTIFIER")

    @cached_property
    def identified(self) -> dict[str, list[str]]:
        """The identities that links name, by the link's id."""
        return self.ends("IDENTIFIES")

    def ends(self, type_: str) -> dict[str, list[str]]:
        """Return where relationships of a type lead, by where they start."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for edge in self.edges[type_]:
            found[edge.start].append(edge.end)
        return found
