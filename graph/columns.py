"""What a read tells of a thing: names, each with a literal Cypher expression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import LiteralString, cast


class Columns(Mapping[str, LiteralString]):
    """A row's columns by name, in order; a read takes all of them, a plan just those asked for.

    `subject` is the Cypher variable of what the row is about.
    """

    def __init__(self, subject: LiteralString, **expressions: LiteralString) -> None:
        self.subject: LiteralString = subject
        self._expressions = expressions

    def __getitem__(self, name: str) -> LiteralString:
        return self._expressions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._expressions)

    def __len__(self) -> int:
        return len(self._expressions)

    def __hash__(self) -> int:
        return id(self)

    @property
    def literal(self) -> LiteralString:
        """All columns as one Cypher map."""
        # Names of keyword arguments: literal in our source, though the type checker cannot know.
        pairs: list[LiteralString] = [
            f"{cast('LiteralString', name)}: {expression}"
            for name, expression in self._expressions.items()
        ]
        return "{" + ", ".join(pairs) + "}"

    @property
    def values_literal(self) -> LiteralString:
        """All columns' values as one Cypher list, in order."""
        return "[" + ", ".join(self._expressions.values()) + "]"
