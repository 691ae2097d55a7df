"""What a field is planned in: the type and place of its parent, and what tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, cast

from graphql import GraphQLField, GraphQLObjectType, get_named_type
from strawberry.types.field import StrawberryField

from execution.places import Place, items_of
from execution.values import guarded
from schema.access import needs_of
from schema.fields import RULE

if TYPE_CHECKING:
    from execution.reads import Read
    from execution.running import Complete
    from execution.selections import Nodes
    from execution.steps import Step
    from graph.listings import Listing
    from graph.nesting import Level
    from resolvers.permission import Needs
    from schema.lists import Many


class Unplannable(Exception):
    """The operation has something that no plan can do; graphql-core runs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an object's fields are planned in: its type, its place, and the steps that run after it."""

    type: GraphQLObjectType
    place: Place | None
    steps: list[Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowScope(Scope):
    """A scope of rows: what a read tells of each, and the variables that stand for what it joins."""

    level: Level
    carry: LiteralString
    read: Read


@dataclass(frozen=True, slots=True)
class ListUse:
    """One use of a list: the number of its arguments, how the field is declared, and which list it is."""

    number: int
    many: Many
    listing: Listing[Any]
    level: Level
    """What is told of each row; filled with what is selected."""


@dataclass(frozen=True, slots=True)
class Selected:
    """One field of an operation: where it is declared, and where it stands."""

    key: str
    name: str
    nodes: Nodes
    parent: GraphQLObjectType
    definition: GraphQLField
    field: StrawberryField
    place: Place

    @property
    def type(self) -> Any:
        """The field's type."""
        return cast("Any", self.definition).type

    @property
    def named(self) -> Any:
        """The type inside its lists and non-nulls."""
        return cast("Any", get_named_type)(self.type)

    @property
    def needs(self) -> Needs:
        """The roles of which a caller needs one."""
        return needs_of(self.definition)

    @property
    def label(self) -> str:
        """The field's name in GraphQL's own errors."""
        return f"{self.parent.name}.{self.name}"

    @property
    def rule(self) -> Any:
        """How the schema declares it."""
        return self.field.metadata.get(RULE)

    @property
    def items(self) -> Place:
        """The place of the objects in it."""
        return items_of(self.place, self.type)

    def guarded(self, named: Complete) -> Complete:
        """Return what completes the field's value, given what completes one of its named type."""
        return guarded(self.type, named, self.nodes, self.label)
