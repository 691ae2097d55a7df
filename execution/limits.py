"""What a document may be, checked before anything of it runs.

Pure functions over a document: length, tokens and nesting on its text, repetition and depth on its
tree. How much an operation may ask for is in `execution.weight`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    SelectionSetNode,
    Source,
    TokenKind,
)
from graphql.language import Lexer

from execution.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import DocumentNode, Node

# The parser and the validator recurse over brackets; this stays far below Python's own limit.
MAX_NESTING: Final = 64

# Python refuses to read an integer of some 4,000 digits, and no type here takes more than 20.
MAX_DIGITS: Final = 400

# Each object of an answer may repeat a name of its document.
MAX_NAME: Final = 200

_DIGITS: Final = frozenset("-0123456789")
_NO_NAME: Final = _DIGITS | {'"'}
_OPENING: Final = frozenset("{[(")
_CLOSING: Final = frozenset("}])")


class LimitError(Exception):
    """The document weighs more than this server takes."""

    code: ClassVar[str] = "LIMIT_EXCEEDED"
    retry_after: int | None = None
    """Seconds after which the same may be asked again, where it may."""
    extensions: Mapping[str, Any] | None = None
    """What is told with it, beside its code."""


class DocumentTooLongError(LimitError):
    """The document has too many characters."""

    code = "DOCUMENT_TOO_LONG"


class TooManyTokensError(LimitError):
    """The document has too many tokens."""

    code = "TOO_MANY_TOKENS"


class TooManyDirectivesError(LimitError):
    """One place of the document has too many directives."""

    code = "TOO_MANY_DIRECTIVES"


class TooManyAliasesError(LimitError):
    """One object is asked for one of its fields too often."""

    code = "TOO_MANY_ALIASES"


class TooDeepError(LimitError):
    """The document's fields, or its brackets, are nested too deeply."""

    code = "TOO_DEEP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that one document may have of each."""

    characters: int = 15_000
    tokens: int = 2_000
    depth: int = 12
    directives: int = 10
    aliases: int = 15
    nodes: int = 10_000
    comparisons: int = 20_000
    fields: int = 1_500
    values: int = 200_000
    deferred: int = 500
    seconds: float = 10.0
    """How long it may run."""


def check_text(text: str, limits: Limits) -> int:
    """Return how many tokens the text has; comments and commas are none.

    Raises a LimitError, or GraphQLSyntaxError where the text has no tokens GraphQL knows.
    """
    if len(text) > limits.characters:
        raise DocumentTooLongError(
            f"The document has {len(text)} characters; at most {limits.characters} are taken."
        )
    tokens = tokens_of(text)
    if tokens is None:
        tokens = _lexed(text, limits.tokens)
    if len(tokens) > limits.tokens:
        raise TooManyTokensError(f"The document has more than {limits.tokens} tokens.")
    nesting = 0
    for token in tokens:
        if token in _OPENING:
            nesting += 1
            if nesting > MAX_NESTING:
                raise TooDeepError(f"The document nests brackets deeper than {MAX_NESTING}.")
        elif token in _CLOSING:
            nesting -= 1
        elif len(token) > MAX_DIGITS and token[0] in _DIGITS:
            raise GraphQLSyntaxError(Source(text), text.index(token), "The number is too long.")
        elif len(token) > MAX_NAME and token[0] not in _NO_NAME:
            raise DocumentTooLongError(
                f"The document has a name of {len(token)} characters; at most {MAX_NAME} are taken."
            )
    return len(tokens)


def _lexed(text: str, most: int) -> list[str]:
    """Return the tokens, one more than `most` at most, as the lexer finds them: it says what is none."""
    lexer = Lexer(Source(text))
    found: list[str] = []
    while (token := lexer.advance()).kind is not TokenKind.EOF and len(found) <= most:
        found.append(text[token.start : token.end])
    return found


def check_repetition(document: DocumentNode, limits: Limits) -> None:
    """Raise a LimitError where one place has too many directives, or one field too many times.

    Validation compares each two of them: this bounds the time it takes.
    """
    waiting: list[Node] = list(document.definitions)
    while waiting:
        node = waiting.pop()
        if len(getattr(node, "directives", None) or ()) > limits.directives:
            raise TooManyDirectivesError(
                f"The document has more than {limits.directives} directives in one place."
            )
        selections = getattr(node, "selection_set", None)
        if not isinstance(selections, SelectionSetNode):
            continue
        waiting += selections.selections
        names = Counter(
            each.name.value for each in selections.selections if isinstance(each, FieldNode)
        )
        for name, times in names.most_common(1):
            if times > limits.aliases:
                raise TooManyAliasesError(
                    f"The document asks for {name[:100]!r} {times} times in one place; at most "
                    f"{limits.aliases} are taken."
                )


def check_depth(document: DocumentNode, limits: Limits) -> None:
    """Raise TooDeepError where a field lies deeper than the limit.

    A root field has depth 1. Introspection is left out: validation bounds it.
    """
    depth = document_depth(document)
    if depth > limits.depth:
        raise TooDeepError(
            f"The document asks for fields at depth {depth}; at most {limits.depth} is taken."
        )


def fragments_of(document: DocumentNode) -> dict[str, SelectionSetNode]:
    """Return what each fragment of a document selects, by name."""
    return {
        node.name.value: node.selection_set
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }


def document_depth(document: DocumentNode) -> int:
    """Return the depth of the deepest field; each fragment is measured once."""
    fragments = fragments_of(document)
    known: dict[str, int] = {}

    def fragment_depth(name: str) -> int:
        if name not in known:
            known[name] = 0  # A cycle ends here; validation refuses it by name.
            if name in fragments:
                known[name] = selection_depth(fragments[name])
        return known[name]

    def selection_depth(selections: SelectionSetNode | None) -> int:
        deepest = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FragmentSpreadNode):
                depth = fragment_depth(node.name.value)
            elif isinstance(node, FieldNode):
                hidden = node.name.value.startswith("__")
                depth = 1 if hidden else 1 + selection_depth(node.selection_set)
            else:
                depth = selection_depth(getattr(node, "selection_set", None))
            deepest = max(deepest, depth)
        return deepest

    # Fragments count only where they are spread: introspection has long ones of its own.
    return max(
        (
            selection_depth(node.selection_set)
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        ),
        default=0,
    )
