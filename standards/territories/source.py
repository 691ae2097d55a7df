"""The TIS lists as music-metadata-territories ships them.

Only its data is used: its classes build one tree, as of the moment of import, and cannot answer
for a past date.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

_PACKAGE: Final = "music_metadata.territories"
# TIS writes "always" and "still" as the years 1000 and 3999.
_ALWAYS: Final = date(1000, 1, 1)
_STILL: Final = date(3999, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from the first to the last, both included, as TIS counts them."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What a territory is called during a period, with its codes."""

    tis: int
    alpha_2: str
    alpha_3: str | None
    name: str
    during: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A territory while it exists."""

    tis: int
    kind: str
    exists: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One territory belonging to a group."""

    group: int
    member: int
    during: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Everything the lists say, undated."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    names: tuple[Name, ...]

    def days_of_change(self) -> list[date]:
        """Return the days on which the tree changes, in order."""
        periods = [
            *(node.exists for node in self.nodes),
            *(edge.during for edge in self.edges),
            *(name.during for name in self.names),
        ]
        firsts = {period.first for period in periods}
        after = {
            date.fromordinal(period.last.toordinal() + 1)
            for period in periods
            if period.last < _STILL
        }
        return sorted(firsts | after)


@cache
def source() -> Source:
    """Return the lists, read once."""
    nodes: dict[int, Node] = {}
    edges: dict[tuple[int, int, date], Edge] = {}
    names = [_name(row) for row in _rows("list.csv")]
    listed = {name.tis for name in names}
    path: list[int] = []
    for row in _rows("tree.csv"):
        tis, level = int(row["TIS-N"]), int(row["Level"])
        exists = _period(row["Exists from"], row["Exists until"])
        nodes.setdefault(tis, Node(tis=tis, kind=row["Type"], exists=exists))
        # Countries of the past stand in the tree only.
        if tis not in listed:
            listed.add(tis)
            names.append(_name(row | {"Name from": "", "Name until": ""}))
        del path[level - 1 :]
        if path:
            during = _period(row["Belongs to from"], row["Belongs to until"])
            edge = Edge(group=path[-1], member=tis, during=during)
            # A group's members are told again wherever the group stands in the tree.
            edges[edge.group, edge.member, during.first] = edge
        path.append(tis)
    return Source(nodes=tuple(nodes.values()), edges=tuple(edges.values()), names=tuple(names))


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _name(row: dict[str, str]) -> Name:
    return Name(
        tis=int(row["TIS-N"]),
        alpha_2=row["TIS-A"],
        alpha_3=row["TIS-A-Ext"] or None,
        name=row["Name"],
        during=_period(row["Name from"], row["Name until"]),
    )


def _period(first: str, last: str) -> Period:
    return Period(first=_day(first) or _ALWAYS, last=_day(last) or _STILL)


def _day(text: str) -> date | None:
    if not text:
        return None
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))
