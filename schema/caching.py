"""How long what is answered may be kept by clients and caches, declared where a field or a type is."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeVar

from strawberry.types.field import StrawberryField

Declared = TypeVar("Declared")

# Of what is loaded from time to time, and never by a caller.
CATALOGUE_SECONDS: Final = 60

_KEPT: Final = "content_graph.kept"
_ATTRIBUTE: Final = "__content_graph_kept__"


@dataclass(frozen=True, slots=True)
class Kept:
    """For how many seconds, and whether by the client alone."""

    seconds: int
    private: bool = False


def kept(seconds: int, *, private: bool = False) -> Callable[[Declared], Declared]:
    """Declare how long the answers of a field, or those with objects of a type, may be kept.

    What a field says goes before what its type says. Of all that an operation asks for the smallest counts.
    """
    rule = Kept(seconds, private)

    def declare(declared: Declared) -> Declared:
        if isinstance(declared, StrawberryField):
            declared.metadata = MappingProxyType({**declared.metadata, _KEPT: rule})
        else:
            setattr(declared, _ATTRIBUTE, rule)
        return declared

    return declare


def kept_of(declared: Any) -> Kept | None:
    """Return what was declared of a field or a class, or of one that it inherits from."""
    if isinstance(declared, StrawberryField):
        return declared.metadata.get(_KEPT)
    return getattr(declared, _ATTRIBUTE, None)
