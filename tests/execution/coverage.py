"""What operations have asked for and been told: fields, arguments, input fields, kinds of error."""

from __future__ import annotations

from collections import Counter
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLInputObjectType,
    GraphQLObjectType,
    InlineFragmentNode,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    parse,
    visit,
)
from graphql.language import Visitor

from schema.subgraphs.domains import Domain, belongs, domain_of
from tests.execution.schema_types import SCHEMA, composites, named, reachable
from tests.execution.ways import Operation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from graphql.language import VisitorAction


class Coverage:
    """Counts over any number of operations."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.shapes: Counter[str] = Counter()
        self.operations = 0

    def add(self, operation: Operation, response: dict[str, Any]) -> None:
        """Count an operation and what it was answered."""
        self.operations += 1
        document = parse(operation.text, no_location=True)
        types = TypeInfo(SCHEMA)
        visit(document, TypeInfoVisitor(types, _Counting(types, self)))
        if operation.variables:
            self.shapes["variables provided"] += 1
        if any(value is None for value in operation.variables.values()):
            self.shapes["variables null"] += 1
        if operation.name:
            self.shapes["operation name"] += 1
        for error in response.get("errors", ()):
            code = error["extensions"]["code"]
            argument = error["extensions"].get("argument")
            self.errors[f"{code} {argument}" if argument else code] += 1
            if error.get("path") is None:
                self.errors["before execution"] += 1
        if response.get("data") is not None:
            self.shapes["data"] += 1

    def resolve(self, next_: Any, source: Any, info: Any, **arguments: Any) -> Any:
        """Count what a field of an object answers, where it is something."""
        found = next_(source, info, **arguments)
        place = f"{info.parent_type.name}.{info.field_name}"
        if isawaitable(found):
            return self._awaited(found, place)
        self._answered(found, place)
        return found

    async def _awaited(self, found: Awaitable[Any], place: str) -> Any:
        value = await found
        self._answered(value, place)
        return value

    def _answered(self, value: Any, place: str) -> None:
        if value is not None and value != []:
            self.answered[place] += 1

    def unanswered(self) -> list[str]:
        """Return every field of an object that never was anything but null or empty.

        What only changes bring about, and the accounts of those who make them, is in no graph that is
        loaded: their own tests hold both ways against each other.
        """
        return sorted(
            place
            for type_ in composites()
            if isinstance(type_, GraphQLObjectType) and not _of_accounts(type_)
            for name, field in type_.fields.items()
            if not belongs(type_, name, field, Domain.ACCOUNTS)
            and not self.answered[place := f"{type_.name}.{name}"]
        )

    def missing(self) -> list[str]:
        """Return every field, argument and input field of the schema that nothing asked for."""
        return sorted(each for each in every() if not self.asked[each])

    def summary(self) -> str:
        """Return the counts for people."""
        asked = len(every()) - len(self.missing())
        rare = Counter({each: self.asked[each] for each in every()}).most_common()[-10:]
        return "\n".join(
            (
                f"{self.operations} operations, {asked} of {len(every())} fields and arguments",
                f"fields answered: {len(self.answered)}",
                *(
                    f"{kind}: " + ", ".join(f"{each} {times}" for each, times in counts)
                    for kind, counts in (
                        ("rarest", rare),
                        ("errors", sorted(self.errors.items())),
                        ("shapes", sorted(self.shapes.items())),
                    )
                ),
            )
        )


def every() -> frozenset[str]:
    """Return every reachable field, argument and input field, as `Type.field(argument)`."""
    return frozenset(_every())


def _every() -> Iterator[str]:
    for type_ in composites():
        for name, field in type_.fields.items():
            yield f"{type_.name}.{name}"
            for argument in field.args:
                yield f"{type_.name}.{name}({argument})"
    for type_ in SCHEMA.type_map.values():
        if isinstance(type_, GraphQLInputObjectType) and type_.name in reachable():
            for name in type_.fields:
                yield f"{type_.name}.{name}"


def _of_accounts(type_: GraphQLObjectType) -> bool:
    """Say whether a type, or what a page or an edge of one holds, is of accounts and their changes."""
    item = type_.fields.get("nodes") or type_.fields.get("node")
    return domain_of(named(item.type) if item else type_) is Domain.ACCOUNTS


class _Counting(Visitor):
    def __init__(self, types: TypeInfo, coverage: Coverage) -> None:
        super().__init__()
        self._types = types
        self._coverage = coverage

    def enter_field(self, node: FieldNode, *_: Any) -> VisitorAction:
        parent = self._types.get_parent_type()
        if parent is not None:
            place = f"{parent.name}.{node.name.value}"
            self._coverage.asked[place] += 1
            for argument in node.arguments or ():
                self._coverage.asked[f"{place}({argument.name.value})"] += 1
        if node.alias:
            self._coverage.shapes["alias"] += 1
        if node.name.value == "__typename":
            self._coverage.shapes["__typename"] += 1
        return None

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> VisitorAction:
        parent = named(cast("Any", self._types).get_parent_input_type())
        if parent is not None:
            self._coverage.asked[f"{parent.name}.{node.name.value}"] += 1
        if node.value.kind == "variable":
            self._coverage.shapes["variable inside an input object"] += 1
        return None

    def enter_directive(self, node: DirectiveNode, *_: Any) -> VisitorAction:
        variable = any(each.value.kind == "variable" for each in node.arguments or ())
        self._coverage.shapes[f"@{node.name.value}" + (" by variable" if variable else "")] += 1
        return None

    def enter_inline_fragment(self, node: InlineFragmentNode, *_: Any) -> VisitorAction:
        self._coverage.shapes["inline fragment" + (" on" if node.type_condition else "")] += 1
        return None

    def enter_fragment_spread(self, *_: FragmentSpreadNode | Any) -> VisitorAction:
        self._coverage.shapes["fragment spread"] += 1
        return None
