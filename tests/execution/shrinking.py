"""A failing operation made small: selections, arguments, directives and variables taken away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    parse,
    print_ast,
    validate,
    visit,
)
from graphql.language import Visitor

from tests.execution.schema_types import SCHEMA
from tests.execution.ways import Operation

if TYPE_CHECKING:
    from graphql.language import VisitorAction

Fails = Callable[[Operation], Awaitable[bool]]
Place = tuple[str | int, ...]
"""Where a node stands in its document: names of members and indexes in them."""

TRIES: Final = 600
PARTS: Final = ("definitions", "selections", "arguments", "directives", "fields", "values")


async def shrunk(operation: Operation, fails: Fails, *, tries: int = TRIES) -> Operation:
    """Return the smallest operation found that still fails; the operation itself does."""
    smallest, start = operation, 0
    while tries > 0:
        for at, smaller in enumerate(_smaller(smallest, start)):
            tries -= 1
            if await fails(smaller):
                # What could not go before is tried again only when everything else has been.
                smallest, start = smaller, start + at
                break
            if tries <= 0:
                break
        else:
            if start == 0:
                break
            start = 0
    return smallest


def only(operation: Operation, path: Sequence[str]) -> DocumentNode:
    """Return the document with nothing but the fields on a response path, and all below it.

    Its nodes stand where they stood: errors have the same locations.
    """
    document = parse(operation.text)
    fragments = _fragments(document)

    def kept(selections: SelectionSetNode, left: Sequence[str]) -> list[Any]:
        if not left:
            return list(selections.selections)
        found: list[Any] = []
        for node in selections.selections:
            if isinstance(node, FieldNode):
                name = node.alias.value if node.alias else node.name.value
                if name != left[0]:
                    continue
                if node.selection_set is None:
                    found.append(node)
                elif below := kept(node.selection_set, left[1:]):
                    found.append(_with(node, below))
                continue
            # A spread is written out: a fragment may stand in several places.
            inline = (
                _written_out(node, fragments)
                if isinstance(node, FragmentSpreadNode)
                else cast("InlineFragmentNode", node)
            )
            if below := kept(inline.selection_set, left):
                found.append(_with(inline, below))
        return found

    definitions = [
        _with(each, kept(each.selection_set, path))
        if isinstance(each, OperationDefinitionNode)
        and (operation.name is None or (each.name and each.name.value == operation.name))
        else each
        for each in document.definitions
    ]
    return replace(document, definitions=tuple(definitions))


def _with(node: Any, selections: list[Any]) -> Any:
    return replace(node, selection_set=SelectionSetNode(selections=tuple(selections)))


def _smaller(operation: Operation, start: int) -> Iterator[Operation]:
    """Yield operations with one thing less, the outermost things first, from the n-th thing on."""
    document = parse(operation.text, no_location=True)
    fragments = _fragments(document)
    removable = list(_removable(document))
    for place in removable[start:]:
        smaller = [_without(document, place, lifted) for lifted in (None, fragments)]
        # What is inside may do without what is around it.
        valid = [found for each in smaller if each and (found := _tidy(each, operation))]
        yield from valid
    for name in operation.variables:
        left = {key: value for key, value in operation.variables.items() if key != name}
        yield replace(operation, variables=left)


def _removable(node: Any, place: Place = ()) -> Iterator[Place]:
    """Yield the place of each selection, argument, object field, item and directive below a node."""
    waiting: list[tuple[Any, Place]] = [(node, place)]
    while waiting:
        at, above = waiting.pop(0)
        for name in at.keys:
            child = getattr(at, name, None)
            if isinstance(child, Node):
                waiting.append((child, (*above, name)))
            elif isinstance(child, tuple):
                for index, each in enumerate(cast("tuple[Any, ...]", child)):
                    if name in PARTS:
                        yield (*above, name, index)
                    waiting.append((each, (*above, name, index)))


def _without(node: Any, place: Place, lifted: Mapping[str, FragmentDefinitionNode] | None) -> Any:
    """Return the node without what stands at a place; what was inside it stays where it is lifted."""
    name, *left = place
    child = getattr(node, cast("str", name))
    if isinstance(child, Node):
        found = _without(child, tuple(left), lifted)
        return found and replace(node, **{cast("str", name): found})
    children = list(cast("tuple[Any, ...]", child))
    index = cast("int", left[0])
    if len(left) > 1:
        children[index] = _without(children[index], tuple(left[1:]), lifted)
        if children[index] is None:
            return None
    else:
        removed = children.pop(index)
        inside = _inside(removed, lifted) if lifted is not None else []
        if lifted is not None and not inside:
            return None
        children[index:index] = inside
        if not children and name in ("selections", "definitions"):
            return None
    return replace(node, **{cast("str", name): tuple(children)})


def _inside(node: Any, fragments: Mapping[str, FragmentDefinitionNode]) -> list[Any]:
    """Return what is inside an inline fragment, or a spread written out as one."""
    if isinstance(node, FragmentSpreadNode):
        return [_written_out(node, fragments)]
    return list(node.selection_set.selections) if isinstance(node, InlineFragmentNode) else []


def _written_out(
    node: FragmentSpreadNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> InlineFragmentNode:
    fragment = fragments[node.name.value]
    return InlineFragmentNode(
        type_condition=fragment.type_condition,
        directives=node.directives,
        selection_set=fragment.selection_set,
    )


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }


def _tidy(document: DocumentNode, operation: Operation) -> Operation | None:
    """Return the operation of a document, without what nothing uses; None where it is not valid."""
    document = _used(document)
    if not document.definitions or validate(SCHEMA, document):
        return None
    names = {
        each.variable.name.value
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
        for each in definition.variable_definitions or ()
    }
    variables = {name: value for name, value in operation.variables.items() if name in names}
    return replace(operation, text=print_ast(document), variables=variables)


def _used(document: DocumentNode) -> DocumentNode:
    """Return a document without the fragments and variables that nothing uses."""
    fragments = _fragments(document)
    kept: list[Any] = []
    spread: set[str] = set()
    for definition in document.definitions:
        if not isinstance(definition, OperationDefinitionNode):
            continue
        seen = _Seen()
        waiting: list[Any] = [definition.selection_set]
        while waiting:
            before = set(seen.spreads)
            visit(waiting.pop(), seen)
            waiting += [fragments[name] for name in seen.spreads - before if name in fragments]
        spread |= seen.spreads
        declared = tuple(
            each
            for each in definition.variable_definitions or ()
            if each.variable.name.value in seen.variables
        )
        kept.append(replace(definition, variable_definitions=declared))
    kept += [each for name, each in fragments.items() if name in spread]
    return replace(document, definitions=tuple(kept))


class _Seen(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()
        self.spreads: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> VisitorAction:
        self.variables.add(node.name.value)
        return None

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> VisitorAction:
        self.spreads.add(node.name.value)
        return None
