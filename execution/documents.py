"""Documents, parsed and checked once: kept while they are in use, with what was found wrong in them."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
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
)
from strawberry.schema.schema import validate_document

from execution.errors import INTROSPECTION_DISABLED, PARSE_FAILED, VALIDATION_FAILED
from execution.limits import LimitError, Limits, check_depth, check_repetition, check_text
from execution.overlap import check_overlap
from execution.weight import INTROSPECTION

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from execution.plans import Operation

CHARACTERS_A_TOKEN: Final = 8
ERROR_TOKENS: Final = 10
# What the shortest document takes with its plan.
DOCUMENT_TOKENS: Final = 60
# Validated at once: what is not hostile takes some milliseconds of them.
SHORT_TOKENS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One document as it was found: ready to run, or with the errors that refuse it."""

    id: str
    tokens: int
    document: DocumentNode | None = None
    errors: tuple[GraphQLError, ...] = ()
    code: str = ""
    operations: dict[str, Operation | None] = field(default_factory=dict[str, "Operation | None"])
    """Its operations by name, ready to be planned; None for one that no plan can do."""
    weighed: set[tuple[Any, ...]] = field(default_factory=set[tuple[Any, ...]])
    """The operations, with the sizes in their variables, that were found light enough."""

    def room(self, text: str) -> int:
        """Return what it takes in memory, in tokens: comments and errors have their part in it."""
        told = sum(len(error.message) for error in self.errors)
        tokens = max(self.tokens, (len(text) + told) // CHARACTERS_A_TOKEN)
        return DOCUMENT_TOKENS + tokens + ERROR_TOKENS * len(self.errors)


class Documents:
    """The documents that one schema met of late, up to `room` tokens of them."""

    def __init__(
        self, schema: GraphQLSchema, limits: Limits, *, room: int, introspection: bool = True
    ) -> None:
        """Refuse what asks for the schema itself unless `introspection` is open."""
        self._schema = schema
        self._limits = limits
        self._room = room
        self._rules = (*specified_rules, *(() if introspection else (NoIntrospection,)))
        self._prepared: OrderedDict[str, Prepared] = OrderedDict()
        self._coming: dict[str, asyncio.Future[Prepared]] = {}
        self._lane = ThreadPoolExecutor(1, "validation")

    async def prepare(self, text: str) -> Prepared:
        """Return the document parsed and checked, from memory where it was met before.

        Who asks for one that is being checked waits for the same. A long document is validated in a
        thread, one at a time: what is hostile takes half a second, and holds up nobody else.
        """
        prepared = self._prepared.get(text)
        if prepared is not None:
            self._prepared.move_to_end(text)
            return prepared
        coming = self._coming.get(text)
        if coming is None:
            read = self._read(text)
            if read.document is None or read.tokens <= SHORT_TOKENS:
                return self._keep(text, self._validated(read))
            coming = asyncio.ensure_future(self._validated_aside(text, read))
            self._coming[text] = coming
            coming.add_done_callback(lambda _: self._coming.pop(text, None))
        return await asyncio.shield(coming)

    async def _validated_aside(self, text: str, read: Prepared) -> Prepared:
        loop = asyncio.get_running_loop()
        return self._keep(text, await loop.run_in_executor(self._lane, self._validated, read))

    def _keep(self, text: str, prepared: Prepared) -> Prepared:
        """Remember a document, unless it is over a limit, forgetting the longest unused ones for it."""
        if not prepared.tokens:
            return prepared
        self._prepared[text] = prepared
        self._room -= prepared.room(text)
        while self._room < 0:
            oldest_text, oldest = self._prepared.popitem(last=False)
            self._room += oldest.room(oldest_text)
        return prepared

    def _read(self, text: str) -> Prepared:
        """Return the document as it parses, within the limits."""
        key = document_id(text)
        tokens = 0
        try:
            tokens = check_text(text, self._limits)
            document = parse_within(text, self._limits)
        except LimitError as error:
            refusal = GraphQLError(str(error))
            return Prepared(id=key, tokens=0, errors=(refusal,), code=error.code)
        except GraphQLError as error:
            return Prepared(id=key, tokens=tokens, errors=(error,), code=PARSE_FAILED)
        return Prepared(id=key, tokens=tokens, document=document)

    def _validated(self, read: Prepared) -> Prepared:
        if read.document is None:
            return read
        errors = tuple(validate_document(self._schema, read.document, self._rules))
        if not errors:
            return read
        return Prepared(id=read.id, tokens=read.tokens, errors=errors, code=VALIDATION_FAILED)


class NoIntrospection(ValidationRule):
    """Refuse to tell of the schema, but for the names of the types of what is answered."""

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """Refuse the two fields that do."""
        if node.name.value in INTROSPECTION:
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


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode | str:
    """Return the operation to run, or why there is none."""
    operations = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
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
