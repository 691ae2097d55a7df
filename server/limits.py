"""What a document may weigh, checked before anything of it runs.

Pure functions over a document: length, tokens and nesting on its text, depth on its tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    Source,
    TokenKind,
)
from graphql.language import Lexer

if TYPE_CHECKING:
    from graphql import DocumentNode, SelectionSetNode

# The parser and the validator recurse over brackets; this stays far below Python's own limit.
MAX_NESTING: Final = 64

_OPENING: Final = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
_CLOSING: Final = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})


class LimitError(Exception):
    """The document weighs more than this server takes."""

    code: ClassVar[str] = "LIMIT_EXCEEDED"


class DocumentTooLongError(LimitError):
    """The document has too many characters."""

    code = "DOCUMENT_TOO_LONG"


class TooManyTokensError(LimitError):
    """The document has too many tokens."""

    code = "TOO_MANY_TOKENS"


class TooDeepError(LimitError):
    """The document's fields, or its brackets, are nested too deeply."""

    code = "TOO_DEEP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that one document may have of each."""

    characters: int = 15_000
    tokens: int = 2_000
    depth: int = 12


def check_text(text: str, limits: Limits) -> int:
    """Return how many tokens the text has; comments and commas are none.

    Raises a LimitError, or GraphQLSyntaxError where the text has no tokens GraphQL knows.
    """
    if len(text) > limits.characters:
        raise DocumentTooLongError(
            f"The document has {len(text)} characters; at most {limits.characters} are taken."
        )
    lexer = Lexer(Source(text))
    tokens = nesting = 0
    while (kind := lexer.advance().kind) is not TokenKind.EOF:
        tokens += 1
        if tokens > limits.tokens:
            raise TooManyTokensError(f"The document has more than {limits.tokens} tokens.")
        if kind in _OPENING:
            nesting += 1
            if nesting > MAX_NESTING:
                raise TooDeepError(f"The document nests brackets deeper than {MAX_NESTING}.")
        elif kind in _CLOSING:
            nesting -= 1
    return tokens


def check_depth(document: DocumentNode, limits: Limits) -> None:
    """Raise TooDeepError where a field lies deeper than the limit.

    A root field has depth 1. Introspection is left out: validation bounds it.
    """
    depth = document_depth(document)
    if depth > limits.depth:
        raise TooDeepError(
            f"The document asks for fields at depth {depth}; at most {limits.depth} is taken."
        )


def document_depth(document: DocumentNode) -> int:
    """Return the depth of the deepest field; each fragment is measured once."""
    fragments = {
        node.name.value: node.selection_set
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
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
