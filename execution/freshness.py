"""How long an operation's answers may be kept: the smallest of what the schema declares of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphql import is_abstract_type

from execution.merging import INTROSPECTION, Merging
from schema.access import needs_of
from schema.caching import Kept, kept_of

if TYPE_CHECKING:
    from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode

    from execution.merging import Merged

STRAWBERRY: Final = "strawberry-definition"


class Freshness(NamedTuple):
    """The smallest that is declared, and whether something is asked for of which nothing is."""

    declared: int | None = None
    undeclared: bool = False
    private: bool = False

    def seconds(self, default: int) -> int:
        """Return for how long the answer may be kept."""
        if self.declared is None:
            return default
        return min(self.declared, default) if self.undeclared else self.declared

    def and_of(self, other: Kept | None) -> Freshness:
        """Return the freshness of what is asked for together with this."""
        if other is None:
            return self._replace(undeclared=True)
        smallest = other.seconds if self.declared is None else min(self.declared, other.seconds)
        return Freshness(smallest, self.undeclared, self.private or other.private)


def freshness_of(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, aliases: int
) -> Freshness:
    """Return how long the answers of an operation that was weighed may be kept."""
    merging = Merging(schema, document, aliases)
    root = schema.get_root_type(operation.operation)
    found = Freshness()
    seen: set[tuple[str, tuple[int, ...]]] = set()
    waiting: list[tuple[Any, tuple[SelectionSetNode, ...]]] = [(root, (operation.selection_set,))]
    while waiting:
        parent, selections = waiting.pop()
        key = (str(parent), tuple(map(id, selections)))
        if key in seen:
            continue
        seen.add(key)
        for field in merging.fields(parent, selections):
            for rule in _rules(schema, field, root=parent is root):
                found = found.and_of(rule)
            if field.below and field.name not in INTROSPECTION:
                waiting.append((field.named, field.below))
    return found


def _rules(schema: GraphQLSchema, field: Merged, *, root: bool) -> list[Kept | None]:
    """Return what is declared of a field, or None where something should be; leaves go with their objects."""
    own = kept_of(field.definition.extensions.get(STRAWBERRY))
    if own is not None:
        return [own]
    if needs_of(field.definition):  # What one caller is told is not for the next.
        return [Kept(0, private=True)]
    if field.name in {"edges", "pageInfo"} or field.name == "__typename":
        return []
    if not field.below:
        return [None] if root else []
    named = field.named
    if field.pages:
        named = _named_in(named)
    types = schema.get_possible_types(named) if is_abstract_type(named) else [named]
    return [_of_type(each) for each in types]


def _named_in(page: Any) -> Any:
    kind = page.fields["nodes"].type
    while hasattr(kind, "of_type"):
        kind = kind.of_type
    return kind


def _of_type(kind: Any) -> Kept | None:
    definition = kind.extensions.get(STRAWBERRY)
    return kept_of(definition.origin) if definition is not None else None
