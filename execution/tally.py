"""How many objects an answer has, counted as `execution.weight` counts those it may have."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from execution.merging import INTROSPECTION, Merging

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode

    from execution.merging import Merged

Tally: TypeAlias = "tuple[tuple[str, int, Tally], ...]"
"""What to look at of an object: by response name, as how many it counts by itself, and what below it."""


def tally_of(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, aliases: int
) -> Tally:
    """Return what to look at of the answers of an operation that was weighed: leaves are left out."""
    tallying = _Tallying(Merging(schema, document, aliases))
    return tallying.object(schema.get_root_type(operation.operation), (operation.selection_set,))


def counted(value: Mapping[str, Any], tally: Tally) -> int:
    """Return how many objects there are below one."""
    total = 0
    for response, counts, below in tally:
        found = value.get(response)
        if found is None:
            continue
        if isinstance(found, list):
            total += _listed(cast("list[Any]", found), below, counts=counts)
        else:
            total += counts + (counted(found, below) if below else 0)
    return total


def _listed(values: list[Any], below: Tally, *, counts: int) -> int:
    total = (len(values) - values.count(None)) * counts
    if below:
        total += sum(counted(each, below) for each in values if each is not None)
    return total


class _Tallying:
    """One document's; every merged selection is looked at once."""

    def __init__(self, merging: Merging) -> None:
        self._merging = merging
        self._known: dict[tuple[str, tuple[int, ...]], Tally] = {}

    def object(self, parent: Any, selections: tuple[SelectionSetNode, ...]) -> Tally:
        """Return what to look at of an object of the type."""
        key = (str(parent), tuple(map(id, selections)))
        if key not in self._known:
            self._known[key] = _union(
                [
                    ((field.response, _counts(field), self.object(field.named, field.below)),)
                    for field in self._merging.fields(parent, selections)
                    if field.below and field.name not in INTROSPECTION
                ]
            )
        return self._known[key]


def _counts(field: Merged) -> int:
    return 0 if field.wraps else 1 + field.makes


def _union(tallies: Sequence[Tally]) -> Tally:
    """Return one tally for objects that may be of several types."""
    if all(each is tallies[0] for each in tallies[1:]):
        return tallies[0] if tallies else ()
    found: defaultdict[str, list[tuple[int, Tally]]] = defaultdict(list)
    for response, counts, below in (part for tally in tallies for part in tally):
        found[response].append((counts, below))
    return tuple(
        (response, max(counts for counts, _ in parts), _union([below for _, below in parts]))
        for response, parts in found.items()
    )
