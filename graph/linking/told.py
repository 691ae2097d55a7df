"""What records tell of what hangs on things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph.facts.links import CreditType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.journal import Ref, Stage

ADDED: Final = "ADDED"
REMOVED: Final = "REMOVED"

IDENTIFIERS: Final = "identifiers"
CREDITS: Final = "credits"
RELATIONS: Final = "relations"
TOLD_BESIDE: Final = frozenset({IDENTIFIERS, CREDITS, RELATIONS})
"""The names under which records tell of it: they are no properties of the thing."""

_CREDITS: Final = frozenset(CreditType.__args__)


def told_as(type_: str) -> str:
    """Return the name under which a relationship of a type is told."""
    return CREDITS if type_ in _CREDITS else RELATIONS


async def tell(
    stage: Stage, ref: Ref, name: str, items: Sequence[dict[str, Any]], *, added: bool
) -> None:
    """Record that something was added to a thing, or taken away; its version is one higher."""
    none, some = {name: None}, {name: list(items)}
    before, after = (none, some) if added else (some, none)
    await stage.touch(ref, action=ADDED if added else REMOVED, before=before, after=after)
