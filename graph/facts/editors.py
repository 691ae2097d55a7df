"""What editors have said of things: loads leave those properties alone, and take the others from sources.

A thing's `edited` names the properties that editors set or took away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, LiteralString, NamedTuple

from graph.facts.entities import search_text
from graph.facts.merging import LABELS

if TYPE_CHECKING:
    from graph.client import Graph
    from graph.facts.entities import EntityFact
    from graph.facts.rows import Row

SAID: Final[Mapping[str, tuple[LiteralString, ...]]] = MappingProxyType(
    {
        "Artist": (
            "name",
            "aliases",
            "type",
            "country",
            "gender",
            "disambiguation",
            "beginDate",
            "endDate",
        ),
        "Recording": (
            "title",
            "aliases",
            "lengthMs",
            "date",
            "video",
            "disambiguation",
            "artistCredit",
            "pLine",
        ),
        "Work": ("title", "aliases", "type", "language", "disambiguation"),
        "Release": (
            "title",
            "aliases",
            "type",
            "status",
            "country",
            "date",
            "packaging",
            "disambiguation",
            "artistCredit",
            "format",
            "pLine",
            "cLine",
        ),
        "Label": (
            "name",
            "aliases",
            "type",
            "country",
            "disambiguation",
            "beginDate",
            "endDate",
        ),
        "Party": ("name", "aliases", "kind", "country", "disambiguation"),
    }
)
"""The properties that facts state of things, by label."""

# What follows from a property alone, and is the editors' with it.
_FOLLOWS: Final[Mapping[str, LiteralString]] = {
    "name": "sortKey",
    "title": "sortKey",
    "date": "year",
    "beginDate": "beginYear",
}


def kept(label: str) -> LiteralString:
    """Return what puts back, of a node that was `had` before, all that editors have said.

    What it is searched by follows from two properties: `row.searchText` has it where either is an editor's.
    """
    names: list[tuple[LiteralString, LiteralString]] = []
    for said in SAID[label]:
        names.append((said, said))
        if follows := _FOLLOWS.get(said):
            names.append((follows, said))
    put = ", ".join(
        [
            f"node.{name} = CASE WHEN '{said}' IN had.edited THEN had.{name} ELSE node.{name} END"
            for name, said in names
        ]
    )
    named = " OR ".join(
        [f"'{said}' IN had.edited" for said in SAID[label] if said in {"name", "title", "aliases"}]
    )
    return (
        "FOREACH (each IN CASE WHEN had.edited IS NULL THEN [] ELSE [1] END | SET "
        + put
        + ", node.searchText = CASE WHEN "
        + named
        + " THEN coalesce(row.searchText, had.searchText) ELSE node.searchText END)"
    )


NAMED: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {
        label: f"""
UNWIND $ids AS key
MATCH (node:{label} {{id: key}})
WHERE node.edited IS NOT NULL
RETURN collect([key, node.edited, coalesce(node.name, node.title), node.aliases]) AS rows
"""
        for label in LABELS
    }
)


class Named(NamedTuple):
    """A thing that editors have named: what of it they said, and what it is called by now."""

    said: Row
    had: Row


async def named(graph: Graph, label: str, facts: Iterable[EntityFact]) -> dict[str, Named]:
    """Return the things that facts describe whose name or aliases are the editors', by id."""
    ids = sorted({fact.id for fact in facts if not fact.mention})
    if not ids:
        return {}
    rows: Sequence[Sequence[Any]] = await graph.read("named by editors", NAMED[label], ids=ids)
    found: dict[str, Named] = {}
    for id_, edited, name, aliases in rows:
        had: Row = {SAID[label][0]: name, "aliases": aliases or []}
        if said := {each: had[each] for each in had if each in edited}:
            found[id_] = Named(said, had)
    return found


def searched(rows: Iterable[Row], things: Mapping[str, Named]) -> None:
    """Add to rows of things that editors have named what they are searched by, with what records add."""
    for row in rows:
        if (thing := things.get(row["id"])) and row["known"]:
            now = {**thing.had, **row["known"], **thing.said}
            name = now.get("name") or now["title"]
            row["searchText"] = search_text(name, now["aliases"])
