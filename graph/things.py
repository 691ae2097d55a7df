"""The labels that assertions can be about, and how a read starts from each."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Generic, LiteralString, TypeVar

from graph.client import Graph
from graph.columns import Columns

Row = TypeVar("Row")
Found = TypeVar("Found")

ARTIST: Final = "UNWIND $ids AS key\nMATCH (thing:Artist {id: key})"
RECORDING: Final = "UNWIND $ids AS key\nMATCH (thing:Recording {id: key})"
WORK: Final = "UNWIND $ids AS key\nMATCH (thing:Work {id: key})"
RELEASE: Final = "UNWIND $ids AS key\nMATCH (thing:Release {id: key})"
LABEL: Final = "UNWIND $ids AS key\nMATCH (thing:Label {id: key})"
PARTY: Final = "UNWIND $ids AS key\nMATCH (thing:Party {id: key})"

START: Final[Mapping[str, LiteralString]] = {
    "Artist": ARTIST,
    "Recording": RECORDING,
    "Work": WORK,
    "Release": RELEASE,
    "Label": LABEL,
    "Party": PARTY,
}
"""How a read starts from things of each label, by id: binds `key` and `thing`."""

SURVIVORS: Final = """
UNWIND $ids AS key
MATCH (redirect:Redirect {id: key})
RETURN collect([key, redirect.to]) AS rows
"""
"""Which of some ids were merged, and into which."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ById(Generic[Row]):
    """How things of one kind are read by our id, in literal fragments.

    `find` starts from `$ids` and binds `key`, the id, and the variables in `carry`, which the columns of
    `row` are about; `row` has `make`'s fields. Where the kind `merges`, a merged id means its survivor.
    """

    summary: LiteralString
    make: type[Row]
    find: LiteralString
    row: Columns
    carry: LiteralString
    merges: bool = False


async def rows_by_id(graph: Graph, things: ById[Row], ids: Sequence[str]) -> dict[str, Row]:
    """Return a row per id found, keyed by the id asked for; a missing id has no entry."""

    async def read(keys: list[str]) -> dict[str, Row]:
        pairs: list[tuple[str, dict[str, Any]]] = await graph.read(
            things.summary, by_id_text(things), ids=keys
        )
        return {key: things.make(**row) for key, row in pairs}

    return await found_by_id(graph, things, ids, read)


async def found_by_id(
    graph: Graph,
    things: ById[Any],
    ids: Sequence[str],
    read: Callable[[list[str]], Awaitable[dict[str, Found]]],
) -> dict[str, Found]:
    """Return what a read by id finds, keyed by the id asked for, merges followed.

    Only ids that were not found are looked up among the merged ones: those are rare, and each look
    costs a seek.
    """
    found = await read(list(ids))
    missing = [each for each in ids if each not in found]
    if missing and things.merges:
        moved: dict[str, str] = dict(await graph.read("survivors", SURVIVORS, ids=missing))
        if moved:
            survivors = await read(list(dict.fromkeys(moved.values())))
            found |= {key: survivors[to] for key, to in moved.items() if to in survivors}
    return found


@cache
def by_id_text(things: ById[Any]) -> LiteralString:
    """Return the Cypher that reads whole rows by id."""
    return f"{things.find}\nRETURN collect([key, {things.row.literal}]) AS rows"
