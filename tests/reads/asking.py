"""Operations asked of a graph, as the server runs them, with every read they took."""

from __future__ import annotations

from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from execution.limits import Limits
from execution.operations import Operations
from execution.requests import GraphQLRequest
from graph.client import Graph
from graph.journal import Journal
from loaders import Loaders
from resolvers.context import Context
from resolvers.grants import Grants
from resolvers.permission import EVERYTHING, Viewer
from schema import schema
from schema.fields import end_field_spans
from schema.subgraphs import subgraph

if TYPE_CHECKING:
    from collections.abc import Generator

    import neo4j

    from execution.incremental import Deliver
    from graph.bolt import Reader
    from graph.engines import Endpoint


class CountedGraph(Graph):
    """A graph that remembers the summary of each read, in the order they began."""

    def __init__(
        self, driver: neo4j.AsyncDriver, endpoint: Endpoint, reader: Reader | None = None
    ) -> None:
        super().__init__(driver, endpoint, reader)
        self.reads: list[str] = []

    async def read(self, summary: LiteralString, text: LiteralString, **parameters: Any) -> Any:
        """Read, and remember it."""
        self.reads.append(summary)
        return await super().read(summary, text, **parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one operation answered, and the reads it took, sorted."""

    body: dict[str, Any]
    reads: list[str]

    @property
    def data(self) -> Any:
        """The data, of an operation without errors."""
        assert "errors" not in self.body, self.body["errors"]
        return self.body["data"]

    @property
    def refusal(self) -> dict[str, Any]:
        """What a client is told of the only error, without its place in the document."""
        [error] = self.body["errors"]
        return {"message": error["message"], **error["extensions"]}


class Asker:
    """Asks operations of one graph, each in a request of its own."""

    def __init__(self, graph: CountedGraph) -> None:
        self.graph = graph
        self.journal = Journal(graph)
        self.grants = Grants(graph)
        self.viewer = EVERYTHING
        # Pages count as full: fifty things four levels deep are far over what clients may ask for.
        limits = Limits(nodes=1_000_000, aliases=1_000, seconds=60.0)
        self._planned = Operations(schema, limits)
        self._through_loaders = Operations(schema, limits, planned=False)

    async def __call__(self, query: str, **variables: Any) -> Answer:
        """Run the operation's plan and return its answer, errors and all."""
        return await self._ask(self._planned, query, variables)

    def seen_by(self, viewer: Viewer) -> Asker:
        """Return one who asks the same graph as somebody else, of the same plans."""
        asker = copy(self)
        asker.viewer = viewer
        return asker

    async def through_loaders(self, query: str, **variables: Any) -> Answer:
        """Run the operation on graphql-core, each field by its resolver."""
        return await self._ask(self._through_loaders, query, variables)

    async def traced(self, query: str, **variables: Any) -> Answer:
        """Run the operation and return its answer with a trace of its fields."""
        return await self._ask(self._planned, query, variables, traced=True)

    async def plan(self, query: str, **variables: Any) -> list[dict[str, Any]]:
        """Run the operation and return its plan's steps, as callers see them."""
        answer = await self._ask(self._planned, query, variables, explain=True)
        assert answer.data
        return answer.body["extensions"]["plan"]

    async def in_parts(self, query: str, deliver: Deliver) -> Answer:
        """Run the operation, its parts delivered; return what they came to."""
        return await self._ask(self._planned, query, {}, deliver=deliver)

    async def _ask(
        self,
        operations: Operations,
        query: str,
        variables: dict[str, Any],
        deliver: Deliver | None = None,
        **asked: Any,
    ) -> Answer:
        before = len(self.graph.reads)
        request = GraphQLRequest(
            query=query,
            operation_name=None,
            variables=variables,
            extensions={},
            by_get=False,
            **asked,
        )
        response = await operations.run(request, lambda _: self.context(), deliver)
        return Answer(body=response.body, reads=sorted(self.graph.reads[before:]))

    @contextmanager
    def context(self) -> Generator[Context]:
        """Yield the context of one request, for operations and for resolvers called by name."""
        made = Context(
            loaders=Loaders(self.graph),
            served=subgraph(None).served,
            viewer=self.viewer,
            writer=self.journal,
            grants=self.grants,
        )
        try:
            yield made
        finally:
            end_field_spans(made)
