"""Facts about things of the catalogue, and the parties that can hold rights in them.

A fact is a *record* when the source describes the thing itself, a *mention* when the thing only
appears inside something else (an artist in a credit). What records say is stored as it comes, the
last one standing; a mention only fills in what nothing has said yet. So a mention never erases or
changes what a record said, whatever the order. None is "not said", never "known to be nothing".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeAlias

from graph.facts.rows import Row, known
from standards.text import fold, sort_key

_APART: Final = frozenset({"id", "mention", "aliases"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistFact:
    """A public persona: a person, a group, an orchestra."""

    label: ClassVar[str] = "Artist"

    id: str
    mention: bool = False
    name: str
    aliases: tuple[str, ...] | None = None
    type: str | None = None
    country: str | None = None
    gender: str | None = None
    disambiguation: str | None = None
    begin_date: str | None = None
    end_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFact:
    """One fixed performance."""

    label: ClassVar[str] = "Recording"

    id: str
    mention: bool = False
    title: str
    aliases: tuple[str, ...] | None = None
    length_ms: int | None = None
    date: str | None = None
    video: bool | None = None
    disambiguation: str | None = None
    artist_credit: str | None = None
    p_line: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFact:
    """A composition, with or without words."""

    label: ClassVar[str] = "Work"

    id: str
    mention: bool = False
    title: str
    aliases: tuple[str, ...] | None = None
    type: str | None = None
    language: str | None = None
    disambiguation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFact:
    """A product: an album, a single, as issued."""

    label: ClassVar[str] = "Release"

    id: str
    mention: bool = False
    title: str
    aliases: tuple[str, ...] | None = None
    type: str | None = None
    status: str | None = None
    country: str | None = None
    date: str | None = None
    packaging: str | None = None
    disambiguation: str | None = None
    artist_credit: str | None = None
    format: str | None = None
    p_line: str | None = None
    c_line: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFact:
    """A brand that releases are issued under."""

    label: ClassVar[str] = "Label"

    id: str
    mention: bool = False
    name: str
    aliases: tuple[str, ...] | None = None
    type: str | None = None
    country: str | None = None
    disambiguation: str | None = None
    begin_date: str | None = None
    end_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFact:
    """A person or organisation that can hold rights."""

    label: ClassVar[str] = "Party"

    id: str
    mention: bool = False
    name: str
    aliases: tuple[str, ...] | None = None
    kind: str
    country: str | None = None
    disambiguation: str | None = None


EntityFact: TypeAlias = ArtistFact | RecordingFact | WorkFact | ReleaseFact | LabelFact | PartyFact


def entity_rows(facts: Iterable[EntityFact]) -> list[Row]:
    """Return one row per id, with `gaps` to fill from mentions and what is `known` from records.

    The result is what storing the facts one by one would give: of mentions the first counts, of
    records the last.
    """
    rows: dict[str, Row] = {}
    for fact in facts:
        row = rows.setdefault(fact.id, {"id": fact.id, "gaps": {}, "known": {}})
        said, assumed = _properties(fact)
        if not fact.mention:
            row["known"].update(said)
            said = {}
        row["gaps"] = {**assumed, **said, **row["gaps"]}
    return list(rows.values())


def _properties(fact: EntityFact) -> tuple[Row, Row]:
    """Return the properties a fact states, and those that hold only where none stand yet."""
    row = known(fact, without=_APART)
    follows = derived({**row, "aliases": fact.aliases})
    searched = follows.pop("searchText")
    row |= {name: value for name, value in follows.items() if value is not None}
    if fact.aliases is None:
        # The names to search by are only known with the aliases.
        return row, {"searchText": searched}
    row["aliases"] = list(fact.aliases)
    row["searchText"] = searched
    return row, {}


def derived(properties: Mapping[str, Any]) -> Row:
    """Return what follows from a thing's properties: its order key, what it is searched by, and its year.

    A year that does not follow is None.
    """
    name = properties.get("name") or properties["title"]
    follows: Row = {
        "sortKey": sort_key(name),
        "searchText": search_text(name, properties.get("aliases") or ()),
    }
    for date, year in (("date", "year"), ("beginDate", "beginYear")):
        if date in properties:
            follows[year] = _year(properties[date])
    return follows


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date and date[:4].isdecimal() else None


def search_text(name: str, aliases: Iterable[str]) -> str:
    """Return the folded name and aliases, each once, joined by a space."""
    return " ".join(dict.fromkeys(fold(text) for text in (name, *aliases)))
