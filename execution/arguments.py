"""The arguments of an operation's fields: coerced by graphql-core, converted by Strawberry, once a run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, GraphQLField, ListValueNode, ObjectValueNode, VariableNode
from graphql.execution.values import VariableValues, get_argument_values
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

from graph.listings import ListArguments, Listing
from resolvers.lists import Page, list_arguments, normal_filters, order_tag
from schema.lists import Many, page_from

if TYPE_CHECKING:
    import strawberry

    from execution.selections import Nodes
    from resolvers.permission import Viewer


@dataclass(frozen=True, slots=True)
class Bound:
    """What is asked of a list, and the name that its order has in cursors."""

    arguments: ListArguments
    tag: str


class Arguments:
    """A field's arguments in one place of an operation."""

    def __init__(
        self,
        schema: strawberry.Schema,
        definition: GraphQLField,
        field: StrawberryField,
        nodes: Nodes,
    ) -> None:
        self._converter = schema.schema_converter
        self._config = schema.config
        self._definition = definition
        self._field = field
        self._node = nodes[0]
        self.constant = not _has_variables(nodes[0])

    def values(self, variables: VariableValues) -> dict[str, Any]:
        """Return the arguments as Python has them; raise GraphQLError for those that do not fit."""
        return convert_arguments(
            get_argument_values(self._definition, self._node, variables),
            self._field.arguments,
            scalar_registry=self._converter.scalar_registry,
            config=self._config,
        )


class Binding:
    """What becomes of a field's arguments: kept after the first time where no variable is in them."""

    def __init__(self, arguments: Arguments) -> None:
        self._arguments = arguments
        self._kept: Any = None

    def bind(self, variables: VariableValues, viewer: Viewer) -> Any:  # noqa: ARG002
        """Return what is bound, or the error that stands for it in every place of the field."""
        if self._kept is not None:
            return self._kept
        try:
            bound = self.made(self._arguments.values(variables))
        except Exception as error:  # noqa: BLE001 - told at each place of the field, masked by the server.
            bound = error
        if self._arguments.constant and not isinstance(bound, Exception):
            self._kept = bound
        return bound

    def made(self, values: dict[str, Any]) -> Any:
        """Return what a step takes: the values."""
        return values


class ListBinding(Binding):
    """The arguments of a list, in the graph's terms."""

    def __init__(self, arguments: Arguments, many: Many, listing: Listing[Any]) -> None:
        super().__init__(arguments)
        self._many = many
        self._listing = listing

    def bind(self, variables: VariableValues, viewer: Viewer) -> Any:
        """Return what is bound, with what the viewer sees of the list."""
        bound = super().bind(variables, viewer)
        within = self._many.within
        if within is None or not isinstance(bound, Bound):
            return bound
        filters = {**dict(bound.arguments.filters), **dict(normal_filters(within(viewer)))}
        ordered = tuple(sorted(filters.items()))
        return Bound(replace(bound.arguments, filters=ordered), bound.tag)

    def made(self, values: dict[str, Any]) -> Bound:
        """Return what is asked of the list; raise ArgumentInvalid."""
        page = page_from(values)
        # A list's criteria are a function of its arguments; `self` is there for Strawberry.
        criteria = self._many.criteria(None, **values)
        return Bound(list_arguments(self._listing, page, criteria), order_tag(criteria))


class PagedBinding(Binding):
    """The arguments of a connection that is worked out: its page is one of them."""

    def made(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values, with the page."""
        page: Page = page_from(values)
        return {**values, "page": page}


def _has_variables(node: FieldNode) -> bool:
    waiting: list[Any] = [argument.value for argument in node.arguments or ()]
    while waiting:
        value = waiting.pop()
        if isinstance(value, VariableNode):
            return True
        if isinstance(value, ListValueNode):
            waiting += value.values
        elif isinstance(value, ObjectValueNode):
            waiting += [field.value for field in value.fields]
    return False
