"""How often a document asks for the same field in the same place, bounded before it is validated.

Validation compares each two fields of one response name, and all that stands below them: that grows
with the square of how often one is repeated, however the repeats are spread over fragments.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
)

from execution.limits import LimitError, fragments_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import DocumentNode, SelectionNode, SelectionSetNode

    from execution.limits import Limits


_WALKED_A_COMPARISON: Final = 4


class TooMuchOverlapError(LimitError):
    """The document repeats fields too often."""

    code = "TOO_MUCH_OVERLAP"


def check_overlap(document: DocumentNode, limits: Limits) -> None:
    """Raise TooMuchOverlapError where merging the document's fields takes too many comparisons."""
    fragments = fragments_of(document)
    # Selection sets that are merged into one, each group walked once.
    waiting: list[list[SelectionSetNode]] = [
        [node.selection_set]
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)
    ]
    walked: set[frozenset[int]] = set()
    spent = 0
    while waiting:
        group = waiting.pop()
        key = frozenset(map(id, group))
        if key in walked:
            continue
        walked.add(key)
        merged, steps = _merged(group, fragments)
        spent += steps // _WALKED_A_COMPARISON
        for nodes in merged.values():
            spent += 1 + len(nodes) * (len(nodes) - 1) // 2
            if below := [node.selection_set for node in nodes if node.selection_set]:
                waiting.append(below)
        if spent > limits.comparisons:
            raise TooMuchOverlapError(
                "The document asks for the same fields again and again: comparing them takes more "
                f"than {limits.comparisons} steps."
            )


def _merged(
    group: Sequence[SelectionSetNode], fragments: Mapping[str, SelectionSetNode]
) -> tuple[dict[str, list[FieldNode]], int]:
    """Return the fields of selection sets by response name, and how many selections that took.

    A fragment counts once.
    """
    steps = 0
    fields: defaultdict[str, list[FieldNode]] = defaultdict(list)
    spread: set[str] = set()
    waiting: list[SelectionNode] = [each for part in group for each in part.selections]
    while waiting:
        node = waiting.pop()
        steps += 1
        if isinstance(node, FieldNode):
            fields[(node.alias or node.name).value].append(node)
        elif isinstance(node, InlineFragmentNode):
            waiting += node.selection_set.selections
        elif isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if name not in spread and name in fragments:
                spread.add(name)
                waiting += fragments[name].selections
    return fields, steps
