"""The fields of an operation as they are executed: those of one response name are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    InlineFragmentNode,
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    get_named_type,
    is_abstract_type,
)
from strawberry.types.field import StrawberryField

from execution.limits import TooManyAliasesError
from schema.executable import DEFINITION
from schema.fields import MAKES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphql import DocumentNode, GraphQLField, GraphQLSchema, SelectionSetNode

INTROSPECTION: Final = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}

_Composite = GraphQLObjectType | GraphQLInterfaceType


class Merged(NamedTuple):
    """One field of an object, with all the places of the document that ask for it."""

    response: str
    name: str
    definition: GraphQLField
    nodes: list[FieldNode]

    @property
    def below(self) -> tuple[SelectionSetNode, ...]:
        """What is selected of it."""
        return tuple(node.selection_set for node in self.nodes if node.selection_set)

    @property
    def named(self) -> Any:
        """Its type, without lists."""
        # graphql-core leaves the type inside its list type unsaid.
        return get_named_type(self.definition.type)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]

    @property
    def makes(self) -> int:
        """How many objects are made for it beside those that the answer shows."""
        own = self.definition.extensions.get(DEFINITION)
        return own.metadata.get(MAKES, 0) if isinstance(own, StrawberryField) else 0

    @property
    def wraps(self) -> bool:
        """Whether it is part of a list's paging, and no object by itself."""
        return self.name in {"edges", "pageInfo"} or self.pages

    @property
    def pages(self) -> bool:
        """Whether it is a connection: a page of what it lists."""
        named = self.named
        return isinstance(named, GraphQLObjectType) and "nodes" in named.fields


class Merging:
    """Merges the selections of one document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, aliases: int) -> None:
        """Take at most so many names for one field of one object."""
        self._schema = schema
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._aliases = aliases

    def fields(self, parent: Any, selections: tuple[SelectionSetNode, ...]) -> Iterator[Merged]:
        """Yield the fields of an object of the type; raises TooManyAliasesError."""
        merged: dict[tuple[str, str], Merged] = {}
        names: dict[str, set[str]] = {}
        for owner, node in self._each(parent, selections, set()):
            name = node.name.value
            response = node.alias.value if node.alias else name
            seen = names.setdefault(name, set())
            seen.add(response)
            if len(seen) > self._aliases:
                raise TooManyAliasesError(
                    f"The document asks for {name[:100]!r} under more than {self._aliases} names."
                )
            definition = INTROSPECTION.get(name) or _field(owner, name)
            if definition is not None:
                key = (owner.name, response)
                merged.setdefault(key, Merged(response, name, definition, [])).nodes.append(node)
        yield from merged.values()

    def _each(
        self, parent: Any, selections: Sequence[SelectionSetNode], passed: set[tuple[str, str]]
    ) -> Iterator[tuple[_Composite, FieldNode]]:
        for node in (each for selection in selections for each in selection.selections):
            if isinstance(node, FieldNode):
                yield parent, node
                continue
            spread = cast("FragmentSpreadNode | InlineFragmentNode", node)
            fragment: FragmentDefinitionNode | InlineFragmentNode | None
            if isinstance(spread, FragmentSpreadNode):
                name = spread.name.value
                if (parent.name, name) in passed:
                    continue
                passed.add((parent.name, name))
                fragment = self._fragments[name]
            else:
                fragment = spread
            condition = fragment.type_condition
            narrowed = self._schema.type_map[condition.name.value] if condition else parent
            if not self._applies(narrowed, parent):
                continue
            yield from self._each(_narrower(parent, narrowed), (fragment.selection_set,), passed)

    def _applies(self, condition: Any, parent: Any) -> bool:
        """Say whether a fragment can be of what is selected from: an object's type tells."""
        if not isinstance(parent, GraphQLObjectType) or condition is parent:
            return True
        return is_abstract_type(condition) and self._schema.is_sub_type(condition, parent)


def _field(owner: Any, name: str) -> GraphQLField | None:
    """Return a type's field; a union has none, and `__typename` is nowhere declared."""
    return None if isinstance(owner, GraphQLUnionType) else owner.fields.get(name)


def _narrower(parent: Any, condition: Any) -> Any:
    """Return the type to look fields up in; a union has none but its members'."""
    if isinstance(parent, GraphQLObjectType):
        return parent
    return condition if isinstance(condition, _Composite) else parent
