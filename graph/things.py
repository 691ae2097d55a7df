"""The labels that assertions can be about, and how a read starts from each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Generic, LiteralString, TypeVar

from graph.client import Graph
from graph.columns import Columns

Row = TypeVar("Row")

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

LABELLED: Final[Mapping[str, LiteralString]] = {
    "Artist": "thing:Artist",
    "Recording": "thing:Recording",
    "Work": "thing:Work",
    "Release": "thing:Release",
    "Label": "thing:Label",
    "Party": "thing:Party",
}
"""A thing of each label, as a pattern's node has it."""

SURVIVORS: Final = """
UNWIND $ids AS key
OPTIONAL MATCH (redirect:Redirect {id: key})
WITH key, coalesce(redirect.to, key) AS id
"""
"""How a read by id begins: a merged id becomes its survivor's, also while its merge is cut off halfway."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ById(Generic[Row]):
    """How things of one kind are read by our id, in literal fragments.

    `find` starts from `$ids` and binds `key`, the id asked for, and the variables in `carry`, which the
    columns of `row` are about; `row` has `make`'s fields.
    """

    summary: LiteralString
    make: type[Row]
    find: LiteralString
    row: Columns
    carry: LiteralString


async def rows_by_id(graph: Graph, things: ById[Row], ids: Sequence[str]) -> dict[str, Row]:
    """Return a row per id found, keyed by the id asked for; a missing id has no entry.

    A merged id of the catalogue finds its survivor.
    """
    pairs: list[tuple[str, dict[str, Any]]] = await graph.read(
        things.summary, by_id_text(things), ids=list(ids)
    )
    return {key: things.make(**row) for key, row in pairs}


@cache
def by_id_text(things: ById[Any]) -> LiteralString:
    """Return the Cypher that reads whole rows by id."""
    return f"{things.find}\nRETURN collect([key, {things.row.literal}]) AS rows"
