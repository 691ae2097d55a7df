"""How many objects an operation may make, counted before it runs.

A page counts as full, a field that is asked for under two names counts twice, and what `@skip`
leaves out counts all the same. Introspection is counted by itself: its lists are as long as the
schema, so it may weigh twice what the largest of the usual introspection queries does.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from graphql import (
    FieldNode,
    IntValueNode,
    ListValueNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    VariableNode,
    get_introspection_query,
    parse,
)

from execution.deferring import Deferring, TooManyDeferredError
from execution.limits import LimitError
from execution.merging import INTROSPECTION, Merging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import (
        DocumentNode,
        GraphQLField,
        GraphQLSchema,
        SelectionSetNode,
        ValueNode,
    )

    from execution.checking import Prepared
    from execution.limits import Limits
    from execution.merging import Merged

DEFAULT_PAGE: Final = 20
LARGEST_PAGE: Final = 100
SIZES: Final = {"first": 100, "last": 100, "ids": 100, "contents": 50, "representations": 1_000}
"""What says how many things a field lists, and the most that it may say."""
MATRIX: Final = {"rights": 3, "territories": 1}
"""What together say how many cells a matrix has, and how many each is where it is not said."""
WEIGHED_SIZES: Final = 64

_INTROSPECTED: Final = {"types": 100, "fields": 10, "inputFields": 5, "enumValues": 5, "args": 4}


class TooManyNodesError(LimitError):
    """The operation may make too many objects."""

    code = "TOO_MANY_NODES"


class TooManyFieldsError(LimitError):
    """The operation selects too many fields, each place counted where a fragment stands in several."""

    code = "TOO_MANY_FIELDS"


class TooManyValuesError(LimitError):
    """The operation may return too many values."""

    code = "TOO_MANY_VALUES"


class Weight(NamedTuple):
    """What an operation may make, introspection aside, how many fields it selects, and its later parts."""

    nodes: int
    fields: int
    values: int
    """How many leaves the answer may have."""
    deferred: int
    """In how many places of the answer it defers a fragment or streams a list."""


_LEAF: Final = Weight(0, 0, 1, 0)


class Scale:
    """Weighs the operations of one schema."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        usual = parse(
            get_introspection_query(
                specified_by_url=True,
                directive_is_repeatable=True,
                schema_description=True,
                input_value_deprecation=True,
                one_of=True,
            )
        )
        [operation] = [
            node for node in usual.definitions if isinstance(node, OperationDefinitionNode)
        ]
        self._introspection = 2 * _Weighing(schema, usual, {}, limits.aliases).all(operation)[1]

    def check(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> Weight:
        """Return what a valid operation weighs.

        Raises TooManyAliasesError, TooManyNodesError, TooManyFieldsError, TooManyValuesError or
        TooManyDeferredError.
        """
        weighing = _Weighing(self._schema, document, variables, self._limits.aliases)
        weight, introspection = weighing.all(operation)
        nodes, fields, values, deferred = weight
        if nodes > self._limits.nodes:
            raise TooManyNodesError(
                f"The operation may return {nodes} objects, every page being full; at most "
                f"{self._limits.nodes} are taken. Ask for smaller pages, or for fewer levels."
            )
        if fields > self._limits.fields:
            raise TooManyFieldsError(
                f"The operation selects {fields} fields, those of a fragment counted wherever it "
                f"is spread; at most {self._limits.fields} are taken."
            )
        if values > self._limits.values:
            raise TooManyValuesError(
                f"The operation may return {values} values, every page being full; at most "
                f"{self._limits.values} are taken. Ask for smaller pages, or for fewer fields."
            )
        if introspection > self._introspection:
            raise TooManyNodesError("The operation asks for the schema too often, or too deeply.")
        if deferred > self._limits.deferred:
            raise TooManyDeferredError(
                f"The operation may defer or stream in {deferred} places of its answer, every page "
                f"being full; at most {self._limits.deferred} are taken."
            )
        return weight

    def known(
        self,
        prepared: Prepared,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> Weight:
        """Return the same for a prepared document, which keeps it by the sizes of its variables."""
        name = operation.name.value if operation.name else ""
        declared = (each.variable.name.value for each in operation.variable_definitions or ())
        sizes = (
            (key, len(cast("list[Any]", value)) if isinstance(value, list) else value)
            for key in declared
            if isinstance(value := variables.get(key), list | int | float)
        )
        key = (name, *sizes)
        known = prepared.weighed.get(key)
        if known is not None:
            return known
        weight = self.check(document, operation, variables)
        if len(prepared.weighed) < WEIGHED_SIZES:
            prepared.weighed[key] = weight
        return weight


def least_variables(operation: OperationDefinitionNode) -> dict[str, Any]:
    """Return variables of the smallest sizes that an operation can be asked with, or is by default."""
    return {
        each.variable.name.value: 1
        for each in operation.variable_definitions or ()
        if isinstance(each.type, NonNullTypeNode) and each.default_value is None
    }


class _Weighing:
    """One operation on the scale; every merged selection is weighed once."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        variables: Mapping[str, Any],
        aliases: int,
    ) -> None:
        self._schema = schema
        self._merging = Merging(schema, document, aliases)
        self._variables = variables
        self._defaults: dict[str, ValueNode] = {}
        self._known: dict[tuple[str, tuple[int, ...]], Weight] = {}
        self._deferring = Deferring(document)

    def all(self, operation: OperationDefinitionNode) -> tuple[Weight, int]:
        """Return the operation's weight, and the objects of its introspection."""
        self._defaults = {
            each.variable.name.value: each.default_value
            for each in operation.variable_definitions or ()
            if each.default_value is not None
        }
        root = self._schema.get_root_type(operation.operation)
        nodes = introspection = places = values = 0
        deferred = self._deferring.places((operation.selection_set,))
        for field in self._merging.fields(root, (operation.selection_set,)):
            below = self._field(field)
            deferred += below.deferred
            if field.name in INTROSPECTION:
                introspection += below.nodes
            else:
                nodes += below.nodes
                places += 1 + below.fields
                values += below.values
        return Weight(nodes, places, values, deferred), introspection

    def _object(self, parent: Any, selections: tuple[SelectionSetNode, ...]) -> Weight:
        """Return what is below one object of the type."""
        key = (str(parent), tuple(map(id, selections)))
        if key not in self._known:
            nodes = places = values = 0
            deferred = self._deferring.places(selections)
            for field in self._merging.fields(parent, selections):
                below = self._field(field)
                nodes += below.nodes
                places += 1 + below.fields
                values += below.values
                deferred += below.deferred
            self._known[key] = Weight(nodes, places, values, deferred)
        return self._known[key]

    def _field(self, field: Merged) -> Weight:
        """Return what the field and what is below it make, and how many fields are below."""
        selections = field.below
        if not selections:
            return _LEAF
        below = self._object(field.named, selections)
        if field.name in {"edges", "pageInfo"}:
            return below
        size = self._size(field.name, field.definition, field.nodes[0])
        if size is None:
            return below._replace(nodes=1 + field.makes + below.nodes)
        # A connection is a page of what it lists, and an edge a wrapping of it.
        nodes = size * (below.nodes if field.pages else 1 + below.nodes)
        return Weight(nodes, below.fields, size * below.values, size * below.deferred)

    def _size(self, name: str, definition: GraphQLField, node: FieldNode) -> int | None:
        """Return how many things the field lists; None where it lists nothing by itself."""
        if name in _INTROSPECTED:
            return _INTROSPECTED[name]
        if definition.args.keys() >= MATRIX.keys():
            return prod(self._cells(node, *each) for each in MATRIX.items())
        if definition.subscribe or not any(size in definition.args for size in SIZES):
            return None
        for argument in node.arguments or ():
            if argument.name.value in SIZES:
                size = self._given(argument.value)
                if size is not None:
                    return min(max(size, 0), SIZES[argument.name.value])
        return DEFAULT_PAGE

    def _cells(self, node: FieldNode, name: str, usual: int) -> int:
        """Return how many rights or countries are given."""
        for argument in node.arguments or ():
            if argument.name.value == name:
                # One that is no list stands for a list of one.
                given = self._given(argument.value)
                return usual if given is None else given
        return usual

    def _given(self, value: ValueNode) -> int | None:
        if isinstance(value, VariableNode):
            name = value.name.value
            if name not in self._variables:
                return self._given(self._defaults[name]) if name in self._defaults else None
            given = self._variables[name]
            if isinstance(given, list):
                return len(cast("list[Any]", given))
            # Of another type the operation is refused later.
            return int(given) if isinstance(given, int | float) else None
        if isinstance(value, ListValueNode):
            return len(value.values)
        return int(value.value) if isinstance(value, IntValueNode) else None
