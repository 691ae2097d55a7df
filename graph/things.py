"""The labels that assertions can be about, and how a read starts from each."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, LiteralString, TypeVar

from graph.client import Graph

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

SURVIVORS: Final = """
UNWIND $ids AS key
OPTIONAL MATCH (redirect:Redirect {id: key})
WITH key, coalesce(redirect.to, key) AS id
"""
"""How a read by id begins: a merged id becomes its survivor's."""


async def rows_by_id(
    graph: Graph, summary: LiteralString, text: LiteralString, make: type[Row], ids: Sequence[str]
) -> dict[str, Row]:
    """Return a row per id found, keyed by the id asked for; a missing id has no entry."""
    pairs: list[tuple[str, dict[str, Any]]] = await graph.read(summary, text, ids=list(ids))
    return {key: make(**row) for key, row in pairs}
