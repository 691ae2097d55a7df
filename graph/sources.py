"""Sources: the file, feed or generator that a fact came from."""

from dataclasses import dataclass
from typing import Final

from graph.columns import Columns
from graph.ids import mint
from graph.things import ById

EDITORS: Final = mint("source", "EDITORS")
"""The id of the source of what is made here, by those who edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source; `loaded_at` is when its load began, in UTC."""

    id: str
    name: str
    kind: str
    licence: str | None
    uri: str | None
    loaded_at: str | None


SOURCES_BY_ID: Final = ById(
    summary="sources by id",
    make=SourceRow,
    find="UNWIND $ids AS key\nMATCH (source:Source {id: key})",
    row=Columns(
        "source",
        id="source.id",
        name="source.name",
        kind="source.kind",
        licence="source.licence",
        uri="source.uri",
        loaded_at="toString(source.loadedAt)",
    ),
    carry="source",
)
