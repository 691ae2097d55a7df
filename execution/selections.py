"""Which fields an operation selects of a type: fragments spread, `@skip` and `@include` obeyed.

GraphQL specification, CollectFields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_directive_values,
)
from graphql.execution.values import VariableValues

Nodes: TypeAlias = "tuple[FieldNode, ...]"
"""The nodes of one response name, which are one field."""

_CONDITIONS = {"skip": GraphQLSkipDirective, "include": GraphQLIncludeDirective}


@dataclass(frozen=True, slots=True)
class Selections:
    """One operation's selections, under the values of the variables that its directives use."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def of(self, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> dict[str, Nodes]:
        """Return the fields selected of an object of the type, by response name, in order."""
        found: dict[str, list[FieldNode]] = {}
        passed: set[str] = set()
        for each in sets:
            self._collect(type_, each.selections, found, passed)
        return {name: tuple(nodes) for name, nodes in found.items()}

    def below(self, type_: GraphQLObjectType, nodes: Nodes) -> dict[str, Nodes]:
        """Return what a field's nodes select of an object of the type."""
        return self.of(type_, [node.selection_set for node in nodes if node.selection_set])

    def _collect(
        self,
        type_: GraphQLObjectType,
        selections: Sequence[SelectionNode],
        found: dict[str, list[FieldNode]],
        passed: set[str],
    ) -> None:
        for node in selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                name = node.alias.value if node.alias else node.name.value
                found.setdefault(name, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if self._applies(node, type_):
                    self._collect(type_, node.selection_set.selections, found, passed)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in passed:
                passed.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if self._applies(fragment, type_):
                    self._collect(type_, fragment.selection_set.selections, found, passed)

    def _included(self, node: SelectionNode) -> bool:
        if not node.directives:
            return True
        skipped = get_directive_values(_CONDITIONS["skip"], node, self.variables)
        included = get_directive_values(_CONDITIONS["include"], node, self.variables)
        return not (skipped and skipped["if"]) and (included is None or bool(included["if"]))

    def _applies(
        self, fragment: FragmentDefinitionNode | InlineFragmentNode, type_: GraphQLObjectType
    ) -> bool:
        condition = fragment.type_condition
        if condition is None or condition.name.value == type_.name:
            return True
        named: Any = self.schema.get_type(condition.name.value)
        return not isinstance(named, GraphQLObjectType) and self.schema.is_sub_type(named, type_)


def condition_variables(nodes: Iterable[Any]) -> frozenset[str]:
    """Return the variables that decide what is selected, anywhere in the document's definitions."""
    return frozenset(
        argument.value.name.value
        for node in _inside(nodes)
        for directive in getattr(node, "directives", None) or ()
        if directive.name.value in _CONDITIONS
        for argument in directive.arguments or ()
        if isinstance(argument.value, VariableNode)
    )


def field_names(nodes: Iterable[Any]) -> frozenset[str]:
    """Return the names of the fields that are selected anywhere in the document's definitions."""
    return frozenset(node.name.value for node in _inside(nodes) if isinstance(node, FieldNode))


def _inside(nodes: Iterable[Any]) -> Iterator[Any]:
    """Yield the nodes, and all selections inside them."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node
        selections = getattr(node, "selection_set", None)
        if selections:
            waiting += selections.selections
