"""A document held against the limits and the schema, before anything of it runs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    ValidationRule,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from execution.deprecations import deprecated_in, has_deprecations
from execution.errors import INTROSPECTION_DISABLED, PARSE_FAILED, VALIDATION_FAILED
from execution.limits import LimitError, Limits, check_depth, check_repetition, check_text
from execution.merging import INTROSPECTION
from execution.overlap import check_overlap
from resolvers.permission import PUBLIC

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from execution.freshness import Freshness
    from execution.plans import Operation
    from execution.tally import Tally
    from execution.weight import Weight
    from resolvers.permission import Needs

CHARACTERS_A_TOKEN: Final = 8
ERROR_TOKENS: Final = 10
# What the shortest document takes.
DOCUMENT_TOKENS: Final = 60
TELLING: Final = frozenset({*INTROSPECTION, "_service"})
# Each may repeat the value that it refuses, and names what the schema has in its place.
MOST_ERRORS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One document as it was found: ready to run, or with the errors that refuse it."""

    id: str
    tokens: int
    document: DocumentNode | None = None
    errors: tuple[GraphQLError, ...] = ()
    code: str = ""
    telling: tuple[GraphQLError, ...] = ()
    """What refuses it to those who are not told of the schema, where only some are."""
    operations: dict[str, Operation | None] = field(default_factory=dict[str, "Operation | None"])
    """Its operations by name, ready to be planned; None for one that no plan can do."""
    deprecated: tuple[str, ...] = ()
    """The coordinates of what it uses and is deprecated."""
    freshness: dict[str, Freshness] = field(default_factory=dict[str, "Freshness"])
    """By operation, how long its answers may be kept."""
    tallies: dict[str, Tally] = field(default_factory=dict[str, "Tally"])
    """By operation, what to look at of its answers to count their objects."""
    weighed: dict[tuple[Any, ...], Weight] = field(default_factory=dict[tuple[Any, ...], "Weight"])
    """What operations weigh, with the sizes in their variables; all were found light enough."""

    def room(self, text: str) -> int:
        """Return what it takes in memory, in tokens: comments and errors have their part in it."""
        told = sum(len(error.message) for error in self.errors)
        tokens = max(self.tokens, (len(text) + told) // CHARACTERS_A_TOKEN)
        return DOCUMENT_TOKENS + tokens + ERROR_TOKENS * len(self.errors)


class Checker:
    """Holds documents against one schema, from any thread."""

    def __init__(
        self, schema: GraphQLSchema, limits: Limits, *, introspection: Needs | None = PUBLIC
    ) -> None:
        """Refuse what asks for the schema itself where `introspection` is for nobody; tell none of its names.

        Where it is for some roles, what is found of a document says what refuses it to all others.
        """
        self._schema = schema
        self._limits = limits
        self._introspection = introspection
        self._deprecates = has_deprecations(schema)
        self._rules = (
            *specified_rules,
            MaybeNullValidationRule,
            OneOfInputValidationRule,
            *((NoIntrospection,) if introspection is None else ()),
        )

    def count(self, text: str) -> int | Prepared:
        """Return how many tokens a text has, or the refusal of one that is over a limit already."""
        try:
            return check_text(text, self._limits)
        except LimitError as error:
            return _over(text, error)
        except GraphQLError as error:
            return Prepared(id=document_id(text), tokens=0, errors=(error,), code=PARSE_FAILED)

    def check(self, text: str, tokens: int) -> Prepared:
        """Return what a document of so many tokens is found to be."""
        key = document_id(text)
        try:
            document = parse_within(text, self._limits)
        except LimitError as error:
            return _over(text, error)
        except GraphQLError as error:
            return Prepared(id=key, tokens=tokens, errors=(error,), code=PARSE_FAILED)
        errors = validate(
            self._schema,
            document,
            self._rules,
            max_errors=MOST_ERRORS,
            hide_suggestions=self._introspection is None,
        )
        if errors:
            return Prepared(id=key, tokens=tokens, errors=tuple(errors), code=VALIDATION_FAILED)
        deprecated = deprecated_in(self._schema, document) if self._deprecates else ()
        telling = ()
        if self._introspection:
            telling = tuple(validate(self._schema, document, [NoIntrospection], MOST_ERRORS))
        return Prepared(
            id=key, tokens=tokens, document=document, deprecated=deprecated, telling=telling
        )

    def checked(self, text: str) -> Prepared:
        """Return what a document is found to be."""
        tokens = self.count(text)
        return tokens if isinstance(tokens, Prepared) else self.check(text, tokens)


def _over(text: str, error: LimitError) -> Prepared:
    refusal = GraphQLError(str(error))
    return Prepared(id=document_id(text), tokens=0, errors=(refusal,), code=error.code)


class NoIntrospection(ValidationRule):
    """Refuse to tell of the schema, but for the names of the types of what is answered."""

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """Refuse the fields that do."""
        if node.name.value in TELLING:
            self.report_error(
                GraphQLError(
                    "This server does not tell of its schema; ask those who run it for a copy.",
                    node,
                    extensions={"code": INTROSPECTION_DISABLED},
                )
            )


def document_id(text: str) -> str:
    """Return the id of a document that trusted documents and persisted queries use: no signature."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def parse_within(text: str, limits: Limits) -> DocumentNode:
    """Return the document of a text that `check_text` let pass.

    Raises LimitError for one over a limit, and GraphQLSyntaxError.
    """
    document = parse(text)
    check_repetition(document, limits)
    check_depth(document, limits)
    check_overlap(document, limits)
    return document


def operations_of(document: DocumentNode) -> list[OperationDefinitionNode]:
    """Return the operations of a document, in its order."""
    return [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode | str:
    """Return the operation to run, or why there is none."""
    operations = operations_of(document)
    if not operations:
        return "The document has no operation."
    if name is None:
        if len(operations) > 1:
            return "The document has several operations: `operationName` must choose one."
        return operations[0]
    for operation in operations:
        if operation.name and operation.name.value == name:
            return operation
    return f"The document has no operation named {name[:100]!r}."
