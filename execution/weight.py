"""How many objects an operation may make, counted before it runs.

A page counts as full, a field that is asked for under two names counts twice, and what `@skip`
leaves out counts all the same. Introspection is counted by itself: its lists are as long as the
schema, so it may weigh twice what the largest of the usual introspection queries does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    VariableNode,
    get_introspection_query,
    get_named_type,
    parse,
)

from execution.limits import LimitError, TooManyAliasesError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphql import (
        DocumentNode,
        GraphQLField,
        GraphQLSchema,
        SelectionSetNode,
        ValueNode,
    )

    from execution.limits import Limits

DEFAULT_PAGE: Final = 20
LARGEST_PAGE: Final = 100
SIZES: Final = ("first", "last", "ids")

_Composite = GraphQLObjectType | GraphQLInterfaceType
INTROSPECTION: Final = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}
_INTROSPECTED: Final = {"types": 100, "fields": 10, "inputFields": 5, "enumValues": 5, "args": 4}


class TooManyNodesError(LimitError):
    """The operation may make too many objects."""

    code = "TOO_MANY_NODES"


class TooManyFieldsError(LimitError):
    """The operation selects too many fields, each place counted where a fragment stands in several."""

    code = "TOO_MANY_FIELDS"


class Weight(NamedTuple):
    """What an operation may make, introspection aside, and how many fields it selects."""

    nodes: int
    fields: int


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

        Raises TooManyAliasesError, TooManyNodesError or TooManyFieldsError.
        """
        weighing = _Weighing(self._schema, document, variables, self._limits.aliases)
        nodes, introspection, fields = weighing.all(operation)
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
        if introspection > self._introspection:
            raise TooManyNodesError("The operation asks for the schema too often, or too deeply.")
        return Weight(nodes, fields)


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
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._variables = variables
        self._aliases = aliases
        self._defaults: dict[str, ValueNode] = {}
        self._known: dict[tuple[str, tuple[int, ...]], tuple[int, int]] = {}

    def all(self, operation: OperationDefinitionNode) -> tuple[int, int, int]:
        """Return the objects of the operation, those of its introspection, and the former's fields."""
        self._defaults = {
            each.variable.name.value: each.default_value
            for each in operation.variable_definitions or ()
            if each.default_value is not None
        }
        root = self._schema.get_root_type(operation.operation)
        nodes = introspection = places = 0
        for name, definition, fields in self._merged(root, (operation.selection_set,)):
            made, below = self._field(name, definition, fields)
            if name in INTROSPECTION:
                introspection += made
            else:
                nodes += made
                places += 1 + below
        return nodes, introspection, places

    def _object(self, parent: Any, selections: tuple[SelectionSetNode, ...]) -> tuple[int, int]:
        """Return how many objects are below one object of the type, and how many fields."""
        key = (str(parent), tuple(map(id, selections)))
        if key not in self._known:
            nodes = places = 0
            for name, definition, fields in self._merged(parent, selections):
                made, below = self._field(name, definition, fields)
                nodes += made
                places += 1 + below
            self._known[key] = nodes, places
        return self._known[key]

    def _field(
        self, name: str, definition: GraphQLField, fields: Sequence[FieldNode]
    ) -> tuple[int, int]:
        """Return how many objects the field and what is below it make, and how many fields are below."""
        selections = tuple(node.selection_set for node in fields if node.selection_set)
        if not selections:
            return 0, 0
        # graphql-core leaves the type inside its list type unsaid.
        named: Any = get_named_type(definition.type)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        below, places = self._object(named, selections)
        if name in {"edges", "pageInfo"}:
            return below, places
        size = self._size(name, definition, fields[0])
        if size is None:
            return 1 + below, places
        # A connection is a page of what it lists, and an edge a wrapping of it.
        return size * (below if _is_page(named) else 1 + below), places

    def _size(self, name: str, definition: GraphQLField, node: FieldNode) -> int | None:
        """Return how many things the field lists; None where it lists nothing by itself."""
        if name in _INTROSPECTED:
            return _INTROSPECTED[name]
        if not any(size in definition.args for size in SIZES):
            return None
        for argument in node.arguments or ():
            if argument.name.value in SIZES:
                size = self._given(argument.value)
                if size is not None:
                    return min(max(size, 0), LARGEST_PAGE)
        return DEFAULT_PAGE

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

    def _merged(
        self, parent: Any, selections: tuple[SelectionSetNode, ...]
    ) -> Iterator[tuple[str, GraphQLField, list[FieldNode]]]:
        """Yield the fields as they are executed: those of one response name are one."""
        merged: dict[tuple[str, str], tuple[str, GraphQLField, list[FieldNode]]] = {}
        names: dict[str, set[str]] = {}
        for owner, node in self._fields(parent, selections, set()):
            name = node.name.value
            response = node.alias.value if node.alias else name
            seen = names.setdefault(name, set())
            seen.add(response)
            if len(seen) > self._aliases:
                raise TooManyAliasesError(
                    f"The document asks for {name[:100]!r} under more than {self._aliases} names."
                )
            definition = INTROSPECTION.get(name) or owner.fields.get(name)
            if definition is not None:
                key = (owner.name, response)
                merged.setdefault(key, (name, definition, []))[2].append(node)
        yield from merged.values()

    def _fields(
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
            yield from self._fields(_narrower(parent, narrowed), (fragment.selection_set,), passed)


def _narrower(parent: Any, condition: Any) -> Any:
    """Return the type to look fields up in; a union has none but its members'."""
    if isinstance(parent, GraphQLObjectType):
        return parent
    return condition if isinstance(condition, _Composite) else parent


def _is_page(type_: Any) -> bool:
    return isinstance(type_, GraphQLObjectType) and "nodes" in type_.fields
