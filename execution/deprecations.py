"""Which deprecated parts of the schema a document uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import (
    ArgumentNode,
    EnumValueNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    visit,
)

if TYPE_CHECKING:
    from graphql import DocumentNode, GraphQLSchema


def has_deprecations(schema: GraphQLSchema) -> bool:
    """Say whether anything of the schema is deprecated."""
    for kind in schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        parts: dict[str, Any] = getattr(kind, "fields", None) or getattr(kind, "values", None) or {}
        for part in parts.values():
            arguments: dict[str, Any] = getattr(part, "args", None) or {}
            if any(each.deprecation_reason for each in (part, *arguments.values())):
                return True
    return False


def deprecated_in(schema: GraphQLSchema, document: DocumentNode) -> tuple[str, ...]:
    """Return the coordinates of what a valid document uses and is deprecated, sorted."""
    info = TypeInfo(schema)
    uses = _Uses(info)
    visit(document, TypeInfoVisitor(info, uses))
    return tuple(sorted(uses.found))


class _Uses(Visitor):
    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info: Any = info
        self.found: set[str] = set()

    def enter_field(self, _node: FieldNode, *_: object) -> None:
        if (field := self._info.get_field_def()) and field.deprecation_reason:
            self.found.add(self._field())

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        argument = self._info.get_argument()
        if argument and argument.deprecation_reason and not self._info.get_directive():
            self.found.add(f"{self._field()}({node.name.value}:)")

    def enter_enum_value(self, node: EnumValueNode, *_: object) -> None:
        kind = _named(self._info.get_input_type())
        if isinstance(kind, GraphQLEnumType):
            value = kind.values.get(node.value)
            if value and value.deprecation_reason:
                self.found.add(f"{kind.name}.{node.value}")

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        parent = _named(self._info.get_parent_input_type())
        if isinstance(parent, GraphQLInputObjectType):
            field = parent.fields.get(node.name.value)
            if field and field.deprecation_reason:
                self.found.add(f"{parent.name}.{node.name.value}")

    def _field(self) -> str:
        parent, field = self._info.get_parent_type(), self._info.get_field_def()
        for name, each in parent.fields.items() if hasattr(parent, "fields") else ():
            if each is field:
                return f"{parent.name}.{name}"
        return str(parent)


def _named(kind: Any) -> Any:
    return get_named_type(kind)  # pyright: ignore[reportUnknownVariableType] - its list type is bare.
