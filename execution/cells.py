"""Fields told by one value of their parent: what is answered at a glance, and what completes the rest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLNonNull,
    get_nullable_type,  # pyright: ignore[reportUnknownVariableType] - a list's item type is unsaid.
    is_leaf_type,
)

from resolvers.errors import in_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from execution.running import Complete, Path, Run

_MOST_WORDS: Final = 256


class Glance(Enum):
    """What is seen at a glance: Python source that says of `{v}` whether it is answered as it is."""

    TEXT = "{v}.__class__ is str"
    TRUTH = "{v}.__class__ is bool"
    INTEGER = "{v}.__class__ is int and -2147483648 <= {v} < 2147483648"
    NUMBER = "{v}.__class__ is float and isfinite({v})"
    WORD = "({v}.__class__ is str or {v} is None) and {v} in {words}"
    NOTHING = "False"


_OF_TYPES: Final = {
    "String": Glance.TEXT,
    "ID": Glance.TEXT,
    "Boolean": Glance.TRUTH,
    "Int": Glance.INTEGER,
    "Float": Glance.NUMBER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A field of a row: one column, what is made of it, and what is told at a glance.

    Without a position it is made of the parent itself. Called, it completes the field whatever the
    value is. `words` are those that were answered before.
    """

    position: int | None
    make: Callable[[Any], Any] | None = None
    glance: Glance
    nullable: bool = False
    """Whether null is answered as it is, too."""
    words: dict[str | None, Any] | None = None
    finish: Callable[[Any, Path, Run], Any]
    """Completes what was made, at the path of the object around it."""

    def __call__(self, row: Any, path: Path, run: Run) -> Any:
        """Complete the field."""
        value = row if self.position is None else row[self.position]
        return self.finish(in_place(self.make, value) if self.make else value, path, run)


def cell(
    position: int | None,
    make: Callable[[Any], Any] | None,
    type_: Any,
    complete: Complete,
    key: str,
) -> Cell:
    """Return a field of a GraphQL type; `complete` completes what is made of the column, if anything is.

    Without a position, it is made of the parent.
    """
    nullable = not isinstance(type_, GraphQLNonNull)
    named: Any = get_nullable_type(type_)  # pyright: ignore[reportUnknownVariableType] - as above.

    def finish(value: Any, path: Path, run: Run) -> Any:
        return complete(value, (path, key), run)

    if make and position is not None and isinstance(named, GraphQLEnumType):
        words: dict[str | None, Any] = {}
        remember = _remembering(make, finish, words)
        return Cell(position=position, glance=Glance.WORD, words=words, finish=remember)
    glance = _OF_TYPES.get(named.name, Glance.NOTHING) if is_leaf_type(named) else Glance.NOTHING
    return Cell(position=position, make=make, glance=glance, nullable=nullable, finish=finish)


def _remembering(
    make: Callable[[Any], Any], finish: Complete, words: dict[str | None, Any]
) -> Complete:
    """Return what completes a word; there are few, and what was answered without an error is remembered."""

    def word(value: Any, path: Path, run: Run) -> Any:
        told = len(run.errors)
        completed = finish(in_place(make, value), path, run)
        few = len(words) < _MOST_WORDS
        if few and (value is None or value.__class__ is str) and len(run.errors) == told:
            words[value] = completed
        return completed

    return word
