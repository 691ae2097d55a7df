"""The changes feed: what was changed in the whole graph, in the order of commits."""

from collections.abc import Sequence
from typing import Final

from graph.changes import CHANGES, ChangeRow, newest_change
from graph.cursors import encode_cursor
from resolvers.context import Context
from resolvers.errors import ArgumentInvalid
from resolvers.lists import Criteria, Listed, Page, cursor_keys, page_of

ORDER: Final = "SEQUENCE"


async def changes(
    context: Context, page: Page, told: Sequence[str], types: Sequence[str] | None
) -> Listed[ChangeRow]:
    """Return a page of the changes of things of types that may be `told`, of `types` where given.

    A change comes after all that were committed before it, and is never missing before one that is there.
    """
    until = await newest_change(context.loaders.graph)
    kept = tuple(told if types is None else (each for each in told if each in types))
    criteria = Criteria(order=ORDER, filters={"types": kept, "until": until})
    return await page_of(context.loaders.lists.of(CHANGES), "", page, criteria)


def known_types(types: Sequence[str] | None, known: Sequence[str]) -> Sequence[str] | None:
    """Return the types; raise ArgumentInvalid for what is the name of none."""
    for each in types or ():
        if each not in known:
            raise ArgumentInvalid("types", f"give names of types of things: {', '.join(known)}")
    return types


def cursor_of(sequence: int) -> str:
    """Return a change's place in the feed."""
    return encode_cursor(ORDER, (sequence,))


def sequence_of(cursor: str) -> int:
    """Return the sequence of the change whose place a cursor is; raise CursorRefused."""
    [sequence] = cursor_keys("after", ORDER, cursor, 1) or (0,)
    if not isinstance(sequence, int) or sequence < 0:
        raise ArgumentInvalid("after", "this is no place in the feed")
    return sequence
