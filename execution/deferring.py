"""Where a document defers a fragment or streams a list: counted, and whether it is asked for at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import BooleanValueNode, FragmentSpreadNode, InlineFragmentNode, VariableNode

from execution.limits import LimitError, fragments_of
from schema.delivery import DELIVERY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphql import DirectiveNode, DocumentNode, OperationDefinitionNode, SelectionSetNode


MOST_DIRECTIVES: Final = 32
"""In one document: a fragment is looked through again for each that it stands under."""


class TooManyDeferredError(LimitError):
    """The operation may come in too many parts."""

    code = "TOO_MANY_DEFERRED"


class Deferring:
    """The places of one document; raises TooManyDeferredError."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = fragments_of(document)
        self._directives = sum(1 for _ in directives_of(document))
        if self._directives > MOST_DIRECTIVES:
            raise TooManyDeferredError(
                f"The document defers or streams in {self._directives} places; at most "
                f"{MOST_DIRECTIVES} are taken."
            )

    def places(self, selections: Sequence[SelectionSetNode]) -> int:
        """Return how many parts an object comes to that selects this, as graphql-core makes them.

        A fragment's are made again for each deferred one that it stands in.
        """
        if not self._directives:
            return 0
        found = 0
        passed: set[tuple[str, int]] = set()
        waiting: list[tuple[Any, int]] = [
            (each, 0) for part in selections for each in part.selections
        ]
        while waiting:
            node, under = waiting.pop()
            for directive in node.directives or ():
                if directive.name.value in DELIVERY:
                    found += 1
                    under = id(directive)
            if isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if (name, under) not in passed:
                    passed.add((name, under))
                    waiting += [(each, under) for each in self._fragments[name].selections]
            elif isinstance(node, InlineFragmentNode):
                waiting += [(each, under) for each in node.selection_set.selections]
        return found


def asks_for_parts(
    document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> bool:
    """Say whether anything of the document is to come later, with these variables."""
    defaults = {
        each.variable.name.value: each.default_value
        for each in operation.variable_definitions or ()
    }

    def wanted(directive: DirectiveNode) -> bool:
        given: Any = next(
            (each.value for each in directive.arguments or () if each.name.value == "if"), None
        )
        if isinstance(given, VariableNode):
            name = given.name.value
            if name in variables:
                return variables[name] is not False
            given = defaults.get(name)
        return not isinstance(given, BooleanValueNode) or given.value

    return any(map(wanted, directives_of(document)))


def directives_of(document: DocumentNode) -> Iterator[DirectiveNode]:
    """Yield the directives of a document that ask for something later."""
    waiting: list[Any] = list(document.definitions)
    while waiting:
        node = waiting.pop()
        for directive in getattr(node, "directives", None) or ():
            if directive.name.value in DELIVERY:
                yield directive
        if selections := getattr(node, "selection_set", None):
            waiting += selections.selections
