"""Plans: an operation made ready once, run as often as asked, and the memory of them."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.values import VariableValues, get_variable_values
from opentelemetry import metrics

from execution.planning import Planner
from execution.running import Nulled, Ran, Run
from execution.scopes import Scope, Unplannable
from execution.selections import Selections, condition_variables, field_names
from schema.access import needs_by_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import strawberry
    from graphql import DocumentNode

    from execution.arguments import Binding
    from execution.running import Complete
    from execution.steps import Step
    from graph.client import Graph
    from resolvers.context import Context
    from resolvers.permission import Needs, Viewer

MOST_PLANS_A_DOCUMENT = 16

_meter = metrics.get_meter("content_graph.execution")
_hits = _meter.create_counter("content_graph.plan.hits", description="Plans found ready.")
_misses = _meter.create_counter("content_graph.plan.misses", description="Plans made.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What GraphQL answers to an operation whose variables fit."""

    data: dict[str, Any] | None
    errors: list[GraphQLError]
    ran: tuple[Ran, ...]
    """The steps in the order they ended, where they were asked for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation made ready; it holds nothing of any request."""

    root: Complete
    steps: Sequence[Step]
    """The root's own; each has those below it."""
    bindings: Sequence[Binding]

    async def run(
        self, graph: Graph, context: Context, variables: VariableValues, *, log: bool = False
    ) -> Answer:
        """Run it; every failure is among the answer's errors."""
        run = Run(
            graph=graph,
            context=context,
            bound=[binding.bind(variables, context.viewer) for binding in self.bindings],
            log=[] if log else None,
        )
        try:
            run.data = self.root(None, None, run)
        except Nulled:
            run.data = None
        else:
            if len(self.steps) == 1:
                await self.steps[0].run(run)
            else:
                await asyncio.gather(*(step.run(run) for step in self.steps))
        return Answer(run.data, run.errors, tuple(run.log or ()))


class Operation:
    """One operation of a document, with the plans for what its directives and permission leave of it."""

    def __init__(
        self,
        schema: strawberry.Schema,
        core: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
    ) -> None:
        self._schema = schema
        self._core = core
        self._operation = operation
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._conditions = sorted(condition_variables(document.definitions))
        self._needs = _needs(core, document)
        self._plans: OrderedDict[tuple[Any, ...], Plan] = OrderedDict()

    @property
    def ready(self) -> int:
        """How many plans are kept."""
        return len(self._plans)

    def variables(self, given: Mapping[str, Any]) -> VariableValues | list[GraphQLError]:
        """Return the variables' values, or why they are refused."""
        return get_variable_values(
            self._core, self._operation.variable_definitions or (), dict(given), max_errors=50
        )

    def plan(self, variables: VariableValues, viewer: Viewer) -> Plan:
        """Return the plan for the variables and who asks, from memory where it was made.

        Raises Unplannable.
        """
        key = (
            *map(variables.coerced.get, self._conditions),
            *map(viewer.may, self._needs),
        )
        plan = self._plans.get(key)
        if plan is not None:
            self._plans.move_to_end(key)
            _hits.add(1)
            return plan
        _misses.add(1)
        plan = self._plans[key] = self._made(variables, viewer)
        if len(self._plans) > MOST_PLANS_A_DOCUMENT:
            self._plans.popitem(last=False)
        return plan

    def _made(self, variables: VariableValues, viewer: Viewer) -> Plan:
        selections = Selections(self._core, self._fragments, variables)
        planner = Planner(self._schema, self._core, selections, viewer)
        root = self._core.query_type
        if root is None:
            raise Unplannable("no query type")
        steps: list[Step] = []
        scope = Scope(type=root, place=None, steps=steps)
        complete = planner.objects(scope, None, [self._operation.selection_set])
        return Plan(complete, steps, planner.bindings)


def _needs(core: GraphQLSchema, document: DocumentNode) -> list[Needs]:
    """Return what a plan of the document can depend on, besides what it is asked."""
    known = needs_by_name(core)
    found = {needs for name in field_names(document.definitions) for needs in known.get(name, ())}
    return sorted(found, key=sorted)
